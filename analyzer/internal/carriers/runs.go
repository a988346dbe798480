package carriers

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// NoteRuns tells which of its parameters a function runs, so that their errors are its own.
func (e *Engine) NoteRuns(fn *ssa.Function, f *fact.Func) {
	path := e.G.Pkg.Path()
	if ir.Std(path) || slices.ContainsFunc(strings.Split(path, "/"), library.IsRetryElement) {
		return
	}
	for i := range fn.Signature.Results().Len() {
		if !ir.IsError(fn.Signature.Results().At(i).Type()) {
			continue
		}
		var runs uint64
		for k := range min(len(fn.Params), 64) {
			if e.runsParam(fn, k, i, 0) {
				runs |= 1 << k
			}
		}
		if runs == 0 {
			continue
		}
		if r := f.Result(i); r != nil {
			r.Runs = runs
		} else {
			f.Results = append(f.Results, fact.Result{Index: i, Runs: runs})
		}
	}
}

// runsParam reports whether a function runs its parameter k once, asks of its error only
// whether there is one, and then hands it on as result i, as it is or wrapped, on every way.
func (e *Engine) runsParam(fn *ssa.Function, k, i, depth int) bool {
	p := fn.Params[k]
	sig, ok := p.Type().Underlying().(*types.Signature)
	if !ok || ir.ErrorResult(sig) < 0 || depth > interp.MaxDepth {
		return false
	}
	var site *ssa.Call
	at := -1
	for _, ref := range *p.Referrers() {
		switch x := ref.(type) {
		case *ssa.DebugRef:
			continue
		case *ssa.BinOp:
			if ir.IsNilTest(x) {
				continue
			}
		case *ssa.Call:
			if site == nil {
				site, at = x, e.errorOfRun(x, p, sig, depth)
				continue
			}
		}
		return false
	}
	return at >= 0 && !ir.InLoop(site.Block()) && e.handsEach(fn, site, at, i)
}

// errorOfRun is the result of a call that is the error of a function: the call of it, or of a
// helper that runs it. It is -1 if there is none.
func (e *Engine) errorOfRun(c *ssa.Call, p *ssa.Parameter, sig *types.Signature, depth int) int {
	if c.Call.Value == ssa.Value(p) {
		if slices.Contains(c.Call.Args, ssa.Value(p)) {
			return -1
		}
		return ir.ErrorResult(sig)
	}
	args := ir.Args(&c.Call)
	k := slices.Index(args, ssa.Value(p))
	at := ir.ErrorResult(c.Call.Signature())
	if k < 0 || k >= 64 || at < 0 || slices.Contains(args[k+1:], ssa.Value(p)) {
		return -1
	}
	if f := e.G.FuncFact(&c.Call); f != nil {
		if r := f.Result(at); r != nil && r.Runs&(1<<k) != 0 {
			return at
		}
		return -1
	}
	if fns, complete := e.G.Targets(&c.Call); complete && len(fns) == 1 && k < len(fns[0].Params) && e.runsParam(fns[0], k, at, depth+1) {
		return at
	}
	return -1
}

// handsEach reports whether result i of fn holds the error of a call on every way on which
// the call failed, with no question about the error but whether there is one.
func (e *Engine) handsEach(fn *ssa.Function, c *ssa.Call, at, i int) bool {
	n := c.Call.Signature().Results().Len()
	s := &interp.Source{Fn: fn, Kind: interp.Err, Instr: c, Call: c, Result: at, Roles: interp.As(interp.Itself, ir.ResultValues(c, at, n))}
	if len(s.Roles.In(interp.Itself)) == 0 {
		return false
	}
	r := e.PropagateAny(s, false)
	if partition.InspectsCarrier(r) || r.Observed.All || r.Observed.Opaque || len(r.Observed.Named) > 0 {
		return false
	}
	found := false
	for b := range r.Reachable(c.Block()) {
		if cond := r.IfAt(b); cond != nil && r.Val(cond.Cond).Interesting() {
			if op, ok := cond.Cond.(*ssa.BinOp); !ok || !ir.IsNilTest(op) {
				return false
			}
		}
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || r.Ends[b] != nil {
			continue
		}
		found = true
		if r.Val(ret.Results[i]).Kind != interp.Carrier || ir.ChangedByClosure(ret.Results[i]) {
			return false
		}
	}
	return found
}

// AnswersForGiven reports whether a result of a call is the error of a function that the helper of
// another package is given.
func (e *Engine) AnswersForGiven(c ssa.CallInstruction) bool {
	for i := range c.Common().Signature().Results().Len() {
		if e.G.Given(c.Common(), i) != nil {
			return true
		}
	}
	return false
}

// givenCanReturnCarrier reports whether a function that a helper is given returns an error with a code
// that it got itself, and leaves what to do about it to who called the helper.
func (e *Engine) givenCanReturnCarrier(given []flow.Given) bool {
	keeps := false
	for _, f := range given {
		if e.tellsElsewhere(f.Fn) {
			return false
		}
		keeps = e.own.Get(resultOf{f.Fn, f.Result}, func() bool {
			hands, _ := e.handsOwn(f.Fn, f.Result)
			return hands
		}) || keeps
	}
	return keeps
}

// tellsElsewhere reports whether a function puts an error, or what its code decides, where
// others see it, or does something only where a call of the API has failed.
func (e *Engine) tellsElsewhere(fn *ssa.Function) bool {
	return e.telling.Get(fn, func() bool { return e.findTelling(fn) })
}

func (e *Engine) findTelling(fn *ssa.Function) bool {
	outer := ir.OuterStores(fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if send, ok := instr.(*ssa.Send); ok && ir.IsErrorLike(send.X.Type()) {
				return true
			}
		}
	}
	for _, st := range outer {
		if ir.IsErrorLike(st.Val.Type()) {
			return true
		}
	}
	for _, s := range e.Sources(fn) {
		b := e.Partition(s)
		if len(outer) > 0 && b.NamesFailure() {
			return true
		}
		if other := b.Other(); other != nil && len(b.OnlyHere(other)) > 0 {
			return true
		}
		for _, c := range b.Cases {
			for _, st := range outer {
				if s.Roles[st.Val] != interp.AlsoHolds && c.Propagation.Val(st.Val).ByCode {
					return true
				}
			}
		}
	}
	return false
}

// GivenTells reports whether the functions that a helper is given tell what became of them by
// something else than the error that is result i of its call.
func (e *Engine) GivenTells(c ssa.CallInstruction, i int) bool {
	return slices.ContainsFunc(e.G.Given(c.Common(), i), func(f flow.Given) bool { return len(ir.OuterStores(f.Fn)) > 0 })
}
