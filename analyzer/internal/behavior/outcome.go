package behavior

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// outcome is what a followed function does with the arguments at hand.
type outcome struct {
	results []Value
	keys    []string // of the results
	trace   *trace
	effects string // a key for what it does
	quiet   bool   // nothing outlives it
	handed  bool   // the carrier goes somewhere from there
	spread  bool   // by another way than a result
	exits   bool   // it does not return
	filled  bool   // it decodes the carrier into an argument
	waits   bool
	// it turns a code into errors of its own, and names some failures for it
	converts bool
}

func (o *outcome) merge(p *outcome) *outcome {
	if o == nil {
		return p
	}
	return &outcome{
		effects: o.effects + p.effects,
		keys:    append(o.keys[:len(o.keys):len(o.keys)], p.keys...),
		quiet:   o.quiet && p.quiet,
		handed:  o.handed || p.handed,
		spread:  o.spread || p.spread,
		exits:   o.exits && p.exits,
		filled:  o.filled || p.filled,
		waits:   o.waits && p.waits,
	}
}

func (t *trace) merge(o *trace) {
	if o == nil {
		return
	}
	maps.Copy(t.named, o.named)
	maps.Copy(t.bounds, o.bounds)
	maps.Copy(t.asked, o.asked)
	maps.Copy(t.omits, o.omits)
	t.all = t.all || o.all
	t.opaque = t.opaque || o.opaque
	t.below = t.below || o.below
}

// outcome follows a function with given arguments, or returns nil where that has no end.
func (e *Engine) outcome(r *run, fn *ssa.Function, params, frees []Value) *outcome {
	if r.depth >= maxDepth || e.active[fn] > 0 || len(fn.Blocks) == 0 || len(fn.Blocks) > 2000 {
		return nil
	}
	key := outcomeKey(r, fn, params, frees)
	if o, ok := e.outcomes[key]; ok {
		return o
	}
	if e.budget <= 0 {
		return nil
	}
	e.budget--
	e.active[fn]++
	defer func() { e.active[fn]-- }()
	in := &run{e: e, fn: fn, space: r.space, code: r.code, success: r.success, params: params, frees: frees, depth: r.depth + 1, trace: newTrace()}
	in.exec()
	o := &outcome{trace: in.trace, exits: true, results: make([]Value, fn.Signature.Results().Len())}
	for _, ret := range in.returns() {
		o.exits = false
		for i, v := range ret.Results {
			x := in.val(v)
			if x.Kind == Top && in.nonNilAt(v, ret.Block()) {
				x.Kind = NonNil
			}
			o.results[i] = join(o.results[i], x)
		}
	}
	for i := range o.results {
		if o.results[i].Kind == Bottom {
			o.results[i] = top
		}
	}
	o.converts = returnsError(fn) && e.namesFailure(r.space, in.trace)
	eff := in.effects()
	o.effects, o.quiet, o.handed, o.spread = eff.key(), eff.quiet, eff.handed, eff.spread
	o.keys = in.resultKeys()
	for i, p := range fn.Params {
		if i < len(params) && !params[i].holds() {
			o.filled = o.filled || in.fillsParam(p)
		}
	}
	e.outcomes[key] = o
	return o
}

// resultKeys are the keys of what each result can be.
func (r *run) resultKeys() []string {
	k := &keyer{r: r, memo: make(map[ssa.Value]string)}
	out := make([]string, r.fn.Signature.Results().Len())
	for i := range out {
		var parts []string
		for _, ret := range r.returns() {
			if s := k.key(ret.Results[i], 0); !slices.Contains(parts, s) {
				parts = append(parts, s)
			}
		}
		sort.Strings(parts)
		out[i] = strings.Join(parts, "|")
	}
	return out
}

func returnsError(fn *ssa.Function) bool {
	res := fn.Signature.Results()
	for i := range res.Len() {
		if isErrorLike(res.At(i).Type()) {
			return true
		}
	}
	return false
}

func (e *Engine) namesFailure(space int, t *trace) bool {
	s := e.G.Catalog.Spaces[space]
	for n := range t.named {
		if _, ok := s.Lookup(n); ok && !s.IsSuccess(n) {
			return true
		}
	}
	return false
}

func outcomeKey(r *run, fn *ssa.Function, params, frees []Value) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%p %d %d %t", fn, r.space, r.code, r.success)
	for _, list := range [][]Value{params, frees} {
		b.WriteByte('|')
		for _, v := range list {
			fmt.Fprintf(&b, " %d%t%t%t%t%t%p%s", v.Kind, v.Depends, v.Part, v.Wrapped, v.Text, v.Element, v.List, v.Tag)
			if v.Kind == Const {
				b.WriteString(v.C.ExactString())
			}
		}
	}
	return b.String()
}

// returns lists the return instructions that can be reached.
func (r *run) returns() []*ssa.Return {
	var out []*ssa.Return
	for _, b := range r.fn.Blocks {
		if !r.reached(b) || r.ends[b] != nil {
			continue
		}
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && b != r.fn.Recover {
			out = append(out, ret)
		}
	}
	return out
}

func (r *run) reached(b *ssa.BasicBlock) bool { return r.live[b.Index] && b != r.fn.Recover }

// fillsParam reports whether the carrier is decoded or stored behind a parameter.
func (r *run) fillsParam(p *ssa.Parameter) bool {
	for _, ref := range *p.Referrers() {
		switch i := ref.(type) {
		case *ssa.Call:
			if c, ok := r.content[i]; ok && c.holds() {
				return true
			}
		case *ssa.Store:
			if i.Addr == p && r.live[i.Block().Index] && r.val(i.Val).holds() {
				return true
			}
		case *ssa.MakeInterface:
			for _, ref := range *i.Referrers() {
				if c, ok := ref.(*ssa.Call); ok {
					if x, ok := r.content[c]; ok && x.holds() {
						return true
					}
				}
			}
		}
	}
	return false
}

// nonNilAt reports whether a branch on the way to b has shown that v is not nil.
func (r *run) nonNilAt(v ssa.Value, b *ssa.BasicBlock) bool {
	for d, n := b, 0; d != nil && n < maxDominators; d, n = d.Idom(), n+1 {
		p := d.Idom()
		if p == nil {
			return false
		}
		last, ok := p.Instrs[len(p.Instrs)-1].(*ssa.If)
		if !ok || len(d.Preds) != 1 || d.Preds[0] != p {
			continue
		}
		x, isNil := nilTest(last.Cond)
		if x != nil && sameValue(x, v) && (isNil == (p.Succs[1] == d)) && p.Succs[0] != p.Succs[1] {
			return true
		}
	}
	return false
}

func sameValue(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	x, ok := a.(*ssa.UnOp)
	y, ok2 := b.(*ssa.UnOp)
	return ok && ok2 && x.Op == y.Op && x.X == y.X
}

// nilTest takes a condition "x == nil" or "x != nil" apart.
func nilTest(cond ssa.Value) (x ssa.Value, isNil bool) {
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

// neverReturns reports whether a call ends the process, the goroutine or the test.
func (e *Engine) neverReturns(c *ssa.CallCommon) bool {
	if stops(flow.Callee(c)) {
		return true
	}
	if f := e.G.FuncFact(c); f != nil {
		return f.Exits
	}
	if fn := e.G.Local(c.StaticCallee()); fn != nil {
		return e.exitsAlways(fn)
	}
	return false
}

// exitsAlways reports whether no return of fn can be reached.
func (e *Engine) exitsAlways(fn *ssa.Function) bool {
	if v, ok := e.exiting[fn]; ok {
		return v
	}
	e.exiting[fn] = false
	seen := make([]bool, len(fn.Blocks))
	var reach func(b *ssa.BasicBlock) bool
	reach = func(b *ssa.BasicBlock) bool {
		if seen[b.Index] {
			return false
		}
		seen[b.Index] = true
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.Call:
				if e.neverReturns(&i.Call) {
					return false
				}
			case *ssa.Return:
				return true
			}
		}
		for _, s := range b.Succs {
			if reach(s) {
				return true
			}
		}
		return false
	}
	out := len(fn.Blocks) > 0 && !reach(fn.Blocks[0]) && hasExit(e, fn)
	e.exiting[fn] = out
	return out
}

// hasExit tells a function that ends the process from one that loops for ever.
func hasExit(e *Engine, fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.Panic:
				return true
			case *ssa.Call:
				if e.neverReturns(&i.Call) {
					return true
				}
			}
		}
	}
	return false
}
