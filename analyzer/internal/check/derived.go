package check

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// derived reports codes of a space where those that are made of them are compared, and the
// reverse: SQLite's primary codes are its extended ones & 0xff.
func (c *Context) derived() {
	for _, m := range c.sinks() {
		s := c.spaceOf(m)
		if _, ok := s.Find(m.code); ok || m.judged || !m.compared {
			continue
		}
		for _, other := range c.Catalog.Spaces {
			code, ok := other.Find(m.code)
			if !ok {
				continue
			}
			switch {
			case other.Derived.From == s.Name:
				m.judged = true
				c.report(m.expr, c.declaration(m), nil, "this is %s's %s, and %s %s: they are never equal; compare the code & %#x", c.Catalog.Title, s.Noun, code, indefinite(other), other.Derived.Mask)
			case s.Derived.From == other.Name:
				m.judged = true
				c.report(m.expr, c.declaration(m), nil, "this is %s's %s, and %s %s: they are never equal; compare the %s", c.Catalog.Title, s.Noun, code, indefinite(other), other.Noun)
			}
		}
	}
}

// masks reports a code that is taken for a mask: what it leaves of other codes is not 0 either.
func (c *Context) masks() {
	for _, f := range c.Report.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if b, ok := n.(*ast.BinaryExpr); ok && b.Op == token.AND {
				c.mask(b, b.X, b.Y)
				c.mask(b, b.Y, b.X)
			}
			return true
		})
	}
}

func (c *Context) mask(at *ast.BinaryExpr, code, mask ast.Expr) {
	v, ok := catalog.ValueOf(c.constant(mask), catalog.IntKind)
	if !ok || c.constant(code) != nil {
		return
	}
	i, ok := c.Graph.Space(c.Graph.Value(code))
	if !ok || c.Catalog.Spaces[i].Kind != catalog.IntKind {
		return
	}
	bits, _ := v.Int()
	for _, s := range c.Catalog.Spaces {
		named, ok := s.Find(v)
		if !ok || c.isMask(bits) || s.Succeeds(v) {
			continue
		}
		for _, other := range s.Codes {
			if n, _ := other.Value.Int(); other.Value != v && n&bits != 0 && !s.Succeeds(other.Value) {
				c.report(at, nil, nil, "%s is a code and no mask: %s & %v is not 0 either; compare with ==", named, other, v)
				return
			}
		}
	}
}

// isMask reports whether a number is the mask by which a space is made of another.
func (c *Context) isMask(bits int64) bool {
	return slices.ContainsFunc(c.Catalog.Spaces, func(s *catalog.Space) bool { return s.Derived.From != "" && s.Derived.Mask == bits })
}

// indefinite is what a space's codes are, with its article.
func indefinite(s *catalog.Space) string { return s.Article + " " + s.Noun }
