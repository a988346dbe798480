package behavior

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// load is what lies behind an address, where at reads it.
func (r *run) load(addr ssa.Value, at ssa.Instruction) Value {
	switch a := addr.(type) {
	case *ssa.Alloc:
		return r.behind(a, nil, at)
	case *ssa.FieldAddr:
		if root, ok := a.X.(*ssa.Alloc); ok {
			return r.behind(root, a, at)
		}
		return r.field(r.base(a.X, at), a.X, a.Field)
	case *ssa.IndexAddr:
		return r.element(a.X)
	case *ssa.Global:
		return top
	case *ssa.FreeVar:
		if u, ok := at.(*ssa.UnOp); ok {
			if v := lastStored(u); v != ssa.Value(u) {
				return r.val(v)
			}
		}
	}
	v := r.val(addr)
	if v.holds() || v.Part || v.Depends {
		return v
	}
	return top
}

// base is the struct that an address of a field is taken in.
func (r *run) base(x ssa.Value, at ssa.Instruction) Value {
	switch a := x.(type) {
	case *ssa.FieldAddr:
		return r.load(a, at)
	case *ssa.Alloc:
		return r.behind(a, nil, at)
	}
	return r.val(x)
}

// behind is the content of a local variable, or of one of its fields: the stores and the
// calls that fill it, as far as they reach the reader and can be executed.
func (r *run) behind(a *ssa.Alloc, field *ssa.FieldAddr, at ssa.Instruction) Value {
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
	asked := slices.ContainsFunc(r.e.stores(a), func(s store) bool { return s.val != nil && r.isNumber(s.val) })
	for _, s := range r.e.reaching(a, at) {
		if s.block >= 0 && !r.happens(s.block) {
			continue
		}
		var x Value
		switch {
		case s.call != nil:
			c, ok := r.contents(s.call)
			switch {
			case ok:
				x = part(c)
			case s.runs:
				x = top
			default:
				continue
			}
		case s.zero:
			if field != nil || StructLike(a) {
				continue
			}
			x = zeroOf(pointee(a.Type()))
		case s.outside:
			x = top
		case s.index || s.field >= 0 && field == nil:
			x = r.val(s.val)
			if field != nil || !x.holds() && !x.code() {
				continue
			}
			x = Value{Kind: Carrier, Wrapped: x.holds()}
		case s.field < 0:
			x = part(r.askedAgain(s.val, asked))
		case s.field == field.Field:
			x = r.val(s.val)
		default:
			continue
		}
		out, stored = join(out, x), true
	}
	if !stored {
		return top
	}
	return out
}

// field is a field of a struct or of what a pointer points to.
func (r *run) field(base Value, x ssa.Value, index int) Value {
	f := flow.FieldVar(x, index)
	if f == nil || !base.holds() {
		if base.Part {
			return Value{Kind: Top, Part: true}
		}
		return top
	}
	if s, ok := r.e.G.FieldSpace(f); ok {
		if s == r.space {
			return r.codeOf(base)
		}
		return Value{Kind: Top, Part: true}
	}
	path := flow.TypePath(x.Type())
	if r.e.isStatus(path, f.Name()) {
		if r.e.G.Catalog.Spaces[r.space].Name == r.e.G.Catalog.Origins.StatusSpace {
			return r.codeOf(base)
		}
		return Value{Kind: Top, Part: true}
	}
	if isErrorLike(x.Type()) && r.e.G.FieldBits(f)&fact.Carriers == 0 && !r.e.G.SDKType(x.Type()) && isBasicType(f.Type()) {
		// What else an error of one's own says may have been chosen by the code.
		return Value{Kind: Top, Depends: true, Part: true}
	}
	if r.e.mayHold(f.Type()) && !base.Part {
		return Value{Kind: base.Kind, Wrapped: base.Wrapped && !isErrorLike(f.Type())}
	}
	return Value{Kind: Top, Part: true}
}

// codeOf is the code taken from a carrier.
func (r *run) codeOf(base Value) Value {
	if base.Kind == Maybe {
		return Value{Kind: Top}
	}
	return intVal(r.code)
}

// element is an element of an array, slice or string.
func (r *run) element(x ssa.Value) Value {
	if s, ok := x.(*ssa.Slice); ok {
		x = s.X
	}
	v := r.val(x)
	if v.holds() {
		return v
	}
	if l := v.List; l != nil {
		return Value{Kind: Top, List: l, Element: true}
	}
	if l := r.e.literalOf(x); l != nil {
		return Value{Kind: Top, List: l, Element: true}
	}
	return top
}

func isBasicType(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}
