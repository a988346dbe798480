package partition

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// Remedied reports whether every way on which a call is made again leads through something
// that other ways do not do: a missing user is registered, a token is fetched. The call is
// then another, whatever its arguments are.
func (e *Engine) Remedied(s *interp.Source, again Retried, others []Retried) bool {
	if again.run == nil {
		return false
	}
	mends := make(map[*ssa.BasicBlock]bool)
	for b := range again.way {
		shared := false
		for _, o := range others {
			shared = shared || o.way[b]
		}
		home := b == s.Call.Block()
		for _, i := range b.Instrs {
			switch {
			case i == ssa.Instruction(s.Call):
				home = false
			case i == ssa.Instruction(again.to):
				home = true // and what follows is no longer between
			case !home && !shared && e.remedies(i, s.Call.Common()):
				mends[b] = true
			}
		}
	}
	from, to := s.Call.Block(), again.to.Block()
	if mends[from] || mends[to] {
		return true
	}
	spared := false
	again.run.Reach(from, func(_, next *ssa.BasicBlock) bool {
		goes := !spared && again.way[next] && !mends[next]
		spared = spared || goes && next == to
		return goes
	})
	return !spared
}

// remedies reports whether an instruction changes what a call may meet: a call of another
// function that does more than log and wait, or a store that outlives the function.
func (e *Engine) remedies(i ssa.Instruction, call *ssa.CallCommon) bool {
	switch i := i.(type) {
	case *ssa.Store:
		return !ir.IsLocal(i.Addr)
	case *ssa.Call:
		f := ir.Callee(&i.Call)
		if f == nil || f.Pkg() == nil || f == ir.Callee(call) || ir.Std(f.Pkg().Path()) {
			return false
		}
		return !library.IsLogging(&i.Call) && !e.IsPure(&i.Call) && !e.Waits(&i.Call)
	}
	return false
}
