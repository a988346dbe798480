package check

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

func unknown(c *Context) {
	if c.Catalog.Speaks("unknown", "markers") {
		c.unknownMarkers()
	}
	if !c.Catalog.Speaks("unknown", "operands") {
		return
	}
	for _, m := range c.sinks() {
		s := c.spaceOf(m)
		if m.judged || m.code.Compare(catalog.IntValue(0)) < 0 && m.code.Kind() == catalog.IntKind || s.NamedByOther(m.code) {
			continue
		}
		if s.Fits(m.code) && (s.MayBe(m.code) || c.isElsewhere(s, m.code)) || m.code == catalog.StringValue("") {
			continue
		}
		if _, ok := c.isMixed(m); ok {
			continue
		}
		if m.code == catalog.IntValue(0) && (!m.compared || m.absent || c.comparesSuccess(m)) {
			continue
		}
		if len(s.Open.Raised) > 0 && c.namesNear(m) {
			continue // who names both means both: the program may raise it in a text that is not seen
		}
		m.judged = true
		c.report(m.expr, c.declaration(m), nil, "%s", c.noCode(s, m.code))
	}
}

// namesNear reports whether the code that a value misses by a little is named in the same declaration.
func (c *Context) namesNear(m *sink) bool {
	near, ok := c.spaceOf(m).Nearest(m.code)
	return ok && slices.ContainsFunc(c.sinks(), func(o *sink) bool { return o.decl == m.decl && o.space == m.space && o.code == near.Value })
}

// noCode says that a value is no code of a space, and which one may be meant.
func (c *Context) noCode(s *catalog.Space, v catalog.Value) string {
	msg := fmt.Sprintf("%s is no documented %s", v, c.Catalog.Noun(s))
	if text, ok := v.Text(); ok && s.Form.Length > 0 {
		msg = fmt.Sprintf("%q is no %s", text, c.Catalog.Noun(s))
		if codes := s.Named(catalog.GivesCondition, text); len(codes) > 0 {
			return msg + fmt.Sprintf(", but the name of %s", codes[0])
		}
	}
	near, ok := s.Nearest(v)
	switch {
	case v == catalog.IntValue(0):
		msg += ": a field has it that no answer has set; look at the error before, or compare with success"
	case ok:
		msg += fmt.Sprintf("; did you mean %s?", near)
	}
	return msg
}

// isElsewhere reports whether a dialect has a code, or the program raises it itself: it stands in a
// text of the package behind a word that raises one.
func (c *Context) isElsewhere(s *catalog.Space, v catalog.Value) bool {
	return slices.ContainsFunc(c.Catalog.Dialects, func(d catalog.Dialect) bool { return d.Space == s.Name && slices.Contains(d.Codes, v) }) ||
		len(s.Open.Raised) > 0 && slices.ContainsFunc(c.raisingTexts(s), func(text string) bool { return strings.Contains(text, v.String()) })
}

// raisingTexts are the texts of the package with a word that raises codes, in capitals.
func (c *Context) raisingTexts(s *catalog.Space) []string {
	if c.raising[s] != nil {
		return c.raising[s]
	}
	texts := []string{""}
	for _, f := range c.Pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text := strings.ToUpper(lit.Value)
				if slices.ContainsFunc(s.Open.Raised, func(w string) bool { return strings.Contains(text, w) }) {
					texts = append(texts, text)
				}
			}
			return true
		})
	}
	if c.raising == nil {
		c.raising = make(map[*catalog.Space][]string)
	}
	c.raising[s] = texts
	return texts
}

// unknownMarkers reports what stands in a marker of the API that a text is searched for, and is
// no code.
func (c *Context) unknownMarkers() {
	for _, f := range c.Report.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 2 {
				return true
			}
			if f := calleeOf(c.Pass.TypesInfo, call); f == nil || f.Pkg() == nil || f.Pkg().Path() != "strings" {
				return true
			}
			v := c.constant(call.Args[1])
			if text := c.Graph.Value(call.Args[0]); v == nil || v.Kind() != constant.String || text == nil || c.Graph.Bits(text)&fact.Text == 0 {
				return true
			}
			for _, s := range c.Catalog.Spaces {
				for _, m := range c.Catalog.Mentions(s, constant.StringVal(v)) {
					code, ok := catalog.ParseValue(strings.ToUpper(m.Text), s.Kind)
					if ok && !m.Known && !s.MayBe(code) && !c.isElsewhere(s, code) {
						c.report(call.Args[1], nil, nil, "%s", c.noCode(s, code))
					}
				}
			}
			return true
		})
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
