package interp

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// clientMethod is what a method of a client library's response tells of it.
func (r *Propagation) clientMethod(c *ssa.CallCommon, vals []Value) ([]Value, bool) {
	if !r.Engine.G.TellsOfClient(c) || !vals[0].Holds() {
		return nil, false
	}
	f := ir.Callee(c)
	t := c.Signature().Results().At(0).Type()
	switch status := r.Engine.G.Catalog.Spaces[r.space].Name == r.Engine.G.Catalog.Origins.StatusSpace; {
	case status && r.Engine.G.StatusMethod(f):
		return []Value{r.codeOf(vals[0])}, true
	case status && ir.IsBoolean(t):
		return []Value{{Kind: Top, ByCode: true, Beside: true}}, true
	case ir.IsBytes(t), ir.IsString(t) && f.Name() != "Status":
		return []Value{{Kind: Carrier}}, true
	}
	return []Value{{Kind: Top, Beside: true}}, true
}
