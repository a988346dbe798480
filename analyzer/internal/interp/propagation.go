package interp

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Propagate runs the function once with the source bound to a code.
func (e *Engine) Propagate(s *Source, code catalog.Value, success bool) *Propagation {
	r := &Propagation{Engine: e, binding: binding{Fn: s.Fn, space: s.Space, Code: code, success: success, Src: s}, following: begin(), Observed: NewObserved()}
	r.exec()
	return r
}

// PropagateAny runs the function once with the source bound to a failure of which nothing is
// known, or to success.
func (e *Engine) PropagateAny(s *Source, success bool) *Propagation {
	return e.Propagate(s, catalog.Some(e.G.Catalog.Spaces[s.Space].Kind), success)
}

const (
	MaxDepth      = 4  // of calls followed into
	maxTargets    = 6  // of one dynamic call
	maxDominators = 64 // looked at for a nil test
)

// Propagation is one propagation: one function, one bound carrier, one code.
type Propagation struct {
	Engine *Engine
	binding
	continuing
	following
	state
	Observed *Observed
}

// binding is what one propagation is about: a function with what it is given, and the
// carrier and the code that are bound in it.
type binding struct {
	Fn      *ssa.Function
	space   int
	Code    catalog.Value
	success bool
	Src     *Source
	frees   []Value
	params  []Value
	depth   int
}

// continuing is where a propagation goes on behind a call, and which go on behind its calls.
type continuing struct {
	prefix        *Propagation    // the propagation of which this one goes on behind a call
	from          *ssa.BasicBlock // the block of that call
	continuations map[ssa.CallInstruction]*Propagation
}

// state is what a propagation has found out so far. It only grows.
type state struct {
	Vals    map[ssa.Value]Value
	tuples  map[ssa.Value][]Value
	content map[ssa.Instruction]Value         // what a call put behind an address
	inner   map[ssa.Instruction]*calleeResult // what a followed call does
	opened  map[*ssa.Alloc]bool               // variables of which the content is being asked
	Live    []bool
	Edges   map[[2]int]bool
	Ends    map[*ssa.BasicBlock]ssa.Instruction // a call that does not return
	changed bool
}

// below is the propagation of a function that is called, with what it is given.
func (r *Propagation) below(fn *ssa.Function, params, frees []Value) *Propagation {
	b := binding{Fn: fn, space: r.space, Code: r.Code, success: r.success, params: params, frees: frees, depth: r.depth + 1}
	return &Propagation{Engine: r.Engine, binding: b, following: following{run: r.run}, Observed: NewObserved()}
}

// exec runs the propagation to its fixed point.
func (r *Propagation) exec() {
	r.Vals = make(map[ssa.Value]Value, r.Engine.size(r.Fn))
	r.tuples = make(map[ssa.Value][]Value)
	r.content = make(map[ssa.Instruction]Value)
	r.inner = make(map[ssa.Instruction]*calleeResult)
	r.Edges = make(map[[2]int]bool)
	r.Ends = make(map[*ssa.BasicBlock]ssa.Instruction)
	r.Live = make([]bool, len(r.Fn.Blocks))
	if len(r.Fn.Blocks) == 0 {
		return
	}
	if r.from != nil {
		r.Live[r.from.Index] = true
	} else {
		r.Live[0] = true
	}
	if r.Fn.Recover != nil {
		r.Live[r.Fn.Recover.Index] = true
	}
	order := r.Engine.order(r.Fn)
	// It ends: a round without a change is the last, and each other round adds an edge or a block,
	// or raises a value, of which there are finitely many, in a lattice of finite height: all that is
	// put into state is joined with what stands there (set, setTuple, put, edge). That holds
	// whatever a transfer function answers, so it need not be monotone.
	for r.changed = true; r.changed; {
		r.changed = false
		for _, b := range order {
			if r.Live[b.Index] {
				r.block(b)
			}
		}
	}
}

func (r *Propagation) block(b *ssa.BasicBlock) {
	for _, instr := range b.Instrs {
		switch i := instr.(type) {
		case *ssa.If:
			r.branch(b, r.Val(i.Cond))
		case *ssa.Jump:
			r.edge(b, b.Succs[0])
		case *ssa.DebugRef:
		case *ssa.RunDefers:
			r.deferred(i)
		case *ssa.Call:
			r.set(i, r.call(i))
			if r.exits(i) {
				r.Ends[b] = i
				return
			}
			delete(r.Ends, b)
		case ssa.Value:
			r.set(i, r.eval(i))
		}
	}
}

func (r *Propagation) branch(b *ssa.BasicBlock, cond Value) {
	if yes, ok := cond.isBool(); ok {
		if yes {
			r.edge(b, b.Succs[0])
		} else {
			r.edge(b, b.Succs[1])
		}
		return
	}
	if cond.Kind == Bottom {
		return
	}
	if cond.ByCode && cond.Kind == Top {
		r.Observed.Opaque = true
	}
	r.edge(b, b.Succs[0])
	r.edge(b, b.Succs[1])
}

func (r *Propagation) edge(from, to *ssa.BasicBlock) {
	key := [2]int{from.Index, to.Index}
	if !r.Edges[key] {
		r.Edges[key] = true
		r.changed = true
	}
	if !r.Live[to.Index] {
		r.Live[to.Index] = true
		r.changed = true
	}
}

func (r *Propagation) set(v ssa.Value, x Value) {
	if b, ok := r.bound(v); ok {
		x = b
	}
	old := r.Vals[v]
	x = Join(old, x)
	if !x.equal(old) {
		r.Vals[v] = x
		r.changed = true
	}
}

// setTuple joins what the results of an instruction that yields several are.
func (r *Propagation) setTuple(v ssa.Value, results []Value) {
	old := r.tuples[v]
	if old == nil {
		old = make([]Value, len(results))
		r.tuples[v] = old
	}
	for i, x := range results {
		if x = Join(old[i], x); !x.equal(old[i]) {
			old[i] = x
			r.changed = true
		}
	}
}

// bound is the value of the source's own carrier.
func (r *Propagation) bound(v ssa.Value) (Value, bool) {
	if r.Src == nil || r.Src.Roles[v] == 0 {
		return Value{}, false
	}
	return r.Src.at(r, v), true
}

// Val is the value of an operand.
func (r *Propagation) Val(v ssa.Value) Value {
	if b, ok := r.bound(v); ok {
		return b
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			if _, ok := v.Type().Underlying().(*types.Struct); ok {
				return nonNil
			}
			return null
		}
		return constVal(v.Value)
	case *ssa.Function:
		return nonNil
	case *ssa.Parameter:
		for i, p := range r.Fn.Params {
			if p == v && i < len(r.params) {
				return r.params[i]
			}
		}
		return topValue
	case *ssa.FreeVar:
		for i, f := range r.Fn.FreeVars {
			if f == v && i < len(r.frees) {
				return r.frees[i]
			}
		}
		return topValue
	case *ssa.Alloc:
		if r.opened[v] {
			return Value{} // variables that point to each other
		}
		if r.opened == nil {
			r.opened = make(map[*ssa.Alloc]bool)
			defer func() { r.opened = nil }()
		}
		r.opened[v] = true
		if c := r.contentOf(v, nil, nil); c.Holds() {
			return Value{Kind: Carrier, Wrapped: c.Wrapped}
		}
		return nonNil
	case *ssa.FieldAddr:
		return r.inside(v)
	case *ssa.IndexAddr, *ssa.Global:
		return nonNil
	case *ssa.Builtin:
		return nonNil
	}
	x, ok := r.Vals[v]
	if !ok && r.prefix != nil {
		return r.prefix.Val(v)
	}
	return x
}

// inside is the address of a field: of the carrier, where the field is the part of a struct
// that has the code, as an embedded answer is whose method is called.
func (r *Propagation) inside(a *ssa.FieldAddr) Value {
	t := ir.Pointee(a.Type())
	root, ok := ir.RootAlloc(a)
	if ir.StructOf(t) == nil || !r.Engine.G.HoldsCode(t, r.space) || ok && r.opened[root] {
		return nonNil
	}
	if ok {
		if r.opened == nil {
			r.opened = make(map[*ssa.Alloc]bool)
			defer func() { r.opened = nil }()
		}
		r.opened[root] = true
	}
	if c := r.load(a, nil); c.Holds() {
		return Value{Kind: Carrier, Wrapped: c.Wrapped}
	}
	return nonNil
}
