package interp

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// contains looks the code up in a literal list.
func (r *Propagation) contains(list ssa.Value, code Value) Value {
	l := r.Val(list).List
	if l == nil {
		l = r.Engine.LiteralOf(list)
	}
	if l == nil {
		r.Observed.All = true
		return Value{Kind: Top, ByCode: true}
	}
	return boolVal(r.inList(code, l))
}

// lookup reads a map: a literal one is decided, and a decoded one holds the code.
func (r *Propagation) lookup(i *ssa.Lookup) Value {
	m, key := r.Val(i.X), r.Val(i.Index)
	val, ok := r.lookupIn(i, m, key)
	if i.CommaOk {
		r.setTuple(i, []Value{val, ok})
	}
	return val
}

func (r *Propagation) lookupIn(i *ssa.Lookup, m, key Value) (val, ok Value) {
	if m.Holds() {
		if s, is := r.Engine.G.Space(i); is && s == r.space {
			return r.codeOf(m), Value{Kind: Const, C: constant.MakeBool(true)}
		}
		return Value{Kind: Top, Beside: true}, Value{Kind: Top, Beside: true}
	}
	if !key.Code() {
		t := Value{Kind: Top, ByCode: key.ByCode, Beside: key.Beside}
		return t, t
	}
	l := m.List
	if l == nil {
		l = r.Engine.LiteralOf(i.X)
	}
	if l == nil {
		r.Observed.All = true
		t := Value{Kind: Top, ByCode: true}
		return t, t
	}
	elem := i.X.Type().Underlying().(*types.Map).Elem()
	val, found := zeroOf(elem), false
	for k, c := range l.Keys {
		if eq, known := r.equals(key, constVal(c)); known && eq {
			found = true
			if v, isConst := l.Vals[k].(*ssa.Const); isConst && v.Value != nil {
				val = constVal(v.Value)
			} else {
				val = nonNil
			}
		}
	}
	val.ByCode = true
	return val, boolVal(found)
}

// assert evaluates a type assertion.
func (r *Propagation) assert(i *ssa.TypeAssert) Value {
	x := r.Val(i.X)
	var v, ok Value
	switch {
	case x.Code() || x.Beside || x.Kind == Const:
		v, ok = x, Value{Kind: Const, C: constant.MakeBool(true)}
		if x.Beside {
			ok = Value{Kind: Top, Beside: true}
		}
	case ir.IsJSONMap(i.AssertedType) && x.Holds():
		v, ok = x, Value{Kind: Top, Beside: true}
	default:
		v, ok = r.matches(x, i.AssertedType, true)
	}
	if i.CommaOk {
		r.setTuple(i, []Value{v, ok})
	}
	return v
}

// matches evaluates whether a carrier is of type t: for errors.As anywhere in its chain,
// for an assertion itself.
func (r *Propagation) matches(x Value, t types.Type, direct bool) (v, ok Value) {
	switch {
	case x.Kind == Nil:
		return topValue, Value{Kind: Const, C: constant.MakeBool(false), ByCode: x.ByCode}
	case !x.Holds():
		return Value{Kind: Top, ByCode: x.ByCode, Beside: x.Beside}, Value{Kind: Top, ByCode: x.ByCode, Beside: x.Beside}
	}
	if r.Engine.G.FitsAny(t) && ir.IsErrorLike(t) {
		if r.Engine.G.IntegerError(t) && x.Kind == Carrier && !(direct && x.Wrapped) {
			return r.codeOf(x), boolVal(true)
		}
		return Value{Kind: Top, Beside: true}, Value{Kind: Top, Beside: true}
	}
	if !r.Engine.fits(t, r.space) {
		switch v := r.implemented(t); {
		case v == yes && !(direct && x.Wrapped):
			return Value{Kind: Carrier}, boolVal(true)
		case v == no:
			return topValue, Value{Kind: Const, C: constant.MakeBool(false)}
		}
		return Value{Kind: Top, ByCode: true}, Value{Kind: Top, ByCode: true}
	}
	if direct && x.Wrapped {
		if _, iface := t.Underlying().(*types.Interface); !iface {
			return topValue, Value{Kind: Top, ByCode: false, Beside: true}
		}
	}
	if x.Kind == Maybe {
		return Value{Kind: Carrier}, Value{Kind: Top, Beside: true}
	}
	return Value{Kind: Carrier}, boolVal(true)
}

// fits reports whether a carrier can be of type t.
func (e *Engine) fits(t types.Type, space int) bool {
	if i, ok := t.Underlying().(*types.Interface); ok {
		if i.NumMethods() == 0 || ir.IsError(t) {
			return true
		}
		for k := range i.NumMethods() {
			switch i.Method(k).Name() {
			case "Error", "ErrorCode", "Code", "GetCode":
			default:
				if _, ok := e.G.Origins.Method(i.Method(k)); !ok {
					return false
				}
			}
		}
		return true
	}
	return e.G.HoldsCode(t, space)
}

// as evaluates errors.As: the target receives the carrier.
func (r *Propagation) as(c *ssa.Call, x Value, t types.Type) Value {
	v, ok := r.matches(x, t, false)
	if v.Holds() || v.Code() {
		r.put(c, v)
	}
	return ok
}

// decodesCode reports whether what an argument points to has a place for the code, or may have.
func (e *Engine) decodesCode(arg ssa.Value, space int) bool {
	v := ir.UnderInterface(arg)
	t := ir.Pointee(v.Type())
	if ir.StructOf(t) == nil {
		return true
	}
	return e.G.HoldsCode(t, space) || e.G.HoldsCode(ir.Pointee(t), space)
}
