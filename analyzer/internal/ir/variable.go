package ir

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// OnlyStored is the one value that is stored into a variable as a whole, or nil.
func OnlyStored(a *ssa.Alloc) ssa.Value {
	var out ssa.Value
	for _, ref := range *a.Referrers() {
		switch i := ref.(type) {
		case *ssa.Store:
			if i.Addr != ssa.Value(a) || out != nil {
				return nil
			}
			out = i.Val
		case *ssa.UnOp, *ssa.FieldAddr, *ssa.DebugRef:
		default:
			return nil
		}
	}
	return out
}

func RootAlloc(v ssa.Value) (*ssa.Alloc, bool) {
	for {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Alloc:
			return x, true
		case *ssa.UnOp:
			if a, ok := x.X.(*ssa.Alloc); ok {
				return a, true
			}
			return nil, false
		default:
			return nil, false
		}
	}
}

func IsLocal(addr ssa.Value) bool {
	switch a := addr.(type) {
	case *ssa.Alloc:
		return true
	case *ssa.FieldAddr:
		return IsLocal(a.X)
	case *ssa.IndexAddr:
		return IsLocal(a.X)
	case *ssa.Slice:
		return IsLocal(a.X)
	}
	return false
}

// DecodesOf lists the decodings into the local struct in which an address is stored: they
// fill what the address points to as well.
func DecodesOf(addr ssa.Value) []*ssa.Call {
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	holder, ok := fa.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var out []*ssa.Call
	for _, ref := range *holder.Referrers() {
		m, ok := ref.(*ssa.MakeInterface)
		if !ok {
			continue
		}
		for _, ref := range *m.Referrers() {
			if c, ok := ref.(*ssa.Call); ok && IsDecode(c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// ThroughVariable lists the calls that are given a pointer out of the variable that it is
// stored in: a named result of a function that defers is one.
func ThroughVariable(addr ssa.Value) []*ssa.Call {
	variable, ok := addr.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var out []*ssa.Call
	for _, ref := range *variable.Referrers() {
		load, ok := ref.(*ssa.UnOp)
		if !ok {
			continue
		}
		for _, ref := range *load.Referrers() {
			switch i := ref.(type) {
			case *ssa.Call:
				out = append(out, i)
			case *ssa.MakeInterface:
				for _, ref := range *i.Referrers() {
					if c, ok := ref.(*ssa.Call); ok {
						out = append(out, c)
					}
				}
			}
		}
	}
	return out
}

// ReadPoint is where a load takes effect: in "return v, f(&v)" the order of operands is not
// specified, and the compiler reads the variable behind the call.
func ReadPoint(at ssa.Instruction) ssa.Instruction {
	load, ok := at.(*ssa.UnOp)
	if !ok {
		return at
	}
	var use ssa.Instruction
	for _, ref := range *load.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Return, *ssa.Store:
			if use != nil || ref.Block() != at.Block() {
				return at
			}
			use = ref
		default:
			return at
		}
	}
	if use == nil {
		return at
	}
	list := at.Block().Instrs
	for i := slices.Index(list, use) - 1; i > 0 && list[i] != at; i-- {
		if _, ok := list[i].(*ssa.Call); ok {
			return list[i+1]
		}
	}
	return at
}

func NeedsZero(a *ssa.Alloc) bool { return !StructLike(a) }

// StructLike reports whether an allocation is of a struct or an array, whose zero value
// is of no interest.
func StructLike(a *ssa.Alloc) bool {
	switch Pointee(a.Type()).Underlying().(type) {
	case *types.Struct, *types.Array:
		return true
	}
	return false
}

// LastStored is what was stored into a captured variable right before it is read, or v itself.
func LastStored(v ssa.Value) ssa.Value {
	u, ok := v.(*ssa.UnOp)
	if !ok {
		return v
	}
	b := u.Block()
	at := slices.Index(b.Instrs, ssa.Instruction(u))
	for {
		for k := at - 1; k >= 0; k-- {
			if s, ok := b.Instrs[k].(*ssa.Store); ok && s.Addr == u.X {
				return s.Val
			}
		}
		if len(b.Preds) != 1 {
			return v
		}
		b = b.Preds[0]
		at = len(b.Instrs)
		if b == u.Block() {
			return v
		}
	}
}

// DependsOn reports whether a value is computed from the variable itself, as i+1 is.
func DependsOn(x ssa.Value, a *ssa.Alloc, depth int) bool {
	if depth > 6 || x == nil {
		return false
	}
	if u, ok := x.(*ssa.UnOp); ok && u.X == a {
		return true
	}
	i, ok := x.(ssa.Instruction)
	if !ok {
		return false
	}
	for _, op := range i.Operands(nil) {
		if *op != nil && DependsOn(*op, a, depth+1) {
			return true
		}
	}
	return false
}

// OuterStores lists what a function stores into what it did not declare.
func OuterStores(fn *ssa.Function) []*ssa.Store {
	var out []*ssa.Store
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok {
				if _, local := Root(st.Addr).(*ssa.Alloc); !local {
					out = append(out, st)
				}
			}
		}
	}
	return out
}

// ReadsField adds the reads of a field of a struct, and reports whether it is only read.
func ReadsField(v ssa.Value, index int, loads map[ssa.Value]bool) bool {
	for _, ref := range *v.Referrers() {
		switch x := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Field:
			if x.Field == index {
				loads[x] = true
			}
		case *ssa.FieldAddr:
			if x.Field != index {
				continue
			}
			for _, use := range *x.Referrers() {
				switch u := use.(type) {
				case *ssa.DebugRef:
				case *ssa.UnOp:
					loads[u] = true
				default:
					return false
				}
			}
		case *ssa.Store:
			a, ok := x.Addr.(*ssa.Alloc)
			if x.Addr == v {
				continue // the variable is filled
			}
			if !ok || len(Stored(a)) != 1 || !ReadsField(a, index, loads) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
