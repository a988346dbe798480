package behavior

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// deferred runs the closures that are deferred and assign to a captured error, such as a
// named result that they wrap. On a way that leaves before the defer the error stays as it is.
func (r *run) deferred(at *ssa.RunDefers) {
	list := r.e.deferrers(r.fn)
	ran := false
	for _, d := range list {
		made := d.closure.Block()
		if !r.live[made.Index] || !reachable(r, made)[at.Block()] {
			continue
		}
		ran = true
		now := r.behind(d.variable, nil, at)
		if now.Kind == Bottom {
			continue
		}
		after := r.afterDeferred(d, now, at)
		if !made.Dominates(at.Block()) {
			after = join(after, now)
		}
		r.put(at, after)
	}
	if ran || len(list) == 0 || slices.ContainsFunc(list, func(d deferrer) bool { return d.variable != list[0].variable }) {
		return
	}
	if now := r.behind(list[0].variable, nil, at); now.Kind != Bottom {
		r.put(at, now)
	}
}

// A deferrer is a deferred closure and the captured error that it assigns to.
type deferrer struct {
	closure  *ssa.MakeClosure
	variable *ssa.Alloc
	free     int
}

func (e *Engine) deferrers(fn *ssa.Function) []deferrer {
	if d, ok := e.deferredIn[fn]; ok {
		return d
	}
	var out []deferrer
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			m, ok := i.(*ssa.MakeClosure)
			if !ok || deferOf(m) == nil {
				continue
			}
			for k, v := range m.Bindings {
				a, ok := v.(*ssa.Alloc)
				if ok && flow.IsError(pointee(a.Type())) && capturedStore(m, a) {
					out = append(out, deferrer{m, a, k})
				}
			}
		}
	}
	e.deferredIn[fn] = out
	return out
}

// afterDeferred is what the variable holds once the closure has run.
func (r *run) afterDeferred(d deferrer, now Value, at ssa.Instruction) Value {
	fn, ok := d.closure.Fn.(*ssa.Function)
	if !ok || r.depth >= maxDepth || r.e.active[fn] > 0 {
		return join(now, top)
	}
	frees := make([]Value, len(d.closure.Bindings))
	for k, b := range d.closure.Bindings {
		frees[k] = top
		if a, ok := b.(*ssa.Alloc); ok {
			frees[k] = r.behind(a, nil, at)
		}
	}
	frees[d.free] = now
	r.e.active[fn]++
	defer func() { r.e.active[fn]-- }()
	in := &run{e: r.e, fn: fn, space: r.space, code: r.code, success: r.success, frees: frees, depth: r.depth + 1, trace: newTrace()}
	in.exec()
	r.trace.merge(in.trace)
	r.trace.asked[fn] = true
	var out Value
	var assigned []*ssa.BasicBlock
	for _, ref := range *fn.FreeVars[d.free].Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == ssa.Value(fn.FreeVars[d.free]) && in.live[s.Block().Index] {
			out = join(out, in.val(s.Val))
			assigned = append(assigned, s.Block())
		}
	}
	for _, ret := range in.returns() {
		kept := true
		for _, b := range assigned {
			if b.Dominates(ret.Block()) || in.onlyThrough(b, ret.Block()) {
				kept = false
			}
		}
		if kept {
			out = join(out, now)
		}
	}
	return out
}

// leftAlone reports whether a deferred closure leaves the captured carrier as it is: the function
// that defers it still has it.
func (r *run) leftAlone() bool {
	if r.src == nil || !r.src.Outer || r.fn.Parent() == nil || r.fn.Signature.Results().Len() > 0 || !isDeferred(r.fn) {
		return false
	}
	for _, v := range r.fn.FreeVars {
		if !r.src.vals[v] {
			continue
		}
		for _, ref := range *v.Referrers() {
			if s, ok := ref.(*ssa.Store); ok && s.Addr == ssa.Value(v) && r.live[s.Block().Index] {
				return false
			}
		}
		return true
	}
	return false
}

// isDeferred reports whether a closure is deferred, and nothing else is done with it.
func isDeferred(fn *ssa.Function) bool {
	made := closuresOf(fn)
	return len(made) > 0 && deferOf(made[0]) != nil
}

// onlyThrough reports whether every way to a block that can be executed leads through b.
func (r *run) onlyThrough(b, to *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{r.fn.Blocks[0]: true}
	if b == r.fn.Blocks[0] {
		return true
	}
	stack := []*ssa.BasicBlock{r.fn.Blocks[0]}
	for len(stack) > 0 {
		x := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if x == to {
			return false
		}
		for _, s := range x.Succs {
			if s != b && r.edges[[2]int{x.Index, s.Index}] && !seen[s] {
				seen[s] = true
				stack = append(stack, s)
			}
		}
	}
	return true
}

// DeferredAnswer is the assignment by which a deferred closure gives a named result
// another error, or nil.
func (e *Engine) DeferredAnswer(fn *ssa.Function) *ssa.Store {
	for _, d := range e.deferrers(fn) {
		closure, ok := d.closure.Fn.(*ssa.Function)
		if !ok {
			continue
		}
		for _, ref := range *closure.FreeVars[d.free].Referrers() {
			if s, ok := ref.(*ssa.Store); ok && s.Addr == ssa.Value(closure.FreeVars[d.free]) {
				return s
			}
		}
	}
	return nil
}
