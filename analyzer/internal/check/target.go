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
			switch n := n.(type) {
			case *ast.CallExpr:
				c.targetCall(n)
			case *ast.TypeAssertExpr:
				if n.Type != nil {
					c.judgeTarget(n.X, n.Type, c.Pass.TypesInfo.TypeOf(n.Type), true)
				}
			case *ast.TypeSwitchStmt:
				c.targetSwitch(n)
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

func (c *Context) targetCall(n *ast.CallExpr) {
	f := calleeOf(c.Pass.TypesInfo, n)
	switch c.Graph.NameOf(f) {
	case "errors.As":
		if len(n.Args) != 2 {
			return
		}
		t := c.Pass.TypesInfo.TypeOf(n.Args[1])
		if p, ok := t.Underlying().(*types.Pointer); ok {
			c.judgeTarget(n.Args[0], n.Args[1], p.Elem(), false)
		}
	case "errors.AsType":
		if sig, ok := c.Pass.TypesInfo.TypeOf(n.Fun).(*types.Signature); ok && sig.Results().Len() == 2 {
			c.judgeTarget(n.Args[0], n.Fun, sig.Results().At(0).Type(), false)
		}
	case "errors.Is":
		if len(n.Args) == 2 {
			c.sentinel(n, n.Args[0], n.Args[1], true)
		}
	}
}

func (c *Context) targetSwitch(n *ast.TypeSwitchStmt) {
	var x ast.Expr
	switch a := n.Assign.(type) {
	case *ast.ExprStmt:
		x = a.X
	case *ast.AssignStmt:
		x = a.Rhs[0]
	}
	ta, ok := ast.Unparen(x).(*ast.TypeAssertExpr)
	if !ok {
		return
	}
	for _, s := range n.Body.List {
		for _, e := range s.(*ast.CaseClause).List {
			if t := c.Pass.TypesInfo.TypeOf(e); t != nil && c.Pass.TypesInfo.Types[e].IsType() {
				c.judgeTarget(ta.X, e, t, true)
			}
		}
	}
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
func (c *Context) judgeTarget(carrier, at ast.Expr, t types.Type, direct bool) {
	if t != nil && c.Graph.Inspected() {
		c.libraryTarget(carrier, at, t, direct)
		return
	}
	ofAPI := t != nil && c.errorWithCode(t)
	if !ofAPI && !c.takesCode(t) {
		return
	}
	v := c.Graph.Value(carrier)
	if v == nil {
		return
	}
	sources := c.carriers(v)
	if len(sources) == 0 {
		return
	}
	possible, known := c.Engine.ErrorTypes(v)
	if !known {
		return
	}
	name := ir.TypeString(t)
	if !ofAPI && !slices.Contains(slices.Concat(possible.Outer, possible.Inner), otherForm(name)) {
		return
	}
	from := "the error"
	if s := sources[0]; s.Call != nil {
		from = ir.CalleeName(s.Call.Common())
	}
	outer, inner := slices.Contains(possible.Outer, name), slices.Contains(possible.Inner, name)
	switch {
	case outer && !(direct && c.wrapped(sources, v)), inner && !direct:
		return
	case outer || inner:
		c.report(at, c.related(sources[0], nil), nil, "%s never matches here: the error was wrapped on every path; use errors.As", short(name))
	default:
		c.report(at, c.related(sources[0], nil), nil, "%s never matches here: %s returns %s", short(name), from, shortList(slices.Concat(possible.Outer, possible.Inner)))
	}
	for _, s := range sources {
		c.once(s)
	}
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
