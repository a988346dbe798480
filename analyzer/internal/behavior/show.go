package behavior

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// Shows reports whether a command prints what the call gave on success, and not on failure:
// its output is its work, so a failure that leaves before it does not pass as success.
func (b *Behaviour) Shows() bool {
	s := b.Source
	if s.Call == nil || s.Call.Value() == nil || s.Fn.Pkg == nil || s.Fn.Pkg.Pkg.Name() != "main" {
		return false
	}
	for _, blk := range s.Fn.Blocks {
		if !b.succeedsOnlyIn(blk) {
			continue
		}
		for _, instr := range blk.Instrs {
			if c, ok := instr.(*ssa.Call); ok && isOutput(&c.Call) && comesFrom(&c.Call, s.Call.Value()) {
				return true
			}
		}
	}
	return false
}

func (b *Behaviour) succeedsOnlyIn(blk *ssa.BasicBlock) bool {
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

// isOutput reports whether a call prints for the one who runs the command.
func isOutput(c *ssa.CallCommon) bool {
	f := flow.Callee(c)
	if f == nil || f.Pkg() == nil || f.Pkg().Path() != "fmt" {
		return false
	}
	return strings.HasPrefix(f.Name(), "Print") || strings.HasPrefix(f.Name(), "Fprint") && isStdStream(c.Args[0])
}

// comesFrom reports whether an argument of a call is made of what another call gave.
func comesFrom(c *ssa.CallCommon, call ssa.Value) bool {
	seen := make(map[ssa.Value]bool)
	var made func(v ssa.Value) bool
	made = func(v ssa.Value) bool {
		if v == nil || seen[v] || len(seen) > maxFollowed {
			return false
		}
		seen[v] = true
		if v == call {
			return true
		}
		if refs := v.Referrers(); refs != nil {
			for _, ref := range *refs {
				switch ref := ref.(type) {
				case *ssa.Store:
					if ref.Addr == v && made(ref.Val) {
						return true
					}
				case *ssa.IndexAddr:
					if ref.X == v && made(ref) {
						return true
					}
				}
			}
		}
		if instr, ok := v.(ssa.Instruction); ok {
			for _, op := range instr.Operands(nil) {
				if made(*op) {
					return true
				}
			}
		}
		return false
	}
	for _, arg := range c.Args {
		if made(arg) {
			return true
		}
	}
	return false
}
