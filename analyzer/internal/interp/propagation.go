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

// IfAt is the condition at the end of a block that is reached.
func (r *Propagation) IfAt(blk *ssa.BasicBlock) *ssa.If {
	if !r.Live[blk.Index] || len(blk.Instrs) == 0 {
		return nil
	}
	i, _ := blk.Instrs[len(blk.Instrs)-1].(*ssa.If)
	return i
}

func Reachable(r *Propagation, from *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	seen := map[*ssa.BasicBlock]bool{from: true}
	stack := []*ssa.BasicBlock{from}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, s := range b.Succs {
			if r.Edges[[2]int{b.Index, s.Index}] && !seen[s] {
				seen[s] = true
				stack = append(stack, s)
			}
		}
	}
	return seen
}

// Propagate runs the function once with the source bound to a code.
func (e *Engine) Propagate(s *Source, code catalog.Value, success bool) *Propagation {
	e.budget = MaxFollowed
	r := &Propagation{Engine: e, Fn: s.Fn, space: s.Space, Code: code, success: success, Src: s, Observed: NewObserved()}
	r.exec()
	return r
}

// PropagateAny runs the function once with the source bound to a failure of which nothing is
// known, or to success.
func (e *Engine) PropagateAny(s *Source, success bool) *Propagation {
	return e.Propagate(s, catalog.Some(e.G.Catalog.Spaces[s.Space].CodeKind()), success)
}

const (
	MaxDepth      = 4   // of calls followed into
	maxTargets    = 6   // of one dynamic call
	maxDominators = 64  // looked at for a nil test
	MaxFollowed   = 200 // calls of one propagation
	maxRounds     = 24  // of one propagation
)

// Propagation is one propagation: one function, one bound carrier, one code.
type Propagation struct {
	Engine        *Engine
	Fn            *ssa.Function
	space         int
	Code          catalog.Value
	success       bool
	Src           *Source
	frees         []Value
	params        []Value
	depth         int
	prefix        *Propagation                         // the propagation of which this one goes on behind a call
	from          *ssa.BasicBlock                      // the block of that call
	continuations map[ssa.CallInstruction]*Propagation // propagations that go on behind a call

	Vals    map[ssa.Value]Value
	tuples  map[ssa.Value][]Value
	content map[ssa.Instruction]Value         // what a call put behind an address
	inner   map[ssa.Instruction]*calleeResult // what a followed call does
	opened  map[*ssa.Alloc]bool               // variables of which the content is being asked
	Live    []bool
	Edges   map[[2]int]bool
	Ends    map[*ssa.BasicBlock]ssa.Instruction // a call that does not return
	changed bool

	Observed *Observed
}

// codeKind is what the codes of the space that is judged are.
func (r *Propagation) codeKind() catalog.Kind { return r.Engine.G.Catalog.Spaces[r.space].CodeKind() }

// asCode is the code that a constant is in the space that is judged, as its value or, of a
// number, as its text.
func (r *Propagation) asCode(c constant.Value) (catalog.Value, bool) {
	if n, ok := catalog.ValueOf(c, r.codeKind()); ok {
		return n, true
	}
	if n, ok := ir.ParseNumber(c); ok && r.codeKind() == catalog.Integer {
		return catalog.IntValue(n), true
	}
	return catalog.Value{}, false
}

// isCode reports whether a value is the bound code, or its text.
func (r *Propagation) isCode(v Value) bool {
	n, ok := r.asCode(v.C)
	return v.Kind == Const && ok && n == r.Code
}

// The forms in which a function returns the code that it is given.
const (
	TheCode = "code" // as it is
	TheText = "text" // as the text of a number
)

// Form says whether a value is the bound code, as it is or as its text; else it is "".
func (r *Propagation) Form(v Value) string {
	switch {
	case !v.ByCode || !r.isCode(v):
		return ""
	case v.C.Kind() == constant.String && r.codeKind() == catalog.Integer:
		return TheText
	}
	return TheCode
}

// IsCode reports whether a value of the program is the bound code, or its text, here.
func (r *Propagation) IsCode(v ssa.Value) bool {
	x := r.Val(v)
	return x.Code() && r.isCode(x)
}

// Observed collects what a propagation names and cannot decide.
type Observed struct {
	Named  map[catalog.Value]bool // codes that the code is compared with for equality
	Bounds map[catalog.Value]bool // bounds of ranges
	All    bool                   // arithmetic or something opaque: every code matters
	Below  bool                   // a function that turns the code into an error decides something of it
	Opaque bool                   // a condition depends on the code and cannot be decided
	Asked  map[*ssa.Function]bool // functions of this package that are given the carrier or its code
	Omits  map[catalog.Value]bool // codes that were reported in functions of other packages that are asked
}

func NewObserved() *Observed {
	return &Observed{
		Named: make(map[catalog.Value]bool), Bounds: make(map[catalog.Value]bool),
		Asked: make(map[*ssa.Function]bool), Omits: make(map[catalog.Value]bool),
	}
}

func (r *Propagation) exec() {
	r.Vals = make(map[ssa.Value]Value, r.Engine.size(r.Fn))
	r.tuples = make(map[ssa.Value][]Value)
	r.content = make(map[ssa.Instruction]Value)
	r.inner = make(map[ssa.Instruction]*calleeResult)
	r.Edges = make(map[[2]int]bool)
	r.Ends = make(map[*ssa.BasicBlock]ssa.Instruction)
	r.Live = make([]bool, len(r.Fn.Blocks))
	if len(r.Fn.Blocks) == 0 {
		return
	}
	if r.from != nil {
		r.Live[r.from.Index] = true
	} else {
		r.Live[0] = true
	}
	if r.Fn.Recover != nil {
		r.Live[r.Fn.Recover.Index] = true
	}
	order := r.Engine.order(r.Fn)
	for range maxRounds {
		r.changed = false
		for _, b := range order {
			if r.Live[b.Index] {
				r.block(b)
			}
		}
		if !r.changed {
			return
		}
	}
}

func (r *Propagation) block(b *ssa.BasicBlock) {
	for _, instr := range b.Instrs {
		switch i := instr.(type) {
		case *ssa.If:
			r.branch(b, r.Val(i.Cond))
		case *ssa.Jump:
			r.edge(b, b.Succs[0])
		case *ssa.DebugRef:
		case *ssa.RunDefers:
			r.deferred(i)
		case *ssa.Call:
			r.set(i, r.call(i))
			if r.exits(i) {
				r.Ends[b] = i
				return
			}
			delete(r.Ends, b)
		case ssa.Value:
			r.set(i, r.eval(i))
		}
	}
}

func (r *Propagation) branch(b *ssa.BasicBlock, cond Value) {
	if yes, ok := cond.isBool(); ok {
		if yes {
			r.edge(b, b.Succs[0])
		} else {
			r.edge(b, b.Succs[1])
		}
		return
	}
	if cond.Kind == Bottom {
		return
	}
	if cond.ByCode && cond.Kind == Top {
		r.Observed.Opaque = true
	}
	r.edge(b, b.Succs[0])
	r.edge(b, b.Succs[1])
}

func (r *Propagation) edge(from, to *ssa.BasicBlock) {
	key := [2]int{from.Index, to.Index}
	if !r.Edges[key] {
		r.Edges[key] = true
		r.changed = true
	}
	if !r.Live[to.Index] {
		r.Live[to.Index] = true
		r.changed = true
	}
}

func (r *Propagation) set(v ssa.Value, x Value) {
	if b, ok := r.bound(v); ok {
		x = b
	}
	old := r.Vals[v]
	x = Join(old, x)
	if !x.equal(old) {
		r.Vals[v] = x
		r.changed = true
	}
}

// bound is the value of the source's own carrier.
func (r *Propagation) bound(v ssa.Value) (Value, bool) {
	if r.Src == nil || r.Src.Roles[v] == 0 {
		return Value{}, false
	}
	return r.Src.at(r, v), true
}

// Val is the value of an operand.
func (r *Propagation) Val(v ssa.Value) Value {
	if b, ok := r.bound(v); ok {
		return b
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			if _, ok := v.Type().Underlying().(*types.Struct); ok {
				return nonNil
			}
			return null
		}
		return constVal(v.Value)
	case *ssa.Function:
		return nonNil
	case *ssa.Parameter:
		for i, p := range r.Fn.Params {
			if p == v && i < len(r.params) {
				return r.params[i]
			}
		}
		return topValue
	case *ssa.FreeVar:
		for i, f := range r.Fn.FreeVars {
			if f == v && i < len(r.frees) {
				return r.frees[i]
			}
		}
		return topValue
	case *ssa.Alloc:
		if r.opened[v] {
			return Value{} // variables that point to each other
		}
		if r.opened == nil {
			r.opened = make(map[*ssa.Alloc]bool)
			defer func() { r.opened = nil }()
		}
		r.opened[v] = true
		if c := r.contentOf(v, nil, nil); c.Holds() {
			return Value{Kind: Carrier, Wrapped: c.Wrapped}
		}
		return nonNil
	case *ssa.FieldAddr:
		return r.inside(v)
	case *ssa.IndexAddr, *ssa.Global:
		return nonNil
	case *ssa.Builtin:
		return nonNil
	}
	x, ok := r.Vals[v]
	if !ok && r.prefix != nil {
		return r.prefix.Val(v)
	}
	return x
}

// inside is the address of a field: of the carrier, where the field is the part of a struct
// that has the code, as an embedded answer is whose method is called.
func (r *Propagation) inside(a *ssa.FieldAddr) Value {
	t := ir.Pointee(a.Type())
	root, ok := ir.RootAlloc(a)
	if ir.StructOf(t) == nil || !r.Engine.G.HoldsCode(t, r.space) || ok && r.opened[root] {
		return nonNil
	}
	if ok {
		if r.opened == nil {
			r.opened = make(map[*ssa.Alloc]bool)
			defer func() { r.opened = nil }()
		}
		r.opened[root] = true
	}
	if c := r.load(a, nil); c.Holds() {
		return Value{Kind: Carrier, Wrapped: c.Wrapped}
	}
	return nonNil
}

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
		if x.Kind == Top {
			x.Kind = NonNil
			if _, ok := i.X.Type().Underlying().(*types.Basic); ok {
				x.Kind = Top
			}
		}
		return x
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
		if x.ByCode {
			return Value{Kind: Top, ByCode: true}
		}
		return topValue
	case b.Info()&types.IsString != 0 && x.C.Kind() == constant.Int:
		return Value{Kind: Top, ByCode: x.ByCode}
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
		x := r.Val(i.X)
		if b, ok := x.isBool(); ok {
			x.C = constant.MakeBool(!b)
			return x
		}
		return Value{Kind: Top, ByCode: x.ByCode}
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
		return Value{Kind: Top, ByCode: x.ByCode}
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
	if i.Op == token.ADD && (x.Kind == Carrier || y.Kind == Carrier) {
		return Value{Kind: Carrier, Beside: x.Beside || y.Beside} // text that is put together holds what each part does
	}
	if x.Code() || y.Code() {
		r.Observed.All = true
	}
	return Value{Kind: Top, ByCode: depends, Beside: x.Beside || y.Beside, Text: x.Text || y.Text}
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
		if a.Code() && b.Element && !r.inList(a, b.List) {
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
