package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// IsAnswer reports whether a type is an HTTP response, of net/http or of a client library.
func (g *Graph) IsAnswer(t types.Type) bool {
	return ir.TypePath(t) == "net/http.Response" || g.ClientResponse(t)
}

// TellsOfClient reports whether a call is of a method that tells something of the response of a
// client library: its status, its body.
func (g *Graph) TellsOfClient(c *ssa.CallCommon) bool {
	f := ir.Callee(c)
	if f == nil || f.Signature().Recv() == nil || !g.ClientResponse(f.Signature().Recv().Type()) {
		return false
	}
	sig := f.Signature()
	if sig.Params().Len() > 0 || sig.Results().Len() != 1 {
		return false
	}
	t := sig.Results().At(0).Type()
	_, basic := t.Underlying().(*types.Basic)
	return basic || ir.IsBytes(t)
}
