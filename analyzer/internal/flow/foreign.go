package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// inEnvelope is the label of the code field v of x, unless x is no answer of the API.
func (g *Graph) inEnvelope(x ssa.Value, v *types.Var, space int) label {
	if g.foreignEnvelope(x, v) {
		return label{other: true}
	}
	if !g.declared[v.Origin()] && g.ForeignAnswer(x) {
		return label{other: g.asked} // before, it may still show that it is the API's
	}
	return label{spaces: 1 << space}
}

// ForeignAnswer reports whether a value is, or is a part of, what was decoded from the answer of
// another API. A type of which a directive says that it has the code is the API's everywhere.
func (g *Graph) ForeignAnswer(v ssa.Value) bool {
	l := g.get(ir.Root(v))
	return l.foreign() && !g.declares(ir.Pointee(v.Type()))
}

// ForeignResult reports whether result i of a call is, or was taken from, the answer of another API.
func (g *Graph) ForeignResult(c ssa.CallInstruction, i int) bool {
	v, ok := c.(*ssa.Call)
	if !ok {
		return false
	}
	l := g.peek(v)
	if ir.ResultCount(&v.Call) > 1 {
		l = g.peek(element{v, i})
	}
	return l.foreign() && !g.declares(ir.ResultType(&v.Call, i))
}

// declares reports whether a directive says which field of a type has the code.
func (g *Graph) declares(t types.Type) bool {
	f, _, ok := g.CarrierField(t)
	if !ok || f == nil {
		return ok // a type of the API's libraries
	}
	_, origin := g.Origins.Field(f)
	return origin || g.declared[f.Origin()]
}

// foreignEnvelope reports whether the code field v of a struct that another package declares is read
// from a value of a package that has nothing to do with the API, whose answers may have the
// same envelope: its type is declared there, or a function returned it that tells nothing.
func (g *Graph) foreignEnvelope(x ssa.Value, v *types.Var) bool {
	if v.Pkg() == nil || v.Pkg() == g.Pkg || g.declared[v.Origin()] || g.sdk(v.Pkg().Path()) {
		return false
	}
	for range 12 {
		if n := ir.NamedOf(ir.BaseType(x.Type())); n != nil && n.Obj().Pkg() != v.Pkg() && g.isStranger(n.Obj().Pkg()) {
			return true
		}
		switch i := x.(type) {
		case *ssa.FieldAddr:
			x = i.X
		case *ssa.Field:
			x = i.X
		case *ssa.UnOp:
			x = i.X
		case *ssa.Alloc:
			if x = ir.OnlyStored(i); x == nil {
				return false
			}
		case *ssa.Extract:
			c, ok := i.Tuple.(*ssa.Call)
			return ok && g.tellsNothing(c, i.Index)
		case *ssa.Call:
			return g.tellsNothing(i, 0)
		default:
			return false
		}
	}
	return false
}

// isStranger reports whether no code is known to pass through a package.
func (g *Graph) isStranger(p *types.Package) bool {
	if p == nil || p == g.Pkg || ir.Std(p.Path()) || g.sdk(p.Path()) {
		return false
	}
	f := g.Facts(p)
	return f == nil || !f.Codes
}

// tellsNothing reports whether nothing is known of what a function of such a package returns.
func (g *Graph) tellsNothing(c *ssa.Call, result int) bool {
	f := ir.Callee(&c.Call)
	return f != nil && !c.Call.IsInvoke() && g.isStranger(f.Pkg()) && g.FuncFact(&c.Call).Result(result) == nil
}
