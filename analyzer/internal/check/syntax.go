package check

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// callRange is the range of a call's expression, by the position of its parenthesis.
func (c *Context) callRange(i ssa.CallInstruction) analysis.Range {
	if e := c.callExpr(i); e != nil {
		return e
	}
	return span{i.Pos(), i.Pos() + 1}
}

// returnRange is the keyword of a return that the program writes, or nil.
func returnRange(ret *ssa.Return) analysis.Range {
	if !ret.Pos().IsValid() {
		return nil
	}
	return span{ret.Pos(), ret.Pos() + token.Pos(len("return"))}
}

func (c *Context) callExpr(i ssa.CallInstruction) *ast.CallExpr {
	pos := i.Common().Pos()
	if !pos.IsValid() {
		pos = i.Pos()
	}
	f := c.fileOf(pos)
	if f == nil {
		return nil
	}
	var out *ast.CallExpr
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || pos >= n.End() {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok && (call.Lparen == pos || call.Pos() == pos && out == nil) {
			out = call
		}
		return true
	})
	return out
}

// nodeAt returns the innermost expression whose operator or start is at pos.
func (c *Context) exprAt(pos token.Pos) ast.Expr {
	f := c.fileOf(pos)
	if f == nil {
		return nil
	}
	var out ast.Expr
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || pos >= n.End() {
			return false
		}
		switch e := n.(type) {
		case *ast.BinaryExpr:
			if e.OpPos == pos {
				out = e
			}
		case *ast.CallExpr:
			if e.Lparen == pos {
				out = e
			}
		case *ast.IndexExpr:
			if e.Lbrack == pos {
				out = e
			}
		case ast.Expr:
			if e.Pos() == pos && out == nil {
				out = e
			}
		}
		return true
	})
	return out
}

// isBare reports whether a call stands alone as a statement, a go or a defer.
func (c *Context) isBare(i ssa.CallInstruction) bool {
	if c.bare == nil {
		c.bare = make(map[token.Pos]bool)
		for _, f := range c.Report.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				var e ast.Expr
				switch s := n.(type) {
				case *ast.ExprStmt:
					e = s.X
				case *ast.GoStmt:
					e = s.Call
				case *ast.DeferStmt:
					e = s.Call
				}
				if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && e != nil {
					c.bare[call.Lparen] = true
				}
				return true
			})
		}
	}
	e := c.callExpr(i)
	return e != nil && c.bare[e.Lparen]
}

func calleeOf(info *types.Info, n *ast.CallExpr) *types.Func {
	fun := ast.Unparen(n.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = x.X
	case *ast.IndexListExpr:
		fun = x.X
	}
	switch x := fun.(type) {
	case *ast.Ident:
		f, _ := info.Uses[x].(*types.Func)
		return f
	case *ast.SelectorExpr:
		f, _ := info.Uses[x.Sel].(*types.Func)
		return f
	}
	return nil
}

func (c *Context) constant(e ast.Expr) constant.Value { return c.Pass.TypesInfo.Types[e].Value }
