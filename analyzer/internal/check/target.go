package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

func target(c *Context) {
	for _, f := range c.Report.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			for _, a := range c.typesAsked(n) {
				c.judgeTarget(a)
			}
			switch n := n.(type) {
			case *ast.CallExpr:
				if c.Graph.NameOf(calleeOf(c.Pass.TypesInfo, n)) == "errors.Is" && len(n.Args) == 2 {
					c.sentinel(n, n.Args[0], n.Args[1], true)
				}
			case *ast.SwitchStmt:
				c.valueSwitch(n)
			case *ast.BinaryExpr:
				if n.Op == token.EQL || n.Op == token.NEQ {
					c.sentinel(n, n.X, n.Y, false)
					c.sentinel(n, n.Y, n.X, false)
				}
			}
			return true
		})
	}
}

// asked is a type that an error is asked for.
type asked struct {
	carrier, at ast.Expr
	typ         types.Type
	direct      bool // of the error itself, not of what it wraps
}

// typesAsked lists the types that a call, an assertion or a type switch asks an error for.
func (c *Context) typesAsked(n ast.Node) []asked {
	info := c.Pass.TypesInfo
	switch n := n.(type) {
	case *ast.CallExpr:
		switch c.Graph.NameOf(calleeOf(info, n)) {
		case "errors.As":
			if len(n.Args) != 2 {
				return nil
			}
			if p, ok := info.TypeOf(n.Args[1]).Underlying().(*types.Pointer); ok {
				return []asked{{n.Args[0], n.Args[1], p.Elem(), false}}
			}
		case "errors.AsType":
			if sig, ok := info.TypeOf(n.Fun).(*types.Signature); ok && sig.Results().Len() == 2 {
				return []asked{{n.Args[0], n.Fun, sig.Results().At(0).Type(), false}}
			}
		}
	case *ast.TypeAssertExpr:
		if n.Type != nil {
			return []asked{{n.X, n.Type, info.TypeOf(n.Type), true}}
		}
	case *ast.TypeSwitchStmt:
		return c.casesAsked(n)
	}
	return nil
}

func (c *Context) casesAsked(n *ast.TypeSwitchStmt) []asked {
	var x ast.Expr
	switch a := n.Assign.(type) {
	case *ast.ExprStmt:
		x = a.X
	case *ast.AssignStmt:
		x = a.Rhs[0]
	}
	ta, ok := ast.Unparen(x).(*ast.TypeAssertExpr)
	if !ok {
		return nil
	}
	var out []asked
	for _, s := range n.Body.List {
		for _, e := range s.(*ast.CaseClause).List {
			if t := c.Pass.TypesInfo.TypeOf(e); t != nil && c.Pass.TypesInfo.Types[e].IsType() {
				out = append(out, asked{ta.X, e, t, true})
			}
		}
	}
	return out
}

// valueSwitch judges the cases of a switch over an error as comparisons.
func (c *Context) valueSwitch(n *ast.SwitchStmt) {
	if n.Tag == nil {
		return
	}
	for _, s := range n.Body.List {
		for _, e := range s.(*ast.CaseClause).List {
			c.sentinel(e, n.Tag, e, false)
		}
	}
}

// judgeTarget reports a target type that the carrier can never be.
func (c *Context) judgeTarget(a asked) {
	if a.typ != nil && c.Graph.Inspected() {
		c.libraryTarget(a.carrier, a.at, a.typ, a.direct)
		return
	}
	ofAPI := a.typ != nil && c.errorWithCode(a.typ)
	if !ofAPI && !c.takesCode(a.typ) {
		return
	}
	v := c.Graph.Value(a.carrier)
	if v == nil {
		return
	}
	sources := c.carriers(v)
	if len(sources) == 0 {
		return
	}
	seen, known := c.Engine.SeenTypes(v)
	if !known {
		return
	}
	name, all := ir.TypeString(a.typ), slices.Concat(seen.Outer, seen.Inner)
	form := slices.Contains(all, otherForm(name))
	if !ofAPI && !form && !slices.Contains(all, name) {
		return
	}
	outer, inner := slices.Contains(seen.Outer, name), slices.Contains(seen.Inner, name)
	whole := !seen.UnseenOuter && (a.direct || !seen.UnseenInner) // where it is looked for, nothing is unseen
	switch {
	case outer && !(a.direct && c.wrapped(sources, v)), inner && !a.direct:
		return
	case !whole && (outer || inner || !form || c.Engine.IsMade(name) || c.asksForm(a)):
		return // what is not seen may be of this type
	case outer || inner:
		c.report(a.at, c.related(sources[0], nil), nil, "%s never matches here: the error was wrapped on every path; use errors.As", short(name))
	default:
		from := "the error"
		if s := sources[0]; s.Call != nil {
			from = ir.CalleeName(s.Call.Common())
		}
		c.report(a.at, c.related(sources[0], nil), nil, "%s never matches here: %s returns %s", short(name), from, shortList(all))
	}
	for _, s := range sources {
		c.once(s)
	}
}

// asksForm reports whether the function asks for the other form of a type too, as one that
// cannot know who made the error.
func (c *Context) asksForm(a asked) bool {
	f, found := c.fileOf(a.at.Pos()), false
	form := otherForm(ir.TypeString(a.typ))
	for _, d := range f.Decls {
		if within(d, a.at.Pos()) {
			ast.Inspect(d, func(n ast.Node) bool {
				found = found || slices.ContainsFunc(c.typesAsked(n), func(b asked) bool { return ir.TypeString(b.typ) == form })
				return !found
			})
		}
	}
	return found
}

func shortList(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, short(n))
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return strings.Join(out, " or ")
}

// errorWithCode reports whether t is an error type of the API.
func (c *Context) errorWithCode(t types.Type) bool {
	if _, ok := t.Underlying().(*types.Interface); ok {
		return false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	_, _, ok := c.Graph.CarrierField(t)
	return ok || ir.IsErrorType(t) && c.Graph.IntegerError(t)
}

// takesCode reports whether t is an error type, or a pointer to one, with a field that gets a code.
func (c *Context) takesCode(t types.Type) bool {
	if t == nil || !ir.IsErrorType(t) {
		return false
	}
	s := ir.StructOf(t)
	for i := 0; s != nil && i < s.NumFields(); i++ {
		if _, ok := c.Graph.FieldSpace(s.Field(i)); ok {
			return true
		}
	}
	return false
}

// otherForm is the pointer to the type that has a name, or what it points to.
func otherForm(name string) string {
	if pointee, ok := strings.CutPrefix(name, "*"); ok {
		return pointee
	}
	return "*" + name
}

// carriers are the sources whose carrier a value is.
func (c *Context) carriers(v ssa.Value) []*interp.Source {
	if v.Parent() == nil {
		return nil
	}
	var out []*interp.Source
	for _, s := range c.Engine.Sources(v.Parent()) {
		if s.Kind != interp.Err {
			continue
		}
		for _, k := range c.Engine.Partition(s).Cases {
			if !k.Success && k.Holds(v) {
				out = append(out, s)
				break
			}
		}
	}
	return out
}

// wrapped reports whether a value is a carrier inside another error in every case.
func (c *Context) wrapped(sources []*interp.Source, v ssa.Value) bool {
	some := false
	for _, s := range sources {
		for _, k := range c.Engine.Partition(s).Cases {
			if k.Success || !k.Holds(v) {
				continue
			}
			if !k.Wrapped(v) {
				return false
			}
			some = true
		}
	}
	return some
}

// comparesCode reports whether two values of an error type are equal if their codes are: it is
// the code itself, or holds nothing else.
func comparesCode(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	return !ok || s.NumFields() == 1
}

// sentinel reports a comparison of a carrier with a value of the API's error type, which
// compares the message too.
func (c *Context) sentinel(at ast.Expr, carrier, value ast.Expr, is bool) {
	if c.Graph.Inspected() {
		c.librarySentinel(at, carrier, value, is)
		return
	}
	t := c.Pass.TypesInfo.TypeOf(value)
	x := c.Graph.Value(carrier)
	if t == nil || x == nil || !types.IsInterface(x.Type()) {
		return
	}
	name := ir.TypeString(t)
	if types.IsInterface(t) {
		v := c.Graph.Value(value)
		if v == nil {
			return
		}
		if t = c.Engine.StoredType(v); t != nil {
			name = ir.TypeString(t)
		} else if made, ok := c.Engine.MadeType(v); ok {
			name = made
		} else {
			return
		}
	}
	if strings.HasPrefix(name, "*") || t != nil && (!c.errorWithCode(t) || comparesCode(t)) {
		return
	}
	for _, s := range c.carriers(x) {
		c.once(s)
	}
	c.report(at, nil, nil, "two of %s are equal only if their messages are: take it with errors.As and compare the code", short(name))
}
