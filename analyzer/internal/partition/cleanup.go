package partition

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Cleanup reports whether the source's call stands on a path that already returns another
// failure, whatever this call answers.
func (e *Engine) Cleanup(s *interp.Source) bool {
	if s.Call == nil {
		return false
	}
	res := s.Fn.Signature.Results()
	if res.Len() == 0 || !ir.IsErrorLike(res.At(res.Len()-1).Type()) {
		return e.underFailure(s.Call.Block()) && s.Fn.Parent() != nil
	}
	b := e.Partition(s)
	for _, c := range b.Cases {
		if !c.Success {
			continue
		}
		reach := c.Propagation.Reachable(s.Call.Block())
		any := false
		for _, ret := range c.Propagation.Returns() {
			if !reach[ret.Block()] {
				continue
			}
			any = true
			if !failure(c.Propagation, ret.Results[len(ret.Results)-1], ret.Block(), s.Call.Block()) {
				return false
			}
		}
		if !any {
			return false
		}
	}
	return true
}

// failure reports whether an error is not nil in one of the blocks, or is what a call makes of
// one that is not.
func failure(r *interp.Propagation, v ssa.Value, in ...*ssa.BasicBlock) bool {
	at := func(v ssa.Value) bool {
		x := r.Val(v)
		return x.Kind == interp.NonNil || x.Kind == interp.Top && slices.ContainsFunc(in, func(b *ssa.BasicBlock) bool { return r.NonNilAt(v, b) })
	}
	if at(v) {
		return true
	}
	c, ok := ir.UnderInterface(v).(*ssa.Call)
	return ok && slices.ContainsFunc(c.Call.Args, func(a ssa.Value) bool { return ir.IsErrorLike(a.Type()) && at(a) })
}

// underFailure reports whether a block runs only where some error is not nil.
func (e *Engine) underFailure(b *ssa.BasicBlock) bool {
	for d := b; d != nil; d = d.Idom() {
		p := d.Idom()
		if p == nil {
			return false
		}
		last, ok := p.Instrs[len(p.Instrs)-1].(*ssa.If)
		if !ok || len(d.Preds) != 1 {
			continue
		}
		if x, isNil := ir.NilTest(last.Cond); x != nil && ir.IsErrorLike(x.Type()) && isNil == (p.Succs[1] == d) {
			return true
		}
	}
	return false
}
