package ir

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// IsDeferred reports whether a closure is deferred, and nothing else is done with it.
func IsDeferred(fn *ssa.Function) bool {
	made := closuresOf(fn)
	return len(made) > 0 && DeferOf(made[0]) != nil
}

// CapturedStore reports whether a closure assigns to the variable that v is the address of.
func CapturedStore(c *ssa.MakeClosure, v ssa.Value) bool {
	fn, ok := c.Fn.(*ssa.Function)
	if !ok {
		return true
	}
	for k, b := range c.Bindings {
		if b != v || k >= len(fn.FreeVars) {
			continue
		}
		for _, ref := range *fn.FreeVars[k].Referrers() {
			switch i := ref.(type) {
			case *ssa.Store:
				if i.Addr == fn.FreeVars[k] {
					return true
				}
			case *ssa.MakeClosure:
				if CapturedStore(i, fn.FreeVars[k]) {
					return true
				}
			}
		}
	}
	return false
}

// DeferOf returns the defer statement of a closure that has no other use.
func DeferOf(m *ssa.MakeClosure) *ssa.Defer {
	var out *ssa.Defer
	for _, ref := range *m.Referrers() {
		switch i := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Defer:
			if out != nil || i.Call.Value != ssa.Value(m) {
				return nil
			}
			out = i
		default:
			return nil
		}
	}
	return out
}

func RunDefers(fn *ssa.Function) []*ssa.RunDefers {
	var out []*ssa.RunDefers
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			if rd, ok := i.(*ssa.RunDefers); ok {
				out = append(out, rd)
			}
		}
	}
	return out
}

// CallsOf lists the direct calls of a closure, and reports whether there is no other use.
func CallsOf(m *ssa.MakeClosure) (calls []*ssa.Call, all bool) {
	all = true
	for _, ref := range *m.Referrers() {
		switch i := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Call:
			if i.Call.Value == ssa.Value(m) {
				calls = append(calls, i)
				continue
			}
			all = false
		default:
			all = false
		}
	}
	return calls, all
}

// Bindings lists what a closure's variable is bound to.
func Bindings(v *ssa.FreeVar) []ssa.Value {
	fn := v.Parent()
	i := slices.Index(fn.FreeVars, v)
	var out []ssa.Value
	for _, m := range closuresOf(fn) {
		out = append(out, m.Bindings[i])
	}
	return out
}

// closuresOf lists where a function literal is made a value.
func closuresOf(fn *ssa.Function) []*ssa.MakeClosure {
	if fn.Parent() == nil {
		return nil
	}
	var out []*ssa.MakeClosure
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if m, ok := instr.(*ssa.MakeClosure); ok && m.Fn == ssa.Value(fn) {
				out = append(out, m)
			}
		}
	}
	return out
}

// ChangedByClosure reports whether a value is read from a variable that a function literal
// may assign to, as one that is deferred does.
func ChangedByClosure(v ssa.Value) bool {
	u, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	a, ok := u.X.(*ssa.Alloc)
	if !ok {
		return true
	}
	return slices.ContainsFunc(*a.Referrers(), func(ref ssa.Instruction) bool {
		m, ok := ref.(*ssa.MakeClosure)
		if !ok {
			return false
		}
		return !onlyRead(m.Fn.(*ssa.Function).FreeVars[slices.Index(m.Bindings, ssa.Value(a))])
	})
}

// onlyRead reports whether a captured variable is read and nothing else.
func onlyRead(v *ssa.FreeVar) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		switch ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
			return false
		}
		return true
	})
}

// FunctionOf is the function that a value is, of whatever type: a closure of it, or the method of
// a method value. It is nil if that is not known.
func FunctionOf(v ssa.Value) *ssa.Function {
	v = UnderInterface(v)
	if t, ok := v.(*ssa.ChangeType); ok {
		v = t.X
	}
	if m, ok := v.(*ssa.MakeClosure); ok {
		v = m.Fn
	}
	fn, ok := v.(*ssa.Function)
	if !ok || !IsWrapper(fn) {
		return fn
	}
	method, _ := fn.Object().(*types.Func)
	if method == nil {
		return nil
	}
	return fn.Prog.FuncValue(method)
}

// AnsweredBy returns the call of which a value is a result, and which one; or nil.
func AnsweredBy(v ssa.Value) (c *ssa.Call, result int) {
	if x, ok := v.(*ssa.Extract); ok {
		v, result = x.Tuple, x.Index
	}
	c, _ = v.(*ssa.Call)
	return c, result
}
