package behavior

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// paced reports whether what comes from a channel comes at a pace, as the tokens of a bucket
// do: whoever sends to it waits before.
func (e *Engine) paced(ch ssa.Value) bool {
	sent := false
	for _, place := range e.channelPlaces(ch) {
		switch e.pace(place) {
		case hurried:
			return false
		case slow:
			sent = true
		}
	}
	return sent
}

// A pace is how what is sent to a channel comes.
type pace int

const (
	unsent  pace = iota // nobody is seen to send
	hurried             // somebody sends who does not wait
	slow                // whoever sends waits
)

func (e *Engine) pace(place any) pace {
	if p, ok := e.pacedBy[place]; ok {
		return p
	}
	e.pacedBy[place] = hurried // while it is asked
	p := unsent
	for _, fn := range e.G.Funcs {
		if !e.sendsTo(fn, place) {
			continue
		}
		if !e.funcWaits(fn) {
			p = hurried
			break
		}
		p = slow
	}
	e.pacedBy[place] = p
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
			places = append(append(places, v), keepers(v)...)
			return true
		case *ssa.FieldAddr:
			places = append(places, flow.FieldVar(v.X, v.Field))
			return true
		case *ssa.Field:
			places = append(places, flow.FieldVar(v.X, v.Field))
			return true
		case *ssa.ChangeType:
			return visit(v.X)
		case *ssa.UnOp:
			return v.Op == token.MUL && visit(v.X)
		case *ssa.Alloc:
			return all(e.assignedTo(v))
		case *ssa.FreeVar:
			return all(bindings(v))
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

// keepers lists the fields and package variables that a new channel is stored in.
func keepers(v *ssa.MakeChan) []any {
	var out []any
	for _, ref := range *v.Referrers() {
		s, ok := ref.(*ssa.Store)
		if !ok {
			continue
		}
		switch addr := s.Addr.(type) {
		case *ssa.Global:
			out = append(out, addr)
		case *ssa.FieldAddr:
			out = append(out, flow.FieldVar(addr.X, addr.Field))
		}
	}
	return out
}

// assignedTo lists the values that a variable is assigned where it is declared.
func (e *Engine) assignedTo(a *ssa.Alloc) []ssa.Value {
	var out []ssa.Value
	for _, s := range e.stores(a) {
		if s.val != nil {
			out = append(out, s.val)
		}
	}
	return out
}

// bindings lists what a closure's variable is bound to.
func bindings(v *ssa.FreeVar) []ssa.Value {
	fn := v.Parent()
	i := slices.Index(fn.FreeVars, v)
	var out []ssa.Value
	for _, m := range closuresOf(fn) {
		out = append(out, m.Bindings[i])
	}
	return out
}

// closuresOf lists where a function literal is made a value.
func closuresOf(fn *ssa.Function) []*ssa.MakeClosure {
	if fn.Parent() == nil {
		return nil
	}
	var out []*ssa.MakeClosure
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if m, ok := instr.(*ssa.MakeClosure); ok && m.Fn == ssa.Value(fn) {
				out = append(out, m)
			}
		}
	}
	return out
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
		args := flow.Args(c.Common())
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
