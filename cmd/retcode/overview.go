package main

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// jsonOverview is a catalog in the list of all.
type jsonOverview struct {
	Name   string         `json:"name"`
	Title  string         `json:"title"`
	URL    string         `json:"url"`
	Nature catalog.Nature `json:"nature"`
	Spaces []jsonCount    `json:"spaces"`
}

type jsonCount struct {
	Name  string `json:"name"`
	Noun  string `json:"noun"`
	Codes int    `json:"codes"`
}

// overview writes which catalogs there are, each in a line.
func overview(format string) ([]byte, error) {
	var b bytes.Buffer
	switch format {
	case "json":
		var out []jsonOverview
		for _, c := range catalogs() {
			entry := jsonOverview{Name: c.Name, Title: c.Title, URL: c.URL, Nature: c.Nature}
			for _, s := range c.Spaces {
				entry.Spaces = append(entry.Spaces, jsonCount{s.Name, s.Noun, len(s.Codes)})
			}
			out = append(out, entry)
		}
		return marshal(out)
	case "markdown":
		b.WriteString("| catalog | API | spaces | errors are |\n|---|---|---|---|\n")
		for _, c := range catalogs() {
			fmt.Fprintf(&b, "| `%s` | [%s](%s) | %s | %s |\n", c.Name, c.Title, c.URL, strings.Join(counts(c), ", "), c.Nature)
		}
		return b.Bytes(), nil
	}
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CATALOG\tAPI\tSPACES\tDOCUMENTED AT")
	for _, c := range catalogs() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", c.Name, c.Title, strings.Join(counts(c), ", "), c.URL)
	}
	err := w.Flush()
	return b.Bytes(), err
}

// counts says of each space how many codes it has.
func counts(c *catalog.Catalog) []string {
	var list []string
	for _, s := range c.Spaces {
		list = append(list, fmt.Sprintf("%s (%d codes)", s.Name, len(s.Codes)))
	}
	return list
}
