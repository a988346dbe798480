package check

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// closures reports where a function that is called again depending on the code of its error
// answers with one from which the code can no longer be taken.
func (c *Context) closures() {
	if !c.Graph.Inspected() || !c.Catalog.Speaks("retryable", "closures") {
		return
	}
	for _, fn := range c.Functions() {
		if !c.Engine.RetriesByCode(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if !ok {
				continue
			}
			for _, v := range ret.Results {
				if made := c.losesCode(ir.LastStored(v), 0); made != nil && c.once(made) {
					if at := c.callExpr(made); at != nil {
						c.report(at, nil, nil, "the helper retries on the code, and this error has lost it: wrap with %%w")
					}
				}
			}
		}
	}
}

// losesCode is the call that makes an error of the text of another, which an API's call answered.
func (c *Context) losesCode(v ssa.Value, depth int) *ssa.Call {
	switch x := ir.UnderInterface(v).(type) {
	case *ssa.Phi:
		for _, e := range x.Edges {
			if made := c.losesCode(e, depth+1); depth < 4 && made != nil {
				return made
			}
		}
	case *ssa.Call:
		var printed []ssa.Value
		switch ir.FullName(&x.Call) {
		case "fmt.Errorf":
			if len(ir.WrappedBy(&x.Call)) == 0 {
				printed = ir.Varargs(x.Call.Args[len(x.Call.Args)-1])
			}
		case "errors.New":
			printed = parts(x.Call.Args[0])
		}
		for _, p := range printed {
			if c.ofAPI(p) {
				return x
			}
		}
	}
	return nil
}

// ofAPI reports whether a value is an error, or the text of one, that a call of the API answered.
func (c *Context) ofAPI(v ssa.Value) bool {
	v = ir.UnderInterface(v)
	if text, ok := v.(*ssa.Call); ok && len(ir.Args(&text.Call)) == 1 && ir.IsString(text.Type()) {
		v = ir.Args(&text.Call)[0]
	}
	if !ir.IsErrorLike(v.Type()) {
		return false
	}
	call := c.Engine.AnswerOf(v)
	if call == nil {
		return false
	}
	f := ir.Callee(call.Common())
	return c.Origins.Produces(call.Common()) || c.transactionOf(call.Common()) != nil || f != nil && f.Pkg() != nil && c.Catalog.Uses(f.Pkg().Path())
}

// parts are the texts that are put together to one.
func parts(v ssa.Value) []ssa.Value {
	if sum, ok := v.(*ssa.BinOp); ok {
		return append(parts(sum.X), parts(sum.Y)...)
	}
	return []ssa.Value{v}
}
