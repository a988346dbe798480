package partition

import (
	"maps"
	"slices"
	"sort"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Answers lists the returns by which a failure is answered: those behind a condition that
// the code decides, unless success takes them too.
func (b *Partition) Answers(c *CodeCase) []*ssa.Return {
	type answer struct {
		ret *ssa.Return
		key string
	}
	success := make(map[answer]bool)
	for _, s := range b.Successes() {
		for _, ret := range s.decidedReturns(s.otherOperands()) {
			success[answer{ret, s.Effects.Returns[ret]}] = true
		}
	}
	var out []*ssa.Return
	for _, ret := range c.decidedReturns(nil) {
		if len(ret.Results) > 0 && !success[answer{ret, c.Effects.Returns[ret]}] {
			out = append(out, ret)
		}
	}
	return out
}

// otherOperands lists the edges by which an operand that knows nothing of the code leads to
// where the code's own operand leads: in code != 200 || user != id a success may fail too,
// but it is not for the code.
func (c *CodeCase) otherOperands() map[[2]int]bool {
	r := c.Propagation
	out := make(map[[2]int]bool)
	for _, blk := range r.Fn.Blocks {
		if cond := r.IfAt(blk); cond == nil || !r.Val(cond.Cond).ByCode {
			continue
		}
		for i, shared := range blk.Succs {
			next := blk.Succs[1-i]
			for next.Comment == "cond.false" || next.Comment == "cond.true" {
				cond := r.IfAt(next)
				at := slices.Index(next.Succs, shared)
				if cond == nil || at < 0 || r.Val(cond.Cond).ByCode {
					break
				}
				out[[2]int{next.Index, shared.Index}] = true
				next = next.Succs[1-at]
			}
		}
	}
	return out
}

// decidedReturns lists the returns behind a condition that the code decides, or whose
// results it decides, that are reached without some edges.
func (c *CodeCase) decidedReturns(without map[[2]int]bool) []*ssa.Return {
	r := c.Propagation
	behind := make(map[*ssa.BasicBlock]bool)
	asked := false
	for _, blk := range r.Fn.Blocks {
		if i := r.IfAt(blk); i != nil && r.Val(i.Cond).ByCode {
			asked = true
			for _, s := range blk.Succs {
				if r.Edges[[2]int{blk.Index, s.Index}] {
					ahead(r, s, behind, without)
				}
			}
		}
	}
	var out []*ssa.Return
	for _, ret := range r.Returns() {
		decided := behind[ret.Block()] || !asked
		for _, v := range ret.Results {
			decided = decided || r.Val(v).ByCode
		}
		if decided {
			out = append(out, ret)
		}
	}
	return out
}

// ahead adds the blocks that can be reached from b but by some edges, and without going round the loop that the
// event stands in.
func ahead(r *interp.Propagation, b *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool, without map[[2]int]bool) {
	var home *ssa.BasicBlock
	if r.Src != nil && !r.Src.Outer && r.Src.Instr != nil {
		home = r.Src.Instr.Block()
	}
	round := func(b *ssa.BasicBlock) bool { return home != nil && b.Dominates(home) }
	if seen[b] || round(b) {
		return
	}
	maps.Copy(seen, r.Reach(b, func(b, s *ssa.BasicBlock) bool {
		return !without[[2]int{b.Index, s.Index}] && !seen[s] && !round(s)
	}))
}

// blocks are those that can be reached but by some edges.
func (c *CodeCase) blocks(without map[[2]int]bool) map[*ssa.BasicBlock]bool {
	r := c.Propagation
	return r.Reach(r.Begins(), func(b, s *ssa.BasicBlock) bool { return !without[[2]int{b.Index, s.Index}] })
}

// Kept is an error without the code that a function makes of a failure in a loop, and that
// what it returns in the end is made of; success goes on with the next item. Nil is none.
func (b *Partition) AccumulatedError(c *CodeCase) ssa.Value {
	for _, s := range b.Successes() {
		if g := s.Propagation.AfterEvent(); g.All || !g.Again {
			return nil
		}
	}
	for _, blk := range c.Propagation.Fn.Blocks {
		if !c.Propagation.Reached(blk) || b.succeeds(blk) {
			continue
		}
		for _, instr := range blk.Instrs {
			v, ok := instr.(ssa.Value)
			if !ok || !ir.IsError(v.Type()) || c.Propagation.Val(v).Holds() {
				continue
			}
			switch v.(type) {
			case *ssa.Call, *ssa.MakeInterface:
			default:
				continue
			}
			if ir.FlowsToReturn(v, make(map[ssa.Value]bool)) {
				return v
			}
		}
	}
	return nil
}

// Chosen is the error without the code that a failure alone brings to where ways meet, or nil.
func (b *Partition) Chosen(c *CodeCase, phi *ssa.Phi) ssa.Value {
	var out ssa.Value
	for i, p := range phi.Block().Preds {
		v := phi.Edges[i]
		if _, ok := v.(*ssa.Const); ok || !c.Propagation.Edges[[2]int{p.Index, phi.Block().Index}] || b.succeeds(p) || c.Propagation.Val(v).Holds() {
			continue
		}
		if out != nil && out != v {
			return nil
		}
		out = v
	}
	return out
}

// succeeds reports whether a success reaches a block.
func (b *Partition) succeeds(blk *ssa.BasicBlock) bool {
	for _, s := range b.Successes() {
		if s.Propagation.Reached(blk) {
			return true
		}
	}
	return false
}

// OnlyHere lists the calls with effects that c reaches and no success does.
func (b *Partition) OnlyHere(c *CodeCase) []ssa.CallInstruction {
	reached := make(map[ssa.CallInstruction]bool)
	for _, s := range b.Successes() {
		blocks := s.blocks(s.otherOperands())
		for _, i := range s.Effects.Calls {
			if blocks[i.Block()] {
				reached[i] = true
			}
		}
	}
	var out []ssa.CallInstruction
	for _, i := range c.Effects.Calls {
		if !reached[i] {
			out = append(out, i)
		}
	}
	return out
}

// TestsOnlyHere lists the calls without effects that c reaches and no success does.
func (b *Partition) TestsOnlyHere(c *CodeCase) []*ssa.Call {
	reached := make(map[*ssa.Call]bool)
	for _, s := range b.Successes() {
		for _, i := range s.Effects.Tests {
			reached[i] = true
		}
	}
	var out []*ssa.Call
	for _, i := range c.Effects.Tests {
		if !reached[i] {
			out = append(out, i)
		}
	}
	return out
}

// Conditions lists the branches that the code decides, in the order of the source.
func (b *Partition) Conditions() []*ssa.If {
	seen := make(map[*ssa.If]bool)
	var out []*ssa.If
	for _, c := range b.Cases {
		for _, blk := range c.Propagation.Fn.Blocks {
			if i := c.Propagation.IfAt(blk); i != nil && !seen[i] && c.Propagation.Val(i.Cond).ByCode {
				seen[i] = true
				out = append(out, i)
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return ir.CondPos(out[i]) < ir.CondPos(out[j]) })
	return out
}

// Comparisons lists the comparisons and calls that ask something of the carrier, in source
// order: also those whose branch is empty.
func (b *Partition) Comparisons() []ssa.Value {
	seen := make(map[ssa.Value]bool)
	var out []ssa.Value
	for _, c := range b.Cases {
		for _, blk := range c.Propagation.Fn.Blocks {
			if !c.Propagation.Live[blk.Index] {
				continue
			}
			for _, instr := range blk.Instrs {
				var v ssa.Value
				switch i := instr.(type) {
				case *ssa.BinOp:
					v = i
				case *ssa.Call:
					if ir.IsBoolean(i.Type()) {
						v = i
					}
				}
				if v != nil && !seen[v] && v.Pos().IsValid() && (c.Propagation.Vals[v].ByCode || c.Propagation.IsTold(v)) {
					seen[v] = true
					out = append(out, v)
				}
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Pos() < out[j].Pos() })
	return out
}

// IsText reports whether a value is the text of the carrier in this case.
func (c *CodeCase) IsText(v ssa.Value) bool { return c.Propagation.Val(v).Text }

// Wrapped reports whether a value is the carrier inside another error.
func (c *CodeCase) Wrapped(v ssa.Value) bool { return c.Propagation.Val(v).Wrapped }
