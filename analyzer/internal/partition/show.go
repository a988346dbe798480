package partition

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// Shows reports whether a command prints what the call gave on success, and not on failure:
// its output is its work, so a failure that leaves before it does not pass as success.
func (b *Partition) Shows() bool {
	s := b.Source
	if s.Call == nil || s.Call.Value() == nil || s.Fn.Pkg == nil || s.Fn.Pkg.Pkg.Name() != "main" {
		return false
	}
	for _, blk := range s.Fn.Blocks {
		if !b.succeedsOnlyIn(blk) {
			continue
		}
		for _, instr := range blk.Instrs {
			if c, ok := instr.(*ssa.Call); ok && library.IsOutput(&c.Call) && ir.ComesFrom(&c.Call, s.Call.Value()) {
				return true
			}
		}
	}
	return false
}

func (b *Partition) succeedsOnlyIn(blk *ssa.BasicBlock) bool {
	reached := false
	for _, c := range b.Cases {
		switch {
		case !c.Executable(blk):
		case c.Success:
			reached = true
		default:
			return false
		}
	}
	return reached
}
