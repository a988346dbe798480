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
		if x.Value != nil && x.Value.Kind() == constant.String {
			return []string{constant.StringVal(x.Value)}
		}
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

// keysOf lists the constant keys that a function puts into a map.
func keysOf(m ssa.Value) []string {
	if m.Referrers() == nil {
		return nil
	}
	var out []string
	for _, ref := range *m.Referrers() {
		if u, ok := ref.(*ssa.MapUpdate); ok && u.Map == m {
			out = append(out, ConstantsOf(u.Key)...)
		}
	}
	return out
}

// elementsOf lists the constants that a function puts into the elements of the array or slice
// of which v is one, or the address of one; into a field of theirs if field is not negative.
func elementsOf(v ssa.Value, field int) []string {
	if load, ok := v.(*ssa.UnOp); ok {
		v = load.X
	}
	if a, ok := v.(*ssa.Alloc); ok { // the variable of the loop
		if v = OnlyStored(a); v == nil {
			return nil
		}
		return elementsOf(v, field)
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
		if element, ok := ref.(*ssa.IndexAddr); ok {
			out = append(out, storedIn(element, field)...)
		}
	}
	return out
}

// storedIn lists the constants that are stored at an address, or in a field of the struct there
// if field is not negative.
func storedIn(addr ssa.Value, field int) []string {
	if addr.Referrers() == nil {
		return nil
	}
	var out []string
	for _, ref := range *addr.Referrers() {
		switch i := ref.(type) {
		case *ssa.FieldAddr:
			if i.Field == field {
				out = append(out, storedIn(i, -1)...)
			}
		case *ssa.Store:
			if i.Addr != addr {
				continue
			}
			if literal, ok := i.Val.(*ssa.UnOp); ok && field >= 0 {
				out = append(out, storedIn(literal.X, field)...)
			} else if field < 0 {
				out = append(out, ConstantsOf(i.Val)...)
			}
		}
	}
	return out
}
