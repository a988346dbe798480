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
	}
	return ""
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

func isLen(v ssa.Value) bool {
	c, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := c.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "len"
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
			if !ok || len(wholeStores(a)) != 1 || !ReadsField(a, index, loads) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// wholeStores lists the stores of a variable as a whole.
func wholeStores(a *ssa.Alloc) []*ssa.Store {
	var out []*ssa.Store
	for _, ref := range *a.Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == ssa.Value(a) {
			out = append(out, s)
		}
	}
	return out
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
