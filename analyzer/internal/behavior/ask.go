package behavior

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// Event is the call at which the carrier appears.
func (s *Source) Event() ssa.CallInstruction {
	if s.Call != nil {
		return s.Call
	}
	c, _ := s.Instr.(ssa.CallInstruction)
	return c
}

// IsNilTest reports whether a comparison is with nil.
func IsNilTest(b *ssa.BinOp) bool {
	x, _ := nilTest(b)
	return x != nil
}

// Comparisons lists the comparisons and calls that ask something of the carrier, in source
// order: also those whose branch is empty.
func (b *Behaviour) Comparisons() []ssa.Value {
	seen := make(map[ssa.Value]bool)
	var out []ssa.Value
	for _, c := range b.Cases {
		for _, blk := range c.run.fn.Blocks {
			if !c.run.live[blk.Index] {
				continue
			}
			for _, instr := range blk.Instrs {
				var v ssa.Value
				switch i := instr.(type) {
				case *ssa.BinOp:
					v = i
				case *ssa.Call:
					if isBoolean(i.Type()) {
						v = i
					}
				}
				if v != nil && !seen[v] && v.Pos().IsValid() && c.run.vals[v].Depends {
					seen[v] = true
					out = append(out, v)
				}
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Pos() < out[j].Pos() })
	return out
}

// IsText reports whether a value is the text of the carrier in this case.
func (c *Case) IsText(v ssa.Value) bool { return c.run.val(v).Text }

// Wrapped reports whether a value is the carrier inside another error.
func (c *Case) Wrapped(v ssa.Value) bool { return c.run.val(v).Wrapped }

// Cleanup reports whether the source's call stands on a path that already returns another
// failure, whatever this call answers.
func (e *Engine) Cleanup(s *Source) bool {
	if s.Call == nil {
		return false
	}
	res := s.Fn.Signature.Results()
	if res.Len() == 0 || !isErrorLike(res.At(res.Len()-1).Type()) {
		return e.underFailure(s.Call.Block()) && s.Fn.Parent() != nil
	}
	b := e.Behaviour(s)
	for _, c := range b.Cases {
		if !c.Success {
			continue
		}
		reach := reachable(c.run, s.Call.Block())
		any := false
		for _, ret := range c.run.returns() {
			if !reach[ret.Block()] {
				continue
			}
			any = true
			if !c.run.failure(ret.Results[len(ret.Results)-1], ret.Block(), s.Call.Block()) {
				return false
			}
		}
		if !any {
			return false
		}
	}
	return true
}

// failure reports whether an error is not nil in one of the blocks, or is what a call makes of
// one that is not.
func (r *run) failure(v ssa.Value, in ...*ssa.BasicBlock) bool {
	at := func(v ssa.Value) bool {
		x := r.val(v)
		return x.Kind == NonNil || x.Kind == Top && slices.ContainsFunc(in, func(b *ssa.BasicBlock) bool { return r.nonNilAt(v, b) })
	}
	if at(v) {
		return true
	}
	c, ok := underInterface(v).(*ssa.Call)
	return ok && slices.ContainsFunc(c.Call.Args, func(a ssa.Value) bool { return isErrorLike(a.Type()) && at(a) })
}

// underFailure reports whether a block runs only where some error is not nil.
func (e *Engine) underFailure(b *ssa.BasicBlock) bool {
	for d := b; d != nil; d = d.Idom() {
		p := d.Idom()
		if p == nil {
			return false
		}
		last, ok := p.Instrs[len(p.Instrs)-1].(*ssa.If)
		if !ok || len(d.Preds) != 1 {
			continue
		}
		if x, isNil := nilTest(last.Cond); x != nil && isErrorLike(x.Type()) && isNil == (p.Succs[1] == d) {
			return true
		}
	}
	return false
}

func reachable(r *run, from *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	seen := map[*ssa.BasicBlock]bool{from: true}
	stack := []*ssa.BasicBlock{from}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, s := range b.Succs {
			if r.edges[[2]int{b.Index, s.Index}] && !seen[s] {
				seen[s] = true
				stack = append(stack, s)
			}
		}
	}
	return seen
}

// FallsBack reports whether a failure is answered by another call: one whose result is
// used, or one that is given what the failed call was given.
func (e *Engine) FallsBack(b *Behaviour, k *Case, s *Source) bool {
	given := make(map[ssa.Value]bool)
	for i, a := range flow.Args(s.Call.Common()) {
		if i == 0 && s.Call.Common().Signature().Recv() != nil {
			continue
		}
		if _, ok := a.(*ssa.Const); !ok {
			given[underInterface(a)] = true
		}
	}
	for _, i := range b.OnlyHere(k) {
		c, ok := i.(*ssa.Call)
		if !ok {
			continue
		}
		if resultUsed(c) {
			return true
		}
		for n, a := range flow.Args(&c.Call) {
			if n == 0 && c.Call.Signature().Recv() != nil {
				continue
			}
			if given[underInterface(a)] {
				return true
			}
		}
	}
	for _, c := range b.TestsOnlyHere(k) {
		if e.answersFor(k, c) {
			return true
		}
	}
	return false
}

// answersFor reports whether what a call without effects returns is the answer: a value
// that is no error, and made of nothing of the carrier.
func (e *Engine) answersFor(k *Case, c *ssa.Call) bool {
	if f := flow.Callee(&c.Call); f == nil || f.Pkg() == nil || flow.Std(f.Pkg().Path()) {
		return false
	}
	for _, a := range flow.Args(&c.Call) {
		if k.run.val(a).interesting() {
			return false
		}
	}
	returned := func(v ssa.Value) bool {
		if isErrorLike(v.Type()) {
			return false
		}
		for _, ref := range *v.Referrers() {
			if _, ok := ref.(*ssa.Return); ok {
				return true
			}
		}
		return false
	}
	if c.Call.Signature().Results().Len() == 1 {
		return returned(c)
	}
	for _, ref := range *c.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && returned(x) {
			return true
		}
	}
	return false
}

// resultUsed reports whether anything but an error of a call is used.
func resultUsed(c *ssa.Call) bool {
	for _, ref := range *c.Referrers() {
		switch x := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Extract:
			if used(x) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// CallsAPI reports whether a call is one of the API: its results hold a code or an answer.
func (e *Engine) CallsAPI(c ssa.CallInstruction) bool {
	n := c.Common().Signature().Results().Len()
	for i := range n {
		if _, _, ok := e.yields(c, i); ok {
			return true
		}
	}
	return false
}

// Makes reports whether a call does something, and is more than a question for what is kept.
func (e *Engine) Makes(c ssa.CallInstruction) bool { return !e.isQuiet(c.Common()) }

// A Retried is how a call is made again.
type Retried struct {
	Here    bool                // in this function, not in a helper that it is handed to
	Call    ssa.CallInstruction // the call that is repeated
	Waits   bool
	Endless bool
	Asks    bool // something that is not known tells which failures to repeat

	to  ssa.CallInstruction // the call that is reached
	way map[*ssa.BasicBlock]bool
	run *run
}

// Retry tells how the source's call is made again for a code.
func (e *Engine) Retry(b *Behaviour, k *Case) Retried {
	s := b.Source
	out := Retried{Call: s.Call}
	behind := k.run.behindCall(s.Call)
	if way, ok := behind.again(s.Call); ok {
		out.Here = true
		out.Waits = e.wayWaits(way)
		out.Asks = behind.undecided(way)
		out.Endless = !behind.leaves(s.Call.Block())
		out.to, out.way, out.run = s.Call, way, behind
		return out
	}
	if c := k.run.calledAgain(s.Call); c != nil {
		out.Here = true
		if !k.run.recursion(c) {
			out.Call = c
		}
		way := between(k.run, s.Call.Block(), c.Block())
		out.Waits = e.wayWaits(way)
		out.Asks = k.run.undecided(way)
		out.to, out.way, out.run = c, way, k.run
		return out
	}
	if e.inRetryHelper(s.Fn) && k.fails() {
		out.Here = e.helperIsLocal(s.Fn)
		out.Asks = e.helperAsks(s.Fn) || tells(s.Fn)
		out.Waits = e.helperWaits(s.Fn)
	}
	return out
}

// undecided reports whether a condition on the way asks something of the carrier that its
// code does not decide.
func (r *run) undecided(way map[*ssa.BasicBlock]bool) bool {
	for b := range way {
		if i, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
			if x := r.val(i.Cond); x.Kind == Top && x.interesting() {
				return true
			}
		}
	}
	return false
}

func (e *Engine) wayWaits(way map[*ssa.BasicBlock]bool) bool {
	for b := range way {
		for _, i := range b.Instrs {
			if e.instrWaits(i) {
				return true
			}
		}
	}
	return false
}

// between lists the blocks on a way from one block to another.
func between(r *run, from, to *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	out := make(map[*ssa.BasicBlock]bool)
	for b := range reachable(r, from) {
		if reachable(r, b)[to] {
			out[b] = true
		}
	}
	return out
}

// leaves reports whether the function can be left after a call.
func (r *run) leaves(from *ssa.BasicBlock) bool {
	for b := range reachable(r, from) {
		if r.ends[b] != nil {
			return true
		}
		switch b.Instrs[len(b.Instrs)-1].(type) {
		case *ssa.Return, *ssa.Panic:
			return true
		}
	}
	return false
}

// StoredType is the type of what an interface value holds, where one alone is stored.
func (e *Engine) StoredType(v ssa.Value) types.Type {
	if m, ok := e.assigned(v).(*ssa.MakeInterface); ok {
		return m.X.Type()
	}
	return nil
}

// MadeType names the one type of the SDK of which a function makes the error that v is, from
// a code that it is given.
func (e *Engine) MadeType(v ssa.Value) (string, bool) {
	c, ok := e.assigned(v).(*ssa.Call)
	if !ok || c.Call.Signature().Results().Len() != 1 || !e.constructs(c) {
		return "", false
	}
	t, known := e.ErrorTypes(c)
	if !known || len(t.Outer) != 1 || len(t.Inner) > 0 {
		return "", false
	}
	dot := strings.LastIndexByte(t.Outer[0], '.')
	return t.Outer[0], dot > 0 && catalog.SDKPath(t.Outer[0][:dot])
}

// assigned follows a variable that is assigned once to what is assigned, and that in turn.
// It returns nil where the way is too long, as from a variable that is assigned to itself.
func (e *Engine) assigned(v ssa.Value) ssa.Value {
	for range maxDepth {
		u, ok := v.(*ssa.UnOp)
		if !ok || u.Op != token.MUL {
			return v
		}
		switch x := u.X.(type) {
		case *ssa.Global:
			s := e.onlyStore(x)
			if s == nil {
				return v
			}
			v = s
		case *ssa.Alloc:
			st := e.stores(x)
			if len(st) != 1 || st[0].val == nil {
				return v
			}
			v = st[0].val
		default:
			return v
		}
	}
	return nil
}

// Pattern is the constant expression that a *regexp.Regexp was compiled from.
func (e *Engine) Pattern(v ssa.Value) (string, bool) {
	v = e.assigned(v)
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return "", false
	}
	switch flow.FullName(&call.Call) {
	case "regexp.MustCompile", "regexp.Compile":
		if c, ok := call.Call.Args[0].(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
			return constant.StringVal(c.Value), true
		}
	}
	return "", false
}

// Kept reports whether the call of a source only gets at the HTTP response that an answer
// keeps: the code of that answer was there before, and is looked at there.
func (e *Engine) Kept(s *Source) bool {
	if s.Call == nil {
		return false
	}
	c := s.Call.Common()
	sig := c.Signature()
	if sig.Recv() == nil || flow.TypePath(sig.Results().At(s.Result).Type()) != "net/http.Response" || sig.Results().Len() != 1 || sig.Params().Len() > 0 {
		return false
	}
	for v := flow.Args(c)[0]; ; {
		if _, _, ok := e.G.CarrierField(v.Type()); ok {
			return true
		}
		switch x := v.(type) { // a method of what it embeds
		case *ssa.UnOp:
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		default:
			return false
		}
	}
}
