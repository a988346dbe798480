package interp

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// clientMethod is what a method of a client library's response tells of it.
func (r *Run) clientMethod(c *ssa.CallCommon, vals []Value) ([]Value, bool) {
	if !r.E.G.TellsOfClient(c) || !vals[0].Holds() {
		return nil, false
	}
	f := ir.Callee(c)
	t := c.Signature().Results().At(0).Type()
	switch status := r.E.G.Catalog.Spaces[r.space].Name == r.E.G.Catalog.Origins.StatusSpace; {
	case status && r.E.G.StatusMethod(f):
		return []Value{r.codeOf(vals[0])}, true
	case status && ir.IsBoolean(t):
		return []Value{{Kind: Top, Depends: true, Part: true}}, true
	case ir.IsBytes(t), ir.IsString(t) && f.Name() != "Status":
		return []Value{{Kind: Carrier}}, true
	}
	return []Value{{Kind: Top, Part: true}}, true
}
