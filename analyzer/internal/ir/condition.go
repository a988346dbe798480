package ir

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// CondPos is the position of a branch's condition.
func CondPos(i *ssa.If) token.Pos {
	if p := i.Cond.Pos(); p.IsValid() {
		return p
	}
	return i.Pos()
}

// IsNilTest reports whether a comparison is with nil.
func IsNilTest(b *ssa.BinOp) bool {
	x, _ := NilTest(b)
	return x != nil
}

// InLoop reports whether a block can be reached from itself.
func InLoop(home *ssa.BasicBlock) bool {
	loop := false
	Reach(home, func(_, to *ssa.BasicBlock) bool {
		loop = loop || to == home
		return !loop
	})
	return loop
}

// Reach returns the blocks that can be reached from one, itself included, over the edges for
// which follow is true. It is asked of each edge out of these blocks once.
func Reach(from *ssa.BasicBlock, follow func(from, to *ssa.BasicBlock) bool) map[*ssa.BasicBlock]bool {
	return walk(from, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Succs }, follow)
}

// Leading is [Reach] against the edges: the blocks from which one can be reached.
func Leading(to *ssa.BasicBlock, follow func(from, to *ssa.BasicBlock) bool) map[*ssa.BasicBlock]bool {
	return walk(to, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Preds },
		func(b, p *ssa.BasicBlock) bool { return follow(p, b) })
}

func walk(start *ssa.BasicBlock, next func(*ssa.BasicBlock) []*ssa.BasicBlock, follow func(b, next *ssa.BasicBlock) bool) map[*ssa.BasicBlock]bool {
	seen := map[*ssa.BasicBlock]bool{start: true}
	stack := []*ssa.BasicBlock{start}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, s := range next(b) {
			if follow(b, s) && !seen[s] {
				seen[s] = true
				stack = append(stack, s)
			}
		}
	}
	return seen
}

// AsksWhetherNil reports whether a condition only asks if there is something to decode into.
func AsksWhetherNil(cond, into ssa.Value) bool {
	op, ok := cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	x, _ := NilTest(op)
	return x == into
}

func SameValue(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	x, ok := a.(*ssa.UnOp)
	y, ok2 := b.(*ssa.UnOp)
	return ok && ok2 && x.Op == y.Op && x.X == y.X
}

// NilTest takes a condition "x == nil" or "x != nil" apart.
func NilTest(cond ssa.Value) (x ssa.Value, isNil bool) {
	b, ok := cond.(*ssa.BinOp)
	if !ok {
		return nil, false
	}
	var eq bool
	switch b.Op.String() {
	case "==":
		eq = true
	case "!=":
	default:
		return nil, false
	}
	if c, ok := b.Y.(*ssa.Const); ok && c.Value == nil {
		return b.X, eq
	}
	if c, ok := b.X.(*ssa.Const); ok && c.Value == nil {
		return b.Y, eq
	}
	return nil, false
}

// IsRangeCondition reports whether a condition is that of a loop over elements: it asks whether there
// is another one, and its end is no answer.
func IsRangeCondition(i *ssa.If) bool {
	switch cond := i.Cond.(type) {
	case *ssa.Extract:
		_, ok := cond.Tuple.(*ssa.Next)
		return ok
	case *ssa.BinOp:
		if TestsEmpty(cond) {
			return false
		}
		header := i.Block()
		return slices.ContainsFunc(header.Preds, header.Dominates) && (isLen(cond.X) || isLen(cond.Y))
	}
	return false
}

// TestsEmpty reports whether a condition asks whether something is there at all: it
// compares with nil, zero or the empty string, or is no comparison.
func TestsEmpty(cond ssa.Value) bool {
	b, ok := cond.(*ssa.BinOp)
	if !ok {
		return true
	}
	for _, x := range []ssa.Value{b.X, b.Y} {
		if c, ok := x.(*ssa.Const); ok {
			if c.Value == nil {
				return true
			}
			switch c.Value.Kind() {
			case constant.String:
				return constant.StringVal(c.Value) == ""
			case constant.Int:
				return constant.Sign(c.Value) == 0
			}
		}
	}
	return false
}

// BranchLeaves reports whether a branch never comes back to what follows the condition: it
// returns or ends the process, or, if next says that this counts, goes on with the next
// iteration.
func BranchLeaves(cond, branch *ssa.BasicBlock, next bool) bool {
	if branch.Dominates(cond) {
		return next
	}
	if len(branch.Preds) != 1 {
		return false
	}
	for _, b := range cond.Parent().Blocks {
		if !branch.Dominates(b) {
			continue
		}
		for _, s := range b.Succs {
			if !branch.Dominates(s) && !(next && s.Dominates(branch)) {
				return false
			}
		}
	}
	return true
}

// samePlace lists the addresses of the variable, or of the field of one struct, that an address
// is.
func samePlace(addr ssa.Value) []ssa.Value {
	field, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return []ssa.Value{addr}
	}
	structs := []ssa.Value{field.X}
	if load, ok := field.X.(*ssa.UnOp); ok && load.X.Referrers() != nil {
		for _, ref := range *load.X.Referrers() {
			if again, ok := ref.(*ssa.UnOp); ok && again != load {
				structs = append(structs, again)
			}
		}
	}
	var out []ssa.Value
	for _, s := range structs {
		for _, ref := range *s.Referrers() {
			if f, ok := ref.(*ssa.FieldAddr); ok && f.Field == field.Field {
				out = append(out, f)
			}
		}
	}
	return out
}

// ReachesCondition reports whether a branch depends on a value, or on a part of it.
func ReachesCondition(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] || v.Referrers() == nil {
		return false
	}
	seen[v] = true
	for _, ref := range *v.Referrers() {
		switch i := ref.(type) {
		case *ssa.If:
			return true
		case *ssa.Store:
			if i.Val == v && slices.ContainsFunc(samePlace(i.Addr), func(a ssa.Value) bool { return ReachesCondition(a, seen) }) {
				return true
			}
		case *ssa.Field, *ssa.FieldAddr, *ssa.UnOp, *ssa.BinOp, *ssa.Phi, *ssa.Convert, *ssa.ChangeType, *ssa.Lookup, *ssa.Index, *ssa.IndexAddr, *ssa.Extract:
			if ReachesCondition(i.(ssa.Value), seen) {
				return true
			}
		case *ssa.Call:
			if b, ok := i.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" && ReachesCondition(i, seen) {
				return true
			}
		}
	}
	return false
}
