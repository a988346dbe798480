package callees

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// NeverReturns reports whether a call ends the process, the goroutine or the test.
func (s *Callees) NeverReturns(c *ssa.CallCommon) bool {
	if library.Stops(ir.Callee(c)) {
		return true
	}
	if f := s.G.FuncFact(c); f != nil {
		return f.Exits
	}
	if fn := s.G.Local(c.StaticCallee()); fn != nil {
		return s.ExitsAlways(fn)
	}
	return false
}

// ExitsAlways reports whether no return of fn can be reached.
func (s *Callees) ExitsAlways(fn *ssa.Function) bool {
	return s.exiting.Get(fn, func() bool { return s.findExits(fn) })
}

func (s *Callees) findExits(fn *ssa.Function) bool {
	seen := make([]bool, len(fn.Blocks))
	var reach func(b *ssa.BasicBlock) bool
	reach = func(b *ssa.BasicBlock) bool {
		if seen[b.Index] {
			return false
		}
		seen[b.Index] = true
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.Call:
				if s.NeverReturns(&i.Call) {
					return false
				}
			case *ssa.Return:
				return true
			}
		}
		for _, s := range b.Succs {
			if reach(s) {
				return true
			}
		}
		return false
	}
	return len(fn.Blocks) > 0 && !reach(fn.Blocks[0]) && hasExit(s, fn)
}

// hasExit tells a function that ends the process from one that loops for ever.
func hasExit(s *Callees, fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.Panic:
				return true
			case *ssa.Call:
				if s.NeverReturns(&i.Call) {
					return true
				}
			}
		}
	}
	return false
}
