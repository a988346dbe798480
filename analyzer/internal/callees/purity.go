package callees

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// IsPure reports whether a call has no effect that outlives the caller.
func (s *Callees) IsPure(c *ssa.CallCommon) bool {
	f := ir.Callee(c)
	if f == nil {
		return s.targetsPure(c)
	}
	if ir.DescribesReceiver(c) || s.G.TellsOfClient(c) || f.Name() == "Close" && c.Signature().Params().Len() == 0 {
		return true
	}
	if f.Pkg() == nil || s.G.Tells(f) {
		return true
	}
	if ir.Std(f.Pkg().Path()) {
		return library.PureStd(f)
	}
	if fact := s.G.FuncFact(c); fact != nil {
		return fact.Pure
	}
	if fn := s.G.Local(c.StaticCallee()); fn != nil {
		return s.FuncPure(fn)
	}
	return s.targetsPure(c)
}

// targetsPure reports whether all that a call can run is known, and pure.
func (s *Callees) targetsPure(c *ssa.CallCommon) bool {
	fns, complete := s.G.Targets(c)
	return complete && !slices.ContainsFunc(fns, func(fn *ssa.Function) bool { return !s.FuncPure(fn) })
}

// FuncPure reports whether nothing that a function of this package does outlives it, besides
// logging.
func (s *Callees) FuncPure(fn *ssa.Function) bool {
	return s.pure.Get(fn, func() bool { return s.findPure(fn) })
}

func (s *Callees) findPure(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.Store:
				if !ir.IsLocal(i.Addr) {
					return false
				}
			case *ssa.MapUpdate:
				if _, ok := i.Map.(*ssa.MakeMap); !ok {
					return false
				}
			case *ssa.Send, *ssa.Go, *ssa.Panic, *ssa.Select:
				return false
			case ssa.CallInstruction:
				c := i.Common()
				if b, ok := c.Value.(*ssa.Builtin); ok {
					if library.BuiltinActs(b.Name()) {
						return false
					}
					continue
				}
				if !library.IsLogging(c) && !s.IsPure(c) || library.Stops(ir.Callee(c)) {
					return false
				}
			case *ssa.UnOp:
				if i.Op == token.ARROW {
					return false
				}
			}
		}
	}
	return true
}
