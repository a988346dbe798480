package interp

import (
	"go/constant"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// byFact evaluates a function of another package by what it told.
func (r *Propagation) byFact(c *ssa.Call, f *fact.Func, vals []Value) []Value {
	n := c.Call.Signature().Results().Len()
	out := make([]Value, n)
	for i := range n {
		out[i] = r.resultByFact(c, f, i, vals)
	}
	for _, p := range f.Params {
		if p.Index < len(vals) && p.Gains.From|p.Gains.Asks != 0 {
			for j, v := range vals {
				if v.Holds() && p.Gains.From&(1<<j) != 0 {
					r.put(c, Value{Kind: Carrier})
				}
			}
		}
	}
	return out
}

func (r *Propagation) resultByFact(c *ssa.Call, f *fact.Func, i int, vals []Value) Value {
	t := c.Call.Signature().Results().At(i).Type()
	for k := range f.Tables {
		tab := &f.Tables[k]
		if tab.Result != i || tab.Param >= len(vals) {
			continue
		}
		if v, ok := r.tableValue(tab, vals[tab.Param]); ok {
			// A converter to errors of its own is judged where it stands.
			r.Observed.Below = r.Observed.Below || ir.IsError(t) && r.namesFailureIn(tab)
			for _, n := range tab.Omits {
				r.Observed.Omits[n] = true
			}
			return v
		}
	}
	res := f.Result(i)
	for j, v := range vals {
		if !v.Interesting() {
			continue
		}
		if res != nil && res.Code == r.space+1 && v.Holds() {
			return r.codeOf(v)
		}
		if res != nil && res.Holds.From&(1<<j) != 0 && (v.Holds() || v.Code()) {
			if ir.IsError(t) || r.Engine.G.MayHold(t) || ir.StructOf(t) != nil || ir.IsJSONMap(t) {
				return Value{Kind: Carrier, Wrapped: res.Wraps&^(res.Passes|res.Opens)&(1<<j) != 0}
			}
		}
	}
	if ir.IsError(t) && (res == nil || res.Holds == fact.Flow{}) {
		for j, v := range vals {
			if p := f.Param(j); v.Interesting() && p != nil && p.Ends {
				// What comes back is the same for every failure.
				return Value{Kind: Top, Answers: []string{"fixed"}}
			}
		}
	}
	return r.unknown(&c.Call, vals)[i]
}

func (r *Propagation) namesFailureIn(t *fact.Table) bool {
	s := r.Engine.G.Catalog.Spaces[r.space]
	for _, e := range t.Entries {
		if !s.Succeeds(e.Code) {
			return true
		}
	}
	return false
}

// tableValue looks up what a predicate of another package answers.
func (r *Propagation) tableValue(t *fact.Table, v Value) (Value, bool) {
	if t.Carrier {
		if t.Space != r.space {
			return Value{}, false
		}
		if v.Kind == Nil && v.ByCode {
			return answer(t.Success)
		}
		if v.Kind != Carrier {
			return Value{}, false
		}
		return r.entry(t, r.Code)
	}
	n, ok := catalog.ValueOf(v.C, r.codeKind())
	if v.Kind != Const || !ok || !v.ByCode {
		return Value{}, false
	}
	return r.entry(t, n)
}

func (r *Propagation) entry(t *fact.Table, n catalog.Value) (Value, bool) {
	for _, e := range t.Entries {
		r.Observed.Named[e.Code] = true
	}
	told := t.Default
	for _, e := range t.Entries {
		if e.Code == n {
			told = e.Answer
		}
	}
	switch told {
	case TheCode:
		return codeVal(n), true
	case TheText:
		return textForm(codeVal(n)), true
	}
	return answer(told)
}

func answer(s string) (Value, bool) {
	switch s {
	case "":
		return Value{Kind: Top, ByCode: true}, true
	case "true":
		return boolVal(true), true
	case "false":
		return boolVal(false), true
	case "nil":
		return Value{Kind: Nil, ByCode: true}, true
	case "non-nil":
		return Value{Kind: NonNil, ByCode: true}, true
	}
	if tag, ok := strings.CutPrefix(s, "error "); ok {
		return Value{Kind: NonNil, ByCode: true, Answers: []string{tag}}, true
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return codeVal(catalog.IntValue(n)), true
	}
	if q, err := strconv.Unquote(s); err == nil {
		return Value{Kind: Const, C: constant.MakeString(q), ByCode: true}, true
	}
	return Value{}, false
}
