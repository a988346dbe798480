package interp

import (
	"go/constant"
	"go/types"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

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
