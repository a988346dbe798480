package check

import (
	"go/token"
	"slices"
)

// silence drops what directives silence.
func (c *Context) silence() {
	c.found = slices.DeleteFunc(c.found, func(f finding) bool { return c.silenced(f.Pos, f.category) })
}

// silenced reports whether a directive silences a category at a place, which uses it.
func (c *Context) silenced(pos token.Pos, category string) bool {
	at := c.Pass.Fset.PositionFor(pos, false)
	for _, ig := range c.Origins.Ignores() {
		if ig.Silences(category, at) {
			ig.Used = true
			return true
		}
	}
	return false
}

// directives reports directives that are wrong, or that silence nothing though every
// check that they name ran.
func directives(c *Context) {
	for _, p := range c.Origins.Problems() {
		c.report(span{p.Pos, p.End}, nil, nil, "%s", p.Message)
	}
	for _, ig := range c.Origins.Ignores() {
		if ig.Used || slices.ContainsFunc(ig.Categories, func(s string) bool { return !c.Options.Enabled(s) }) {
			continue
		}
		c.report(span{ig.Pos, ig.End}, nil, nil, "this directive silences nothing: no finding of %s stands there; remove it", join(ig.Categories))
	}
}

func join(words []string) string {
	s := ""
	for i, w := range words {
		if i > 0 {
			s += " or "
		}
		s += w
	}
	return s
}
