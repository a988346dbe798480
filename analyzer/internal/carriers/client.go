package carriers

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// answersUnchanged reports whether a call of a client library answers with whatever status the API gave: it
// is told neither to decode, nor to call again, nor to make errors of answers.
func (e *Engine) answersUnchanged(c ssa.CallInstruction) bool {
	f := ir.Callee(c.Common())
	if f == nil || !e.G.ClientLibrary(f.Pkg()) {
		return true // one of the program's own functions makes the call
	}
	if !e.knowsClients(f.Pkg()) || len(ir.Args(c.Common())) == 0 {
		return false
	}
	for v, depth := ir.Args(c.Common())[0], 0; depth < maxChained; depth++ {
		call, ok := v.(*ssa.Call)
		if !ok || ir.Callee(&call.Call) == nil || !e.G.ClientLibrary(ir.Callee(&call.Call).Pkg()) {
			return false
		}
		if !e.isRequest(call.Type(), f) {
			return depth > 0
		}
		for _, ref := range *call.Referrers() {
			if use, ok := ref.(*ssa.Call); ok && library.DecodesLater(ir.Callee(&use.Call)) {
				return false
			}
		}
		args := ir.Args(&call.Call)
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
	return types.Identical(ir.Pointee(t), ir.Pointee(f.Signature().Recv().Type()))
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
				f := ir.Callee(c.Common())
				if f == nil || f.Pkg() != lib {
					continue
				}
				made = made || f.Signature().Recv() == nil
				changed = changed || library.ChangesAnswers(f.Name())
			}
		}
	}
	e.clients[lib] = made && !changed
	return made && !changed
}
