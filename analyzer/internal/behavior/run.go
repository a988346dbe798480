package behavior

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

const (
	maxDepth      = 4   // of calls followed into
	maxTargets    = 6   // of one dynamic call
	maxDominators = 64  // looked at for a nil test
	maxFollowed   = 200 // calls of one propagation
	maxRounds     = 24  // of one propagation
)

// run is one propagation: one function, one bound carrier, one code.
type run struct {
	e       *Engine
	fn      *ssa.Function
	space   int
	code    int64
	success bool
	src     *Source
	frees   []Value
	params  []Value
	depth   int
	first   *run                         // the propagation of which this one goes on behind a call
	from    *ssa.BasicBlock              // the block of that call
	behinds map[ssa.CallInstruction]*run // propagations that go on behind a call

	vals    map[ssa.Value]Value
	tuples  map[ssa.Value][]Value
	content map[ssa.Instruction]Value    // what a call put behind an address
	inner   map[ssa.Instruction]*outcome // what a followed call does
	opened  map[*ssa.Alloc]bool          // variables of which the content is being asked
	live    []bool
	edges   map[[2]int]bool
	ends    map[*ssa.BasicBlock]ssa.Instruction // a call that does not return
	changed bool

	trace *trace
}

// trace collects what a propagation names and cannot decide.
type trace struct {
	named  map[int64]bool         // numbers that the code is compared with for equality
	bounds map[int64]bool         // bounds of ranges
	all    bool                   // arithmetic or something opaque: every code matters
	below  bool                   // a function that turns the code into an error decides something of it
	opaque bool                   // a condition depends on the code and cannot be decided
	asked  map[*ssa.Function]bool // functions of this package that are given the carrier or its code
	omits  map[int]bool           // codes that were reported in functions of other packages that are asked
}

func newTrace() *trace {
	return &trace{
		named: make(map[int64]bool), bounds: make(map[int64]bool),
		asked: make(map[*ssa.Function]bool), omits: make(map[int]bool),
	}
}

func (r *run) exec() {
	r.vals = make(map[ssa.Value]Value, r.e.size(r.fn))
	r.tuples = make(map[ssa.Value][]Value)
	r.content = make(map[ssa.Instruction]Value)
	r.inner = make(map[ssa.Instruction]*outcome)
	r.edges = make(map[[2]int]bool)
	r.ends = make(map[*ssa.BasicBlock]ssa.Instruction)
	r.live = make([]bool, len(r.fn.Blocks))
	if len(r.fn.Blocks) == 0 {
		return
	}
	if r.from != nil {
		r.live[r.from.Index] = true
	} else {
		r.live[0] = true
	}
	if r.fn.Recover != nil {
		r.live[r.fn.Recover.Index] = true
	}
	order := r.e.order(r.fn)
	for range maxRounds {
		r.changed = false
		for _, b := range order {
			if r.live[b.Index] {
				r.block(b)
			}
		}
		if !r.changed {
			return
		}
	}
}

func (r *run) block(b *ssa.BasicBlock) {
	for _, instr := range b.Instrs {
		switch i := instr.(type) {
		case *ssa.If:
			r.branch(b, r.val(i.Cond))
		case *ssa.Jump:
			r.edge(b, b.Succs[0])
		case *ssa.DebugRef:
		case *ssa.RunDefers:
			r.deferred(i)
		case *ssa.Call:
			r.set(i, r.call(i))
			if r.exits(i) {
				r.ends[b] = i
				return
			}
			delete(r.ends, b)
		case ssa.Value:
			r.set(i, r.eval(i))
		}
	}
}

func (r *run) branch(b *ssa.BasicBlock, cond Value) {
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
	if cond.Depends && cond.Kind == Top {
		r.trace.opaque = true
	}
	r.edge(b, b.Succs[0])
	r.edge(b, b.Succs[1])
}

func (r *run) edge(from, to *ssa.BasicBlock) {
	key := [2]int{from.Index, to.Index}
	if !r.edges[key] {
		r.edges[key] = true
		r.changed = true
	}
	if !r.live[to.Index] {
		r.live[to.Index] = true
		r.changed = true
	}
}

func (r *run) set(v ssa.Value, x Value) {
	if b, ok := r.bound(v); ok {
		x = b
	}
	old := r.vals[v]
	x = join(old, x)
	if !x.equal(old) {
		r.vals[v] = x
		r.changed = true
	}
}

// bound is the value of the source's own carrier.
func (r *run) bound(v ssa.Value) (Value, bool) {
	if r.src == nil || !r.src.binds(v) {
		return Value{}, false
	}
	return r.src.at(r, v), true
}

// val is the value of an operand.
func (r *run) val(v ssa.Value) Value {
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
		for i, p := range r.fn.Params {
			if p == v && i < len(r.params) {
				return r.params[i]
			}
		}
		return top
	case *ssa.FreeVar:
		for i, f := range r.fn.FreeVars {
			if f == v && i < len(r.frees) {
				return r.frees[i]
			}
		}
		return top
	case *ssa.Alloc:
		if r.opened[v] {
			return Value{} // variables that point to each other
		}
		if r.opened == nil {
			r.opened = make(map[*ssa.Alloc]bool)
			defer func() { r.opened = nil }()
		}
		r.opened[v] = true
		if c := r.behind(v, nil, nil); c.holds() {
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
	x, ok := r.vals[v]
	if !ok && r.first != nil {
		return r.first.val(v)
	}
	return x
}

// inside is the address of a field: of the carrier, where the field is the part of a struct
// that has the code, as an embedded answer is whose method is called.
func (r *run) inside(a *ssa.FieldAddr) Value {
	t := pointee(a.Type())
	root, ok := rootAlloc(a)
	if flow.StructOf(t) == nil || !r.e.holdsCode(t, r.space) || ok && r.opened[root] {
		return nonNil
	}
	if ok {
		if r.opened == nil {
			r.opened = make(map[*ssa.Alloc]bool)
			defer func() { r.opened = nil }()
		}
		r.opened[root] = true
	}
	if c := r.load(a, nil); c.holds() {
		return Value{Kind: Carrier, Wrapped: c.Wrapped}
	}
	return nonNil
}

func (r *run) eval(v ssa.Value) Value {
	switch i := v.(type) {
	case *ssa.Phi:
		var out Value
		if r.first != nil && i.Block() == r.from {
			out = r.first.val(i)
		}
		asked := slices.ContainsFunc(i.Edges, r.isNumber)
		for k, e := range i.Edges {
			if r.edges[[2]int{i.Block().Preds[k].Index, i.Block().Index}] {
				out = join(out, r.askedAgain(e, asked))
			}
		}
		return out
	case *ssa.UnOp:
		return r.unop(i)
	case *ssa.BinOp:
		return r.binop(i)
	case *ssa.Field:
		return r.field(r.val(i.X), i.X, i.Field)
	case *ssa.Convert:
		return r.convert(r.val(i.X), i.Type())
	case *ssa.ChangeType:
		return r.val(i.X)
	case *ssa.ChangeInterface:
		return r.val(i.X)
	case *ssa.MultiConvert:
		return r.val(i.X)
	case *ssa.MakeInterface:
		x := r.val(i.X)
		if x.Kind == Nil {
			// A typed nil in an interface is not nil.
			return nonNil
		}
		if x.code() && isErrorLike(i.X.Type()) {
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
		if recv, ok := i.Tuple.(*ssa.UnOp); ok && i.Index == 1 && recv.Op == token.ARROW && r.e.ticks(recv.X) {
			return constVal(constant.MakeBool(true)) // nobody closes it
		}
		for q := r; q != nil; q = q.first {
			if t := q.tuples[i.Tuple]; i.Index < len(t) {
				return t[i.Index]
			}
		}
		return top
	case *ssa.Lookup:
		return r.lookup(i)
	case *ssa.Slice:
		x := r.val(i.X)
		if !x.holds() {
			x.List = r.e.literalOf(i)
		}
		return x
	case *ssa.Index:
		return r.element(i.X)
	case *ssa.MakeClosure, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice:
		return nonNil
	case *ssa.Range, *ssa.Next, *ssa.Select:
		return top
	case *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr:
		return nonNil
	}
	return top
}

func (r *run) convert(x Value, t types.Type) Value {
	if x.Kind != Const {
		return x
	}
	b, ok := t.Underlying().(*types.Basic)
	switch {
	case !ok:
		if x.Depends {
			return Value{Kind: Top, Depends: true}
		}
		return top
	case b.Info()&types.IsString != 0 && x.C.Kind() == constant.Int:
		return Value{Kind: Top, Depends: x.Depends}
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

func (r *run) unop(i *ssa.UnOp) Value {
	switch i.Op {
	case token.MUL:
		return r.load(i.X, i)
	case token.NOT:
		x := r.val(i.X)
		if b, ok := x.isBool(); ok {
			x.C = constant.MakeBool(!b)
			return x
		}
		return Value{Kind: Top, Depends: x.Depends}
	case token.ARROW:
		return top
	default:
		x := r.val(i.X)
		if x.Kind == Const {
			if c := constant.UnaryOp(i.Op, x.C, 0); c.Kind() != constant.Unknown {
				r.arithmetic(x)
				x.C = c
				return x
			}
		}
		return Value{Kind: Top, Depends: x.Depends}
	}
}

func (r *run) arithmetic(x Value) {
	if x.code() {
		r.trace.all = true
	}
}

func (r *run) binop(i *ssa.BinOp) Value {
	x, y := r.val(i.X), r.val(i.Y)
	if x.Kind == Bottom || y.Kind == Bottom {
		return Value{}
	}
	if yes, ok := r.passed(i, y); ok {
		return constVal(constant.MakeBool(yes))
	}
	depends := x.Depends || y.Depends
	switch i.Op {
	case token.EQL, token.NEQ:
		eq, known := r.equals(x, y)
		if !known {
			whole := x.Kind == Carrier && !x.Part && y.Kind != Nil || y.Kind == Carrier && !y.Part && x.Kind != Nil
			return Value{Kind: Top, Depends: depends || whole, Part: x.Part || y.Part}
		}
		out := constVal(constant.MakeBool(eq == (i.Op == token.EQL)))
		out.Depends = depends || x.holds() || y.holds()
		return out
	}
	if x.Kind == Const && y.Kind == Const && x.C.Kind() == y.C.Kind() {
		switch i.Op {
		case token.LSS, token.LEQ, token.GTR, token.GEQ:
			r.bound2(x, y)
			out := constVal(constant.MakeBool(constant.Compare(x.C, i.Op, y.C)))
			out.Depends = depends
			return out
		}
		if c, ok := fold(x.C, i.Op, y.C); ok {
			r.arithmetic(x)
			r.arithmetic(y)
			out := constVal(c)
			out.Depends = depends
			return out
		}
	}
	if i.Op == token.ADD && (x.Kind == Carrier || y.Kind == Carrier) {
		return Value{Kind: Carrier, Part: x.Part || y.Part} // text that is put together holds what each part does
	}
	if x.code() || y.code() {
		r.trace.all = true
	}
	return Value{Kind: Top, Depends: depends, Part: x.Part || y.Part, Text: x.Text || y.Text}
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

// bound2 notes the bound of a range.
func (r *run) bound2(x, y Value) {
	for _, p := range [][2]Value{{x, y}, {y, x}} {
		if p[0].code() && !p[1].Depends {
			if n, ok := p[1].isInt(); ok {
				r.trace.bounds[n] = true
			}
		}
	}
}

// equals compares two values, and notes what the code is compared with.
func (r *run) equals(x, y Value) (eq, known bool) {
	if x.Kind == Nil && y.Kind == Nil {
		return true, true
	}
	for _, p := range [][2]Value{{x, y}, {y, x}} {
		a, b := p[0], p[1]
		if a.code() && b.Element && !r.inList(a, b.List) {
			return false, true
		}
		if b.Kind == Nil && (a.Kind == NonNil || a.Kind == Carrier && !a.Part) {
			return false, true
		}
	}
	if x.Kind == Const && y.Kind == Const && (x.C.Kind() == y.C.Kind() || numeric(x.C) && numeric(y.C)) {
		for _, p := range [][2]Value{{x, y}, {y, x}} {
			if p[0].code() && !p[1].Depends {
				if n, ok := p[1].isInt(); ok {
					r.trace.named[n] = true
				} else if n, ok := parseNumber(p[1].C); ok {
					r.trace.named[n] = true
				}
			}
		}
		return constant.Compare(x.C, token.EQL, y.C), true
	}
	return false, false
}

// inList reports whether the code is one of a list, and notes what it is compared with.
func (r *run) inList(code Value, l *literal) bool {
	found := false
	for _, k := range l.keys {
		if eq, ok := r.equals(code, constVal(k)); ok && eq {
			found = true
		}
	}
	return found
}

func numeric(c constant.Value) bool { return c.Kind() == constant.Int || c.Kind() == constant.Float }
