package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// implementation is the method of another package that a call of an interface of this one
// runs: that of the only type that this package makes such a value of, or says to be one.
func (g *Graph) implementation(c *ssa.CallCommon) *types.Func {
	n, ok := types.Unalias(c.Value.Type()).(*types.Named)
	if !ok {
		return nil
	}
	made := g.MadeOf(n)
	if len(made) != 1 || len(g.Implementing(c)) > 0 {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(made[0], false, c.Method.Pkg(), c.Method.Name())
	f, _ := obj.(*types.Func)
	return f
}
