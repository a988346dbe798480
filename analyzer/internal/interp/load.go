package interp

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/memory"
)

// load is what lies behind an address, where at reads it.
func (r *Propagation) load(addr ssa.Value, at ssa.Instruction) Value {
	switch a := addr.(type) {
	case *ssa.Alloc:
		return r.contentOf(a, nil, at)
	case *ssa.FieldAddr:
		if root, ok := a.X.(*ssa.Alloc); ok {
			return r.contentOf(root, a, at)
		}
		return r.field(r.base(a.X, at), a.X, a.Field)
	case *ssa.IndexAddr:
		if b, ok := r.bound(a); ok {
			return b // a source of its own, as what a loop ranges over
		}
		return r.element(a.X)
	case *ssa.Global:
		if _, code, ok := r.Engine.G.Origins.Variable(a.Object()); ok {
			return constVal(code.Constant())
		}
		return topValue
	case *ssa.FreeVar:
		if u, ok := at.(*ssa.UnOp); ok {
			if v := ir.LastStored(u); v != ssa.Value(u) {
				return r.Val(v)
			}
		}
	}
	v := r.Val(addr)
	if v.Holds() || v.Beside || v.ByCode {
		return v
	}
	return topValue
}

// base is the struct that an address of a field is taken in.
func (r *Propagation) base(x ssa.Value, at ssa.Instruction) Value {
	switch a := x.(type) {
	case *ssa.FieldAddr:
		return r.load(a, at)
	case *ssa.Alloc:
		return r.contentOf(a, nil, at)
	}
	return r.Val(x)
}

// contentOf is the content of a local variable, or of one of its fields: the stores and the
// calls that fill it, as far as they reach the reader and can be executed.
func (r *Propagation) contentOf(a *ssa.Alloc, field *ssa.FieldAddr, at ssa.Instruction) Value {
	part := func(v Value) Value {
		if field != nil {
			return r.field(v, a, field.Field)
		}
		return v
	}
	if b, ok := r.bound(a); ok {
		return part(b)
	}
	var out Value
	stored := false
	asked := slices.ContainsFunc(r.Engine.Stores(a), func(s memory.Store) bool { return s.Val != nil && r.isNumber(s.Val) })
	for _, s := range r.Engine.Reaching(a, at) {
		if s.Block >= 0 && !r.happens(s.Block) {
			continue
		}
		var x Value
		switch {
		case s.Call != nil:
			c, ok := r.contents(s.Call)
			switch {
			case ok:
				x = part(c)
			case s.Runs:
				x = topValue
			default:
				continue
			}
		case s.Zero:
			if field != nil || ir.StructLike(a) {
				continue
			}
			x = zeroOf(ir.Pointee(a.Type()))
		case s.Outside:
			x = topValue
		case s.Index || s.Field >= 0 && field == nil:
			x = r.Val(s.Val)
			if field != nil || !x.Holds() && !x.Code() {
				continue
			}
			x = Value{Kind: Carrier, Wrapped: x.Holds()}
		case s.Field < 0:
			x = part(r.secondAnswer(s.Val, asked))
		case s.Field == field.Field:
			x = r.Val(s.Val)
		default:
			continue
		}
		out, stored = Join(out, x), true
	}
	if !stored {
		return topValue
	}
	return out
}

// field is a field of a struct or of what a pointer points to.
func (r *Propagation) field(base Value, x ssa.Value, index int) Value {
	f := ir.FieldVar(x, index)
	if f == nil || !base.Holds() {
		if base.Beside {
			return Value{Kind: Top, Beside: true}
		}
		return topValue
	}
	if s, ok := r.Engine.G.FieldSpace(f); ok {
		if s == r.space {
			return r.codeOf(base)
		}
		return r.otherCode(s, base)
	}
	path := ir.TypePath(x.Type())
	if r.Engine.G.IsStatus(path, f.Name()) {
		if r.Engine.G.Catalog.Spaces[r.space].Name == r.Engine.G.Catalog.Origins.StatusSpace {
			return r.codeOf(base)
		}
		return Value{Kind: Top, Beside: true}
	}
	if ir.IsErrorLike(x.Type()) && r.Engine.G.FieldBits(f)&fact.Carriers == 0 && !r.Engine.G.SDKType(x.Type()) && ir.IsBasicType(f.Type()) {
		// What else an error of one's own says may have been chosen by the code.
		return Value{Kind: Top, ByCode: true, Beside: true}
	}
	if r.Engine.G.MayHold(f.Type()) && !base.Beside {
		return Value{Kind: base.Kind, Wrapped: base.Wrapped && !ir.IsErrorLike(f.Type())}
	}
	return Value{Kind: Top, Beside: true}
}

// codeOf is the code taken from a carrier.
func (r *Propagation) codeOf(base Value) Value {
	if base.Kind == Maybe {
		return Value{Kind: Top}
	}
	return codeVal(r.Code)
}

// otherCode is the code of another space that is taken from a carrier: that of which a mask makes the
// bound one, or another.
func (r *Propagation) otherCode(space int, base Value) Value {
	all := r.Engine.G.Catalog.Spaces
	return Value{Kind: Top, Beside: true, Unmasked: base.Kind == Carrier && all[r.space].Derived.From == all[space].Name}
}

// element is an element of an array, slice or string.
func (r *Propagation) element(x ssa.Value) Value {
	if s, ok := x.(*ssa.Slice); ok {
		x = s.X
	}
	v := r.Val(x)
	if v.Holds() {
		return v
	}
	if l := v.List; l != nil {
		return Value{Kind: Top, List: l, Element: true}
	}
	if l := r.Engine.LiteralOf(x); l != nil {
		return Value{Kind: Top, List: l, Element: true}
	}
	return topValue
}
