package origin

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Produces reports whether a call answers with an error of the API, by its options or its name.
func (t *Table) Produces(c *ssa.CallCommon) bool {
	f := ir.Callee(c)
	if f == nil {
		return false
	}
	sig := f.Signature()
	if n := sig.Params().Len(); sig.Variadic() && n > 0 {
		if s, ok := sig.Params().At(n - 1).Type().Underlying().(*types.Slice); ok {
			path := ir.TypePath(s.Elem())
			if slices.ContainsFunc(t.in.Catalog.Carriers.Options, func(o catalog.Symbol) bool { return o.String() == path }) {
				return true
			}
		}
	}
	name := symbol(f)
	return slices.ContainsFunc(t.in.Catalog.Carriers.Producers, func(p catalog.Symbol) bool { return p.String() == name })
}

// Calls reports whether a call goes to a library of the API, and neither makes an error nor takes
// something from one.
func (t *Table) Calls(c *ssa.CallCommon) bool {
	f := ir.Callee(c)
	if f == nil || f.Pkg() == nil || !t.in.Catalog.Uses(f.Pkg().Path()) {
		return false
	}
	_, makes := t.Constructor(f)
	_, takes := t.Function(f)
	ofError := false
	if recv := f.Signature().Recv(); recv != nil {
		_, ofError = t.CarrierType(recv.Type())
	}
	return !makes && !takes && !ofError
}

// Retries reports whether a function of the API's libraries calls its argument n again, depending
// on the code of the error with which that answers.
func (t *Table) Retries(f *types.Func, n int) bool {
	if f == nil || len(t.in.Catalog.Retriers) == 0 {
		return false
	}
	name := symbol(f)
	return slices.ContainsFunc(t.in.Catalog.Retriers, func(r catalog.Retrier) bool { return r.Closure == n && r.Func.String() == name })
}
