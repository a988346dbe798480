// Package choice chooses codes of a catalog by the flags -spaces and -groups, as the
// commands that write codes have them.
package choice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/cmd/internal/near"
)

// A Choice is what of a catalog was asked for.
type Choice struct {
	Spaces []*catalog.Space // in the order of the catalog
	groups []string         // none means all
}

// New reads the lists of spaces and groups; without spaces it takes those of the names in
// otherwise, or all. The error names the word that is wrong, and what there is.
func New(c *catalog.Catalog, spaces, groups string, otherwise ...string) (*Choice, error) {
	ch := &Choice{groups: Words(groups)}
	names := Words(spaces)
	switch {
	case spaces != "" && len(names) == 0:
		return nil, fmt.Errorf("-spaces %q names no space", spaces)
	case groups != "" && len(ch.groups) == 0:
		return nil, fmt.Errorf("-groups %q names no group", groups)
	case spaces == "":
		names = otherwise
	}
	for _, name := range names {
		if err := near.OneOf("space", name, SpaceNames(c)); err != nil {
			return nil, err
		}
	}
	var known []string
	for _, space := range c.Spaces {
		if len(names) == 0 || slices.Contains(names, space.Name) {
			ch.Spaces = append(ch.Spaces, space)
			known = append(known, space.GroupNames()...)
		}
	}
	slices.Sort(known)
	known = slices.Compact(known)
	for _, g := range ch.groups {
		if err := near.OneOf("group", g, known); err != nil {
			return nil, err
		}
	}
	return ch, nil
}

// Codes returns the chosen codes of a space.
func (ch *Choice) Codes(space *catalog.Space) []catalog.Code {
	if len(ch.groups) == 0 {
		return space.Codes
	}
	return slices.DeleteFunc(slices.Clone(space.Codes), func(c catalog.Code) bool { return !slices.Contains(ch.groups, c.Group) })
}

// SpaceNames returns the names of the spaces of a catalog.
func SpaceNames(c *catalog.Catalog) []string {
	var names []string
	for _, s := range c.Spaces {
		names = append(names, s.Name)
	}
	return names
}

// Words splits a list with commas.
func Words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

// Plural returns a noun in the plural, at the beginning of a sentence.
func Plural(noun string) string {
	if strings.HasSuffix(noun, "status") {
		noun += " code"
	}
	return strings.ToUpper(noun[:1]) + noun[1:] + "s"
}
