package interp

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// calleeResult is what a followed function does with the arguments at hand.
type calleeResult struct {
	results       []Value
	keys          []string // of the results
	trace         *Observed
	effects       string // a key for what it does
	pure          bool   // nothing outlives it
	escapes       bool   // the carrier goes somewhere from there
	escapesBeyond bool   // by another way than a result
	exits         bool   // it does not return
	filled        bool   // it decodes the carrier into an argument
	waits         bool
	// it turns a code into errors of its own, and names some failures for it
	converts bool

	following // which others that took
}

func (o *calleeResult) merge(p *calleeResult) *calleeResult {
	if o == nil {
		return p
	}
	return &calleeResult{
		effects:       o.effects + p.effects,
		keys:          append(o.keys[:len(o.keys):len(o.keys)], p.keys...),
		pure:          o.pure && p.pure,
		escapes:       o.escapes || p.escapes,
		escapesBeyond: o.escapesBeyond || p.escapesBeyond,
		exits:         o.exits && p.exits,
		filled:        o.filled || p.filled,
		waits:         o.waits && p.waits,
	}
}

// evaluate follows a function with given arguments, or returns nil where that has no end.
func (e *Engine) evaluate(r *Propagation, fn *ssa.Function, params, frees []Value) *calleeResult {
	if r.run.spent || !r.mayFollow(fn) {
		return nil
	}
	key := resultKey(r, fn, params, frees)
	o := e.kept(key, r.depth)
	if o == nil {
		in := r.below(fn, params, frees)
		if o = e.resultOf(in); r.run.spent {
			return nil
		}
		o.following = in.following
		e.keep(key, r.depth, o)
	}
	if !r.run.uses(o) {
		return nil
	}
	r.followed(o.following)
	r.took = append(r.took, o)
	return o
}

// resultOf runs a function that is called.
func (e *Engine) resultOf(in *Propagation) *calleeResult {
	in.exec()
	fn, params := in.Fn, in.params
	o := &calleeResult{trace: in.Observed, exits: true, results: make([]Value, fn.Signature.Results().Len())}
	for _, ret := range in.Returns() {
		o.exits = false
		for i, v := range ret.Results {
			x := in.Val(v)
			if in.NonNilAt(v, ret.Block()) {
				x = x.shown()
			}
			o.results[i] = Join(o.results[i], x)
		}
	}
	for i := range o.results {
		if o.results[i].Kind == Bottom {
			o.results[i] = topValue
		}
	}
	o.converts = ir.ReturnsError(fn) && e.namesFailure(in.space, in.Observed)
	eff := in.Effects()
	o.effects, o.pure, o.escapes, o.escapesBeyond = bounded(eff.Key()), eff.pure, eff.Escapes, eff.escapesBeyond
	o.keys = in.ResultKeys()
	for i, p := range fn.Params {
		if i < len(params) && !params[i].Holds() {
			o.filled = o.filled || in.fillsParam(p)
		}
	}
	return o
}

// ResultKeys are the keys of what each result can be.
func (r *Propagation) ResultKeys() []string {
	k := &Canonicalizer{R: r, Memo: make(map[ssa.Value]string)}
	out := make([]string, r.Fn.Signature.Results().Len())
	for i := range out {
		var parts []string
		for _, ret := range r.Returns() {
			if s := k.key(ret.Results[i], 0); !slices.Contains(parts, s) {
				parts = append(parts, s)
			}
		}
		sort.Strings(parts)
		out[i] = strings.Join(parts, "|")
	}
	return out
}

func (e *Engine) namesFailure(space int, t *Observed) bool {
	s := e.G.Catalog.Spaces[space]
	for n := range t.Named {
		if _, ok := s.Find(n); ok && !s.Succeeds(n) {
			return true
		}
	}
	return false
}

func resultKey(r *Propagation, fn *ssa.Function, params, frees []Value) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%p %d %s %t", fn, r.space, r.Code, r.success)
	for _, list := range [][]Value{params, frees} {
		b.WriteByte('|')
		for _, v := range list {
			fmt.Fprintf(&b, " %d%t%t%t%t%t%t%t%t%p%q", v.Kind, v.ByCode, v.Beside, v.Unmasked, v.Wrapped, v.Text, v.Element, v.plain, v.mixed, v.List, v.Answers)
			if v.Kind == Const {
				b.WriteString(v.C.ExactString())
			}
		}
	}
	return b.String()
}

// Returns lists the return instructions that can be reached.
func (r *Propagation) Returns() []*ssa.Return {
	var out []*ssa.Return
	for _, b := range r.Fn.Blocks {
		if !r.Reached(b) || r.Ends[b] != nil {
			continue
		}
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && b != r.Fn.Recover {
			out = append(out, ret)
		}
	}
	return out
}

func (r *Propagation) Reached(b *ssa.BasicBlock) bool { return r.Live[b.Index] && b != r.Fn.Recover }

// fillsParam reports whether the carrier is decoded or stored behind a parameter.
func (r *Propagation) fillsParam(p *ssa.Parameter) bool {
	for _, ref := range *p.Referrers() {
		switch i := ref.(type) {
		case *ssa.Call:
			if c, ok := r.content[i]; ok && c.Holds() {
				return true
			}
		case *ssa.Store:
			if i.Addr == p && r.Live[i.Block().Index] && r.Val(i.Val).Holds() {
				return true
			}
		case *ssa.MakeInterface:
			for _, ref := range *i.Referrers() {
				if c, ok := ref.(*ssa.Call); ok {
					if x, ok := r.content[c]; ok && x.Holds() {
						return true
					}
				}
			}
		}
	}
	return false
}

// NonNilAt reports whether a branch on the way to b has shown that v is not nil.
func (r *Propagation) NonNilAt(v ssa.Value, b *ssa.BasicBlock) bool {
	for d, n := b, 0; d != nil && n < maxDominators; d, n = d.Idom(), n+1 {
		p := d.Idom()
		if p == nil {
			return false
		}
		last, ok := p.Instrs[len(p.Instrs)-1].(*ssa.If)
		if !ok || len(d.Preds) != 1 || d.Preds[0] != p {
			continue
		}
		x, isNil := ir.NilTest(last.Cond)
		if x != nil && ir.SameValue(x, v) && (isNil == (p.Succs[1] == d)) && p.Succs[0] != p.Succs[1] {
			return true
		}
	}
	return false
}
