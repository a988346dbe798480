package partition

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// throttled reports whether what comes from a channel comes at a pace, as the tokens of a bucket
// do: whoever sends to it waits before.
func (e *Engine) throttled(ch ssa.Value) bool {
	sent := false
	for _, place := range e.channelPlaces(ch) {
		switch e.rate(place) {
		case hurried:
			return false
		case slow:
			sent = true
		}
	}
	return sent
}

// A sendRate is how what is sent to a channel comes.
type sendRate int

const (
	unsent  sendRate = iota // nobody is seen to send
	hurried                 // somebody sends who does not wait, as is assumed while it is asked
	slow                    // whoever sends waits
)

// settled is what is assumed of a place once something is found: that senders wait stays so.
func settled(assumed, found sendRate) sendRate {
	if assumed == slow {
		return slow
	}
	return found
}

func (e *Engine) rate(place any) sendRate {
	return e.rates.Get(place, func() sendRate { return e.findRate(place) })
}

func (e *Engine) findRate(place any) sendRate {
	p := unsent
	for _, fn := range e.G.Funcs {
		if !e.sendsTo(fn, place) {
			continue
		}
		if !e.FuncWaits(fn) {
			p = hurried
			break
		}
		p = slow
	}
	return p
}

// channelPlaces lists where a channel is kept: fields, package variables, or what made it. It
// is nil where that cannot be told.
func (e *Engine) channelPlaces(ch ssa.Value) []any {
	var places []any
	seen := make(map[ssa.Value]bool)
	var visit func(ssa.Value) bool
	all := func(list []ssa.Value) bool {
		return len(list) > 0 && !slices.ContainsFunc(list, func(v ssa.Value) bool { return !visit(v) })
	}
	visit = func(v ssa.Value) bool {
		if seen[v] {
			return true
		}
		seen[v] = true
		switch v := v.(type) {
		case *ssa.Global:
			places = append(places, v)
			return true
		case *ssa.MakeChan:
			places = append(append(places, v), ir.Keepers(v)...)
			return true
		case *ssa.FieldAddr:
			places = append(places, ir.FieldVar(v.X, v.Field))
			return true
		case *ssa.Field:
			places = append(places, ir.FieldVar(v.X, v.Field))
			return true
		case *ssa.ChangeType:
			return visit(v.X)
		case *ssa.UnOp:
			return v.Op == token.MUL && visit(v.X)
		case *ssa.Alloc:
			return all(e.AssignedTo(v))
		case *ssa.FreeVar:
			return all(ir.Bindings(v))
		case *ssa.Parameter:
			return all(e.argumentsFor(v))
		}
		return false
	}
	if !visit(ch) {
		return nil
	}
	return places
}

// argumentsFor lists what the callers of an unexported function give for a parameter.
func (e *Engine) argumentsFor(p *ssa.Parameter) []ssa.Value {
	fn := p.Parent()
	if obj, ok := fn.Object().(*types.Func); ok && obj.Exported() {
		return nil
	}
	i := slices.Index(fn.Params, p)
	var out []ssa.Value
	for _, c := range e.G.Callers(fn) {
		args := ir.Args(c.Common())
		if i >= len(args) {
			return nil
		}
		out = append(out, args[i])
	}
	return out
}

func (e *Engine) sendsTo(fn *ssa.Function, place any) bool {
	to := func(ch ssa.Value) bool { return slices.Contains(e.channelPlaces(ch), place) }
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.Send:
				if to(i.Chan) {
					return true
				}
			case *ssa.Select:
				for _, s := range i.States {
					if s.Send != nil && to(s.Chan) {
						return true
					}
				}
			}
		}
	}
	return false
}
