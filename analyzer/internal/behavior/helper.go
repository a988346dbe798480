package behavior

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// helperOf is the call that hands a closure to a retry helper, and for which parameter.
func (e *Engine) helperOf(fn *ssa.Function) (*ssa.CallCommon, int) {
	if fn.Parent() == nil {
		return nil, 0
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			c, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			for n, a := range flow.Args(c.Common()) {
				v := underInterface(a)
				if ct, ok := v.(*ssa.ChangeType); ok {
					v = ct.X
				}
				m, isClosure := v.(*ssa.MakeClosure)
				if (isClosure && m.Fn == ssa.Value(fn) || v == ssa.Value(fn)) && e.retriesParam(c.Common(), n) {
					return c.Common(), n
				}
			}
		}
	}
	return nil, 0
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

// tells reports whether a closure answers with a bool beside its error: that says whether to
// call it again.
func tells(fn *ssa.Function) bool {
	res := fn.Signature.Results()
	for i := range res.Len() {
		if isBoolean(res.At(i).Type()) {
			return true
		}
	}
	return false
}

// helperAsks reports whether a retry helper looks at the error to tell which failures to
// repeat, or is given a function that does.
func (e *Engine) helperAsks(fn *ssa.Function) bool {
	c, param := e.helperOf(fn)
	if c == nil {
		return false
	}
	for _, a := range flow.Args(c) {
		if e.choosesBy(a, 0) {
			return true
		}
	}
	if f := e.G.FuncFact(c); f != nil {
		p := f.Param(param)
		return p != nil && p.Asks
	}
	fns, _ := e.G.Targets(c)
	if len(fns) == 0 && c.Signature().Recv() != nil && e.isElsewhere(flow.Args(c)[0]) {
		return true // what it was made with is not known
	}
	for _, target := range fns {
		for _, p := range target.Params {
			if _, asks := e.loopsOver(target, p); asks {
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
	if depth > maxDepth {
		return false
	}
	v = underInterface(v)
	if s, ok := v.Type().Underlying().(*types.Signature); ok && s.Results().Len() > 0 {
		for p := range s.Params().Variables() {
			if isErrorLike(p.Type()) {
				return !ignores(v)
			}
		}
	}
	switch x := v.(type) {
	case *ssa.ChangeType:
		return e.choosesBy(x.X, depth+1)
	case *ssa.Call:
		return slices.ContainsFunc(flow.Args(&x.Call), func(a ssa.Value) bool { return e.choosesBy(a, depth+1) })
	case *ssa.Slice:
		return e.choosesBy(x.X, depth+1)
	case *ssa.Alloc:
		return slices.ContainsFunc(e.stores(x), func(s store) bool { return s.val != nil && e.choosesBy(s.val, depth+1) })
	case *ssa.UnOp:
		if a, ok := x.X.(*ssa.Alloc); ok {
			return e.choosesBy(a, depth+1)
		}
	}
	return e.isElsewhere(v) && isOption(v.Type())
}

// ignores reports whether a function is known to look at none of its parameters.
func ignores(v ssa.Value) bool {
	if m, ok := v.(*ssa.MakeClosure); ok {
		v = m.Fn
	}
	fn, ok := v.(*ssa.Function)
	return ok && len(fn.Blocks) > 0 && !slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return used(p) })
}

// isElsewhere reports whether a value was made out of sight.
func (e *Engine) isElsewhere(v ssa.Value) bool {
	switch x := underInterface(v).(type) {
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global, *ssa.Field, *ssa.Lookup, *ssa.Extract:
		return true
	case *ssa.UnOp:
		_, local := x.X.(*ssa.Alloc)
		return !local
	}
	return false
}

// isOption reports whether t is that of options as functions, or of a list of them.
func isOption(t types.Type) bool {
	if s, ok := t.Underlying().(*types.Slice); ok {
		t = s.Elem()
	}
	s, ok := t.Underlying().(*types.Signature)
	return ok && s.Params().Len() > 0 && s.Results().Len() == 0
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
			for n, a := range flow.Args(&c.Call) {
				if _, isParam := a.(*ssa.Parameter); !isParam {
					continue
				}
				for _, t := range targets {
					if n < len(t.Params) {
						if _, asks := e.loopsOver(t, t.Params[n]); asks {
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
