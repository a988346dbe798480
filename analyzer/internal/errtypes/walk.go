package errtypes

import (
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
	// It may also be, or have inside, an error of a call that is not seen, and of which nothing
	// says that it holds a code.
	UnseenOuter, UnseenInner bool
}

// All reports whether no error is unseen.
func (t *ErrorTypes) All() bool { return !t.UnseenOuter && !t.UnseenInner }

// ErrorTypes lists the types that an error value can have, if all of them are known.
func (f *Finder) ErrorTypes(v ssa.Value) (ErrorTypes, bool) {
	t, known := f.SeenTypes(v)
	return t, known && t.All()
}

// SeenTypes lists the types that an error value can have where it is seen that it holds a code.
func (f *Finder) SeenTypes(v ssa.Value) (ErrorTypes, bool) {
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
	if !d.Known || !d.All() && d.passes|d.wraps|d.opens != 0 {
		return
	}
	r.UnseenOuter, r.UnseenInner = d.UnseenOuter, d.UnseenInner
	r.Passes, r.Wraps, r.Opens = d.passes, d.wraps, d.opens
	if !d.keeps && d.All() {
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

func (d *typeWalk) Call(call ssa.CallInstruction, i int, at *calling, in place) {
	c := call.Common()
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
		d.unseen(call, i, in)
	}
}

// unseen is the error of a call of which nothing is known but whether it holds a code.
func (d *typeWalk) unseen(call ssa.CallInstruction, i int, in place) {
	v, ok := call.(*ssa.Call)
	d.Known = d.Known && ok && d.f.G.ResultBits(v, i)&fact.Carriers == 0
	d.UnseenOuter = d.UnseenOuter || in != inside
	d.UnseenInner = d.UnseenInner || in != Outside
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
	if !r.Typed() && !r.UnseenOuter && !r.UnseenInner {
		d.Known = false
		return
	}
	d.UnseenOuter = d.UnseenOuter || r.UnseenOuter && in != inside
	d.UnseenInner = d.UnseenInner || r.UnseenInner || r.UnseenOuter && in != Outside
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
