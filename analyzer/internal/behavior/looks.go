package behavior

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// decodesInto reports whether a callee decodes JSON into argument i, and whether it looks
// at the code there.
func (e *Engine) decodesInto(c *ssa.CallCommon, i int) (decodes, looks bool) {
	if f := e.G.FuncFact(c); f != nil {
		p := f.Param(i)
		return p != nil && p.Decodes, p != nil && p.Looks
	}
	fns, _ := e.G.Targets(c)
	for _, fn := range fns {
		if i < len(fn.Params) && e.G.DecodesInto(fn, i) {
			return true, e.looksAt(fn, i)
		}
	}
	return false, false
}

// looksAt reports whether fn, after it decoded into parameter i, does something else for
// failures than for success. A test of the status alone leaves the body's code to the caller.
func (e *Engine) looksAt(fn *ssa.Function, i int) bool {
	at := paramOf{fn, i}
	looks, ok := e.looks[at]
	if !ok {
		e.looks[at] = false // where fn calls itself
		looks = e.looksAfresh(fn, i)
		e.looks[at] = looks
	}
	return looks
}

func (e *Engine) looksAfresh(fn *ssa.Function, i int) bool {
	body := e.bodySpace()
	into := fn.Params[i]
	b := e.behaviourOnce(&Source{Fn: fn, Space: body, Shape: Response, vals: map[ssa.Value]bool{into: true}})
	for _, c := range b.Conditions() {
		if !whether(c.Cond, into) {
			return true
		}
	}
	for _, s := range e.Sources(fn) {
		if s.Shape == Response && s.Space == body && len(e.Behaviour(s).Conditions()) > 0 {
			return true
		}
	}
	return false
}

// whether reports whether a condition only asks if there is something to decode into.
func whether(cond, into ssa.Value) bool {
	op, ok := cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	x, _ := nilTest(op)
	return x == into
}

// looksIn lists the spaces of which a function decides something by the code of a response
// that it got from below.
func (e *Engine) looksIn(fn *ssa.Function) []int {
	if e.active[fn] > 0 {
		return nil
	}
	e.active[fn]++
	defer func() { e.active[fn]-- }()
	var out []int
	for _, s := range e.Sources(fn) {
		if s.Shape == Response && !slices.Contains(out, s.Space) && len(e.Behaviour(s).Conditions()) > 0 {
			out = append(out, s.Space)
		}
	}
	slices.Sort(out)
	return out
}

// looked reports whether the callee has looked at the code of a space in the response that
// it returns beside an error.
func (e *Engine) looked(c *ssa.CallCommon, i, space int) bool {
	if c.Signature().Results().Len() < 2 {
		return false
	}
	if f := e.G.FuncFact(c); f != nil {
		r := f.Result(i)
		return r != nil && slices.Contains(r.Looked, space)
	}
	fns, complete := e.G.Targets(c)
	if !complete || len(fns) == 0 {
		return false
	}
	for _, fn := range fns {
		if !slices.Contains(e.looksIn(fn), space) && !e.passesLooked(fn, i, space) {
			return false
		}
	}
	return true
}

// passesLooked reports whether what a function returns is made here, or comes from functions
// that have looked at the code.
func (e *Engine) passesLooked(fn *ssa.Function, i, space int) bool {
	if e.active[fn] > 0 {
		return false
	}
	e.active[fn]++
	defer func() { e.active[fn]-- }()
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if ok && b != fn.Recover && !e.isLooked(ret.Results[i], space, 0) {
			return false
		}
	}
	return len(fn.Blocks) > 0
}

func (e *Engine) isLooked(v ssa.Value, space, depth int) bool {
	if depth > maxDepth {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Alloc: // made here, not decoded
		return flow.TypePath(v.Type()) == "net/http.Response"
	case *ssa.Extract:
		c, ok := v.Tuple.(*ssa.Call)
		return ok && e.looked(&c.Call, v.Index, space)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if !e.isLooked(edge, space, depth+1) {
				return false
			}
		}
		return true
	case *ssa.UnOp:
		a, ok := v.X.(*ssa.Alloc)
		if !ok {
			return false
		}
		stores := e.reaching(a, v)
		for _, s := range stores {
			if !s.zero && (s.val == nil || !e.isLooked(s.val, space, depth+1)) {
				return false
			}
		}
		return len(stores) > 0
	}
	return false
}
