package errtypes

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/memory"
)

// Finder finds the types of the errors of one package.
type Finder struct{ *memory.Memory }

// New returns a finder over the labels of a package, with a memory of its own.
func New(g *flow.Graph) *Finder { return &Finder{memory.New(g)} }

// ErrorTypes are the types that an error can have where it holds a code.
type ErrorTypes struct {
	Outer []string // of the error itself
	Inner []string // of errors inside it, which errors.As finds
}

// ErrorTypes lists the types that an error value can have, if all of them are known.
func (f *Finder) ErrorTypes(v ssa.Value) (ErrorTypes, bool) {
	d := f.NewWalk(nil)
	d.Value(v, nil, Outside)
	d.Sort()
	return d.ErrorTypes, d.Known && len(d.Outer)+len(d.Inner) > 0
}

// NoteTypes tells of a result the types that it can have where it holds a code, and the
// parameters whose errors it passes on, if all are known.
func (f *Finder) NoteTypes(fn *ssa.Function, r *fact.Result) {
	d := f.NewWalk(fn)
	d.function(fn, r.Index, nil, Outside)
	d.Sort()
	if !d.Known {
		return
	}
	r.Passes, r.Wraps, r.Opens = d.passes, d.wraps, d.opens
	if !d.keeps {
		for i, p := range fn.Params {
			if i < 64 && (d.passes|d.wraps|d.opens)&(1<<i) == 0 && (ir.IsError(p.Type()) || ir.IsArguments(fn, i)) {
				r.Holds.From &^= 1 << i // only its text comes here
			}
		}
	}
	r.Types = slices.Concat(d.Outer, d.Inner)
	slices.Sort(r.Types)
	r.Types = slices.Compact(r.Types)
	for _, t := range d.Inner {
		if !slices.Contains(d.Outer, t) {
			r.Inner = append(r.Inner, t)
		}
	}
}

const (
	maxNested = 8    // calls followed for types
	maxTyped  = 2000 // values looked at for types
)

// A place is where in an error another one stands.
type place uint8

const (
	Outside  place = iota // it is the error
	inside                // it is wrapped
	anywhere              // it was unwrapped
)

// within is the place of what is wrapped by what stands there.
func (p place) within() place {
	if p == anywhere {
		return anywhere
	}
	return inside
}

type typeWalk struct {
	ErrorTypes
	f             *Finder
	root          *ssa.Function // its parameters are told of, or nil
	passes, wraps uint64        // its parameters that come out as they are, or inside another error
	opens         uint64        // its parameters of which what is inside may come out
	Known         bool
	keeps         bool // something else than text is kept in a type that is no error of the API
	seen          map[typedAt]bool
}

type typedAt struct {
	v     any
	frame *calling
	in    place
}

// calling is a call that is followed: what the parameters of fn are.
type calling struct {
	fn    *ssa.Function
	args  []ssa.Value
	up    *calling
	depth int
}

func (f *Finder) NewWalk(root *ssa.Function) *typeWalk {
	return &typeWalk{f: f, root: root, seen: make(map[typedAt]bool), Known: true}
}

func (d *typeWalk) Sort() {
	for _, list := range []*[]string{&d.Outer, &d.Inner} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}

func (d *typeWalk) add(name string, in place) {
	if in != inside {
		d.Outer = append(d.Outer, name)
	}
	if in != Outside {
		d.Inner = append(d.Inner, name)
	}
}

// visit reports whether a value is looked at for the first time.
func (d *typeWalk) visit(v any, at *calling, in place) bool {
	key := typedAt{v, at, in}
	if d.seen[key] {
		return false
	}
	d.seen[key] = true
	if len(d.seen) > maxTyped {
		d.Known = false
	}
	return d.Known
}

func (d *typeWalk) function(fn *ssa.Function, i int, at *calling, in place) {
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
			d.Value(ret.Results[i], at, in)
		}
	}
}

func (d *typeWalk) Call(c *ssa.CallCommon, i int, at *calling, in place) {
	switch d.f.G.FullName(c) {
	case "fmt.Errorf":
		for _, a := range ir.WrappedBy(c) {
			d.Value(a, at, in.within())
		}
		return
	case "errors.Join":
		d.Value(c.Args[0], at, in.within())
		return
	case "errors.Unwrap":
		d.Value(c.Args[0], at, anywhere)
		return
	}
	if f := d.f.G.FuncFact(c); f != nil {
		d.Known = d.Known && d.f.G.Given(c, i) == nil
		d.byFact(f.Result(i), c, at, in)
		return
	}
	fns, complete := d.f.G.Targets(c)
	if len(fns) > 0 {
		d.Known = d.Known && complete
		for _, fn := range fns {
			if d.recursive(fn, at) {
				continue // what it returns is looked at already
			}
			next := &calling{fn: fn, args: ir.Args(c), up: at}
			if at != nil {
				next.depth = at.depth + 1
			}
			if next.depth > maxNested {
				d.Known = false
				return
			}
			d.function(fn, i, next, in)
		}
		return
	}
	if f := ir.Callee(c); f == nil || f.Pkg() == nil || !ir.Std(f.Pkg().Path()) {
		d.Known = false
	}
}

func (d *typeWalk) recursive(fn *ssa.Function, at *calling) bool {
	for ; at != nil; at = at.up {
		if at.fn == fn {
			return true
		}
	}
	return fn == d.root
}

func (d *typeWalk) byFact(r *fact.Result, c *ssa.CallCommon, at *calling, in place) {
	if r == nil || r.Holds.Own&fact.Carriers == 0 && r.Holds.From == 0 {
		return
	}
	if !r.Typed() {
		d.Known = false
		return
	}
	for _, t := range r.Types {
		if slices.Contains(r.Inner, t) {
			d.add(t, in.within())
		} else {
			d.add(t, in)
		}
	}
	for i, a := range ir.Args(c) {
		if i < 64 && r.Passes&(1<<i) != 0 {
			d.Value(a, at, in)
		}
		if i < 64 && r.Opens&(1<<i) != 0 {
			d.Value(a, at, anywhere)
		}
		if i < 64 && r.Wraps&(1<<i) != 0 {
			d.Value(a, at, in.within())
		}
	}
}

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
		for s := range d.f.G.Catalog.Spaces {
			if d.f.G.HoldsCode(ir.Pointee(x.X.Type()), s) {
				d.add(ir.TypeString(x.X.Type()), in)
				break
			}
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
		d.Call(&x.Call, 0, at, in)
	case *ssa.Extract:
		if c, ok := x.Tuple.(*ssa.Call); ok {
			d.Call(&c.Call, x.Index, at, in)
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
