package ir

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// WrappedBy lists the arguments that a call of fmt.Errorf wraps with %w: all of them where
// the format or the arguments are not written out.
func WrappedBy(c *ssa.CallCommon) []ssa.Value {
	args := c.Args
	if len(args) < 2 {
		return nil
	}
	format, ok := Text(args[0])
	slice, isSlice := args[1].(*ssa.Slice)
	if !ok || !isSlice {
		return args[1:]
	}
	var out []ssa.Value
	wrapped := wrappedIndexes(format)
	for _, ref := range *slice.X.Referrers() {
		a, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		n, ok := a.Index.(*ssa.Const)
		if !ok || !slices.Contains(wrapped, int(n.Int64())) {
			continue
		}
		out = append(out, Stored(a)...)
	}
	return out
}

// wrappedIndexes lists which arguments a format gives to %w.
func wrappedIndexes(format string) []int {
	var out []int
	arg := 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		i++
		for i < len(format) && strings.IndexByte("+-# 0123456789.[]*", format[i]) >= 0 {
			switch format[i] {
			case '*':
				arg++
			case '[':
				if end := strings.IndexByte(format[i:], ']'); end > 0 {
					if n, err := strconv.Atoi(format[i+1 : i+end]); err == nil {
						arg = n - 1
					}
					i += end
				}
			}
			i++
		}
		if i >= len(format) || format[i] == '%' {
			continue
		}
		if format[i] == 'w' {
			out = append(out, arg)
		}
		arg++
	}
	return out
}

func OnlyVerb(name string, format ssa.Value) bool {
	if name == "fmt.Sprint" {
		return true
	}
	verb, ok := Text(format)
	return ok && slices.Contains([]string{"%d", "%v"}, verb)
}

func VarargsLen(v ssa.Value) int64 {
	s, ok := v.(*ssa.Slice)
	if !ok {
		return -1
	}
	p, ok := s.X.Type().Underlying().(*types.Pointer)
	if !ok {
		return -1
	}
	if a, ok := p.Elem().Underlying().(*types.Array); ok {
		return a.Len()
	}
	return -1
}

// PrintedAlone returns the one operand that fmt.Sprint or fmt.Sprintf("%d") prints, or nil.
func PrintedAlone(c *ssa.CallCommon) ssa.Value {
	rest := c.Args[len(c.Args)-1]
	if VarargsLen(rest) != 1 || !OnlyVerb(FullName(c), c.Args[0]) {
		return nil
	}
	for _, v := range Varargs(rest) {
		return v
	}
	return nil
}

// Varargs lists the values that are written out in a call for a variadic parameter.
func Varargs(v ssa.Value) []ssa.Value {
	s, ok := v.(*ssa.Slice)
	if !ok || !IsVarargs(s.X) {
		return nil
	}
	var out []ssa.Value
	for _, ref := range *s.X.Referrers() {
		if a, ok := ref.(*ssa.IndexAddr); ok {
			out = append(out, Stored(a)...)
		}
	}
	return out
}

func IsVarargs(v ssa.Value) bool {
	a, ok := v.(*ssa.Alloc)
	return ok && a.Comment == "varargs"
}
