package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// A Given is a function of this package that a helper of another one is given and runs, and
// which of its results is the error that the helper hands on.
type Given struct {
	Fn     *ssa.Function
	Result int
}

// Given lists the functions whose errors come out of a helper of another package as result i
// of a call, or nothing if not all of them are known.
func (g *Graph) Given(c *ssa.CallCommon, i int) []Given {
	r := g.FuncFact(c).Result(i)
	if r == nil || r.Runs == 0 || !g.allSeen {
		return nil
	}
	var out []Given
	for k, a := range ir.Args(c) {
		if k >= 64 || r.Runs&(1<<k) == 0 {
			continue
		}
		sig, ok := a.Type().Underlying().(*types.Signature)
		if !ok {
			return nil
		}
		at, l := ir.ErrorResult(sig), g.get(a)
		if at < 0 || l.anyFn {
			return nil
		}
		found := false
		for _, fn := range l.fns {
			if !ir.Callable(fn, sig) {
				continue
			}
			local := g.Local(fn)
			if local == nil {
				return nil
			}
			found = true
			out = append(out, Given{local, at})
		}
		if !found {
			return nil
		}
	}
	return out
}

// given labels the results of a call that are errors of functions that it is given.
func (g *Graph) given(c *ssa.CallCommon, v *ssa.Call) {
	n := ir.ResultCount(c)
	for i := 0; v != nil && i < n; i++ {
		if bits := g.givenBits(c, i); bits != 0 {
			g.setResult(v, i, n, label{own: bits})
		}
	}
}

// givenBits are the labels that the errors of the functions that a helper is given have in
// common.
func (g *Graph) givenBits(c *ssa.CallCommon, i int) fact.Bits {
	given := g.Given(c, i)
	if given == nil {
		return 0
	}
	all, some := ^fact.Bits(0), fact.Bits(0)
	for _, f := range given {
		own := g.peek(result{f.Fn, f.Result}).own
		all, some = all&own, some|own
	}
	return all&fact.Carriers | some&fact.Foreign
}
