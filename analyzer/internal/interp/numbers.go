package interp

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// isNumber reports whether v is the code itself as the source's call yields it.
func (r *Propagation) isNumber(v ssa.Value) bool {
	if r.Src == nil || !r.Engine.G.Fits(v.Type(), r.space) {
		return false
	}
	switch x := v.(type) {
	case *ssa.Convert:
		return r.isNumber(x.X)
	case *ssa.ChangeType:
		return r.isNumber(x.X)
	}
	return r.Src.Roles[v] == ItsCode || r.Src.Kind == Number && r.Src.Roles[v] == Itself
}

// secondAnswer is the value of v, which may come from another call where a variable holds the
// number that the source's call yields.
func (r *Propagation) secondAnswer(v ssa.Value, asked bool) Value {
	if asked && r.isSecondAnswer(v) {
		return codeVal(r.Code)
	}
	return r.Val(v)
}

// isSecondAnswer reports whether v is what another call of the function that the source calls yields: a
// number that is asked for again. As with carriers, the bound one stands for it.
func (r *Propagation) isSecondAnswer(v ssa.Value) bool {
	if r.Src == nil || r.Src.Call == nil || len(r.Src.Roles.In(ItsCode)) == 0 && r.Src.Kind != Number {
		return false
	}
	if !r.Engine.G.Fits(v.Type(), r.space) {
		return false
	}
	switch x := v.(type) {
	case *ssa.Convert:
		return r.isSecondAnswer(x.X)
	case *ssa.ChangeType:
		return r.isSecondAnswer(x.X)
	case *ssa.Extract:
		v = x.Tuple
	}
	c, ok := v.(*ssa.Call)
	return ok && ssa.CallInstruction(c) != r.Src.Call && ir.SameCallee(&c.Call, r.Src.Call.Common())
}
