package ir

import (
	"go/types"
)

func IsReference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Interface, *types.Slice:
		return true
	}
	_, ok := t.(*types.TypeParam)
	return ok
}

func BaseType(t types.Type) types.Type {
	for range 3 {
		p, ok := t.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	return t
}

// StructOf returns the struct behind a type, a pointer to one, or a type parameter
// whose types are all one struct, or nil.
func StructOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// NamedOf returns the named type behind t or behind a pointer to it.
func NamedOf(t types.Type) *types.Named {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, _ := t.(*types.Named)
	return n
}

// TypePath returns "import/path.Name" of the named type behind t, or "".
func TypePath(t types.Type) string {
	n := NamedOf(t)
	if n == nil || n.Obj().Pkg() == nil {
		return ""
	}
	return n.Obj().Pkg().Path() + "." + n.Obj().Name()
}

// hasInfo reports whether a type is a basic one with a property.
func hasInfo(t types.Type, info types.BasicInfo) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&info != 0
}

func IsInteger(t types.Type) bool { return hasInfo(t, types.IsInteger) }

// IsFuncType reports whether values of t are functions.
func IsFuncType(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// ErrorResult is the one result of a function that is an error, or -1.
func ErrorResult(sig *types.Signature) int {
	at := -1
	for i := range sig.Results().Len() {
		if IsError(sig.Results().At(i).Type()) {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

func isTypeParam(t types.Type) bool {
	_, ok := t.(*types.TypeParam)
	return ok
}

var errorType = types.Universe.Lookup("error").Type()

// IsError reports whether t is the type error.
func IsError(t types.Type) bool {
	return types.Identical(t, errorType)
}

// IsErrorType reports whether values of t are errors.
func IsErrorType(t types.Type) bool {
	return types.Implements(t, errorType.Underlying().(*types.Interface))
}

func IsNumeric(t types.Type) bool { return hasInfo(t, types.IsNumeric) }

// IsJSONMap reports whether t is a map from string to any, as JSON objects decode.
func IsJSONMap(t types.Type) bool {
	m, ok := t.Underlying().(*types.Map)
	if !ok {
		return false
	}
	if !IsString(m.Key()) {
		return false
	}
	e, ok := m.Elem().Underlying().(*types.Interface)
	return ok && e.NumMethods() == 0
}

// IsString reports whether a type is a string type.
func IsString(t types.Type) bool { return hasInfo(t, types.IsString) }

// IsList reports whether a type is one that a list of codes can be written out in.
func IsList(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Slice, *types.Array, *types.Map:
		return true
	}
	return false
}

func IsBoolean(t types.Type) bool { return hasInfo(t, types.IsBoolean) }

// AnswersNothing reports whether results tell how it went at most: nothing, an error, a
// count beside an error.
func AnswersNothing(res *types.Tuple) bool {
	switch n := res.Len(); {
	case n == 0:
		return true
	case !IsError(res.At(n - 1).Type()):
		return false
	default:
		return n == 1 || n == 2 && IsInteger(res.At(0).Type())
	}
}

// IsErrorLike reports whether values of t, or pointers to them, are errors.
func IsErrorLike(t types.Type) bool { return IsErrorType(t) || IsErrorType(types.NewPointer(t)) }

// IsOption reports whether t is that of options as functions, or of a list of them.
func IsOption(t types.Type) bool {
	if s, ok := t.Underlying().(*types.Slice); ok {
		t = s.Elem()
	}
	s, ok := t.Underlying().(*types.Signature)
	return ok && s.Params().Len() > 0 && s.Results().Len() == 0
}

func IsBasicType(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

func Pointee(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

func RecvIs(f *types.Func, name string) bool {
	if f.Signature().Recv() == nil {
		return false
	}
	n := NamedOf(f.Signature().Recv().Type())
	return n != nil && n.Obj().Name() == name
}

// TypeString names a type with its import path, as facts do.
func TypeString(t types.Type) string { return types.TypeString(types.Unalias(t), nil) }

// HasMethod reports whether a type has a method of that name.
func HasMethod(t types.Type, method string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, method)
	_, ok := obj.(*types.Func)
	return ok
}

func TimeChan(t types.Type) bool {
	c, ok := t.Underlying().(*types.Chan)
	return ok && TypePath(c.Elem()) == "time.Time"
}

func IsBytes(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	b, ok := s.Elem().Underlying().(*types.Basic)
	return ok && b.Kind() == types.Byte
}

func IsErrorSlice(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && IsErrorLike(s.Elem())
}
