package origin

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// misspelt matches a comment of one line that was meant as a directive, if it begins like one.
var misspelt = regexp.MustCompile(`^(?://|/\*)[ \t]*[A-Za-z]+[ \t]*[:=._-][ \t]*(?i:(` + verbCode + "|" + verbIgnore + `))(?:[ \t]+([^\n]*?))?[ \t]*(?:\*/)?$`)

// Begins reports whether the text of a comment begins with the tool's name, however that is
// written, or with one like it before a colon or a dash, and so may be a directive.
func Begins(comment string) bool {
	text := strings.TrimLeft(comment, "/* \t")
	if len(text) > len(tool) && strings.EqualFold(text[:len(tool)], tool) {
		return true
	}
	i := strings.IndexAny(text, ":=._- \t\n")
	return len(tool)-2 < i && i < len(tool)+2 && strings.ContainsRune(":=._-", rune(text[i])) && catalog.Closest(text[:i], []string{tool}) != ""
}

// meantDirective returns what a comment was meant to be that is no directive for its blanks,
// capitals or kind, or false for prose.
func meantDirective(c *ast.Comment) (directive, bool) {
	if _, ok := parseDirective(c); ok || !Begins(c.Text) {
		return directive{}, false
	}
	m := misspelt.FindStringSubmatch(c.Text)
	if m == nil {
		return directive{}, false
	}
	return directive{c.Pos(), c.End(), strings.ToLower(m[1]), strings.Fields(m[2])}, true
}

// plausible reports whether a directive's first word is one that it may have, or missing:
// prose about directives has another.
func (f *fileDirectives) plausible(d directive) bool {
	switch {
	case len(d.words) == 0:
		return true
	case d.verb == verbCode:
		return slices.Contains(f.spaceNames(), d.words[0])
	}
	return !slices.ContainsFunc(strings.Split(d.words[0], ","), func(s string) bool { return !slices.Contains(f.in.Categories, s) })
}
