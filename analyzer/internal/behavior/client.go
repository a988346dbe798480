package behavior

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// isAnswer reports whether a type is an HTTP response, of net/http or of a client library.
func (e *Engine) isAnswer(t types.Type) bool {
	return flow.TypePath(t) == "net/http.Response" || e.G.ClientResponse(t)
}

// clientMethod is what a method of a client library's response tells of it.
func (r *run) clientMethod(c *ssa.CallCommon, vals []Value) ([]Value, bool) {
	if !r.e.tellsOfClient(c) || !vals[0].holds() {
		return nil, false
	}
	f := flow.Callee(c)
	t := c.Signature().Results().At(0).Type()
	switch status := r.e.G.Catalog.Spaces[r.space].Name == r.e.G.Catalog.Origins.StatusSpace; {
	case status && r.e.G.StatusMethod(f):
		return []Value{r.codeOf(vals[0])}, true
	case status && isBoolean(t):
		return []Value{{Kind: Top, Depends: true, Part: true}}, true
	case isBytes(t), isText(t) && f.Name() != "Status":
		return []Value{{Kind: Carrier}}, true
	}
	return []Value{{Kind: Top, Part: true}}, true
}

// tellsOfClient reports whether a call is of a method that tells something of the response of a
// client library: its status, its body.
func (e *Engine) tellsOfClient(c *ssa.CallCommon) bool {
	f := flow.Callee(c)
	if f == nil || f.Signature().Recv() == nil || !e.G.ClientResponse(f.Signature().Recv().Type()) {
		return false
	}
	sig := f.Signature()
	if sig.Params().Len() > 0 || sig.Results().Len() != 1 {
		return false
	}
	t := sig.Results().At(0).Type()
	_, basic := t.Underlying().(*types.Basic)
	return basic || isBytes(t)
}

// plain reports whether a call of a client library answers with whatever status the API gave: it
// is told neither to decode, nor to call again, nor to make errors of answers.
func (e *Engine) plain(c ssa.CallInstruction) bool {
	f := flow.Callee(c.Common())
	if f == nil || !e.G.ClientLibrary(f.Pkg()) {
		return true // one of the program's own functions makes the call
	}
	if !e.knowsClients(f.Pkg()) || len(flow.Args(c.Common())) == 0 {
		return false
	}
	for v, depth := flow.Args(c.Common())[0], 0; depth < maxChained; depth++ {
		call, ok := v.(*ssa.Call)
		if !ok || flow.Callee(&call.Call) == nil || !e.G.ClientLibrary(flow.Callee(&call.Call).Pkg()) {
			return false
		}
		if !e.isRequest(call.Type(), f) {
			return depth > 0
		}
		for _, ref := range *call.Referrers() {
			if use, ok := ref.(*ssa.Call); ok && decodesLater(flow.Callee(&use.Call)) {
				return false
			}
		}
		args := flow.Args(&call.Call)
		if len(args) == 0 {
			return false
		}
		if !e.isRequest(args[0].Type(), f) {
			return true // the client's method that begins a request
		}
		v = args[0]
	}
	return false
}

const maxChained = 32 // methods of one request

// isRequest reports whether t is what the method is called on that answers.
func (e *Engine) isRequest(t types.Type, f *types.Func) bool {
	return types.Identical(pointee(t), pointee(f.Signature().Recv().Type()))
}

func decodesLater(f *types.Func) bool {
	if f == nil {
		return false
	}
	for _, name := range []string{"SetResult", "SetSuccess", "SetError", "Into"} {
		if strings.HasPrefix(f.Name(), name) {
			return true
		}
	}
	return changesAnswers(f.Name())
}

// changesAnswers reports whether a method of a client, or of a request, may make something else
// of an answer.
func changesAnswers(name string) bool {
	for _, part := range []string{"Retry", "AfterResponse", "ResponseMiddleware", "RoundTrip", "Transport", "StateCheck", "ResultChecker", "OnSuccess", "OnError"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// knowsClients reports whether this package makes its clients of a library itself, and none of them
// is told what to do with answers.
func (e *Engine) knowsClients(lib *types.Package) bool {
	if known, ok := e.clients[lib]; ok {
		return known
	}
	made, changed := false, false
	for _, fn := range e.G.Funcs {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				c, ok := i.(ssa.CallInstruction)
				if !ok {
					continue
				}
				f := flow.Callee(c.Common())
				if f == nil || f.Pkg() != lib {
					continue
				}
				made = made || f.Signature().Recv() == nil
				changed = changed || changesAnswers(f.Name())
			}
		}
	}
	e.clients[lib] = made && !changed
	return made && !changed
}
