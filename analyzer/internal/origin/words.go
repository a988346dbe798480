package origin

import (
	"fmt"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

func (t *Table) spaceNames() []string {
	var names []string
	for _, s := range t.in.Catalog.Spaces {
		names = append(names, s.Name)
	}
	return names
}

// spaceNamed returns the place of a space in the catalog, by its name or as CATALOG/SPACE. It
// is -1 for a space of another catalog, and an error says so of one that no catalog has, or
// more than one.
func (t *Table) spaceNamed(name string) (int, error) {
	here, others := -1, 0
	var known []string
	for i, c := range append([]*catalog.Catalog{t.in.Catalog}, t.in.Others...) {
		for k, s := range c.Spaces {
			known = append(known, s.Name)
			if name != s.Name && name != c.Name+"/"+s.Name {
				continue
			}
			if i == 0 {
				here = k
			} else {
				others++
			}
		}
	}
	switch {
	case here < 0 && others == 0:
		have := "the catalog has"
		if len(t.in.Others) > 0 {
			have = "the catalogs have"
		}
		return -1, fmt.Errorf("unknown space %q; %s %s", name, have, list(known))
	case here >= 0 && others > 0 || others > 1:
		return -1, fmt.Errorf("more than one catalog has a space %q; write CATALOG/%[1]s", name)
	}
	return here, nil
}

// unknownWord says that word is none of the known, and which one was meant.
func unknownWord(what, prefix, word string, known []string) string {
	if best := closest(word, known); best != "" {
		return fmt.Sprintf("unknown %s %s%s; did you mean %s%s?", what, prefix, word, prefix, best)
	}
	with := make([]string, len(known))
	for i, k := range known {
		with[i] = prefix + k
	}
	return fmt.Sprintf("unknown %s %s%s; known are %s", what, prefix, word, list(with))
}

// list writes words as English does.
func list(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// closest returns the known word that word misspells, or "".
func closest(word string, known []string) string {
	best, least := "", 1+max(1, len(word)/3)
	for _, k := range known {
		if d := distance(strings.ToLower(word), k); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance counts the bytes to insert, delete, replace or swap with the next
// one to make b of a.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
		for j := range rows[i] {
			switch {
			case i == 0:
				rows[i][j] = j
			case j > 0:
				cost := 1
				if a[i-1] == b[j-1] {
					cost = 0
				}
				rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
				}
			}
		}
	}
	return rows[len(a)][len(b)]
}
