package interp

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/memory"
)

func (r *Propagation) eval(v ssa.Value) Value {
	switch i := v.(type) {
	case *ssa.Phi:
		var out Value
		if r.prefix != nil && i.Block() == r.from {
			out = r.prefix.Val(i)
		}
		asked := slices.ContainsFunc(i.Edges, r.isNumber)
		for k, e := range i.Edges {
			if r.Edges[[2]int{i.Block().Preds[k].Index, i.Block().Index}] {
				out = Join(out, r.secondAnswer(e, asked))
			}
		}
		return out
	case *ssa.UnOp:
		return r.unop(i)
	case *ssa.BinOp:
		return r.binop(i)
	case *ssa.Field:
		return r.field(r.Val(i.X), i.X, i.Field)
	case *ssa.Convert:
		return r.convert(r.Val(i.X), i.Type())
	case *ssa.ChangeType:
		return r.Val(i.X)
	case *ssa.ChangeInterface:
		return r.Val(i.X)
	case *ssa.MultiConvert:
		return r.Val(i.X)
	case *ssa.MakeInterface:
		x := r.Val(i.X)
		if x.Kind == Nil {
			// A typed nil in an interface is not nil.
			return nonNil
		}
		if x.Code() && ir.IsErrorLike(i.X.Type()) {
			return Value{Kind: Carrier}
		}
		if _, ok := i.X.Type().Underlying().(*types.Basic); ok {
			return x
		}
		return x.shown()
	case *ssa.TypeAssert:
		return r.assert(i)
	case *ssa.Extract:
		if recv, ok := i.Tuple.(*ssa.UnOp); ok && i.Index == 1 && recv.Op == token.ARROW && r.Engine.Ticks(recv.X) {
			return constVal(constant.MakeBool(true)) // nobody closes it
		}
		for q := r; q != nil; q = q.prefix {
			if t := q.tuples[i.Tuple]; i.Index < len(t) {
				return t[i.Index]
			}
		}
		return topValue
	case *ssa.Lookup:
		return r.lookup(i)
	case *ssa.Slice:
		x := r.Val(i.X)
		if part, ok := r.slice(i, x); ok {
			return part
		}
		if !x.Holds() {
			x.List = r.Engine.LiteralOf(i)
		}
		return x
	case *ssa.Index:
		return r.element(i.X)
	case *ssa.MakeClosure, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice:
		return nonNil
	case *ssa.Range, *ssa.Next, *ssa.Select:
		return topValue
	case *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr:
		return nonNil
	}
	return topValue
}

func (r *Propagation) convert(x Value, t types.Type) Value {
	if x.Kind != Const {
		return x
	}
	b, ok := t.Underlying().(*types.Basic)
	switch {
	case !ok:
		return x.unknown()
	case b.Info()&types.IsString != 0 && x.C.Kind() == constant.Int:
		return x.unknown()
	case b.Info()&types.IsInteger != 0:
		if c := constant.ToInt(x.C); c.Kind() == constant.Int {
			x.C = c
		}
	case b.Info()&types.IsFloat != 0:
		if c := constant.ToFloat(x.C); c.Kind() == constant.Float {
			x.C = c
		}
	}
	return x
}

func (r *Propagation) unop(i *ssa.UnOp) Value {
	switch i.Op {
	case token.MUL:
		return r.load(i.X, i)
	case token.NOT:
		return not(r.Val(i.X))
	case token.ARROW:
		return topValue
	default:
		x := r.Val(i.X)
		if x.Kind == Const {
			if c := constant.UnaryOp(i.Op, x.C, 0); c.Kind() != constant.Unknown {
				r.arithmetic(x)
				x.C = c
				return x
			}
		}
		return x.unknown()
	}
}

func (r *Propagation) arithmetic(x Value) {
	if x.Code() {
		r.Observed.All = true
	}
}

func (r *Propagation) binop(i *ssa.BinOp) Value {
	x, y := r.Val(i.X), r.Val(i.Y)
	if x.Kind == Bottom || y.Kind == Bottom {
		return Value{}
	}
	if yes, ok := r.passed(i, y); ok {
		return constVal(constant.MakeBool(yes))
	}
	depends := x.ByCode || y.ByCode
	switch i.Op {
	case token.EQL, token.NEQ:
		eq, known := r.equals(x, y)
		if r.isAnother(x, i.Y) || r.isAnother(y, i.X) {
			eq, known = false, true
		}
		if !known {
			whole := x.Kind == Carrier && !x.Beside && y.Kind != Nil || y.Kind == Carrier && !y.Beside && x.Kind != Nil
			return Value{Kind: Top, ByCode: depends || whole, Beside: x.Beside || y.Beside}
		}
		out := constVal(constant.MakeBool(eq == (i.Op == token.EQL)))
		out.ByCode = depends || x.Holds() || y.Holds()
		return out
	}
	if x.Kind == Const && y.Kind == Const && x.C.Kind() == y.C.Kind() {
		switch i.Op {
		case token.LSS, token.LEQ, token.GTR, token.GEQ:
			r.noteRangeBound(x, y)
			out := constVal(constant.MakeBool(constant.Compare(x.C, i.Op, y.C)))
			out.ByCode = depends
			return out
		}
		if c, ok := fold(x.C, i.Op, y.C); ok {
			r.arithmetic(x)
			r.arithmetic(y)
			out := constVal(c)
			out.ByCode = depends
			return out
		}
	}
	if _, space, ok := r.Engine.G.Masked(i); ok && space == r.space && (x.Unmasked || y.Unmasked) {
		return codeVal(r.Code)
	}
	if i.Op == token.ADD && (x.Kind == Carrier || y.Kind == Carrier) {
		return Value{Kind: Carrier, Beside: x.Beside || y.Beside} // text that is put together holds what each part does
	}
	if x.Code() || y.Code() {
		r.Observed.All = true
	}
	return Value{Kind: Top, ByCode: depends, Beside: x.Beside || y.Beside, Text: x.Text || y.Text}
}

// isAnother reports whether an operand is an error of the standard library, which the carrier
// that it is compared with is not.
func (r *Propagation) isAnother(x Value, operand ssa.Value) bool {
	return x.Kind == Carrier && !x.Beside && r.otherError(operand)
}

// fold computes a binary operation on constants, or says that it cannot.
func fold(x constant.Value, op token.Token, y constant.Value) (constant.Value, bool) {
	switch op {
	case token.SHL, token.SHR:
		return nil, false
	case token.QUO, token.REM:
		if x.Kind() != constant.Int || constant.Sign(y) == 0 {
			return nil, false
		}
		if op == token.QUO {
			op = token.QUO_ASSIGN // integer division
		}
	case token.ADD:
		if x.Kind() == constant.Bool {
			return nil, false
		}
	default:
		if x.Kind() != constant.Int {
			return nil, false
		}
	}
	c := constant.BinaryOp(x, op, y)
	return c, c.Kind() != constant.Unknown
}

// noteRangeBound notes the bound of a range.
func (r *Propagation) noteRangeBound(x, y Value) {
	for _, p := range [][2]Value{{x, y}, {y, x}} {
		if p[0].Code() && !p[1].ByCode {
			if n, ok := catalog.ValueOf(p[1].C, r.codeKind()); ok && p[1].Kind == Const {
				r.Observed.Bounds[n] = true
			}
		}
	}
}

// equals compares two values, and notes what the code is compared with.
func (r *Propagation) equals(x, y Value) (eq, known bool) {
	if x.Kind == Nil && y.Kind == Nil {
		return true, true
	}
	for _, p := range [][2]Value{{x, y}, {y, x}} {
		a, b := p[0], p[1]
		if a.Kind == Const && b.Element && !r.inList(a, b.List) {
			return false, true
		}
		if b.Kind == Nil && (a.Kind == NonNil || a.Kind == Carrier && !a.Beside) {
			return false, true
		}
	}
	if x.Kind == Const && y.Kind == Const && (x.C.Kind() == y.C.Kind() || ir.Numeric(x.C) && ir.Numeric(y.C)) {
		r.nameEqual(x, y)
		return constant.Compare(x.C, token.EQL, y.C), true
	}
	return false, false
}

// nameEqual notes what the code is compared with.
func (r *Propagation) nameEqual(x, y Value) {
	for _, p := range [][2]Value{{x, y}, {y, x}} {
		if p[0].Code() && !p[1].ByCode {
			if n, ok := r.asCode(p[1].C); ok {
				r.Observed.Named[n] = true
			}
		}
	}
}

// inList reports whether the code is one of a list, and notes what it is compared with.
func (r *Propagation) inList(code Value, l *memory.Literal) bool {
	found := false
	for _, k := range l.Keys {
		if eq, ok := r.equals(code, constVal(k)); ok && eq {
			found = true
		}
	}
	return found
}
