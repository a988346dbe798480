package origin

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// spaceNames lists the spaces that a directive can name, each once.
func (t *Table) spaceNames() []string {
	var names []string
	for _, c := range t.catalogs() {
		for _, s := range c.Spaces {
			if !slices.Contains(names, s.Name) {
				names = append(names, s.Name)
			}
		}
	}
	return names
}

// spaceNamed returns the place of a space in the catalog, by its name or as CATALOG/SPACE. It
// is -1 for a space of another catalog, and an error says so of one that no catalog has, or
// more than one.
func (t *Table) spaceNamed(name string) (int, error) {
	here, others, own := -1, 0, false
	for _, c := range t.catalogs() {
		for k, s := range c.Spaces {
			if name != s.Name && name != c.Name+"/"+s.Name || own && c.Package == "" {
				continue
			}
			if !own && c.Package != "" {
				// The API that the program declares goes before one that it does not know of.
				here, others, own = -1, 0, true
			}
			if c == t.in.Catalog {
				here = k
			} else {
				others++
			}
		}
	}
	switch {
	case here < 0 && others == 0:
		known, have := t.spaceNames(), "the catalog has"
		if near := catalog.Closest(name, known); near != "" {
			return -1, fmt.Errorf("unknown space %q; did you mean %s?", name, near)
		}
		if len(t.in.Others) > 0 {
			have = "the catalogs have"
		}
		return -1, fmt.Errorf("unknown space %q; %s %s", name, have, list(known))
	case own && (here >= 0 && others > 0 || others > 1):
		return -1, fmt.Errorf("more than one package has a space %q; write IMPORT/PATH/%[1]s", name)
	case here >= 0 && others > 0 || others > 1:
		return -1, fmt.Errorf("more than one catalog has a space %q; write CATALOG/%[1]s", name)
	}
	return here, nil
}

// catalogs lists those whose spaces may be named, in an order that is the same whichever of
// them is asked.
func (t *Table) catalogs() []*catalog.Catalog {
	all := append([]*catalog.Catalog{t.in.Catalog}, t.in.Others...)
	slices.SortStableFunc(all, func(a, b *catalog.Catalog) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// unknownWord says that word is none of the known, and which one was meant.
func unknownWord(what, prefix, word string, known []string) string {
	if best := catalog.Closest(word, known); best != "" {
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
