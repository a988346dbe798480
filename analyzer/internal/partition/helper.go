package partition

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
	"github.com/go-retcode/retcode/analyzer/internal/memory"
)

// helperOf is the call that hands a closure to a retry helper, and for which parameter.
func (e *Engine) helperOf(fn *ssa.Function) (*ssa.CallCommon, int) {
	if fn.Parent() == nil {
		return nil, 0
	}
	for _, h := range e.Handings(fn) {
		if e.RetriesParam(h.Call, h.Arg) {
			return h.Call, h.Arg
		}
	}
	return nil, 0
}

// A Handing is a call that is given a function.
type Handing struct {
	Call *ssa.CallCommon
	Arg  int
}

// Handings lists the calls of this package that are given a function of it, as such, as a closure
// or as a method value.
func (e *Engine) Handings(fn *ssa.Function) []Handing {
	if e.handings == nil {
		e.handings = make(map[*ssa.Function][]Handing)
		for _, fn := range e.G.Funcs {
			e.noteHandings(fn)
		}
	}
	return e.handings[fn]
}

func (e *Engine) noteHandings(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			c, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			for n, a := range ir.Args(c.Common()) {
				if given := e.G.Local(ir.FunctionOf(a)); given != nil {
					e.handings[given] = append(e.handings[given], Handing{c.Common(), n})
				}
			}
		}
	}
}

func (e *Engine) helperIsLocal(fn *ssa.Function) bool {
	c, _ := e.helperOf(fn)
	if c == nil {
		return false
	}
	if e.G.FuncFact(c) != nil {
		return true
	}
	fns, _ := e.G.Targets(c)
	return len(fns) > 0
}

// helperAsks reports whether a retry helper looks at the error to tell which failures to
// repeat, or is given a function that does.
func (e *Engine) helperAsks(fn *ssa.Function) bool {
	c, param := e.helperOf(fn)
	if c == nil {
		return false
	}
	for _, a := range ir.Args(c) {
		if e.choosesBy(a, 0) {
			return true
		}
	}
	if f := e.G.FuncFact(c); f != nil {
		p := f.Param(param)
		return p != nil && p.Asks
	}
	fns, _ := e.G.Targets(c)
	if len(fns) == 0 && c.Signature().Recv() != nil && e.isElsewhere(ir.Args(c)[0]) {
		return true // what it was made with is not known
	}
	for _, target := range fns {
		for _, p := range target.Params {
			if _, asks := e.LoopsOver(target, p); asks {
				return true
			}
		}
		if e.forwardsToAsker(target) {
			return true
		}
	}
	return false
}

// choosesBy reports whether an argument of a retry helper is a function that says of an error
// whether to go on, or an option or a struct that is made with one; or may be, for options
// that come from elsewhere.
func (e *Engine) choosesBy(v ssa.Value, depth int) bool {
	if depth > interp.MaxDepth {
		return false
	}
	v = ir.UnderInterface(v)
	if s, ok := v.Type().Underlying().(*types.Signature); ok && s.Results().Len() > 0 {
		for p := range s.Params().Variables() {
			if ir.IsErrorLike(p.Type()) {
				return !ir.IgnoresParams(v)
			}
		}
	}
	switch x := v.(type) {
	case *ssa.ChangeType:
		return e.choosesBy(x.X, depth+1)
	case *ssa.Call:
		return slices.ContainsFunc(ir.Args(&x.Call), func(a ssa.Value) bool { return e.choosesBy(a, depth+1) })
	case *ssa.Slice:
		return e.choosesBy(x.X, depth+1)
	case *ssa.Alloc:
		return slices.ContainsFunc(e.Stores(x), func(s memory.Store) bool { return s.Val != nil && e.choosesBy(s.Val, depth+1) })
	case *ssa.UnOp:
		if a, ok := x.X.(*ssa.Alloc); ok {
			return e.choosesBy(a, depth+1)
		}
	}
	return e.isElsewhere(v) && ir.IsOption(v.Type())
}

// isElsewhere reports whether a value was made out of sight.
func (e *Engine) isElsewhere(v ssa.Value) bool {
	switch x := ir.UnderInterface(v).(type) {
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global, *ssa.Field, *ssa.Lookup, *ssa.Extract:
		return true
	case *ssa.UnOp:
		_, local := x.X.(*ssa.Alloc)
		return !local
	}
	return false
}

// forwardsToAsker reports whether a helper hands its function on to another that asks.
func (e *Engine) forwardsToAsker(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			c, ok := i.(*ssa.Call)
			if !ok {
				continue
			}
			targets, _ := e.G.Targets(&c.Call)
			for n, a := range ir.Args(&c.Call) {
				if _, isParam := a.(*ssa.Parameter); !isParam {
					continue
				}
				for _, t := range targets {
					if n < len(t.Params) {
						if _, asks := e.LoopsOver(t, t.Params[n]); asks {
							return true
						}
					}
				}
			}
		}
	}
	return false
}

func (e *Engine) helperWaits(fn *ssa.Function) bool {
	c, _ := e.helperOf(fn)
	return c != nil && e.Waits(c)
}

// inRetryHelper reports whether a closure is handed to a helper that calls it again: one
// that a fact or this package says so of, or one of a retry or backoff package.
func (e *Engine) inRetryHelper(fn *ssa.Function) bool {
	c, _ := e.helperOf(fn)
	return c != nil
}

// RetriesParam reports whether a function calls the function that it is given as argument n again:
// a fact or this package says so, or it is of a retry or backoff package.
func (e *Engine) RetriesParam(c *ssa.CallCommon, n int) bool {
	f := ir.Callee(c)
	if f == nil || f.Pkg() == nil {
		return false
	}
	if library.IsRetryPackage(f.Pkg(), e.G.Pkg) {
		return true
	}
	if fact := e.G.FuncFact(c); fact != nil {
		p := fact.Param(n)
		return p != nil && p.Retries
	}
	fns, _ := e.G.Targets(c)
	for _, fn := range fns {
		if n < len(fn.Params) {
			if loops, _ := e.LoopsOver(fn, fn.Params[n]); loops {
				return true
			}
		}
	}
	return false
}

// LoopsOver reports whether fn calls a function parameter in a loop that success leaves,
// and whether it asks something of the failure besides whether there is one.
func (e *Engine) LoopsOver(fn *ssa.Function, p *ssa.Parameter) (loops, asks bool) {
	if _, ok := p.Type().Underlying().(*types.Signature); !ok {
		return false, false
	}
	for _, ref := range *p.Referrers() {
		c, ok := ref.(*ssa.Call)
		if !ok || c.Call.Value != ssa.Value(p) {
			continue
		}
		n := c.Call.Signature().Results().Len()
		if n == 0 || !ir.IsErrorLike(c.Call.Signature().Results().At(n-1).Type()) {
			continue
		}
		s := &interp.Source{Fn: fn, Kind: interp.Err, Instr: c, Call: c, Result: n - 1, Roles: interp.As(interp.Itself, ir.ResultValues(c, n-1, n))}
		r := e.PropagateAny(s, false)
		if InspectsCarrier(r) || e.repeated(r, c) && !e.repeated(e.PropagateAny(s, true), c) {
			loops = loops || ir.InLoop(c.Block())
			asks = asks || InspectsCarrier(r)
		}
	}
	return loops, asks
}

// InspectsCarrier reports whether a function looks at more of the carrier than whether it is nil: it
// hands it to something that answers yes or no, or asserts its type. A function that it is
// given itself is its caller's affair.
func InspectsCarrier(r *interp.Propagation) bool {
	for _, b := range r.Fn.Blocks {
		if !r.Live[b.Index] {
			continue
		}
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.TypeAssert:
				if r.Val(i.X).Holds() {
					return true
				}
			case *ssa.Call:
				res := i.Call.Signature().Results()
				if res.Len() == 0 || !ir.IsBoolean(res.At(res.Len()-1).Type()) {
					continue
				}
				if _, given := i.Call.Value.(*ssa.Parameter); given && !i.Call.IsInvoke() {
					continue
				}
				for _, a := range ir.Args(&i.Call) {
					if r.Val(a).Holds() {
						return true
					}
				}
			}
		}
	}
	return false
}
