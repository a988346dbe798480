package partition

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// Waits reports whether a call sleeps, or waits for a timer or a limiter. A library that waits
// for its connection, before it answers with a code of the API, does not space the requests.
func (e *Engine) Waits(c *ssa.CallCommon) bool {
	f := ir.Callee(c)
	if e.G.Origins.Produces(c) || e.G.Origins.Calls(c) && !strings.HasPrefix(f.Name(), "Wait") {
		return false
	}
	if f != nil && f.Pkg() != nil {
		if library.IsWait(f) {
			return true
		}
		if fact := e.G.FuncFact(c); fact != nil && (fact.Waits || ir.SameModule(f.Pkg().Path(), e.G.Pkg.Path())) {
			return fact.Waits
		}
		if !ir.SameModule(f.Pkg().Path(), e.G.Pkg.Path()) && library.IsRetryPackage(f.Pkg(), e.G.Pkg) {
			return true
		}
	}
	if f == nil && !c.IsInvoke() {
		// A clock that tests replace: func(time.Duration).
		sig := c.Signature()
		if sig.Results().Len() <= 1 && sig.Params().Len() >= 1 && sig.Params().Len() <= 2 &&
			ir.TypePath(sig.Params().At(sig.Params().Len()-1).Type()) == "time.Duration" {
			return true
		}
	}
	if c.IsInvoke() && (c.Method.Name() == "Sleep" || c.Method.Name() == "Wait") {
		return true
	}
	fns, _ := e.G.Targets(c)
	for _, fn := range fns {
		if e.FuncWaits(fn) {
			return true
		}
	}
	return false
}

func (e *Engine) FuncWaits(fn *ssa.Function) bool {
	return e.waits.Get(fn, func() bool {
		for _, b := range fn.Blocks {
			if slices.ContainsFunc(b.Instrs, e.instrWaits) {
				return true
			}
		}
		return false
	})
}

// instrWaits reports whether an instruction waits for time to pass.
func (e *Engine) instrWaits(instr ssa.Instruction) bool {
	switch i := instr.(type) {
	case *ssa.Call:
		return e.Waits(&i.Call)
	case *ssa.Defer:
		return e.Waits(&i.Call)
	case *ssa.UnOp:
		return i.Op == token.ARROW && (ir.TimeChan(i.X.Type()) || ir.EndOfContext(i.X) || e.throttled(i.X))
	case *ssa.Select:
		for _, s := range i.States {
			if i.Blocking && (ir.TimeChan(s.Chan.Type()) || s.Send == nil && e.throttled(s.Chan)) {
				return true
			}
		}
	}
	return false
}
