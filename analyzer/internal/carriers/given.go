package carriers

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// takesCarrierFunc reports whether a call is of a helper that is given a function whose error can hold a
// code: its own error is no carrier where the helper is given other functions elsewhere.
func (e *Engine) takesCarrierFunc(c ssa.CallInstruction) bool {
	for _, a := range ir.Args(c.Common()) {
		var fn *ssa.Function
		switch a := a.(type) {
		case *ssa.Function:
			fn = e.G.Local(a)
		case *ssa.MakeClosure:
			fn, _ = a.Fn.(*ssa.Function)
		}
		if fn == nil {
			continue
		}
		res := fn.Signature.Results()
		for i := range res.Len() {
			if ir.IsError(res.At(i).Type()) && e.G.AnswerBits(fn, i)&fact.Carriers != 0 {
				return true
			}
		}
	}
	return false
}
