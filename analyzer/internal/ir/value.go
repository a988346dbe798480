package ir

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

func UnderConversion(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		default:
			return v
		}
	}
}

// FieldVar returns the field that a selection by index names, as declared.
func FieldVar(x ssa.Value, index int) *types.Var {
	s := StructOf(x.Type())
	if s == nil || index >= s.NumFields() {
		return nil
	}
	return s.Field(index).Origin()
}

// Root is the value whose memory an address lies in.
func Root(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		default:
			return v
		}
	}
}

// FlowsToReturn reports whether an error is returned, or what is made of it: a list of errors,
// errors that are joined or wrapped.
func FlowsToReturn(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] || v.Referrers() == nil {
		return false
	}
	seen[v] = true
	for _, ref := range *v.Referrers() {
		var next ssa.Value
		switch i := ref.(type) {
		case *ssa.Return:
			return true
		case *ssa.Phi:
			next = i
		case *ssa.ChangeInterface:
			next = i
		case *ssa.ChangeType:
			next = i
		case *ssa.Slice:
			next = i
		case *ssa.UnOp:
			if i.Op == token.MUL && i.X == v {
				next = i
			}
		case *ssa.Store:
			if i.Val != v {
				continue
			}
			switch a := i.Addr.(type) {
			case *ssa.Alloc:
				next = a
			case *ssa.IndexAddr: // of the arguments of a variadic call
				if list, ok := a.X.(*ssa.Alloc); ok {
					next = list
				}
			}
		case *ssa.Call:
			built, ok := i.Call.Value.(*ssa.Builtin)
			name := FullName(&i.Call)
			if ok && built.Name() == "append" || name == "errors.Join" || name == "fmt.Errorf" {
				next = i
			}
		}
		if next != nil && FlowsToReturn(next, seen) {
			return true
		}
	}
	return false
}

// ParseNumber reads a quoted number.
func ParseNumber(c constant.Value) (int64, bool) {
	if c == nil || c.Kind() != constant.String {
		return 0, false
	}
	n, err := strconv.ParseInt(constant.StringVal(c), 10, 64)
	return n, err == nil
}

// GlobalRead is the package variable that a value is read from, or nil.
func GlobalRead(v ssa.Value) *ssa.Global {
	u, ok := UnderInterface(v).(*ssa.UnOp)
	if !ok {
		return nil
	}
	g, ok := u.X.(*ssa.Global)
	if !ok || g.Pkg == nil {
		return nil
	}
	return g
}

// TakenFrom returns the value that another is taken from: what it is in another form, the
// struct of a field, what an address points to; nil of any other value.
func TakenFrom(v ssa.Value) ssa.Value {
	switch i := v.(type) {
	case *ssa.Field:
		return i.X
	case *ssa.FieldAddr:
		return i.X
	case *ssa.UnOp:
		if i.Op == token.MUL {
			return i.X
		}
		return nil
	}
	return Preserved(v)
}

// Preserved returns the value that an instruction hands on in another form: converted,
// boxed, asserted or cut; nil of any other value.
func Preserved(v ssa.Value) ssa.Value {
	switch i := v.(type) {
	case *ssa.MakeInterface:
		return i.X
	case *ssa.ChangeInterface:
		return i.X
	case *ssa.ChangeType:
		return i.X
	case *ssa.Convert:
		return i.X
	case *ssa.Slice:
		return i.X
	case *ssa.TypeAssert:
		return i.X
	}
	return nil
}

// UnderInterface returns what stands in an interface value.
func UnderInterface(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		default:
			return v
		}
	}
}

// IgnoresParams reports whether a function is known to look at none of its parameters.
func IgnoresParams(v ssa.Value) bool {
	if m, ok := v.(*ssa.MakeClosure); ok {
		v = m.Fn
	}
	fn, ok := v.(*ssa.Function)
	return ok && len(fn.Blocks) > 0 && !slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return IsUsed(p) })
}

// ValueName is the name of the variable or field that a function value comes from.
func ValueName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.UnOp:
		return ValueName(v.X)
	case *ssa.FieldAddr:
		if f := FieldVar(v.X, v.Field); f != nil {
			return f.Name()
		}
	case *ssa.Field:
		if f := FieldVar(v.X, v.Field); f != nil {
			return f.Name()
		}
	case *ssa.Global, *ssa.Parameter, *ssa.FreeVar:
		return v.Name()
	case *ssa.Alloc:
		return v.Comment
	}
	return ""
}

func IsComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// Keepers lists the fields and package variables that a new channel is stored in.
func Keepers(v *ssa.MakeChan) []any {
	var out []any
	for _, ref := range *v.Referrers() {
		s, ok := ref.(*ssa.Store)
		if !ok {
			continue
		}
		switch addr := s.Addr.(type) {
		case *ssa.Global:
			out = append(out, addr)
		case *ssa.FieldAddr:
			out = append(out, FieldVar(addr.X, addr.Field))
		}
	}
	return out
}

func isLen(v ssa.Value) bool {
	c, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := c.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "len"
}

// SameEverywhere reports whether an edge of a phi brings what every other edge brings.
func SameEverywhere(p *ssa.Phi, e ssa.Value) bool {
	for _, o := range p.Edges {
		if o == e || o == ssa.Value(p) {
			continue
		}
		if q, ok := o.(*ssa.Phi); ok && q != p {
			continue
		}
		return false
	}
	return true
}

func Numeric(c constant.Value) bool { return c.Kind() == constant.Int || c.Kind() == constant.Float }

// ComesFrom reports whether an argument of a call is made of what another call gave.
func ComesFrom(c *ssa.CallCommon, call ssa.Value) bool {
	seen := make(map[ssa.Value]bool)
	var made func(v ssa.Value) bool
	made = func(v ssa.Value) bool {
		if v == nil || seen[v] || len(seen) > maxMade {
			return false
		}
		seen[v] = true
		if v == call {
			return true
		}
		if refs := v.Referrers(); refs != nil {
			for _, ref := range *refs {
				switch ref := ref.(type) {
				case *ssa.Store:
					if ref.Addr == v && made(ref.Val) {
						return true
					}
				case *ssa.IndexAddr:
					if ref.X == v && made(ref) {
						return true
					}
				}
			}
		}
		if instr, ok := v.(ssa.Instruction); ok {
			for _, op := range instr.Operands(nil) {
				if made(*op) {
					return true
				}
			}
		}
		return false
	}
	for _, arg := range c.Args {
		if made(arg) {
			return true
		}
	}
	return false
}

func IsUsed(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); !ok {
			return true
		}
	}
	return false
}

// EndOfContext reports whether a channel is that of a context's end: to wait for nothing else is
// to let its time pass.
func EndOfContext(ch ssa.Value) bool {
	c, ok := ch.(*ssa.Call)
	if !ok {
		return false
	}
	f := Callee(&c.Call)
	return f != nil && f.Pkg() != nil && f.Pkg().Path() == "context" && f.Name() == "Done"
}

const maxMade = 200 // values looked at for what another is made of
