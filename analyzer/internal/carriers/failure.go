package carriers

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Failures lists the errors of a function's calls that stand for failures of the API and hold no
// code any more: they were made anew on their way, as with %v.
func (e *Engine) Failures(fn *ssa.Function) []*interp.Source {
	if e.G.Inspected() {
		return nil
	}
	return e.failures.Get(fn, func() []*interp.Source {
		var out []*interp.Source
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if c, ok := instr.(ssa.CallInstruction); ok {
					if s := e.failureOf(fn, c); s != nil {
						out = append(out, s)
					}
				}
			}
		}
		return out
	})
}

// failureOf is the error of a call that has lost the code, or nil.
func (e *Engine) failureOf(fn *ssa.Function, c ssa.CallInstruction) *interp.Source {
	i := ir.ErrorResult(c.Common().Signature())
	if i < 0 || slices.ContainsFunc(e.Sources(fn), func(s *interp.Source) bool { return s.Call == c }) || !e.failsFor(c, i) {
		return nil
	}
	roles := interp.As(interp.Itself, ir.ResultValues(c, i, c.Common().Signature().Results().Len()))
	return &interp.Source{Fn: fn, Space: e.G.BodySpace(), Kind: interp.Err, Instr: c, Call: c, Result: i, Roles: roles, Dropped: len(roles) == 0}
}

// failsFor reports whether result i of a call is surely an error that stands for a failure.
func (e *Engine) failsFor(c ssa.CallInstruction, i int) bool {
	if f := e.G.FuncFact(c.Common()); f != nil {
		r := f.Result(i)
		return r != nil && r.Fails
	}
	fns, complete := e.G.Targets(c.Common())
	return complete && len(fns) > 0 && !slices.ContainsFunc(fns, func(fn *ssa.Function) bool { return !e.LosesFailure(fn, i) })
}

// LosesFailure reports whether a function answers a failure of the API with an error, as result i,
// that does not hold the code.
func (e *Engine) LosesFailure(fn *ssa.Function, i int) bool {
	return e.losing.Get(resultOf{fn, i}, func() bool {
		return slices.ContainsFunc(slices.Concat(e.Sources(fn), e.Failures(fn)), func(s *interp.Source) bool {
			return s.Call != nil && !s.Outer && e.losesFailure(s, i)
		})
	})
}

func (e *Engine) losesFailure(s *interp.Source, i int) bool {
	b := e.Partition(s)
	for _, k := range b.Cases {
		if k.Success || k.Named || k.Code.Retryable() || k.Opaque || k.Escapes {
			continue
		}
		for _, ret := range b.Answers(k) {
			if i >= len(ret.Results) {
				continue
			}
			if v := ret.Results[i]; k.Propagation.Val(v).Kind == interp.NonNil || k.Propagation.NonNilAt(v, ret.Block()) {
				return true
			}
		}
	}
	return false
}

// NoteFailures tells which of its results stand for failures without a code.
func (e *Engine) NoteFailures(fn *ssa.Function, f *fact.Func) {
	i := ir.ErrorResult(fn.Signature)
	if i < 0 || e.G.Inspected() || !e.LosesFailure(fn, i) {
		return
	}
	if r := f.Result(i); r != nil {
		r.Fails = true
	} else {
		f.Results = append(f.Results, fact.Result{Index: i, Fails: true})
	}
}
