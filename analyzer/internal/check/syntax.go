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

// within reports whether a place is in a piece of the source.
func within(r analysis.Range, pos token.Pos) bool { return r.Pos() <= pos && pos < r.End() }

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
	e := c.callExpr(i)
	if e == nil {
		return false
	}
	targets, stands := c.assigned()[e.Lparen]
	return stands && targets == nil
}

// isBlank reports whether a result of a call is assigned to _.
func (c *Context) isBlank(i ssa.CallInstruction, result int) bool {
	e := c.callExpr(i)
	if e == nil {
		return false
	}
	targets := c.assigned()[e.Lparen]
	if result >= len(targets) {
		return false
	}
	id, ok := targets[result].(*ast.Ident)
	return ok && id.Name == "_"
}

// assigned are the calls that are statements, by their parenthesis, and those whose results are
// assigned, with what they are assigned to.
func (c *Context) assigned() map[token.Pos][]ast.Expr {
	if c.calls != nil {
		return c.calls
	}
	c.calls = make(map[token.Pos][]ast.Expr)
	note := func(e ast.Expr, targets []ast.Expr) {
		if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
			c.calls[call.Lparen] = targets
		}
	}
	for _, f := range c.Report.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch s := n.(type) {
			case *ast.ExprStmt:
				note(s.X, nil)
			case *ast.GoStmt:
				note(s.Call, nil)
			case *ast.DeferStmt:
				note(s.Call, nil)
			case *ast.AssignStmt:
				for i, e := range s.Rhs {
					if len(s.Rhs) == len(s.Lhs) {
						note(e, s.Lhs[i:i+1])
					} else {
						note(e, s.Lhs)
					}
				}
			case *ast.ValueSpec:
				for i, e := range s.Values {
					targets := make([]ast.Expr, 0, len(s.Names))
					for k, id := range s.Names {
						if len(s.Values) != len(s.Names) || k == i {
							targets = append(targets, id)
						}
					}
					note(e, targets)
				}
			}
			return true
		})
	}
	return c.calls
}

func calleeOf(info *types.Info, n *ast.CallExpr) *types.Func {
	fun := ast.Unparen(n.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = x.X
	case *ast.IndexListExpr:
		fun = x.X
	}
	f, _ := objectOf(info, fun).(*types.Func)
	return f
}

// objectOf is the object that an expression names, or nil.
func objectOf(info *types.Info, e ast.Expr) types.Object {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return info.Uses[x]
	case *ast.SelectorExpr:
		return info.Uses[x.Sel]
	}
	return nil
}

func (c *Context) constant(e ast.Expr) constant.Value { return c.Pass.TypesInfo.Types[e].Value }
