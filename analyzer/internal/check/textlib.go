package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// libraryText reports that codes of an inspected API are looked for in the text of an error. Who
// takes the code first, and looks at the text of what is left, knows why. Of an error of the API's
// libraries the code is at hand.
func (c *Context) libraryText(at analysis.Range, related []analysis.RelatedInformation, text ssa.Value, codes []catalog.Code) {
	f := c.fileOf(at.Pos())
	if f == nil {
		return
	}
	var fn ast.Node // the function in which the text is looked at
	before, atHand := at.Pos(), c.ofLibraryError(text, 0)
	if in := text.Parent(); in != nil && in.Syntax() != nil {
		if fn = in.Syntax(); before < fn.Pos() || fn.End() <= before {
			before = text.Pos() // it is given to a helper
		}
		if atHand {
			before = fn.End()
		}
	}
	var condition ast.Expr // the whole condition around the place
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || at.Pos() < n.Pos() || n.End() <= at.Pos() {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			condition = nil
		case *ast.BinaryExpr:
			if condition == nil && (n.Op == token.LOR || n.Op == token.LAND) {
				condition = n
			}
		}
		return true
	})
	switch {
	case condition != nil && !slices.ContainsFunc(codes, func(code catalog.Code) bool { return !c.compares(condition, code) }):
		c.report(at, related, nil, "%s %s looked for in the text of an error, and compared beside: this half is not needed", list(codes), are(codes))
	case fn != nil && c.takes(fn, before, atHand, codes):
	default:
		c.report(at, related, nil, "%s %s looked for in the text of an error: %s", list(codes), are(codes), c.Catalog.Take)
	}
}

// ofLibraryError reports whether a text was taken from an error of the API's libraries: it is a field
// of one, or what a method of it answers with, in another form or not.
func (c *Context) ofLibraryError(text ssa.Value, depth int) bool {
	if depth > interp.MaxDepth {
		return false
	}
	switch x := text.(type) {
	case *ssa.Field:
		return c.isLibraryType(x.X.Type())
	case *ssa.UnOp:
		a, ok := x.X.(*ssa.FieldAddr)
		return ok && c.isLibraryType(a.X.Type())
	case *ssa.Call:
		args := ir.Args(&x.Call)
		if len(args) == 0 {
			return false
		}
		return c.isLibraryType(args[0].Type()) || ir.CalleePath(&x.Call) == "strings" && c.ofLibraryError(args[0], depth+1)
	}
	return false
}

// compares reports whether a condition compares a code with this one.
func (c *Context) compares(condition ast.Expr, code catalog.Code) bool {
	for _, m := range c.sinks() {
		if m.code == code.Value && within(condition, m.expr.Pos()) {
			return true
		}
	}
	return false
}

// takes reports whether a function takes a code from an error before a place, but for questions that
// only compare it with others than those that are sought: what they leave still has its code.
func (c *Context) takes(fn ast.Node, before token.Pos, atHand bool, sought []catalog.Code) bool {
	var questions []span
	ast.Inspect(fn, func(n ast.Node) bool {
		if i, ok := n.(*ast.IfStmt); ok && i.Body.Lbrace < before && c.comparesOthers(i, sought) {
			questions = append(questions, span{i.If, i.Body.Lbrace})
		}
		return true
	})
	return slices.ContainsFunc(c.takings(fn, before, atHand), func(pos token.Pos) bool {
		return !slices.ContainsFunc(questions, func(q span) bool { return within(q, pos) })
	})
}

// comparesOthers reports whether the question of an if compares the code with others than those
// that are sought, and is about nothing else: each side has to hold.
func (c *Context) comparesOthers(i *ast.IfStmt, sought []catalog.Code) bool {
	if and, ok := ast.Unparen(i.Cond).(*ast.BinaryExpr); !ok || and.Op != token.LAND {
		return false
	}
	compared := false
	for _, m := range c.sinks() {
		if within(i.Cond, m.expr.Pos()) {
			if slices.ContainsFunc(sought, func(code catalog.Code) bool { return code.Value == m.code }) {
				return false
			}
			compared = true
		}
	}
	return compared
}

// takings lists where a function takes a code from an error before a place: it asks a function or
// method of the API's libraries, or a field of them; or for a type of theirs, unless that is at hand.
func (c *Context) takings(fn ast.Node, before token.Pos, atHand bool) (out []token.Pos) {
	isType := func(t types.Type) bool { return !atHand && c.isLibraryType(t) }
	ast.Inspect(fn, func(n ast.Node) bool {
		if n == nil || before <= n.Pos() {
			return false
		}
		found := false
		switch n := n.(type) {
		case *ast.CallExpr:
			f := calleeOf(c.Pass.TypesInfo, n)
			_, asks := c.Origins.Function(f)
			_, answers := c.Origins.Method(f)
			found = asks || answers
			if name := c.Graph.NameOf(f); name == "errors.As" || name == "errors.AsType" {
				for _, a := range n.Args[1:] {
					found = found || isType(c.Pass.TypesInfo.TypeOf(a))
				}
				if sig, ok := c.Pass.TypesInfo.TypeOf(n.Fun).(*types.Signature); ok && name == "errors.AsType" {
					found = found || isType(sig.Results().At(0).Type())
				}
			}
		case *ast.TypeAssertExpr:
			found = n.Type != nil && isType(c.Pass.TypesInfo.TypeOf(n.Type))
		case *ast.SelectorExpr:
			if f, ok := c.Pass.TypesInfo.Uses[n.Sel].(*types.Var); ok && f.IsField() {
				_, found = c.Origins.Field(f)
			}
		case *ast.CaseClause:
			for _, e := range n.List {
				found = found || c.Pass.TypesInfo.Types[e].IsType() && isType(c.Pass.TypesInfo.TypeOf(e))
			}
		}
		if found {
			out = append(out, n.Pos())
		}
		return true
	})
	return out
}

// isLibraryType reports whether t, or what it points to, is an error or status of the API's
// libraries.
func (c *Context) isLibraryType(t types.Type) bool {
	for t != nil {
		if _, ok := c.Origins.CarrierType(t); ok {
			return true
		}
		p, ok := t.Underlying().(*types.Pointer)
		if !ok {
			return false
		}
		t = p.Elem()
	}
	return false
}
