package callees

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// IsPure reports whether a call has no effect that outlives the caller.
func (s *Callees) IsPure(c *ssa.CallCommon) bool {
	f := ir.Callee(c)
	if f == nil {
		if fns, complete := s.G.Targets(c); complete {
			for _, fn := range fns {
				if !s.FuncPure(fn) {
					return false
				}
			}
			return true
		}
		return false
	}
	if ir.DescribesReceiver(c) || s.G.TellsOfClient(c) || f.Name() == "Close" && c.Signature().Params().Len() == 0 {
		return true
	}
	if f.Pkg() == nil {
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
	if fns, complete := s.G.Targets(c); complete {
		for _, fn := range fns {
			if !s.FuncPure(fn) {
				return false
			}
		}
		return true
	}
	return false
}

// FuncPure reports whether nothing that a function of this package does outlives it.
func (s *Callees) FuncPure(fn *ssa.Function) bool {
	if v, ok := s.pure[fn]; ok {
		return v
	}
	s.pure[fn] = true // a cycle adds nothing
	v := s.findPure(fn)
	s.pure[fn] = v
	return v
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
					if b.Name() == "close" || b.Name() == "delete" || b.Name() == "panic" {
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

// Pure reports whether nothing that a function does outlives it, besides logging.
func (s *Callees) Pure(fn *ssa.Function) bool { return s.FuncPure(fn) }
