package check

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

func (c *Context) declaration(m *sink) []analysis.RelatedInformation {
	if m.object == nil || !m.object.Pos().IsValid() || m.object.Pkg() != c.Pass.Pkg {
		return nil
	}
	return []analysis.RelatedInformation{{Pos: m.object.Pos(), Message: m.object.Name() + " is declared here"}}
}

func (m *sink) shown() string { return m.code.String() }

// sink is a constant that stands where a code is meant.
type sink struct {
	expr     ast.Expr
	file     *ast.File
	code     catalog.Value
	space    int
	compared bool         // in a comparison or a case
	cased    bool         // in a case of a switch over the code
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

func (c *Context) spaceOf(m *sink) *catalog.Space { return c.Catalog.Spaces[m.space] }

// sinks lists every constant that stands where a code is meant, in source order.
func (c *Context) sinks() []*sink {
	if c.sinksSeen {
		return c.sinkList
	}
	c.sinksSeen = true
	c.divided = make(map[division]bool)
	w := &sinkWalk{c: c, seen: make(map[ast.Expr]bool)}
	for _, f := range c.Report.Files {
		for _, d := range f.Decls {
			w.decl = d
			ast.PreorderStack(d, nil, func(n ast.Node, around []ast.Node) bool {
				w.around = around
				return w.visit(n)
			})
		}
	}
	return c.sinkList
}

type sinkWalk struct {
	c      *Context
	decl   ast.Node
	around []ast.Node // the nodes around the visited one, the innermost last
	seen   map[ast.Expr]bool
}

func (w *sinkWalk) visit(n ast.Node) bool {
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
					if m := w.last(); m != nil && m.expr == ast.Unparen(e) {
						m.cased = true
					}
				}
			}
		}
	case *ast.RangeStmt:
		w.ranged(n)
	case *ast.IndexExpr:
		w.index(n)
	case *ast.CallExpr:
		w.sought(n)
		w.call(n)
	case *ast.AssignStmt:
		w.assign(n)
	case *ast.CompositeLit:
		w.composite(n, false)
	case *ast.ReturnStmt:
		w.returned(n)
	}
	return true
}

// last is the constant that was noted last, or nil.
func (w *sinkWalk) last() *sink {
	if n := len(w.c.sinkList); n > 0 {
		return w.c.sinkList[n-1]
	}
	return nil
}

// compare notes con if it is compared with a code.
func (w *sinkWalk) compare(code, con ast.Expr) {
	if named := w.literalOf(con); named != nil {
		con = named
	}
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
func (w *sinkWalk) bound(code, limit ast.Expr) {
	if w.value(limit) == nil || w.value(code) != nil {
		return
	}
	g := w.c.Graph
	if s, ok := g.Space(g.Value(code)); ok {
		w.c.divided[division{w.decl, s}] = true
	}
}

func (w *sinkWalk) value(e ast.Expr) constant.Value {
	if v := w.c.constant(e); v != nil {
		return v
	}
	return w.c.variable(e)
}

// variable is the code that an expression names by a variable of the API's libraries, in another
// type or not, or nil.
func (c *Context) variable(e ast.Expr) constant.Value {
	info := c.Pass.TypesInfo
	if x, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		if len(x.Args) == 1 && info.Types[x.Fun].IsType() && ir.IsString(info.TypeOf(x)) == ir.IsString(info.TypeOf(x.Args[0])) {
			return c.variable(x.Args[0])
		}
		return nil
	}
	if _, code, ok := c.Origins.Variable(objectOf(info, e)); ok {
		return code.Constant()
	}
	return nil
}

// add notes a constant that is written, unless it was noted before.
func (w *sinkWalk) add(e ast.Expr, space int, compared, quoted bool) *sink {
	e = ast.Unparen(e)
	v := w.value(e)
	if v == nil || w.seen[e] {
		return nil
	}
	kind := w.c.Catalog.Spaces[space].Kind
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
	m := &sink{expr: e, file: file, code: n, space: space, compared: compared, quoted: quoted, decl: w.decl}
	m.literal, m.object = w.madeOf(e)
	w.c.sinkList = append(w.c.sinkList, m)
	return m
}

// codeOf is the code of a kind that a constant is: its value or, of a number, its text.
func codeOf(v constant.Value, kind catalog.Kind) (catalog.Value, bool) {
	if n, ok := catalog.ValueOf(v, kind); ok {
		return n, true
	}
	if n, ok := ir.ParseNumber(v); ok && kind == catalog.IntKind {
		return catalog.IntValue(n), true
	}
	return catalog.Value{}, false
}

// madeOf reports whether an expression is made of literals alone, and the constant that it
// names if it is one.
func (w *sinkWalk) madeOf(e ast.Expr) (literal bool, object types.Object) {
	info := w.c.Pass.TypesInfo
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		return false, objectOf(info, x)
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
