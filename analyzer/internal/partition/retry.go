package partition

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// repeated reports whether the source's call can be reached again after its answer was
// seen, without passing a place where one of its arguments gets a new value.
func (e *Engine) repeated(r *interp.Propagation, c ssa.CallInstruction) bool {
	_, ok := e.again(r.AfterCall(c), c)
	return ok
}

// again searches the way back to the call; it returns the blocks on it.
func (e *Engine) again(r *interp.Propagation, c ssa.CallInstruction) (way map[*ssa.BasicBlock]bool, ok bool) {
	home := c.Block()
	if home == nil || !r.Live[home.Index] || r.Ends[home] != nil && r.Ends[home] != ssa.Instruction(c) {
		return nil, false
	}
	if !ir.InLoop(home) {
		return nil, false
	}
	v := e.newVarying(r, c)
	if v.fresh {
		return nil, false
	}
	found := false
	forward := r.Reach(home, func(b, s *ssa.BasicBlock) bool {
		goes := r.Ends[b] == nil && !v.changes(b, s)
		found = found || goes && s == home
		return goes && !v.blocks[s]
	})
	if !found {
		return nil, false
	}
	// Keep what leads back.
	return r.Leading(home, func(b, s *ssa.BasicBlock) bool { return forward[b] && !v.changes(b, s) }), true
}

// calledAgain finds a second call with the same callee and arguments that the first can
// reach, or a call of the function itself with its own parameters.
func (e *Engine) calledAgain(r *interp.Propagation, c ssa.CallInstruction) ssa.CallInstruction {
	home := c.Block()
	if home == nil || !r.Live[home.Index] {
		return nil
	}
	k := &interp.Canonicalizer{R: r, Memo: make(map[ssa.Value]string)}
	want := k.Callee(c.Common()) + "(" + k.Args(c.Common()) + ")"
	alike := func(o ssa.CallInstruction) bool {
		return o != c && (k.Callee(o.Common())+"("+k.Args(o.Common())+")" == want || recursion(r, o))
	}
	if !anyCall(r, alike) {
		return nil
	}
	v := e.newVarying(r, c)
	seen := make(map[*ssa.BasicBlock]bool)
	var found ssa.CallInstruction
	var walk func(b *ssa.BasicBlock, from int)
	walk = func(b *ssa.BasicBlock, from int) {
		for _, instr := range b.Instrs[from:] {
			if v.renews(instr) {
				return // what the call is given, or reads, is another
			}
			if o, ok := instr.(ssa.CallInstruction); ok && found == nil && alike(o) {
				found = o
				return
			}
			if r.Ends[b] == instr {
				return
			}
		}
		for _, s := range b.Succs {
			if found == nil && r.Edges[[2]int{b.Index, s.Index}] && !seen[s] {
				seen[s] = true
				walk(s, 0)
			}
		}
	}
	for i, instr := range home.Instrs {
		if instr == ssa.Instruction(c) {
			walk(home, i+1)
			break
		}
	}
	return found
}

// anyCall reports whether a call that is reached is as asked.
func anyCall(r *interp.Propagation, is func(ssa.CallInstruction) bool) bool {
	for _, b := range r.Fn.Blocks {
		if r.Live[b.Index] && slices.ContainsFunc(b.Instrs, func(i ssa.Instruction) bool {
			c, ok := i.(ssa.CallInstruction)
			return ok && is(c)
		}) {
			return true
		}
	}
	return false
}

// recursion reports whether a call enters the function again with its own parameters, a
// counter aside.
func recursion(r *interp.Propagation, c ssa.CallInstruction) bool {
	if r.Engine.G.Local(c.Common().StaticCallee()) != r.Fn {
		return false
	}
	same := 0
	for i, a := range ir.Args(c.Common()) {
		if i >= len(r.Fn.Params) {
			return false
		}
		p := r.Fn.Params[i]
		if a == ssa.Value(p) {
			same++
			continue
		}
		if b, ok := p.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 {
			continue
		}
		return false
	}
	return same > 0
}
