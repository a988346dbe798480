package behavior

import (
	"fmt"
	"go/token"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// Answers lists the returns by which a failure is answered: those behind a condition that
// the code decides, unless success takes them too.
func (b *Behaviour) Answers(c *Case) []*ssa.Return {
	type answer struct {
		ret *ssa.Return
		key string
	}
	success := make(map[answer]bool)
	for _, s := range b.Successes() {
		for _, ret := range s.decidedReturns(s.otherOperands()) {
			success[answer{ret, s.effects.returns[ret]}] = true
		}
	}
	var out []*ssa.Return
	for _, ret := range c.decidedReturns(nil) {
		if len(ret.Results) > 0 && !success[answer{ret, c.effects.returns[ret]}] {
			out = append(out, ret)
		}
	}
	return out
}

// otherOperands lists the edges by which an operand that knows nothing of the code leads to
// where the code's own operand leads: in code != 200 || user != id a success may fail too,
// but it is not for the code.
func (c *Case) otherOperands() map[[2]int]bool {
	r := c.run
	out := make(map[[2]int]bool)
	for _, blk := range r.fn.Blocks {
		if cond := r.ifAt(blk); cond == nil || !r.val(cond.Cond).Depends {
			continue
		}
		for i, shared := range blk.Succs {
			next := blk.Succs[1-i]
			for next.Comment == "cond.false" || next.Comment == "cond.true" {
				cond := r.ifAt(next)
				at := slices.Index(next.Succs, shared)
				if cond == nil || at < 0 || r.val(cond.Cond).Depends {
					break
				}
				out[[2]int{next.Index, shared.Index}] = true
				next = next.Succs[1-at]
			}
		}
	}
	return out
}

// ifAt is the condition at the end of a block that is reached.
func (r *run) ifAt(blk *ssa.BasicBlock) *ssa.If {
	if !r.live[blk.Index] || len(blk.Instrs) == 0 {
		return nil
	}
	i, _ := blk.Instrs[len(blk.Instrs)-1].(*ssa.If)
	return i
}

// decidedReturns lists the returns behind a condition that the code decides, or whose
// results it decides, that are reached without some edges.
func (c *Case) decidedReturns(without map[[2]int]bool) []*ssa.Return {
	r := c.run
	behind := make(map[*ssa.BasicBlock]bool)
	asked := false
	for _, blk := range r.fn.Blocks {
		if i := r.ifAt(blk); i != nil && r.val(i.Cond).Depends {
			asked = true
			for _, s := range blk.Succs {
				if r.edges[[2]int{blk.Index, s.Index}] {
					r.ahead(s, behind, without)
				}
			}
		}
	}
	var out []*ssa.Return
	for _, ret := range r.returns() {
		decided := behind[ret.Block()] || !asked
		for _, v := range ret.Results {
			decided = decided || r.val(v).Depends
		}
		if decided {
			out = append(out, ret)
		}
	}
	return out
}

// ahead adds the blocks that can be reached from b but by some edges, and without going round the loop that the
// event stands in.
func (r *run) ahead(b *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool, without map[[2]int]bool) {
	var home *ssa.BasicBlock
	if r.src != nil && !r.src.Outer && r.src.Instr != nil {
		home = r.src.Instr.Block()
	}
	round := func(b *ssa.BasicBlock) bool { return home != nil && b.Dominates(home) }
	if seen[b] || round(b) {
		return
	}
	seen[b] = true
	stack := []*ssa.BasicBlock{b}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, s := range b.Succs {
			edge := [2]int{b.Index, s.Index}
			if r.edges[edge] && !without[edge] && !seen[s] && !round(s) {
				seen[s] = true
				stack = append(stack, s)
			}
		}
	}
}

// blocks are those that can be reached but by some edges.
func (c *Case) blocks(without map[[2]int]bool) map[*ssa.BasicBlock]bool {
	seen := make(map[*ssa.BasicBlock]bool)
	stack := []*ssa.BasicBlock{c.run.begins()}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[b] {
			continue
		}
		seen[b] = true
		for _, s := range b.Succs {
			if edge := [2]int{b.Index, s.Index}; c.run.edges[edge] && !without[edge] {
				stack = append(stack, s)
			}
		}
	}
	return seen
}

// Kept is an error without the code that a function makes of a failure in a loop, and that
// what it returns in the end is made of; success goes on with the next item. Nil is none.
func (b *Behaviour) Kept(c *Case) ssa.Value {
	for _, s := range b.Successes() {
		if g := s.run.afterEvent(); g.all || !g.again {
			return nil
		}
	}
	for _, blk := range c.run.fn.Blocks {
		if !c.run.reached(blk) || b.succeeds(blk) {
			continue
		}
		for _, instr := range blk.Instrs {
			v, ok := instr.(ssa.Value)
			if !ok || !flow.IsError(v.Type()) || c.run.val(v).holds() {
				continue
			}
			switch v.(type) {
			case *ssa.Call, *ssa.MakeInterface:
			default:
				continue
			}
			if returned(v, make(map[ssa.Value]bool)) {
				return v
			}
		}
	}
	return nil
}

// Chosen is the error without the code that a failure alone brings to where ways meet, or nil.
func (b *Behaviour) Chosen(c *Case, phi *ssa.Phi) ssa.Value {
	var out ssa.Value
	for i, p := range phi.Block().Preds {
		v := phi.Edges[i]
		if _, ok := v.(*ssa.Const); ok || !c.run.edges[[2]int{p.Index, phi.Block().Index}] || b.succeeds(p) || c.run.val(v).holds() {
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
func (b *Behaviour) succeeds(blk *ssa.BasicBlock) bool {
	for _, s := range b.Successes() {
		if s.run.reached(blk) {
			return true
		}
	}
	return false
}

// returned reports whether an error is returned, or what is made of it: a list of errors,
// errors that are joined or wrapped.
func returned(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] || v.Referrers() == nil {
		return false
	}
	seen[v] = true
	for _, ref := range *v.Referrers() {
		var next ssa.Value
		switch i := ref.(type) {
		case *ssa.Return:
			return true
		case *ssa.Phi:
			next = i
		case *ssa.ChangeInterface:
			next = i
		case *ssa.ChangeType:
			next = i
		case *ssa.Slice:
			next = i
		case *ssa.UnOp:
			if i.Op == token.MUL && i.X == v {
				next = i
			}
		case *ssa.Store:
			if i.Val != v {
				continue
			}
			switch a := i.Addr.(type) {
			case *ssa.Alloc:
				next = a
			case *ssa.IndexAddr: // of the arguments of a variadic call
				if list, ok := a.X.(*ssa.Alloc); ok {
					next = list
				}
			}
		case *ssa.Call:
			built, ok := i.Call.Value.(*ssa.Builtin)
			name := flow.FullName(&i.Call)
			if ok && built.Name() == "append" || name == "errors.Join" || name == "fmt.Errorf" {
				next = i
			}
		}
		if next != nil && returned(next, seen) {
			return true
		}
	}
	return false
}

// OnlyHere lists the calls with effects that c reaches and no success does.
func (b *Behaviour) OnlyHere(c *Case) []ssa.CallInstruction {
	reached := make(map[ssa.CallInstruction]bool)
	for _, s := range b.Successes() {
		blocks := s.blocks(s.otherOperands())
		for _, i := range s.effects.calls {
			if blocks[i.Block()] {
				reached[i] = true
			}
		}
	}
	var out []ssa.CallInstruction
	for _, i := range c.effects.calls {
		if !reached[i] {
			out = append(out, i)
		}
	}
	return out
}

// TestsOnlyHere lists the calls without effects that c reaches and no success does.
func (b *Behaviour) TestsOnlyHere(c *Case) []*ssa.Call {
	reached := make(map[*ssa.Call]bool)
	for _, s := range b.Successes() {
		for _, i := range s.effects.tests {
			reached[i] = true
		}
	}
	var out []*ssa.Call
	for _, i := range c.effects.tests {
		if !reached[i] {
			out = append(out, i)
		}
	}
	return out
}

// Conditions lists the branches that the code decides, in the order of the source.
func (b *Behaviour) Conditions() []*ssa.If {
	seen := make(map[*ssa.If]bool)
	var out []*ssa.If
	for _, c := range b.Cases {
		for _, blk := range c.run.fn.Blocks {
			if i := c.run.ifAt(blk); i != nil && !seen[i] && c.run.val(i.Cond).Depends {
				seen[i] = true
				out = append(out, i)
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return condPos(out[i]) < condPos(out[j]) })
	return out
}

func condPos(i *ssa.If) token.Pos {
	if p := i.Cond.Pos(); p.IsValid() {
		return p
	}
	return i.Pos()
}

// CondPos is the position of a branch's condition.
func CondPos(i *ssa.If) token.Pos { return condPos(i) }

// String draws the partition as a table: one line for each class.
func (b *Behaviour) String() string {
	type row struct {
		codes  []string
		c      *Case
		others int // codes that are neither named nor retryable
		first  catalog.Code
	}
	const everyOther = "every other"
	var rows []*row
	for _, c := range b.Cases {
		name := c.Code.String()
		if c.Success && b.Source.Shape == Err {
			name = "nil"
		}
		if c.Success {
			name += " success"
		}
		var r *row
		for _, x := range rows {
			if x.c.Class == c.Class && x.c.Retried == c.Retried {
				r = x
			}
		}
		if r == nil {
			r = &row{c: c}
			rows = append(rows, r)
		}
		if c.Named || c.Code.Retryable() || c.Success {
			r.codes = append(r.codes, name)
			continue
		}
		if r.others++; r.others == 1 {
			r.first = c.Code
			r.codes = append(r.codes, everyOther)
		}
	}
	others := 0
	for _, r := range rows {
		if r.others > 0 {
			others++
		}
	}
	var s strings.Builder
	for _, r := range rows {
		if r.others > 0 && others > 1 { // which, since they are not alike
			r.codes[slices.Index(r.codes, everyOther)] = fmt.Sprintf("%d others such as %s", r.others, r.first)
		}
		var what []string
		for _, w := range []struct {
			is   bool
			name string
		}{{r.c.Retried, "retried"}, {r.c.Repeated && !r.c.Retried, "repeated"}, {r.c.Handed, "handed on"}, {r.c.Exits, "exits"}, {r.c.Opaque, "undecided"}} {
			if w.is {
				what = append(what, w.name)
			}
		}
		if len(what) == 0 {
			what = []string{"-"}
		}
		fmt.Fprintf(&s, "%d\t%s\t%s\n", r.c.Class, strings.Join(what, ", "), strings.Join(r.codes, ", "))
	}
	return s.String()
}

// FuncOf names the function that produced the carrier, as a message does.
func (s *Source) FuncOf() string {
	if s.Call == nil {
		return ""
	}
	f := flow.Callee(s.Call.Common())
	if f == nil {
		return ""
	}
	return flow.FuncName(f)
}
