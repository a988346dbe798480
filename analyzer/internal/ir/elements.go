package ir

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"
)

// ConstantsOf lists the strings that a value may be which is a constant, or the key, element or
// element's field of a literal that a loop ranges over.
func ConstantsOf(v ssa.Value) []string {
	switch x := v.(type) {
	case *ssa.Const:
		return texts(x)
	case *ssa.Extract:
		if next, ok := x.Tuple.(*ssa.Next); ok && x.Index == 1 {
			if r, ok := next.Iter.(*ssa.Range); ok {
				return keysOf(r.X)
			}
		}
	case *ssa.Field:
		return elementsOf(x.X, x.Field)
	case *ssa.UnOp:
		if f, ok := x.X.(*ssa.FieldAddr); ok {
			return elementsOf(f.X, f.Field)
		}
		return elementsOf(x, -1)
	}
	return nil
}

// Text is the string that a constant is.
func Text(v ssa.Value) (string, bool) {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
		return constant.StringVal(c.Value), true
	}
	return "", false
}

// texts lists the strings among constants.
func texts(values ...ssa.Value) []string {
	var out []string
	for _, v := range values {
		if s, ok := Text(v); ok {
			out = append(out, s)
		}
	}
	return out
}

// keysOf lists the constant keys that a function puts into a map.
func keysOf(m ssa.Value) []string {
	if m.Referrers() == nil {
		return nil
	}
	var out []string
	for _, ref := range *m.Referrers() {
		if u, ok := ref.(*ssa.MapUpdate); ok && u.Map == m {
			out = append(out, texts(u.Key)...)
		}
	}
	return out
}

// elementsOf lists the constants that a function puts into the elements of the array or slice
// of which v is one, or the address of one; into a field of theirs if field is not negative.
func elementsOf(v ssa.Value, field int) []string {
	if a, ok := v.(*ssa.Alloc); ok { // the variable of the loop
		v = OnlyStored(a)
	}
	if load, ok := v.(*ssa.UnOp); ok {
		v = load.X
	}
	at, ok := v.(*ssa.IndexAddr)
	if !ok {
		return nil
	}
	list := at.X
	if s, ok := list.(*ssa.Slice); ok {
		list = s.X
	}
	if list.Referrers() == nil {
		return nil
	}
	var out []string
	for _, ref := range *list.Referrers() {
		element, ok := ref.(*ssa.IndexAddr)
		switch {
		case !ok:
		case field < 0:
			out = append(out, storedAt(element)...)
		default:
			out = append(out, storedIn(element, field)...)
			for _, v := range Stored(element) {
				if literal, ok := v.(*ssa.UnOp); ok {
					out = append(out, storedIn(literal.X, field)...)
				}
			}
		}
	}
	return out
}

// Stored lists the values that are stored at an address.
func Stored(addr ssa.Value) []ssa.Value {
	var out []ssa.Value
	for _, ref := range *addr.Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == addr {
			out = append(out, s.Val)
		}
	}
	return out
}

// storedAt lists the constants that are stored at an address.
func storedAt(addr ssa.Value) []string {
	return texts(Stored(addr)...)
}

// storedIn lists the constants that are stored in a field of the struct at an address.
func storedIn(addr ssa.Value, field int) []string {
	if addr.Referrers() == nil {
		return nil
	}
	var out []string
	for _, ref := range *addr.Referrers() {
		if f, ok := ref.(*ssa.FieldAddr); ok && f.Field == field {
			out = append(out, storedAt(f)...)
		}
	}
	return out
}
