package check

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// index notes the keys of a literal map in which a code is looked up.
func (w *sinkWalk) index(n *ast.IndexExpr) {
	g := w.c.Graph
	v := g.Value(n.Index)
	s, ok := g.Space(v)
	quoted := false
	if !ok {
		if s, ok = g.TextSpace(v); !ok {
			return
		}
		quoted = true
	}
	if lit := w.collection(n.X); lit != nil {
		for _, e := range lit.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				w.add(kv.Key, s, false, quoted)
			}
		}
	}
}

// ranged notes the elements of a literal collection with which a loop compares a code.
func (w *sinkWalk) ranged(n *ast.RangeStmt) {
	lit := w.collection(n.X)
	if lit == nil {
		return
	}
	info := w.c.Pass.TypesInfo
	_, isMap := info.TypeOf(n.X).Underlying().(*types.Map)
	v := n.Value
	if isMap {
		v = n.Key
	}
	id, ok := v.(*ast.Ident)
	if !ok || info.Defs[id] == nil {
		return
	}
	each := func(code, element ast.Expr) {
		if e, ok := ast.Unparen(element).(*ast.Ident); !ok || info.Uses[e] != info.Defs[id] {
			return
		}
		for _, e := range lit.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok && isMap {
				e = kv.Key
			} else if ok {
				e = kv.Value
			}
			w.compare(code, e)
		}
	}
	ast.Inspect(n.Body, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok && (b.Op == token.EQL || b.Op == token.NEQ) {
			each(b.X, b.Y)
			each(b.Y, b.X)
		}
		return true
	})
}

// collection is the literal that an expression is, or that its variable is declared with.
func (w *sinkWalk) collection(e ast.Expr) *ast.CompositeLit {
	switch x := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return x
	case *ast.Ident:
		obj, ok := w.c.Pass.TypesInfo.Uses[x].(*types.Var)
		if !ok || obj.Pkg() != w.c.Pass.Pkg {
			return nil
		}
		return w.c.declaredWith(obj)
	}
	return nil
}

// declaredWith finds the composite literal that a variable is declared with.
func (c *Context) declaredWith(obj *types.Var) *ast.CompositeLit {
	f := c.fileOf(obj.Pos())
	if f == nil {
		return nil
	}
	lit, _ := c.declaredAs(obj, f).(*ast.CompositeLit)
	return lit
}

// literalOf is the literal that a variable of the function stands for here, as in
// got, want := e.Code, 1004.
func (w *sinkWalk) literalOf(e ast.Expr) ast.Expr {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	obj, ok := w.c.Pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || obj.Pkg() == nil || obj.Parent() == obj.Pkg().Scope() {
		return nil
	}
	k, ok := w.c.Graph.Value(id).(*ssa.Const)
	f := w.c.fileOf(obj.Pos())
	if !ok || k.Value == nil || f == nil {
		return nil
	}
	lit := w.c.declaredAs(obj, f)
	if lit == nil || w.value(lit) == nil || !constant.Compare(w.value(lit), token.EQL, k.Value) {
		return nil // it was assigned something else
	}
	return lit
}

// declaredAs is the expression that a variable is declared with.
func (c *Context) declaredAs(obj *types.Var, f *ast.File) ast.Expr {
	var out ast.Expr
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || obj.Pos() < n.Pos() || obj.Pos() >= n.End() {
			return false
		}
		switch d := n.(type) {
		case *ast.ValueSpec:
			for i, name := range d.Names {
				if name.Pos() == obj.Pos() && i < len(d.Values) {
					out = ast.Unparen(d.Values[i])
				}
			}
		case *ast.AssignStmt:
			for i, l := range d.Lhs {
				if l.Pos() == obj.Pos() && len(d.Lhs) == len(d.Rhs) {
					out = ast.Unparen(d.Rhs[i])
				}
			}
		}
		return true
	})
	return out
}

// call notes arguments of parameters that are meant to be codes, and lists in which a code
// is looked for.
func (w *sinkWalk) call(n *ast.CallExpr) {
	info := w.c.Pass.TypesInfo
	f := calleeOf(info, n)
	if f == nil {
		return
	}
	if f.Pkg() != nil && f.Pkg().Path() == "slices" && len(n.Args) == 2 {
		switch f.Name() {
		case "Contains", "Index", "BinarySearch":
			w.searched(n.Args[0], n.Args[1])
		}
		return
	}
	if fn, ok := w.c.Origins.Function(f); ok {
		if s, ok := w.c.Origins.NamedSpace(fn); ok && !n.Ellipsis.IsValid() {
			for _, a := range n.Args[min(fn.Codes, len(n.Args)):] {
				w.add(a, s, true, false)
			}
		}
		return
	}
	sig := f.Signature()
	for i, a := range n.Args {
		if i >= sig.Params().Len() || sig.Variadic() && i >= sig.Params().Len()-1 {
			return
		}
		if w.value(a) == nil {
			continue
		}
		if s, ok := w.c.sinkParam(f.Origin(), i); ok {
			w.add(a, s, false, false)
		}
	}
}

// searched notes the elements of a literal list in which a code is looked for.
func (w *sinkWalk) searched(list, code ast.Expr) {
	g := w.c.Graph
	s, ok := g.Space(g.Value(code))
	quoted := false
	if !ok {
		if s, ok = g.TextSpace(g.Value(code)); !ok {
			return
		}
		quoted = true
	}
	lit := w.collection(list)
	if lit == nil {
		return
	}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		w.add(e, s, false, quoted)
	}
}

// sinkParam reports whether parameter i of f is declared to be a code, stands in the SDK,
// or is handed on to one that is.
func (c *Context) sinkParam(f *types.Func, i int) (int, bool) {
	if s, ok := c.Graph.TypeSpace(f.Signature().Params().At(i).Type()); ok {
		return s, true
	}
	if s, ok := c.Origins.Param(f, i); ok {
		return s, true
	}
	shift := 0
	if f.Signature().Recv() != nil {
		shift = 1
	}
	if f.Pkg() == c.Pass.Pkg {
		fn := c.Graph.Local(c.Graph.Prog.FuncValue(f))
		if fn == nil || i+shift >= len(fn.Params) || !c.Graph.IsSink(fn.Params[i+shift]) {
			return 0, false
		}
		return c.Graph.Space(fn.Params[i+shift])
	}
	if f.Pkg() == nil {
		return 0, false
	}
	pf := c.Graph.Facts(f.Pkg())
	if pf == nil {
		return 0, false
	}
	p := pf.Func(ir.FuncName(f)).Param(i + shift)
	if p == nil || !p.Declared || p.Code == 0 {
		return 0, false
	}
	return p.Code - 1, true
}

// fixedField reports whether a field is an origin of the SDK, a directive or a flag, or of a
// type that is.
func (c *Context) fixedField(v *types.Var) (int, bool) {
	if v == nil {
		return 0, false
	}
	if c.Origins.FieldKind(v) != origin.None {
		return c.Origins.Field(v)
	}
	if s, ok := c.Graph.DeclaredField(v); ok {
		return s, true
	}
	return c.Graph.TypeSpace(v.Type())
}

func (w *sinkWalk) assign(n *ast.AssignStmt) {
	if len(n.Lhs) != len(n.Rhs) || n.Tok != token.ASSIGN {
		return
	}
	for i, l := range n.Lhs {
		switch x := ast.Unparen(l).(type) {
		case *ast.SelectorExpr:
			if sel, ok := w.c.Pass.TypesInfo.Selections[x]; ok {
				if v, ok := sel.Obj().(*types.Var); ok {
					if s, ok := w.c.fixedField(v); ok {
						w.add(n.Rhs[i], s, false, false)
					}
				}
			}
		}
	}
}

// sought notes the code of an error that errors.Is takes for another with the same code.
func (w *sinkWalk) sought(n *ast.CallExpr) {
	if len(n.Args) != 2 || w.c.Graph.NameOf(calleeOf(w.c.Pass.TypesInfo, n)) != "errors.Is" {
		return
	}
	target := ast.Unparen(n.Args[1])
	if u, ok := target.(*ast.UnaryExpr); ok {
		target = ast.Unparen(u.X)
	}
	lit, ok := target.(*ast.CompositeLit)
	if !ok {
		return
	}
	if t, ok := w.c.Origins.CarrierType(w.c.Pass.TypesInfo.TypeOf(lit)); ok && t.Is == catalog.IsCode {
		w.composite(lit, true)
	}
}

func (w *sinkWalk) composite(n *ast.CompositeLit, compared bool) {
	t := w.c.Pass.TypesInfo.TypeOf(n)
	if t == nil {
		return
	}
	s := ir.StructOf(t)
	if s == nil {
		return
	}
	for i, e := range n.Elts {
		var v *types.Var
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			id, ok := kv.Key.(*ast.Ident)
			if !ok {
				continue
			}
			v, _ = w.c.Pass.TypesInfo.Uses[id].(*types.Var)
			e = kv.Value
		} else if i < s.NumFields() {
			v = s.Field(i)
		}
		if sp, ok := w.c.fixedField(v); ok {
			w.add(e, sp, compared, false)
		}
	}
}

// returned notes the results that are declared to be codes, or of a type that is.
func (w *sinkWalk) returned(n *ast.ReturnStmt) {
	sig, f := w.signature()
	if sig == nil || sig.Results().Len() != len(n.Results) {
		return
	}
	for i, e := range n.Results {
		s, ok := w.c.Origins.Result(f, i)
		if !ok {
			s, ok = w.c.Graph.TypeSpace(sig.Results().At(i).Type())
		}
		if ok {
			w.add(e, s, false, false)
		}
	}
}

// signature is that of the function around the visited node, and the function if it has a name.
func (w *sinkWalk) signature() (*types.Signature, *types.Func) {
	for _, n := range slices.Backward(w.around) {
		if lit, ok := n.(*ast.FuncLit); ok {
			sig, _ := w.c.Pass.TypesInfo.TypeOf(lit).(*types.Signature)
			return sig, nil
		}
	}
	d, ok := w.decl.(*ast.FuncDecl)
	if !ok {
		return nil, nil
	}
	f, ok := w.c.Pass.TypesInfo.Defs[d.Name].(*types.Func)
	if !ok {
		return nil, nil
	}
	return f.Signature(), f
}

// enclosing is the SSA function that a value lives in.
func enclosing(v ssa.Value) *ssa.Function {
	if v == nil {
		return nil
	}
	return v.Parent()
}
