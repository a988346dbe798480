package check

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// textsFound reports the documented codes in a list of what is looked for in the text of a carrier:
// there is one search for all of them.
func (c *Context) textsFound(at ast.Node, text ast.Expr, sought []ast.Expr) {
	v := c.Graph.Value(text)
	if v == nil || c.Graph.Bits(v)&fact.Text == 0 && !c.Graph.API(v) {
		return
	}
	var codes []catalog.Code
	var related []analysis.RelatedInformation
	for _, e := range sought {
		code, ok := c.lookedFor(constant.StringVal(c.constant(e)))
		if !ok {
			continue
		}
		related = append(related, analysis.RelatedInformation{Pos: e.Pos(), End: e.End(), Message: code.String() + " stands here"})
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	if len(codes) > 0 {
		c.textReport(at, related, v, codes...)
	}
}

// textHelper judges the calls of a function that looks for its parameter, or for what stands in a list
// that is its parameter, in the text of a carrier.
func (c *Context) textHelper(text, con ast.Expr) {
	p, isList := soughtParam(c.Graph.Value(con))
	if p == nil || c.Graph.Value(text) == nil || c.Graph.Bits(c.Graph.Value(text))&fact.Text == 0 {
		return
	}
	i := slices.Index(p.Parent().Params, p)
	for _, call := range c.Graph.Callers(p.Parent()) {
		args := ir.Args(call.Common())
		if i >= len(args) {
			continue
		}
		codes := c.codesGiven(args[i], isList)
		if len(codes) == 0 {
			continue
		}
		for _, a := range args {
			if c.Graph.Bits(a)&(fact.Text|fact.Carriers) != 0 || c.Graph.Inspected() && ir.IsErrorLike(a.Type()) {
				c.textReport(c.callRange(call), nil, a, codes...)
				break
			}
		}
	}
}

// soughtParam is the parameter that a value is, or that has it as an element; nil if there is none.
func soughtParam(v ssa.Value) (p *ssa.Parameter, isList bool) {
	if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
		if at, ok := u.X.(*ssa.IndexAddr); ok {
			v, isList = at.X, true
		}
	}
	p, _ = v.(*ssa.Parameter)
	return p, isList
}

// codesGiven are the documented codes in the text that an argument is, or in those of a list that is
// written out.
func (c *Context) codesGiven(arg ssa.Value, isList bool) []catalog.Code {
	var out []catalog.Code
	note := func(text string) {
		if code, ok := c.lookedFor(text); ok && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	if !isList {
		if text, ok := ir.Text(arg); ok {
			note(text)
		}
		return out
	}
	if l := c.Engine.LiteralOf(arg); l != nil {
		for _, k := range l.Keys {
			if k.Kind() == constant.String {
				note(constant.StringVal(k))
			}
		}
	}
	return out
}

// rangedTexts are the elements of the literal list over which a loop has e as its variable.
func (c *Context) rangedTexts(e ast.Expr) []ast.Expr {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	obj, ok := c.Pass.TypesInfo.Uses[id].(*types.Var)
	if !ok {
		return nil
	}
	loop := c.loopOf(obj)
	if loop == nil {
		return nil
	}
	lit := (&sinkWalk{c: c}).collection(loop.X)
	if lit == nil {
		return nil
	}
	var out []ast.Expr
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
			if _, isMap := c.Pass.TypesInfo.TypeOf(loop.X).Underlying().(*types.Map); isMap {
				e = kv.Key
			}
		}
		if v := c.constant(e); v != nil && v.Kind() == constant.String {
			out = append(out, e)
		}
	}
	return out
}

// loopOf is the range statement that declares a variable, for its elements or a map's keys.
func (c *Context) loopOf(obj *types.Var) *ast.RangeStmt {
	f := c.fileOf(obj.Pos())
	if f == nil {
		return nil
	}
	var out *ast.RangeStmt
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || obj.Pos() < n.Pos() || n.End() <= obj.Pos() {
			return false
		}
		if r, ok := n.(*ast.RangeStmt); ok {
			v := r.Value
			if _, isMap := c.Pass.TypesInfo.TypeOf(r.X).Underlying().(*types.Map); isMap {
				v = r.Key
			}
			if id, ok := v.(*ast.Ident); ok && id.Pos() == obj.Pos() {
				out = r
			}
		}
		return true
	})
	return out
}
