package interp

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// deferred runs the closures that are deferred and assign to a captured error, such as a
// named result that they wrap. On a way that leaves before the defer the error stays as it is.
func (r *Propagation) deferred(at *ssa.RunDefers) {
	list := r.Engine.deferrers(r.Fn)
	ran := false
	for _, d := range list {
		made := d.closure.Block()
		if !r.Live[made.Index] || !r.Reachable(made)[at.Block()] {
			continue
		}
		ran = true
		now := r.contentOf(d.variable, nil, at)
		if now.Kind == Bottom {
			continue
		}
		after := r.afterDeferred(d, now, at)
		if !made.Dominates(at.Block()) {
			after = Join(after, now)
		}
		r.put(at, after)
	}
	if ran || len(list) == 0 || slices.ContainsFunc(list, func(d deferrer) bool { return d.variable != list[0].variable }) {
		return
	}
	if now := r.contentOf(list[0].variable, nil, at); now.Kind != Bottom {
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
	if d, ok := e.deferring[fn]; ok {
		return d
	}
	var out []deferrer
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			m, ok := i.(*ssa.MakeClosure)
			if !ok || ir.DeferOf(m) == nil {
				continue
			}
			for k, v := range m.Bindings {
				a, ok := v.(*ssa.Alloc)
				if ok && ir.IsError(ir.Pointee(a.Type())) && ir.CapturedStore(m, a) {
					out = append(out, deferrer{m, a, k})
				}
			}
		}
	}
	e.deferring[fn] = out
	return out
}

// afterDeferred is what the variable holds once the closure has run.
func (r *Propagation) afterDeferred(d deferrer, now Value, at ssa.Instruction) Value {
	fn, ok := d.closure.Fn.(*ssa.Function)
	if !ok || !r.mayFollow(fn) {
		return Join(now, topValue)
	}
	frees := make([]Value, len(d.closure.Bindings))
	for k, b := range d.closure.Bindings {
		frees[k] = topValue
		if a, ok := b.(*ssa.Alloc); ok {
			frees[k] = r.contentOf(a, nil, at)
		}
	}
	frees[d.free] = now
	in := r.below(fn, nil, frees)
	in.exec()
	r.followed(in.following)
	r.took = append(r.took, in.took...)
	r.Observed.Merge(in.Observed)
	r.Observed.Asked[fn] = true
	var out Value
	var assigned []*ssa.BasicBlock
	for _, ref := range *fn.FreeVars[d.free].Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == ssa.Value(fn.FreeVars[d.free]) && in.Live[s.Block().Index] {
			out = Join(out, in.Val(s.Val))
			assigned = append(assigned, s.Block())
		}
	}
	for _, ret := range in.Returns() {
		kept := true
		for _, b := range assigned {
			if b.Dominates(ret.Block()) || in.onlyThrough(b, ret.Block()) {
				kept = false
			}
		}
		if kept {
			out = Join(out, now)
		}
	}
	return out
}

// LeftAlone reports whether a deferred closure leaves the captured carrier as it is: the function
// that defers it still has it.
func (r *Propagation) LeftAlone() bool {
	if r.Src == nil || !r.Src.Outer || r.Fn.Parent() == nil || r.Fn.Signature.Results().Len() > 0 || !ir.IsDeferred(r.Fn) {
		return false
	}
	for _, v := range r.Fn.FreeVars {
		if r.Src.Roles[v] != Itself {
			continue
		}
		for _, ref := range *v.Referrers() {
			if s, ok := ref.(*ssa.Store); ok && s.Addr == ssa.Value(v) && r.Live[s.Block().Index] {
				return false
			}
		}
		return true
	}
	return false
}

// onlyThrough reports whether every way to a block that can be executed leads through b.
func (r *Propagation) onlyThrough(b, to *ssa.BasicBlock) bool {
	entry := r.Fn.Blocks[0]
	return b == entry || !r.Reach(entry, func(_, s *ssa.BasicBlock) bool { return s != b })[to]
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
