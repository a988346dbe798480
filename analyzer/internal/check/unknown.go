package check

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

func unknown(c *Context) {
	for _, m := range c.sinks() {
		s := c.spaceOf(m)
		if m.judged || m.code.Compare(catalog.IntValue(0)) < 0 && m.code.Kind() == catalog.IntKind || s.NamedByOther(m.code) {
			continue
		}
		if s.MayBe(m.code) {
			continue
		}
		if _, ok := c.isMixed(m); ok {
			continue
		}
		if m.code == catalog.IntValue(0) && (!m.compared || m.absent || c.comparesSuccess(m)) {
			continue
		}
		m.judged = true
		msg := fmt.Sprintf("%s is no documented %s", m.shown(), c.Catalog.Noun(s))
		if near, ok := s.Nearest(m.code); ok {
			msg += fmt.Sprintf("; did you mean %s?", near)
		}
		c.report(m.expr, c.declaration(m), nil, "%s", msg)
	}
}

// comparesSuccess reports whether the same declaration compares a code of the space or the
// error that holds it with success, or has a limit for it: 0 is then no success, but an answer that never came.
func (c *Context) comparesSuccess(m *sink) bool {
	if c.divided[division{m.decl, m.space}] {
		return true
	}
	for _, o := range c.sinks() {
		if o.decl == m.decl && o.space == m.space && o.compared && c.spaceOf(o).Succeeds(o.code) {
			return true
		}
	}
	return c.comparesNil(m)
}

// comparesNil reports whether the same declaration compares an error that holds a code of
// the space with nil, which is its success.
func (c *Context) comparesNil(m *sink) bool {
	for _, s := range c.sources() {
		if s.Kind != interp.Err || s.Space != m.space || s.Instr == nil {
			continue
		}
		if at := s.Instr.Pos(); at < m.decl.Pos() || m.decl.End() <= at {
			continue
		}
		for _, v := range c.Engine.Partition(s).Comparisons() {
			if b, ok := v.(*ssa.BinOp); ok && ir.IsNilTest(b) {
				return true
			}
		}
	}
	return false
}
