package behavior

import (
	"go/constant"
	"go/types"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// tables evaluates a function that decides something from a code or a carrier alone, once
// for each code that it names.
func (e *Engine) tables(fn *ssa.Function, f *fact.Func) {
	if len(fn.Blocks) == 0 || fn.Signature.Results().Len() == 0 || len(fn.Blocks) > 400 {
		return
	}
	for i := range fn.Signature.Results().Len() {
		t := fn.Signature.Results().At(i).Type()
		if _, ok := t.Underlying().(*types.Basic); !ok && !ir.IsError(t) {
			return
		}
	}
	if !e.FuncPure(fn) {
		return
	}
	for i, p := range fn.Params {
		for _, s := range e.tableSpaces(p) {
			b := e.PartitionOnce(&interp.Source{Fn: fn, Space: s, Kind: interp.KindOf(p, e.G.Catalog.Spaces[s].Kind), Outer: true, Roles: interp.As(interp.Itself, map[ssa.Value]bool{p: true})})
			for res := range fn.Signature.Results().Len() {
				if t := e.table(b, i, res); t != nil {
					f.Tables = append(f.Tables, *t)
				}
			}
		}
	}
}

// tableSpaces are the spaces in which a parameter can be judged.
func (e *Engine) tableSpaces(p *ssa.Parameter) []int {
	body := e.G.BodySpace()
	t := p.Type()
	if _, ok := t.Underlying().(*types.Basic); ok && e.G.FitsAny(t) {
		if s, ok := e.G.Space(p); ok {
			return []int{s}
		}
		if e.G.Fits(t, body) {
			return []int{body}
		}
		return nil
	}
	if ir.IsErrorLike(t) {
		return e.G.ErrorSpaces()
	}
	for s := range e.G.Catalog.Spaces {
		if e.G.HoldsCode(ir.Pointee(t), s) {
			return []int{s}
		}
	}
	return nil
}

// table tells what a result is for each code that a parameter holds, or is nil.
func (e *Engine) table(b *partition.Partition, param, res int) *fact.Table {
	s := b.Source
	if len(b.Conditions()) == 0 && !b.All && len(b.NamedCodes) == 0 {
		return nil // a comparison that is returned names a number, and is no condition
	}
	for _, c := range b.Cases {
		for _, ret := range c.Propagation.Returns() {
			if c.Propagation.Val(ret.Results[res]).Holds() {
				return nil // it passes the carrier on
			}
		}
	}
	t := &fact.Table{Param: param, Result: res, Space: s.Space, Carrier: s.Kind == interp.Err || s.Kind == interp.Response}
	other := b.Other()
	if other == nil {
		return nil
	}
	t.Default = answerOf(other, res)
	known := t.Default != ""
	add := func(n catalog.Value) {
		var c *partition.CodeCase
		if k := b.Case(n); k != nil {
			c = k
		} else {
			c = &partition.CodeCase{Propagation: e.Propagate(s, n, false)}
		}
		a := answerOf(c, res)
		known = known || a != ""
		if a != t.Default {
			t.Entries = append(t.Entries, fact.Entry{Code: n, Answer: a})
		}
	}
	var nums []catalog.Value
	for n := range b.NamedCodes {
		nums = append(nums, n)
	}
	for _, c := range b.Cases {
		if !c.Success && !b.NamedCodes[c.Code.Value] {
			nums = append(nums, c.Code.Value)
		}
	}
	slices.SortFunc(nums, catalog.Value.Compare)
	for _, n := range nums {
		add(n)
	}
	for _, c := range b.Cases {
		if !c.Success {
			continue
		}
		t.Success = answerOf(c, res)
		if s.Kind == interp.Number && !b.NamedCodes[c.Code.Value] && t.Success != t.Default {
			t.Entries = append(t.Entries, fact.Entry{Code: c.Code.Value, Answer: t.Success})
		}
	}
	slices.SortFunc(t.Entries, func(a, b fact.Entry) int { return a.Code.Compare(b.Code) })
	if !known || len(t.Entries) == 0 && t.Success == t.Default {
		return nil
	}
	t.Omits = slices.SortedFunc(maps.Keys(b.Omitted), catalog.Value.Compare)
	e.tabled[s.Fn] = append(e.tabled[s.Fn], b)
	return t
}

// Omitted notes in the tables which codes were reported in the functions behind them.
func (e *Engine) Omitted(p *fact.Package, by map[*ssa.Function][]catalog.Code) {
	for fn, partitions := range e.tabled {
		told := slices.Clone(by[fn])
		for _, b := range partitions {
			for asked := range b.AskedFuncs {
				told = append(told, by[asked]...)
			}
		}
		var omits []catalog.Value
		for _, code := range told {
			omits = append(omits, code.Value)
		}
		obj, ok := fn.Object().(*types.Func)
		if !ok || len(omits) == 0 {
			continue
		}
		if f := p.Func(ir.FuncName(obj)); f != nil {
			for k := range f.Tables {
				t := &f.Tables[k]
				t.Omits = append(t.Omits, omits...)
				slices.SortFunc(t.Omits, catalog.Value.Compare)
				t.Omits = slices.Compact(t.Omits)
			}
		}
	}
}

// answerOf is what a result is in a case, as an Entry writes it.
func answerOf(c *partition.CodeCase, res int) string {
	var out interp.Value
	for _, ret := range c.Propagation.Returns() {
		if res < len(ret.Results) {
			out = interp.Join(out, c.Propagation.Val(ret.Results[res]))
		}
	}
	switch out.Kind {
	case interp.Nil:
		return "nil"
	case interp.NonNil, interp.Top:
		if res < c.Propagation.Fn.Signature.Results().Len() && ir.IsError(c.Propagation.Fn.Signature.Results().At(res).Type()) {
			return "error " + short(c.Propagation.ResultKeys()[res])
		}
		if out.Kind == interp.NonNil {
			return "non-nil"
		}
	case interp.Const:
		if out.C.Kind() == constant.Bool {
			return strconv.FormatBool(constant.BoolVal(out.C))
		}
		if form := c.Propagation.Form(out); form != "" {
			return form
		}
		return out.C.ExactString()
	}
	return ""
}

// short is a key that stays small in a fact.
func short(key string) string {
	if len(key) <= 24 {
		return key
	}
	h := fnv.New64a()
	h.Write([]byte(key))
	return strconv.FormatUint(h.Sum64(), 36)
}
