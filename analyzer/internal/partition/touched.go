package partition

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// places are fields and package variables that code reads.
type places struct {
	fields  map[*types.Var]bool
	globals map[*ssa.Global]bool
	all     bool // it may be any field of what it is given
}

func newPlaces() *places {
	return &places{fields: make(map[*types.Var]bool), globals: make(map[*ssa.Global]bool)}
}

func (p *places) addr(v ssa.Value) {
	switch a := v.(type) {
	case *ssa.Global:
		p.globals[a] = true
	case *ssa.FieldAddr:
		if f := ir.FieldVar(a.X, a.Field); f != nil {
			p.fields[f] = true
		}
	}
}

// reads is what a call reads besides the values that it is given. What a function of another
// package reads of what it is given is not known; the vendor's SDK keeps nothing there that a
// call is about.
func (e *Engine) reads(c ssa.CallInstruction) *places {
	if p := e.read[c]; p != nil {
		return p
	}
	p := newPlaces()
	fns, complete := e.G.Targets(c.Common())
	p.all = (len(fns) == 0 || !complete) && !e.G.IsSDK(ir.Callee(c.Common()))
	e.below(fns, func(instr ssa.Instruction) []*ssa.Function {
		switch i := instr.(type) {
		case *ssa.UnOp:
			p.addr(i.X)
		case *ssa.Field:
			if f := ir.FieldVar(i.X, i.Field); f != nil {
				p.fields[f] = true
			}
		case *ssa.Call:
			if _, builtin := i.Call.Value.(*ssa.Builtin); !builtin {
				fns, _ := e.G.Targets(&i.Call)
				return fns
			}
		}
		return nil
	})
	e.read[c] = p
	return p
}

// A written is a place that a function stores to, or those of this package that it names: a
// package variable, or a field of what it is given or of what a package variable points to.
type written struct {
	field  *types.Var
	param  int // of the function, if field is set and global is not
	global *ssa.Global
}

// grown is what is known of a function's stores when more is known of those that it calls.
func grown(_, found map[written]bool) map[written]bool { return found }

// writes is the summary of what a function stores to.
func (e *Engine) writes(fn *ssa.Function) map[written]bool {
	return e.stored.Get(fn, func() map[written]bool {
		out := make(map[written]bool)
		add := func(field *types.Var, base ssa.Value) {
			switch b := base.(type) {
			case *ssa.Parameter:
				out[written{field: field, param: slices.Index(fn.Params, b)}] = true
			case *ssa.Global:
				out[written{field: field, global: b}] = true
			}
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch i := instr.(type) {
				case *ssa.Store:
					switch a := i.Addr.(type) {
					case *ssa.Global:
						out[written{global: a}] = true
					case *ssa.FieldAddr:
						if f := ir.FieldVar(a.X, a.Field); f != nil {
							add(f, base(a.X))
						}
					}
				case *ssa.Call:
					below := e.G.Local(i.Call.StaticCallee())
					if below == nil {
						continue
					}
					args := ir.Args(&i.Call)
					for w := range e.writes(below) {
						switch {
						case w.global != nil:
							out[w] = true
						case w.param < len(args):
							add(w.field, base(args[w.param]))
						}
					}
				}
			}
		}
		return out
	})
}

// below visits the instructions of functions and of those that they lead to, each once, as deep
// as calls are followed.
func (e *Engine) below(fns []*ssa.Function, visit func(ssa.Instruction) []*ssa.Function) {
	seen := make(map[*ssa.Function]bool)
	for range interp.MaxDepth + 1 {
		var next []*ssa.Function
		for _, fn := range fns {
			if seen[fn] {
				continue
			}
			seen[fn] = true
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					next = append(next, visit(instr)...)
				}
			}
		}
		fns = next
	}
}
