package partition

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// FallsBack reports whether a failure is answered by another call: one whose result is
// used, or one that is given what the failed call was given.
func (e *Engine) FallsBack(b *Partition, k *CodeCase, s *interp.Source) bool {
	given := make(map[ssa.Value]bool)
	for i, a := range ir.Args(s.Call.Common()) {
		if i == 0 && s.Call.Common().Signature().Recv() != nil {
			continue
		}
		if _, ok := a.(*ssa.Const); !ok {
			given[ir.UnderInterface(a)] = true
		}
	}
	for _, i := range b.OnlyHere(k) {
		c, ok := i.(*ssa.Call)
		if !ok {
			continue
		}
		if ir.ResultUsed(c) {
			return true
		}
		for n, a := range ir.Args(&c.Call) {
			if n == 0 && c.Call.Signature().Recv() != nil {
				continue
			}
			if given[ir.UnderInterface(a)] {
				return true
			}
		}
	}
	for _, c := range b.TestsOnlyHere(k) {
		if e.replacesAnswer(k, c) {
			return true
		}
	}
	return false
}

// replacesAnswer reports whether what a call without effects returns is the answer: a value
// that is no error, and made of nothing of the carrier.
func (e *Engine) replacesAnswer(k *CodeCase, c *ssa.Call) bool {
	if f := ir.Callee(&c.Call); f == nil || f.Pkg() == nil || ir.Std(f.Pkg().Path()) {
		return false
	}
	for _, a := range ir.Args(&c.Call) {
		if k.Propagation.Val(a).Interesting() {
			return false
		}
	}
	returned := func(v ssa.Value) bool {
		if ir.IsErrorLike(v.Type()) {
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
