package interp

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// AfterCall is the propagation that begins behind a call in a loop: what a variable holds
// when the loop comes round again is what the last iteration left there.
func (r *Propagation) AfterCall(c ssa.CallInstruction) *Propagation {
	home := c.Block()
	if home == nil || r.prefix != nil || !r.Live[home.Index] || r.Ends[home] != nil || !ir.InLoop(home) {
		return r
	}
	if q := r.continuations[c]; q != nil {
		return q
	}
	q := &Propagation{Engine: r.Engine, binding: r.binding, continuing: continuing{prefix: r, from: home}, following: begin(), Observed: NewObserved()}
	q.exec()
	if r.continuations == nil {
		r.continuations = make(map[ssa.CallInstruction]*Propagation)
	}
	r.continuations[c] = q
	return q
}

// ExaminedBefore reports whether a loop looks at an answer above the call that gives it: what it
// looks at first is the answer of another call, and nothing can be said of that.
func (r *Propagation) ExaminedBefore(c ssa.CallInstruction) bool {
	home := c.Block()
	if home == nil || !ir.InLoop(home) {
		return false
	}
	for b := home.Idom(); b != nil; b = b.Idom() {
		for _, instr := range b.Instrs {
			p, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			for k, e := range p.Edges {
				if home.Dominates(b.Preds[k]) && r.Val(e).Interesting() {
					return true
				}
			}
		}
	}
	return false
}

// Begins is the block in which the propagation begins.
func (r *Propagation) Begins() *ssa.BasicBlock {
	if r.from != nil {
		return r.from
	}
	return r.Fn.Blocks[0]
}

// happens reports whether a block is reached, before the propagation began or after.
func (r *Propagation) happens(block int) bool {
	return r.Live[block] || r.prefix != nil && r.prefix.Live[block]
}

// contents is what a call put behind an address.
func (r *Propagation) contents(c ssa.Instruction) (Value, bool) {
	v, ok := r.content[c]
	if r.prefix == nil {
		return v, ok
	}
	w, before := r.prefix.content[c]
	return Join(v, w), ok || before
}

// passed decides the comparison of a loop's counter with a constant that it has passed when
// the loop comes round again.
func (r *Propagation) passed(i *ssa.BinOp, y Value) (yes, ok bool) {
	if r.prefix == nil {
		return false, false
	}
	p, isPhi := i.X.(*ssa.Phi)
	bound, isInt := y.IsInt()
	if !isPhi || !isInt || y.ByCode || p.Block() == r.from {
		return false, false
	}
	least, ok := r.least(p)
	if !ok || bound >= least {
		return false, false
	}
	switch i.Op {
	case token.GTR, token.GEQ, token.NEQ:
		return true, true
	case token.LSS, token.LEQ, token.EQL:
		return false, true
	}
	return false, false
}

// least is the least number that a counter holds when the loop comes round again.
func (r *Propagation) least(p *ssa.Phi) (int64, bool) {
	var start, step int64
	starts, steps := 0, 0
	for k, e := range p.Edges {
		came := r.Edges[[2]int{p.Block().Preds[k].Index, p.Block().Index}]
		switch e := e.(type) {
		case *ssa.Const:
			if came || e.Value == nil || e.Value.Kind() != constant.Int {
				return 0, false
			}
			start, starts = e.Int64(), starts+1
		case *ssa.BinOp:
			by, isConst := e.Y.(*ssa.Const)
			if e.Op != token.ADD || e.X != ssa.Value(p) || !isConst || by.Value == nil || by.Value.Kind() != constant.Int || by.Int64() <= 0 {
				return 0, false
			}
			if steps == 0 || by.Int64() < step {
				step = by.Int64()
			}
			steps++
		default:
			return 0, false
		}
	}
	return start + step, starts == 1 && steps > 0
}
