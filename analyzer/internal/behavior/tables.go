package behavior

import (
	"cmp"
	"go/constant"
	"go/token"
	"go/types"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// tables evaluates a function that decides something from a code or a carrier alone, once
// for each code that it names.
func (e *Engine) tables(fn *ssa.Function, f *fact.Func) {
	if len(fn.Blocks) == 0 || fn.Signature.Results().Len() == 0 || len(fn.Blocks) > 400 {
		return
	}
	for i := range fn.Signature.Results().Len() {
		t := fn.Signature.Results().At(i).Type()
		if _, ok := t.Underlying().(*types.Basic); !ok && !flow.IsError(t) {
			return
		}
	}
	if !e.funcQuiet(fn) {
		return
	}
	for i, p := range fn.Params {
		for _, s := range e.tableSpaces(p) {
			b := e.behaviourOnce(&Source{Fn: fn, Space: s, Shape: shapeOf(p), Outer: true, vals: map[ssa.Value]bool{p: true}})
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
	body := e.bodySpace()
	t := p.Type()
	if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 {
		if s, ok := e.G.Space(p); ok {
			return []int{s}
		}
		return []int{body}
	}
	if isErrorLike(t) {
		return []int{body}
	}
	for s := range e.G.Catalog.Spaces {
		if e.holdsCode(pointee(t), s) {
			return []int{s}
		}
	}
	return nil
}

// table tells what a result is for each code that a parameter holds, or is nil.
func (e *Engine) table(b *Behaviour, param, res int) *fact.Table {
	s := b.Source
	if len(b.Conditions()) == 0 && !b.All && len(b.names) == 0 {
		return nil // a comparison that is returned names a number, and is no condition
	}
	for _, c := range b.Cases {
		for _, ret := range c.run.returns() {
			if c.run.val(ret.Results[res]).holds() {
				return nil // it passes the carrier on
			}
		}
	}
	t := &fact.Table{Param: param, Result: res, Space: s.Space, Carrier: s.Shape == Err || s.Shape == Response}
	other := b.Other()
	if other == nil {
		return nil
	}
	t.Default = answerOf(other, res)
	known := t.Default != ""
	add := func(n int64) {
		var c *Case
		if k := b.Case(int(n)); k != nil {
			c = k
		} else {
			c = &Case{run: e.propagate(s, n, false)}
		}
		a := answerOf(c, res)
		known = known || a != ""
		if a != t.Default {
			t.Entries = append(t.Entries, fact.Entry{Code: int(n), Answer: a})
		}
	}
	var nums []int64
	for n := range b.names {
		nums = append(nums, n)
	}
	for _, c := range b.Cases {
		if !c.Success && !b.names[int64(c.Code.Number)] {
			nums = append(nums, int64(c.Code.Number))
		}
	}
	slices.Sort(nums)
	for _, n := range nums {
		add(n)
	}
	for _, c := range b.Cases {
		if !c.Success {
			continue
		}
		t.Success = answerOf(c, res)
		if s.Shape == Number && !b.names[int64(c.Code.Number)] && t.Success != t.Default {
			t.Entries = append(t.Entries, fact.Entry{Code: c.Code.Number, Answer: t.Success})
		}
	}
	slices.SortFunc(t.Entries, func(a, b fact.Entry) int { return cmp.Compare(a.Code, b.Code) })
	if !known || len(t.Entries) == 0 && t.Success == t.Default {
		return nil
	}
	t.Omits = slices.Sorted(maps.Keys(b.omits))
	e.tabled[s.Fn] = append(e.tabled[s.Fn], b)
	return t
}

// The answers of a function that returns the code itself, or its text.
const (
	theCode = "code"
	theText = "text"
)

// Omitted notes in the tables which codes were reported in the functions behind them.
func (e *Engine) Omitted(p *fact.Package, by map[*ssa.Function][]catalog.Code) {
	for fn, behaviours := range e.tabled {
		told := slices.Clone(by[fn])
		for _, b := range behaviours {
			for asked := range b.asked {
				told = append(told, by[asked]...)
			}
		}
		var omits []int
		for _, code := range told {
			omits = append(omits, code.Number)
		}
		obj, ok := fn.Object().(*types.Func)
		if !ok || len(omits) == 0 {
			continue
		}
		if f := p.Func(flow.FuncName(obj)); f != nil {
			for k := range f.Tables {
				t := &f.Tables[k]
				t.Omits = append(t.Omits, omits...)
				slices.Sort(t.Omits)
				t.Omits = slices.Compact(t.Omits)
			}
		}
	}
}

// answerOf is what a result is in a case, as an Entry writes it.
func answerOf(c *Case, res int) string {
	var out Value
	for _, ret := range c.run.returns() {
		if res < len(ret.Results) {
			out = join(out, c.run.val(ret.Results[res]))
		}
	}
	switch out.Kind {
	case Nil:
		return "nil"
	case NonNil, Top:
		if res < c.run.fn.Signature.Results().Len() && flow.IsError(c.run.fn.Signature.Results().At(res).Type()) {
			return "error " + short(c.run.resultKeys()[res])
		}
		if out.Kind == NonNil {
			return "non-nil"
		}
	case Const:
		if out.C.Kind() == constant.Bool {
			return strconv.FormatBool(constant.BoolVal(out.C))
		}
		if out.Depends && out.C.Kind() == constant.Int && constant.Compare(out.C, token.EQL, constant.MakeInt64(c.run.code)) {
			return theCode
		}
		if n, ok := parseNumber(out.C); ok && out.Depends && n == c.run.code {
			return theText
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
