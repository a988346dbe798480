package check

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// closures reports where a function that is called again depending on the code of its error
// answers with one from which the code can no longer be taken.
func (c *Context) closures() {
	if !c.Catalog.Speaks("retryable", "closures") {
		return
	}
	called := make(map[*ssa.Function]bool)
	for _, fn := range c.Functions() {
		if c.Engine.RetriesByCode(fn) {
			c.closure(fn, "helper", called)
		}
	}
	if !c.Graph.Inspected() {
		return // where the call is known, its code is lost wherever it is lost
	}
	for _, s := range c.sources() {
		if s.Call != nil && c.retriesHere(s) {
			if fn := c.Graph.Local(s.Call.Common().StaticCallee()); fn != nil {
				c.closure(fn, "caller", called)
			}
		}
	}
}

// retriesHere reports whether a function makes a call again for a code that it names.
func (c *Context) retriesHere(s *interp.Source) bool {
	b := c.Engine.Partition(s)
	return slices.ContainsFunc(b.Cases, func(k *partition.CodeCase) bool {
		return !k.Success && k.Named && k.Retried && c.Engine.Retry(b, k).Here
	})
}

// closure reports where a function that is called again loses the code of the error with which it
// answers, or another of this package does with whose error it answers.
func (c *Context) closure(fn *ssa.Function, by string, called map[*ssa.Function]bool) {
	if called[fn] || !c.reportable(fn.Pos()) {
		return
	}
	called[fn] = true
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for _, v := range ret.Results {
			if !ir.IsErrorLike(v.Type()) {
				continue
			}
			v = ir.LastStored(v)
			if at := c.losesCode(v, ret, b, 0); at != nil && c.once(at) {
				c.report(at, nil, nil, "the %s retries on the code, and this error has lost it: wrap with %%w", by)
			}
			if call := c.Engine.AnswerOf(v); call != nil {
				if below := c.Graph.Local(call.Common().StaticCallee()); below != nil {
					c.closure(below, by, called)
				}
			}
		}
	}
}

// losesCode is where an error is made of the text of another, which an API's call answered, or
// takes its place. The return comes from a block.
func (c *Context) losesCode(v ssa.Value, ret *ssa.Return, from *ssa.BasicBlock, depth int) analysis.Range {
	switch x := ir.UnderInterface(v).(type) {
	case *ssa.Phi:
		for i, e := range x.Edges {
			if depth < 4 {
				if at := c.losesCode(e, ret, x.Block().Preds[i], depth+1); at != nil {
					return at
				}
			}
		}
	case *ssa.Call:
		printed, made := printedBy(&x.Call)
		for _, p := range printed {
			if c.ofAPI(p, 0) {
				return c.callRange(x)
			}
		}
		if made && c.failed(from) {
			return c.callRange(x)
		}
	case *ssa.UnOp:
		if _, fixed := x.X.(*ssa.Global); fixed && x.Op == token.MUL && c.failed(from) {
			return returnRange(ret)
		}
	case *ssa.Alloc:
		if !c.opens(x.Type()) && c.holdsFailure(x) {
			return returnRange(ret)
		}
	}
	return nil
}

// printedBy lists what the text of a new error is made of, and reports whether a call makes one
// that wraps nothing.
func printedBy(call *ssa.CallCommon) (printed []ssa.Value, made bool) {
	switch ir.FullName(call) {
	case "fmt.Errorf":
		if len(ir.WrappedBy(call)) == 0 {
			return ir.Varargs(call.Args[len(call.Args)-1]), true
		}
	case "errors.New":
		return parts(call.Args[0]), true
	}
	return nil, false
}

// opens reports whether another error, or the code itself, can be taken out of one.
func (c *Context) opens(t types.Type) bool {
	has := func(method string) bool {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, method)
		return obj != nil
	}
	return slices.ContainsFunc([]string{"Unwrap", "As", "Is", "Cause"}, has) ||
		slices.ContainsFunc(c.Catalog.Carriers.Interfaces, func(i catalog.CarrierInterface) bool { return has(i.Method) })
}

// holdsFailure reports whether a field of a new error is one that a call of the API answered.
func (c *Context) holdsFailure(a *ssa.Alloc) bool {
	for _, ref := range *a.Referrers() {
		f, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		if slices.ContainsFunc(ir.Stored(f), func(v ssa.Value) bool { return c.ofAPI(v, 0) }) {
			return true
		}
	}
	return false
}

// failed reports whether a block is reached only where a call of the API failed, and nothing
// more was asked of its error on the way.
func (c *Context) failed(b *ssa.BasicBlock) bool {
	for ; b.Idom() != nil; b = b.Idom() {
		above := b.Idom()
		i, ok := above.Instrs[len(above.Instrs)-1].(*ssa.If)
		if !ok || len(b.Preds) != 1 || b.Preds[0] != above {
			continue
		}
		op, isTest := i.Cond.(*ssa.BinOp)
		switch {
		case isTest && ir.IsNilTest(op) && (c.isAnswer(op.X) || c.isAnswer(op.Y)):
			return (op.Op == token.NEQ) == (b == above.Succs[0])
		case c.asks(i.Cond):
			return false
		}
	}
	return false
}

// isAnswer reports whether a value is an error of the API as such, and not what was taken out of one.
func (c *Context) isAnswer(v ssa.Value) bool { return ir.IsError(v.Type()) && c.ofAPI(v, 0) }

// asks reports whether a condition is a question that is put to an error of the API.
func (c *Context) asks(cond ssa.Value) bool {
	switch x := cond.(type) {
	case *ssa.UnOp:
		return c.asks(x.X)
	case *ssa.Extract:
		return c.asks(x.Tuple)
	case *ssa.BinOp:
		return c.ofAPI(x.X, 0) || c.ofAPI(x.Y, 0) || c.asks(x.X) || c.asks(x.Y)
	case *ssa.TypeAssert:
		return c.ofAPI(x.X, 0)
	case *ssa.Call:
		for _, a := range ir.Args(&x.Call) {
			if c.ofAPI(a, 0) {
				return true
			}
		}
	}
	return false
}

// ofAPI reports whether a value is an error, or the text of one, that a call of the API answered,
// perhaps wrapped by a function of this package.
func (c *Context) ofAPI(v ssa.Value, depth int) bool {
	v = ir.UnderInterface(v)
	if text, ok := v.(*ssa.Call); ok && len(ir.Args(&text.Call)) == 1 && ir.IsString(text.Type()) {
		v = ir.Args(&text.Call)[0]
	}
	if !ir.IsErrorLike(v.Type()) || depth > 4 {
		return false
	}
	if !c.Graph.Inspected() {
		return c.Graph.Bits(v)&fact.Carriers != 0
	}
	call := c.Engine.AnswerOf(v)
	if call == nil {
		return false
	}
	f := ir.Callee(call.Common())
	if c.Origins.Produces(call.Common()) || c.transactionOf(call.Common()) != nil || f != nil && f.Pkg() != nil && c.Catalog.Uses(f.Pkg().Path()) {
		return true
	}
	fn := c.Graph.Local(call.Common().StaticCallee())
	return fn != nil && c.handsOn(fn, depth+1)
}

// handsOn reports whether a function answers with an error of the API, as it is or wrapped.
func (c *Context) handsOn(fn *ssa.Function, depth int) bool {
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for _, v := range ret.Results {
			v = ir.LastStored(v)
			if c.ofAPI(v, depth) {
				return true
			}
			if call, ok := ir.UnderInterface(v).(*ssa.Call); ok && ir.FullName(&call.Call) == "fmt.Errorf" {
				for _, w := range ir.WrappedBy(&call.Call) {
					if c.ofAPI(w, depth) {
						return true
					}
				}
			}
		}
	}
	return false
}

// parts are the texts that are put together to one.
func parts(v ssa.Value) []ssa.Value {
	if sum, ok := v.(*ssa.BinOp); ok {
		return append(parts(sum.X), parts(sum.Y)...)
	}
	return []ssa.Value{v}
}
