package check

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fix"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// meant is a constant that stands where a code is meant.
type meant struct {
	expr     ast.Expr
	file     *ast.File
	code     catalog.Value
	space    int
	compared bool         // in a comparison or a case
	absent   bool         // 0, where the program itself writes 0 for no code
	quoted   bool         // against the text form
	literal  bool         // made only of literals
	object   types.Object // the constant that is named, if one alone is
	decl     ast.Node     // the declaration that it stands in
	judged   bool         // reported as mixed or unknown
}

// division is a declaration that divides the codes of a space by a limit, such as 500.
type division struct {
	decl  ast.Node
	space int
}

func (c *Context) spaceOf(m *meant) *catalog.Space { return c.Catalog.Spaces[m.space] }

// constants lists every constant that stands where a code is meant, in source order.
func (c *Context) constants() []*meant {
	if c.meantSet {
		return c.meant
	}
	c.meantSet = true
	c.divided = make(map[division]bool)
	w := &walker{c: c, seen: make(map[ast.Expr]bool)}
	for _, f := range c.Report.Files {
		for _, d := range f.Decls {
			w.decl = d
			ast.PreorderStack(d, nil, func(n ast.Node, around []ast.Node) bool {
				w.around = around
				return w.visit(n)
			})
		}
	}
	return c.meant
}

type walker struct {
	c      *Context
	decl   ast.Node
	around []ast.Node // the nodes around the visited one, the innermost last
	seen   map[ast.Expr]bool
}

func (w *walker) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		switch n.Op {
		case token.EQL, token.NEQ:
			w.compare(n.X, n.Y)
			w.compare(n.Y, n.X)
		case token.LSS, token.LEQ, token.GTR, token.GEQ:
			w.bound(n.X, n.Y)
			w.bound(n.Y, n.X)
		}
	case *ast.SwitchStmt:
		if n.Tag != nil {
			for _, s := range n.Body.List {
				for _, e := range s.(*ast.CaseClause).List {
					w.compare(n.Tag, e)
				}
			}
		}
	case *ast.RangeStmt:
		w.ranged(n)
	case *ast.IndexExpr:
		w.index(n)
	case *ast.CallExpr:
		w.call(n)
	case *ast.AssignStmt:
		w.assign(n)
	case *ast.CompositeLit:
		w.composite(n)
	case *ast.ReturnStmt:
		w.returned(n)
	}
	return true
}

// compare notes con if it is compared with a code.
func (w *walker) compare(code, con ast.Expr) {
	if w.value(con) == nil || w.value(code) != nil {
		return
	}
	g := w.c.Graph
	v := g.Value(code)
	if s, ok := g.Space(v); ok {
		if m := w.add(con, s, true, false); m != nil {
			m.absent = m.code == catalog.IntValue(0) && g.Zero(v)
		}
	} else if s, ok := g.TextSpace(v); ok {
		w.add(con, s, true, true)
	}
}

// bound notes that the declaration divides codes by a limit.
func (w *walker) bound(code, limit ast.Expr) {
	if w.value(limit) == nil || w.value(code) != nil {
		return
	}
	g := w.c.Graph
	if s, ok := g.Space(g.Value(code)); ok {
		w.c.divided[division{w.decl, s}] = true
	}
}

func (w *walker) value(e ast.Expr) constant.Value { return w.c.Pass.TypesInfo.Types[e].Value }

// add notes a constant that is written, unless it was noted before.
func (w *walker) add(e ast.Expr, space int, compared, quoted bool) *meant {
	e = ast.Unparen(e)
	v := w.value(e)
	if v == nil || w.seen[e] {
		return nil
	}
	kind := w.c.Catalog.Spaces[space].CodeKind()
	n, ok := catalog.ValueOf(v, kind)
	if quoted {
		n, ok = codeOf(v, kind)
		ok = ok && v.Kind() == constant.String
	}
	if !ok {
		return nil
	}
	w.seen[e] = true
	file := w.c.fileOf(e.Pos())
	if file == nil {
		return nil // generated
	}
	m := &meant{expr: e, file: file, code: n, space: space, compared: compared, quoted: quoted, decl: w.decl}
	m.literal, m.object = w.madeOf(e)
	w.c.meant = append(w.c.meant, m)
	return m
}

// codeOf is the code of a kind that a constant is: its value or, of a number, its text.
func codeOf(v constant.Value, kind catalog.Kind) (catalog.Value, bool) {
	if n, ok := catalog.ValueOf(v, kind); ok {
		return n, true
	}
	if n, ok := ir.ParseNumber(v); ok && kind == catalog.Integer {
		return catalog.IntValue(n), true
	}
	return catalog.Value{}, false
}

// madeOf reports whether an expression is made of literals alone, and the constant that it
// names if it is one.
func (w *walker) madeOf(e ast.Expr) (literal bool, object types.Object) {
	info := w.c.Pass.TypesInfo
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return false, info.Uses[x]
	case *ast.SelectorExpr:
		return false, info.Uses[x.Sel]
	case *ast.CallExpr:
		if info.Types[x.Fun].IsType() && len(x.Args) == 1 {
			return w.madeOf(x.Args[0])
		}
	}
	literal = true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if _, ok := info.Uses[n].(*types.Const); ok {
				literal = false
			}
		case *ast.CallExpr:
			if !info.Types[n.Fun].IsType() {
				literal = false
			}
		}
		return true
	})
	return literal, nil
}

// index notes the keys of a literal map in which a code is looked up.
func (w *walker) index(n *ast.IndexExpr) {
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
func (w *walker) ranged(n *ast.RangeStmt) {
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
func (w *walker) collection(e ast.Expr) *ast.CompositeLit {
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
	var out *ast.CompositeLit
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || obj.Pos() < n.Pos() || obj.Pos() >= n.End() {
			return false
		}
		switch d := n.(type) {
		case *ast.ValueSpec:
			for i, name := range d.Names {
				if name.Pos() == obj.Pos() && i < len(d.Values) {
					out, _ = ast.Unparen(d.Values[i]).(*ast.CompositeLit)
				}
			}
		case *ast.AssignStmt:
			for i, l := range d.Lhs {
				if l.Pos() == obj.Pos() && len(d.Lhs) == len(d.Rhs) {
					out, _ = ast.Unparen(d.Rhs[i]).(*ast.CompositeLit)
				}
			}
		}
		return true
	})
	return out
}

// call notes arguments of parameters that are meant to be codes, and lists in which a code
// is looked for.
func (w *walker) call(n *ast.CallExpr) {
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
	sig := f.Signature()
	for i, a := range n.Args {
		if i >= sig.Params().Len() || sig.Variadic() && i >= sig.Params().Len()-1 {
			return
		}
		if w.value(a) == nil {
			continue
		}
		if s, ok := w.c.meantParam(f.Origin(), i); ok {
			w.add(a, s, false, false)
		}
	}
}

// searched notes the elements of a literal list in which a code is looked for.
func (w *walker) searched(list, code ast.Expr) {
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

// meantParam reports whether parameter i of f is declared to be a code, stands in the SDK,
// or is handed on to one that is.
func (c *Context) meantParam(f *types.Func, i int) (int, bool) {
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
		if fn == nil || i+shift >= len(fn.Params) || !c.Graph.Meant(fn.Params[i+shift]) {
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

func (w *walker) assign(n *ast.AssignStmt) {
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

func (w *walker) composite(n *ast.CompositeLit) {
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
			w.add(e, sp, false, false)
		}
	}
}

// returned notes the results that are declared to be codes, or of a type that is.
func (w *walker) returned(n *ast.ReturnStmt) {
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
func (w *walker) signature() (*types.Signature, *types.Func) {
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
	for _, m := range c.constants() {
		if k, ok := m.object.(*types.Const); ok && m.compared && !m.judged {
			compared[k] = m.space
		}
	}
	c.fixes = fix.New(c.Pass, c.Catalog, declared, compared, c.Options.Constants)
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

// enclosing is the SSA function that a value lives in.
func enclosing(v ssa.Value) *ssa.Function {
	if v == nil {
		return nil
	}
	return v.Parent()
}
