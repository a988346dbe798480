package interp

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// IsQuiet reports whether a call has no effect that outlives the caller.
func (e *Engine) IsQuiet(c *ssa.CallCommon) bool {
	f := ir.Callee(c)
	if f == nil {
		if fns, complete := e.G.Targets(c); complete {
			for _, fn := range fns {
				if !e.FuncQuiet(fn) {
					return false
				}
			}
			return true
		}
		return false
	}
	if ir.DescribesReceiver(c) || e.tellsOfClient(c) || f.Name() == "Close" && c.Signature().Params().Len() == 0 {
		return true
	}
	if f.Pkg() == nil {
		return true
	}
	if ir.Std(f.Pkg().Path()) {
		return library.QuietStd(f)
	}
	if fact := e.G.FuncFact(c); fact != nil {
		return fact.Quiet
	}
	if fn := e.G.Local(c.StaticCallee()); fn != nil {
		return e.FuncQuiet(fn)
	}
	if fns, complete := e.G.Targets(c); complete {
		for _, fn := range fns {
			if !e.FuncQuiet(fn) {
				return false
			}
		}
		return true
	}
	return false
}

// FuncQuiet reports whether nothing that a function of this package does outlives it.
func (e *Engine) FuncQuiet(fn *ssa.Function) bool {
	if v, ok := e.quiet[fn]; ok {
		return v
	}
	e.quiet[fn] = true // a cycle adds nothing
	v := e.findQuiet(fn)
	e.quiet[fn] = v
	return v
}

func (e *Engine) findQuiet(fn *ssa.Function) bool {
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
				if !library.IsLogging(c) && !e.IsQuiet(c) || library.Stops(ir.Callee(c)) {
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
func (e *Engine) Quiet(fn *ssa.Function) bool { return e.FuncQuiet(fn) }
