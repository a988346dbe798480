package check

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fix"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// fix offers the constant for a code, if there is one.
func (c *Context) fix(m *sink, code catalog.Code) []analysis.SuggestedFix {
	name, edits, ok := c.candidates().Choose(m.file, m.expr, m.space, code.Value)
	if !ok {
		return nil
	}
	return []analysis.SuggestedFix{{Message: "Use " + name, TextEdits: edits}}
}

func magic(c *Context) {
	type key struct {
		space int
		code  catalog.Value
	}
	first := make(map[key]*sink)
	count := make(map[key]int)
	var order []key
	for _, m := range c.sinks() {
		s := c.spaceOf(m)
		code, ok := s.Find(m.code)
		if !ok || !m.literal || m.judged || s.Succeeds(m.code) && !c.Options.SuccessLiterals {
			continue
		}
		if _, ok := c.isMixed(m); ok {
			continue
		}
		if !m.quoted {
			if fixes := c.fix(m, code); fixes != nil {
				c.report(m.expr, nil, fixes, "magic %s %s: %s; use %s", s.Noun, trimmed(code), code.Brief()+")", fixes[0].Message[len("Use "):])
				continue
			}
		}
		if !c.Catalog.Speaks("magic", "as-written") {
			continue // there is no constant to use
		}
		if c.Report.silencing(m.expr.Pos(), c.category) != nil {
			continue // the next use stands for the others
		}
		k := key{m.space, m.code}
		if first[k] == nil {
			first[k] = m
			order = append(order, k)
		}
		count[k]++
	}
	for i, k := range order {
		m := first[k]
		s := c.spaceOf(m)
		code, _ := s.Find(m.code)
		places := ""
		if n := count[k]; n > 1 {
			places = fmt.Sprintf(" (%d places)", n)
		}
		unseen := ""
		if path := c.candidates().Unseen(); path != "" && i == 0 {
			unseen = fmt.Sprintf("; no fix uses %s, the package of -constants, since nothing that package %s imports imports it", path, c.Pass.Pkg.Name())
		}
		c.report(m.expr, nil, nil, "magic %s %s: %s)%s; use a named constant%s", s.Noun, trimmed(code), code.Brief(), places, unseen)
	}
}

// trimmed is a code without its closing parenthesis: "1008 (RateLimited".
func trimmed(code catalog.Code) string {
	s := code.String()
	return s[:len(s)-1]
}

// candidates are the constants that fixes may put.
func (c *Context) candidates() *fix.Candidates {
	if c.fixes != nil {
		return c.fixes
	}
	declared := make(map[types.Object]int)
	compared := make(map[types.Object]int)
	for _, d := range c.Origins.Declared() {
		if d.Role == origin.Const {
			declared[d.Object] = d.Space
		}
	}
	c.declaredElsewhere(c.Pass.Pkg.Imports(), declared)
	for _, m := range c.sinks() {
		if k, ok := m.object.(*types.Const); ok && m.compared && !m.judged {
			compared[k] = m.space
		}
	}
	c.fixes = fix.New(c.Pass, c.Catalog, declared, compared, c.Options.Constants)
	c.fixes.Leave(c.Options.Before)
	return c.fixes
}

func (c *Context) declaredElsewhere(pkgs []*types.Package, declared map[types.Object]int) {
	for _, p := range pkgs {
		f := c.Graph.Facts(p)
		if f == nil {
			continue
		}
		for _, k := range f.Consts {
			if obj := p.Scope().Lookup(k.Name); obj != nil {
				declared[obj] = k.Space
			}
		}
	}
}
