package ir

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Callable reports whether a function can be what a call of that signature runs: a
// container's label has the functions of all its fields. Type parameters, of the function or
// of the one that calls, are taken for any type.
func Callable(fn *ssa.Function, sig *types.Signature) bool {
	s := fn.Signature
	if s.Params().Len() != sig.Params().Len() || s.Results().Len() != sig.Results().Len() || s.Variadic() != sig.Variadic() {
		return false
	}
	return fn.TypeParams().Len() > 0 || matchTuple(s.Params(), sig.Params()) && matchTuple(s.Results(), sig.Results())
}

func matchTuple(a, b *types.Tuple) bool {
	for i := range a.Len() {
		if !match(a.At(i).Type(), b.At(i).Type()) {
			return false
		}
	}
	return true
}

// match reports whether two types can be the same for some type arguments; of those that
// are put together of others, what is no pointer or slice is compared as a whole.
func match(a, b types.Type) bool {
	a, b = types.Unalias(a), types.Unalias(b)
	if isTypeParam(a) || isTypeParam(b) {
		return true
	}
	switch x := a.(type) {
	case *types.Pointer:
		y, ok := b.(*types.Pointer)
		return ok && match(x.Elem(), y.Elem())
	case *types.Slice:
		y, ok := b.(*types.Slice)
		return ok && match(x.Elem(), y.Elem())
	case *types.Named:
		y, ok := b.(*types.Named)
		return ok && x.Origin() == y.Origin() && matchArgs(x.TypeArgs(), y.TypeArgs())
	}
	return types.Identical(a, b)
}

func matchArgs(a, b *types.TypeList) bool {
	for i := range a.Len() {
		if i >= b.Len() || !match(a.At(i), b.At(i)) {
			return false
		}
	}
	return a.Len() == b.Len()
}

func IsMain(fn *ssa.Function) bool {
	return fn.Name() == "main" && fn.Parent() == nil && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main"
}

// MakesError reports whether fn returns an error and nothing else.
func MakesError(fn *ssa.Function) bool {
	res := fn.Signature.Results()
	return res.Len() == 1 && IsError(res.At(0).Type())
}

func TakesError(fn *ssa.Function) bool {
	for _, p := range fn.Params {
		if IsErrorLike(p.Type()) {
			return true
		}
	}
	return false
}

// IsArguments reports whether a parameter takes anything there is, as those of a format.
func IsArguments(fn *ssa.Function, i int) bool {
	s, ok := fn.Params[i].Type().Underlying().(*types.Slice)
	if !ok || !fn.Signature.Variadic() || i != len(fn.Params)-1 {
		return false
	}
	elem, ok := s.Elem().Underlying().(*types.Interface)
	return ok && elem.NumMethods() == 0
}

// ReturnsBool reports whether a closure answers with a bool beside its error: that says whether to
// call it again.
func ReturnsBool(fn *ssa.Function) bool {
	res := fn.Signature.Results()
	for i := range res.Len() {
		if IsBoolean(res.At(i).Type()) {
			return true
		}
	}
	return false
}

func ReturnsError(fn *ssa.Function) bool {
	res := fn.Signature.Results()
	for i := range res.Len() {
		if IsErrorLike(res.At(i).Type()) {
			return true
		}
	}
	return false
}

// TakesContext reports whether a function takes a context.
func TakesContext(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if TypePath(p.Type()) == "context.Context" {
			return true
		}
	}
	return false
}
