package partition

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// A Retried is how a call is made again.
type Retried struct {
	Here    bool                // in this function, not in a helper that it is handed to
	Call    ssa.CallInstruction // the call that is repeated
	Waits   bool
	Endless bool
	Asks    bool // something that is not known tells which failures to repeat

	to  ssa.CallInstruction // the call that is reached
	way map[*ssa.BasicBlock]bool
	run *interp.Propagation
}

// ByHelper reports whether a helper makes the call again, with the function that makes it.
func (r Retried) ByHelper() bool { return r.run == nil }

// Calls lists the calls on the way back to the one that is repeated, in the order of the blocks.
func (r Retried) Calls() []ssa.CallInstruction {
	var out []ssa.CallInstruction
	if r.run == nil {
		return nil
	}
	for _, b := range r.run.Fn.Blocks {
		if !r.way[b] {
			continue
		}
		for _, i := range b.Instrs {
			if c, ok := i.(ssa.CallInstruction); ok {
				out = append(out, c)
			}
		}
	}
	return out
}

// Retry tells how the source's call is made again for a code.
func (e *Engine) Retry(b *Partition, k *CodeCase) Retried {
	s := b.Source
	out := Retried{Call: s.Call}
	behind := k.Propagation.AfterCall(s.Call)
	if way, ok := e.again(behind, s.Call); ok {
		out.Here = true
		out.Waits = e.wayWaits(way, s.Call)
		out.Asks = undecided(behind, way)
		out.Endless = !canLeave(behind, s.Call.Block()) && !e.givenDeadline(s.Call)
		out.to, out.way, out.run = s.Call, way, behind
		return out
	}
	if c := e.calledAgain(k.Propagation, s.Call); c != nil {
		out.Here = true
		if recursion(k.Propagation, c) {
			out.Endless = !leavesBefore(k.Propagation, s.Call, c) && !e.givenDeadline(s.Call)
		} else {
			out.Call = c
		}
		way := between(k.Propagation, s.Call.Block(), c.Block())
		out.Waits = e.wayWaits(way, s.Call)
		out.Asks = undecided(k.Propagation, way)
		out.to, out.way, out.run = c, way, k.Propagation
		return out
	}
	if e.inRetryHelper(s.Fn) && k.fails() {
		out.Here = e.helperIsLocal(s.Fn)
		out.Asks = e.helperAsks(s.Fn) || ir.ReturnsBool(s.Fn)
		out.Waits = e.helperWaits(s.Fn)
	}
	return out
}

// NextTurn reports whether a call is made again after a pause whatever it answered, as in a job
// on a ticker: the next turn mends what went wrong in this one.
func (e *Engine) NextTurn(b *Partition) bool {
	if b.Source.Call == nil {
		return false
	}
	for _, k := range b.Cases {
		if !k.Repeated {
			return false
		}
		if r := e.Retry(b, k); !r.Here || r.to != b.Source.Call || !r.Waits {
			return false
		}
	}
	return true
}

// undecided reports whether a condition on the way asks something of the carrier that its
// code does not decide. Whether a context has ended tells no failure from another.
func undecided(r *interp.Propagation, way map[*ssa.BasicBlock]bool) bool {
	for b := range way {
		if i, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
			if x := r.Val(i.Cond); x.Kind == interp.Top && x.Interesting() && !asksContext(i.Cond) {
				return true
			}
		}
	}
	return false
}

// asksContext reports whether a condition asks an error whether a context has ended.
func asksContext(cond ssa.Value) bool {
	c, ok := cond.(*ssa.Call)
	if !ok || ir.FullName(&c.Call) != "errors.Is" {
		return false
	}
	g := ir.GlobalRead(c.Call.Args[1])
	return g != nil && g.Pkg.Pkg.Path() == "context"
}

// wayWaits reports whether time passes on the way back to a call, or may: what is not known is
// no haste.
func (e *Engine) wayWaits(way map[*ssa.BasicBlock]bool, call ssa.CallInstruction) bool {
	for b := range way {
		for _, i := range b.Instrs {
			if e.instrWaits(i) || e.mayWait(i, call) {
				return true
			}
		}
	}
	return false
}

// mayWait reports whether an instruction may let time pass, for all that is known: a dynamic
// call that takes a context or tells whether it went well, a receive whose senders are not
// all seen, a read of what somebody writes. A hook that is only told something takes no time.
func (e *Engine) mayWait(instr ssa.Instruction, call ssa.CallInstruction) bool {
	switch i := instr.(type) {
	case *ssa.Call:
		if ssa.CallInstruction(i) == call || library.IsLogging(&i.Call) || i.Call.StaticCallee() != nil {
			return i.Call.StaticCallee() != nil && library.MayBlock(ir.Callee(&i.Call))
		}
		if _, builtin := i.Call.Value.(*ssa.Builtin); builtin || i.Call.IsInvoke() && ir.SameCallee(&i.Call, call.Common()) {
			return false
		}
		if fns, complete := e.G.Targets(&i.Call); complete && len(fns) > 0 {
			return false // they are looked at
		}
		if i.Call.IsInvoke() && (i.Call.Method.Pkg() == nil || ir.Std(i.Call.Method.Pkg().Path())) {
			return false // reads, closes and tells
		}
		return ir.TakesContext(i.Call.Signature()) || ir.ErrorResult(i.Call.Signature()) >= 0
	case *ssa.UnOp:
		return i.Op == token.ARROW && e.unseenSenders(i.X)
	case *ssa.Select:
		return i.Blocking && slices.ContainsFunc(i.States, func(s *ssa.SelectState) bool { return s.Send == nil && !isDone(s.Chan) && e.unseenSenders(s.Chan) })
	}
	return false
}

// isDone reports whether a channel is that of a context's end: who waits for it beside
// something else does not wait for it.
func isDone(ch ssa.Value) bool { return ir.EndOfContext(ch) }

// unseenSenders reports whether somebody may send to a channel who is not seen.
func (e *Engine) unseenSenders(ch ssa.Value) bool {
	places := e.channelPlaces(ch)
	return len(places) == 0 || !slices.ContainsFunc(places, func(p any) bool { return e.rate(p) != unsent })
}

// between lists the blocks on a way from one block to another.
func between(r *interp.Propagation, from, to *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	ahead := r.Reachable(from)
	if !ahead[to] {
		return nil
	}
	return r.Leading(to, func(b, _ *ssa.BasicBlock) bool { return ahead[b] })
}

// canLeave reports whether the function can be left after a call.
func canLeave(r *interp.Propagation, from *ssa.BasicBlock) bool {
	for b := range r.Reachable(from) {
		if r.Ends[b] != nil {
			return true
		}
		switch b.Instrs[len(b.Instrs)-1].(type) {
		case *ssa.Return, *ssa.Panic:
			return true
		}
	}
	return false
}

// leavesBefore reports whether the function can be left behind a call without another one.
func leavesBefore(r *interp.Propagation, from, to ssa.CallInstruction) bool {
	ahead := r.Reach(from.Block(), func(b, _ *ssa.BasicBlock) bool { return b != to.Block() })
	for b := range ahead {
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && b != to.Block() {
			return true
		}
	}
	return false
}

// givenDeadline reports whether a call is given a context that ends by itself.
func (e *Engine) givenDeadline(c ssa.CallInstruction) bool {
	return slices.ContainsFunc(ir.Args(c.Common()), func(a ssa.Value) bool { return e.hasDeadline(a, 0) })
}

// hasDeadline reports whether a value is a context that ends by itself, whoever calls: a call that
// is given it then answers that it has ended.
func (e *Engine) hasDeadline(v ssa.Value, depth int) bool {
	if depth > interp.MaxDepth || ir.TypePath(v.Type()) != "context.Context" {
		return false
	}
	every := func(values []ssa.Value) bool {
		return len(values) > 0 && !slices.ContainsFunc(values, func(v ssa.Value) bool { return !e.hasDeadline(v, depth+1) })
	}
	switch x := v.(type) {
	case *ssa.Extract, *ssa.Call:
		call, _ := ir.AnsweredBy(v)
		sets, parent := library.ContextFrom(call)
		return sets || parent != nil && e.hasDeadline(parent, depth+1)
	case *ssa.Phi:
		return every(x.Edges)
	case *ssa.FreeVar:
		return every(ir.Bindings(x))
	case *ssa.Parameter:
		fn := x.Parent()
		if fn.Parent() != nil || fn.Object() == nil || fn.Object().Exported() {
			return false
		}
		i, given := slices.Index(fn.Params, x), []ssa.Value(nil)
		for _, c := range e.G.Callers(fn) {
			args := ir.Args(c.Common())
			if i >= len(args) {
				return false
			}
			given = append(given, args[i])
		}
		return every(given)
	}
	return false
}

// fails reports whether a closure answers the code with an error, so that a helper that
// calls it again does; one that returns no error hands it on in another way.
func (c *CodeCase) fails() bool {
	res := c.Propagation.Fn.Signature.Results()
	asked := false
	for i := range res.Len() {
		if !ir.IsError(res.At(i).Type()) {
			continue
		}
		asked = true
		for _, ret := range c.Propagation.Returns() {
			if goesOn(c.Propagation, ir.LastStored(ret.Results[i]), 0) {
				return true
			}
		}
	}
	return !asked && c.Escapes
}

// goesOn reports whether a retry helper goes on after an answer: an error that the helper's
// package did not make to tell it to stop.
func goesOn(r *interp.Propagation, v ssa.Value, depth int) bool {
	if r.Val(v).Kind == interp.Nil {
		return false
	}
	switch x := ir.UnderInterface(v).(type) {
	case *ssa.Phi:
		for k, e := range x.Edges {
			if r.Edges[[2]int{x.Block().Preds[k].Index, x.Block().Index}] && depth < interp.MaxDepth && goesOn(r, e, depth+1) {
				return true
			}
		}
		return false
	case *ssa.Call:
		return !library.TellsToStop(&x.Call, r.Engine.G.Pkg)
	}
	return true
}
