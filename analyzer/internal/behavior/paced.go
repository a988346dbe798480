package behavior

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// paced reports whether what comes from a channel comes at a pace, as the tokens of a bucket
// do: whoever sends to it waits before.
func (e *Engine) paced(ch ssa.Value) bool {
	v := channelField(ch)
	if v == nil {
		return false
	}
	if yes, ok := e.pacedBy[v]; ok {
		return yes
	}
	e.pacedBy[v] = false // while it is asked
	sent := false
	for _, fn := range e.G.Funcs {
		if !sendsTo(fn, v) {
			continue
		}
		if sent = e.funcWaits(fn); !sent {
			break
		}
	}
	e.pacedBy[v] = sent
	return sent
}

// channelField is the field that a channel is read from, or nil.
func channelField(ch ssa.Value) *types.Var {
	u, ok := ch.(*ssa.UnOp)
	if !ok || u.Op != token.MUL {
		return nil
	}
	a, ok := u.X.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	return flow.FieldVar(a.X, a.Field)
}

func sendsTo(fn *ssa.Function, field *types.Var) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.Send:
				if channelField(i.Chan) == field {
					return true
				}
			case *ssa.Select:
				for _, s := range i.States {
					if s.Send != nil && channelField(s.Chan) == field {
						return true
					}
				}
			}
		}
	}
	return false
}
