package interp

import (
	"go/constant"
	"go/token"
	"go/types"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/memory"
)

// Kind is how much is known of a value.
type Kind uint8

// The lattice, from nothing to anything.
const (
	Bottom  Kind = iota
	Const        // the constant C
	Nil          // nil
	NonNil       // not nil, and nothing of the carrier
	Carrier      // the carrier, or a value that holds it or its code
	Maybe        // the carrier, or something else
	Top
)

// Value is an element of the lattice.
type Value struct {
	Kind    Kind
	ByCode  bool            // decided by the code, or by something opaque that is given it
	Beside  bool            // something else of the answer that holds the code
	Wrapped bool            // a carrier inside another error
	Text    bool            // the text of a carrier or of its code
	Element bool            // one of List, not known which
	C       constant.Value  // of a Const
	List    *memory.Literal // a list that is written out
	ErrorID string          // which of its answers a function of another package gives
}

var (
	topValue = Value{Kind: Top}
	nonNil   = Value{Kind: NonNil}
	null     = Value{Kind: Nil}
)

func constVal(c constant.Value) Value { return Value{Kind: Const, C: c} }

func boolVal(b bool) Value { return Value{Kind: Const, C: constant.MakeBool(b), ByCode: true} }

// codeVal is a code, or a constant that the code chose.
func codeVal(v catalog.Value) Value { return Value{Kind: Const, C: v.Constant(), ByCode: true} }

func (v Value) Holds() bool { return v.Kind == Carrier || v.Kind == Maybe }

// Code reports whether v is the code, arithmetic on it, or its text: not a boolean.
func (v Value) Code() bool {
	return v.ByCode && v.Kind == Const && v.C.Kind() != constant.Bool
}

func (v Value) isBool() (value, ok bool) {
	if v.Kind == Const && v.C.Kind() == constant.Bool {
		return constant.BoolVal(v.C), true
	}
	return false, false
}

func (v Value) IsInt() (int64, bool) {
	if v.Kind == Const && (v.C.Kind() == constant.Int || v.C.Kind() == constant.Float) {
		return constant.Int64Val(constant.ToInt(v.C))
	}
	return 0, false
}

// Interesting reports whether the bound carrier has to do with v.
func (v Value) Interesting() bool { return v.ByCode || v.Beside || v.Text || v.Holds() }

func (v Value) equal(w Value) bool {
	if v.Kind != w.Kind || v.ByCode != w.ByCode || v.Beside != w.Beside || v.Wrapped != w.Wrapped || v.Text != w.Text || v.ErrorID != w.ErrorID || v.List != w.List || v.Element != w.Element {
		return false
	}
	return v.Kind != Const || constEqual(v.C, w.C)
}

func constEqual(a, b constant.Value) bool {
	return a.Kind() == b.Kind() && constant.Compare(a, token.EQL, b)
}

// Join is the least value above both. Where the carrier meets another value that may be
// an error too, the carrier wins; where it meets nil, both stay possible.
func Join(v, w Value) Value {
	switch {
	case v.Kind == Bottom:
		return w
	case w.Kind == Bottom:
		return v
	}
	out := Value{
		ByCode:  v.ByCode || w.ByCode,
		Beside:  v.Beside || w.Beside,
		Wrapped: v.Wrapped && w.Wrapped,
		Text:    v.Text || w.Text,
	}
	if v.List == w.List && v.Element == w.Element {
		out.List, out.Element = v.List, v.Element
	}
	if v.ErrorID == w.ErrorID {
		out.ErrorID = v.ErrorID
	} else {
		out.ErrorID = min(v.ErrorID, w.ErrorID) + "|" + max(v.ErrorID, w.ErrorID)
	}
	switch {
	case v.Kind == w.Kind && (v.Kind != Const || constEqual(v.C, w.C)):
		out.Kind, out.C = v.Kind, v.C
	case v.Kind == Carrier && (w.Kind == Top || w.Kind == NonNil), w.Kind == Carrier && (v.Kind == Top || v.Kind == NonNil):
		out.Kind, out.Wrapped = Carrier, v.Wrapped || w.Wrapped
	case v.Holds() || w.Holds():
		out.Kind, out.Wrapped = Maybe, v.Wrapped || w.Wrapped
	default:
		out.Kind = Top
		out.ByCode = v.ByCode && w.ByCode
	}
	return out
}

// zeroOf is the zero value of a type.
func zeroOf(t types.Type) Value {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return constVal(constant.MakeBool(false))
		case u.Info()&types.IsInteger != 0:
			return constVal(constant.MakeInt64(0))
		case u.Info()&types.IsString != 0:
			return constVal(constant.MakeString(""))
		}
	case *types.Pointer, *types.Interface, *types.Map, *types.Slice, *types.Signature, *types.Chan:
		if _, ok := t.(*types.TypeParam); !ok {
			return null
		}
	}
	return topValue
}
