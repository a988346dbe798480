package interp

import (
	"go/constant"
	"go/types"
	"testing"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/memory"
)

// elements are values of every kind with every mark, and what the join makes of them: the set
// is closed under it.
func elements() []Value {
	lists := []*memory.Literal{{}, {}}
	var out []Value
	for _, kind := range []Value{
		{Kind: Const, C: constant.MakeInt64(1)}, {Kind: Const, C: constant.MakeInt64(2)}, {Kind: Const, C: constant.MakeBool(true)},
		{Kind: Const, C: constant.MakeBool(false)}, {Kind: Const, C: constant.MakeString("1")},
		{Kind: Nil}, {Kind: NonNil}, {Kind: Top}, {Kind: Carrier}, {Kind: Carrier, Wrapped: true}, {Kind: Maybe}, {Kind: Maybe, Wrapped: true},
	} {
		for _, mark := range []func(*Value){
			func(*Value) {},
			func(v *Value) { v.ByCode = true },
			func(v *Value) { v.Beside = true },
			func(v *Value) { v.Beside, v.Unmasked = true, true },
			func(v *Value) { v.Text = true },
			func(v *Value) { v.List = lists[0] },
			func(v *Value) { v.List, v.Element = lists[1], true },
			func(v *Value) { v.Answers = []string{"a"} },
			func(v *Value) { v.Answers = []string{"b"} },
		} {
			v := kind
			mark(&v)
			if v.Kind != Const || v.List == nil { // a constant is no list
				out = append(out, v)
			}
		}
	}
	return closed(append([]Value{{}}, out...))
}

// closed adds the joins of two, which has all kinds and marks in every mixture that can meet.
func closed(list []Value) []Value {
	has := func(v Value) bool {
		for _, w := range list {
			if v.equal(w) {
				return true
			}
		}
		return false
	}
	for n, i := len(list), 0; i < n; i++ {
		for j := range i {
			if v := Join(list[i], list[j]); len(list) < 150 && !has(v) {
				list = append(list, v)
			}
		}
	}
	return list
}

// TestJoin holds the laws of a join semilattice for all triples.
func TestJoin(t *testing.T) {
	all := elements()
	failed := func(law string, values ...Value) { t.Fatalf("%s: %+v", law, values) }
	for _, v := range all {
		if !Join(v, v).equal(v) {
			failed("not idempotent", v, Join(v, v))
		}
		if !Join(v, Value{}).equal(v) || !Join(Value{}, v).equal(v) {
			failed("bottom is not below", v)
		}
		for _, w := range all {
			vw := Join(v, w)
			if !vw.equal(Join(w, v)) {
				failed("not commutative", v, w, vw, Join(w, v))
			}
			if !v.below(vw) || !w.below(vw) {
				failed("no upper bound", v, w, vw)
			}
			for _, x := range all {
				if l, r := Join(vw, x), Join(v, Join(w, x)); !l.equal(r) {
					failed("not associative", v, w, x, l, r)
				}
				if v.below(w) && !Join(v, x).below(Join(w, x)) {
					failed("not monotone", v, w, x)
				}
			}
		}
	}
}

// TestHeight climbs from each value by joining all others, in two orders: each way ends at the
// same value, in no more steps than the components together have.
func TestHeight(t *testing.T) {
	all := elements()
	top := Value{}
	for _, v := range all {
		top = Join(top, v)
	}
	for _, v := range all {
		for _, backwards := range []bool{false, true} {
			x, steps := v, 0
			for i := range all {
				if backwards {
					i = len(all) - 1 - i
				}
				if y := Join(x, all[i]); !y.equal(x) {
					x, steps = y, steps+1
				}
			}
			if !x.equal(top) || steps > 14 {
				t.Fatalf("from %+v to %+v in %d steps", v, x, steps)
			}
		}
	}
}

// transfers are the transfer functions of one and of two values that ask nothing of the program.
func transfers() (one map[string]func(Value) Value, two map[string]func(v, w Value) Value) {
	g := &flow.Graph{Input: flow.Input{Catalog: &catalog.Catalog{Spaces: []*catalog.Space{{}}}}}
	r := &Propagation{Engine: &Engine{G: g}, binding: binding{Code: catalog.IntValue(1)}, Observed: NewObserved()}
	to := func(k types.BasicKind) func(Value) Value {
		return func(v Value) Value { return r.convert(v, types.Typ[k]) }
	}
	return map[string]func(Value) Value{
			"int": to(types.Int), "float64": to(types.Float64), "string": to(types.String),
			"[]byte":  func(v Value) Value { return r.convert(v, types.NewSlice(types.Typ[types.Byte])) },
			"shown":   Value.shown,
			"unknown": Value.unknown,
			"not":     not,
			"text":    textForm,
		}, map[string]func(v, w Value) Value{
			"join": Join,
			"==":   func(v, w Value) Value { eq, known := r.equals(v, w); return truth(eq, known) },
		}
}

// truth is what a comparison answers: one of two constants, if it is not known which.
func truth(yes, known bool) Value {
	if known {
		return constVal(constant.MakeBool(yes))
	}
	return Value{Kind: Top, plain: true}
}

// TestTransfer wants transfer functions to answer more of more. One step is left out: where the
// carrier may be it speaks for the value, so that a comparison of an unknown error with nil is
// not decided, and that of the carrier is.
func TestTransfer(t *testing.T) {
	all := elements()
	one, two := transfers()
	for name, f := range one {
		for _, v := range all {
			for _, w := range all {
				if v.below(w) && !f(v).below(f(w)) {
					t.Fatalf("%s: %+v is below %+v, but %+v is not below %+v", name, v, w, f(v), f(w))
				}
			}
		}
	}
	for name, f := range two {
		for _, v := range all {
			for _, w := range all {
				if v.Kind == Bottom || !v.below(w) || name == "==" && v.Holds() != w.Holds() {
					continue
				}
				for _, x := range all[1:] { // of nothing nothing is asked
					if !f(v, x).below(f(w, x)) || !f(x, v).below(f(x, w)) {
						t.Fatalf("%s: %+v is below %+v, but not with %+v: %+v, %+v", name, v, w, x, f(v, x), f(w, x))
					}
				}
			}
		}
	}
}
