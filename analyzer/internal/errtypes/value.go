package errtypes

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

func (d *typeWalk) Value(v ssa.Value, at *calling, in place) {
	if a, ok := v.(*ssa.Alloc); ok {
		d.variable(a, at, in) // which notes the visit
		return
	}
	if v == nil || !d.visit(v, at, in) {
		return
	}
	switch x := v.(type) {
	case *ssa.Const:
	case *ssa.MakeInterface:
		if d.f.holdsCode(x.X) {
			d.add(ir.TypeString(x.X.Type()), in)
		}
		d.keeps = d.keeps || d.keepsMore(x.X)
		d.inside(x.X, at, in)
	case *ssa.ChangeInterface:
		d.Value(x.X, at, in)
	case *ssa.Phi:
		for _, edge := range x.Edges {
			d.Value(edge, at, in)
		}
	case *ssa.Call:
		d.Call(x, 0, at, in)
	case *ssa.Extract:
		if c, ok := x.Tuple.(*ssa.Call); ok {
			d.Call(c, x.Index, at, in)
			return
		}
		d.Known = false
	case *ssa.Slice:
		d.Value(x.X, at, in)
	case *ssa.Parameter:
		d.param(x, at, in)
	case *ssa.UnOp:
		switch a := x.X.(type) {
		case *ssa.Alloc:
			d.variable(a, at, in)
		case *ssa.FreeVar:
			d.captured(a, at, in)
		default:
			d.field(x, at)
		}
	default:
		d.Known = false
	}
}

// field is what stands in a field, or behind a pointer: what a parameter holds may come out
// of it.
func (d *typeWalk) field(v ssa.Value, at *calling) {
	if d.f.G.Bits(v)&fact.Carriers != 0 {
		d.Known = false
		return
	}
	from := d.f.G.From(v)
	for i, p := range v.Parent().Params {
		if i < 64 && from&(1<<i) != 0 && d.visit(p, at, anywhere) {
			d.param(p, at, anywhere)
		}
	}
}

// inside looks at the errors that an error of a type of its own lets errors.As find.
func (d *typeWalk) inside(v ssa.Value, at *calling, in place) {
	if ir.HasMethod(v.Type(), "As") {
		d.Known = false
		return
	}
	if !ir.HasMethod(v.Type(), "Unwrap") {
		return
	}
	if u, ok := v.(*ssa.UnOp); ok {
		v = u.X
	}
	a, ok := v.(*ssa.Alloc)
	if !ok {
		d.Known = false
		return
	}
	for _, s := range d.f.Stores(a) {
		switch {
		case s.Val == nil:
			d.Known = d.Known && s.Call != nil && !s.Outside
		case s.Field < 0 && !s.Index:
			d.Known = false // copied as a whole
		case ir.IsErrorLike(s.Val.Type()) || ir.IsErrorSlice(s.Val.Type()):
			d.Value(s.Val, at, in.within())
		}
	}
}

// keepsMore reports whether a value of a type of its own may hold more of a parameter than
// its text.
func (d *typeWalk) keepsMore(v ssa.Value) bool {
	if ir.IsString(v.Type()) {
		return false
	}
	if u, ok := v.(*ssa.UnOp); ok {
		v = u.X
	}
	a, ok := v.(*ssa.Alloc)
	if !ok {
		return true
	}
	for _, s := range d.f.Stores(a) {
		if s.Val == nil || !ir.IsString(s.Val.Type()) && (d.f.G.From(s.Val) != 0 || d.f.G.Bits(s.Val)&fact.Carriers != 0) {
			return true
		}
	}
	return false
}

// variable is what a variable can hold, also by the closures that captured it.
func (d *typeWalk) variable(a *ssa.Alloc, at *calling, in place) {
	if !d.visit(a, at, in) {
		return
	}
	_, array := ir.Pointee(a.Type()).Underlying().(*types.Array) // the arguments of a call
	for _, s := range d.f.Stores(a) {
		switch {
		case s.Val != nil:
			d.Value(s.Val, at, in)
		case s.Call != nil && !s.Runs && !array:
			d.Known = false // its address is given away
		}
	}
	for _, ref := range *a.Referrers() {
		if m, ok := ref.(*ssa.MakeClosure); ok {
			d.closure(m, a, at, in)
		}
	}
}

// closure looks at what a closure stores into a variable that it captured.
func (d *typeWalk) closure(m *ssa.MakeClosure, v ssa.Value, at *calling, in place) {
	fn, ok := m.Fn.(*ssa.Function)
	if !ok {
		return
	}
	for i, b := range m.Bindings {
		if b != v || i >= len(fn.FreeVars) {
			continue
		}
		for _, ref := range *fn.FreeVars[i].Referrers() {
			switch x := ref.(type) {
			case *ssa.Store:
				if x.Addr == ssa.Value(fn.FreeVars[i]) {
					d.Value(x.Val, at, in)
				}
			case *ssa.MakeClosure:
				d.closure(x, fn.FreeVars[i], at, in)
			case *ssa.UnOp, *ssa.DebugRef:
			default:
				d.Known = false
			}
		}
	}
}

// captured is what a captured variable can hold.
func (d *typeWalk) captured(f *ssa.FreeVar, at *calling, in place) {
	fn := f.Parent()
	if fn.Parent() == nil || !d.visit(f, at, in) {
		d.Known = d.Known && fn.Parent() != nil
		return
	}
	for _, bound := range ir.Bindings(f) {
		switch x := bound.(type) {
		case *ssa.Alloc:
			d.variable(x, at, in)
		case *ssa.FreeVar:
			d.captured(x, at, in)
		default:
			d.Known = false
		}
	}
}

// param is what a call hands to a function, where it is known which; else what the callers
// of an unexported function do.
func (d *typeWalk) param(p *ssa.Parameter, at *calling, in place) {
	fn := p.Parent()
	n := slices.Index(fn.Params, p)
	for c := at; c != nil; c = c.up {
		if c.fn == fn {
			if n < len(c.args) {
				d.Value(c.args[n], c.up, in)
			}
			return
		}
	}
	if fn == d.root {
		if n >= 64 {
			d.Known = false
			return
		}
		switch in {
		case Outside:
			d.passes |= 1 << n
		case inside:
			d.wraps |= 1 << n
		case anywhere:
			d.opens |= 1 << n
		}
		return
	}
	obj, ok := fn.Object().(*types.Func)
	callers := d.f.G.Callers(fn)
	if !ok || obj.Exported() || len(callers) == 0 {
		d.Known = false
		return
	}
	for _, c := range callers {
		if args := ir.Args(c.Common()); n < len(args) {
			d.Value(args[n], nil, in)
		}
	}
}
