package callees

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// IsQuiet reports whether a call has no effect that outlives the caller.
func (s *Callees) IsQuiet(c *ssa.CallCommon) bool {
	f := ir.Callee(c)
	if f == nil {
		if fns, complete := s.G.Targets(c); complete {
			for _, fn := range fns {
				if !s.FuncQuiet(fn) {
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
		return library.QuietStd(f)
	}
	if fact := s.G.FuncFact(c); fact != nil {
		return fact.Quiet
	}
	if fn := s.G.Local(c.StaticCallee()); fn != nil {
		return s.FuncQuiet(fn)
	}
	if fns, complete := s.G.Targets(c); complete {
		for _, fn := range fns {
			if !s.FuncQuiet(fn) {
				return false
			}
		}
		return true
	}
	return false
}

// FuncQuiet reports whether nothing that a function of this package does outlives it.
func (s *Callees) FuncQuiet(fn *ssa.Function) bool {
	if v, ok := s.quiet[fn]; ok {
		return v
	}
	s.quiet[fn] = true // a cycle adds nothing
	v := s.findQuiet(fn)
	s.quiet[fn] = v
	return v
}

func (s *Callees) findQuiet(fn *ssa.Function) bool {
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
				if !library.IsLogging(c) && !s.IsQuiet(c) || library.Stops(ir.Callee(c)) {
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

// Quiet reports whether nothing that a function does outlives it, besides logging.
func (s *Callees) Quiet(fn *ssa.Function) bool { return s.FuncQuiet(fn) }
