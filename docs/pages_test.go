package docs_test

import (
	"flag"
	"go/format"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer"
)

// pages lists what is written for readers.
func pages(t *testing.T) []string {
	t.Helper()
	out := []string{filepath.Join("..", "README.md")}
	for _, pattern := range []string{"*.md", "checks/*.md"} {
		list, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, list...)
	}
	return out
}

func formatted(text string) ([]byte, error) { return format.Source([]byte(text)) }

// flagNames lists the analyzer's flags.
func flagNames() []string {
	var out []string
	analyzer.Analyzer.Flags.VisitAll(func(f *flag.Flag) { out = append(out, f.Name) })
	return out
}

var (
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	dropped = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors lists the names under which the forge links a page's headings.
func anchors(page string) []string {
	var out []string
	for _, m := range heading.FindAllStringSubmatch(page, -1) {
		name := dropped.ReplaceAllString(strings.ToLower(m[1]), "")
		out = append(out, strings.ReplaceAll(name, " ", "-"))
	}
	return out
}
