package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// libraryText reports that codes of an inspected API are looked for in the text of an error. Who
// takes the code first, and looks at the text of what is left, knows why.
func (c *Context) libraryText(at analysis.Range, related []analysis.RelatedInformation, text ssa.Value, codes []catalog.Code) {
	f := c.fileOf(at.Pos())
	if f == nil {
		return
	}
	var fn ast.Node // the function in which the text is looked at
	before := at.Pos()
	if in := text.Parent(); in != nil && in.Syntax() != nil {
		if fn = in.Syntax(); before < fn.Pos() || fn.End() <= before {
			before = text.Pos() // it is given to a helper
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
	are := "is"
	if len(codes) > 1 {
		are = "are"
	}
	switch {
	case condition != nil && !slices.ContainsFunc(codes, func(code catalog.Code) bool { return !c.compares(condition, code) }):
		c.report(at, related, nil, "%s %s looked for in the text of an error, and compared beside: this half is not needed", list(codes), are)
	case fn != nil && c.takes(fn, before):
	default:
		c.report(at, related, nil, "%s %s looked for in the text of an error: %s", list(codes), are, c.Catalog.Take)
	}
}

// compares reports whether a condition compares a code with this one.
func (c *Context) compares(condition ast.Expr, code catalog.Code) bool {
	for _, m := range c.sinks() {
		if m.code == code.Value && condition.Pos() <= m.expr.Pos() && m.expr.Pos() < condition.End() {
			return true
		}
	}
	return false
}

// takes reports whether a function takes a code from an error before a place: it asks for a type
// of the API's libraries, or a function or method of them.
func (c *Context) takes(fn ast.Node, before token.Pos) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		if n == nil || found || before <= n.Pos() {
			return false
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			f := calleeOf(c.Pass.TypesInfo, n)
			_, asks := c.Origins.Function(f)
			_, answers := c.Origins.Method(f)
			found = asks || answers
			if name := c.Graph.NameOf(f); name == "errors.As" || name == "errors.AsType" {
				for _, a := range n.Args[1:] {
					found = found || c.isLibraryType(c.Pass.TypesInfo.TypeOf(a))
				}
				if sig, ok := c.Pass.TypesInfo.TypeOf(n.Fun).(*types.Signature); ok && name == "errors.AsType" {
					found = found || c.isLibraryType(sig.Results().At(0).Type())
				}
			}
		case *ast.TypeAssertExpr:
			found = n.Type != nil && c.isLibraryType(c.Pass.TypesInfo.TypeOf(n.Type))
		case *ast.CaseClause:
			for _, e := range n.List {
				found = found || c.Pass.TypesInfo.Types[e].IsType() && c.isLibraryType(c.Pass.TypesInfo.TypeOf(e))
			}
		}
		return true
	})
	return found
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
