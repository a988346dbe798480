package carriers

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// RetriesByCode reports whether a function is handed to a helper that calls it again depending on
// the code of the error with which it answers.
func (e *Engine) RetriesByCode(fn *ssa.Function) bool {
	return slices.ContainsFunc(e.Handings(fn), func(h partition.Handing) bool { return e.callsByCode(h.Call, h.Arg) })
}

// RetriesParamByCode reports whether a function calls the function that it is given as parameter n
// again, depending on the code of its error, or has another one do so.
func (e *Engine) RetriesParamByCode(fn *ssa.Function, n int) bool {
	return e.byCode.Get(paramOf{fn, n}, func() bool {
		p := fn.Params[n]
		return e.asksInLoop(fn, p) || e.handsByCode(p) || slices.ContainsFunc(capturing(p), func(v *ssa.FreeVar) bool {
			return e.answersWith(v.Parent(), v) && e.RetriesByCode(v.Parent())
		})
	})
}

// capturing lists the variables by which the closures of a function have a parameter of its.
func capturing(p *ssa.Parameter) []*ssa.FreeVar {
	var out []*ssa.FreeVar
	for _, fn := range p.Parent().AnonFuncs {
		for _, v := range fn.FreeVars {
			if slices.ContainsFunc(ir.Bindings(v), func(b ssa.Value) bool { return keeps(b, p) }) {
				out = append(out, v)
			}
		}
	}
	return out
}

// keeps reports whether a value is a parameter, or the variable that it is kept in.
func keeps(v ssa.Value, p *ssa.Parameter) bool {
	a, kept := v.(*ssa.Alloc)
	return v == ssa.Value(p) || kept && slices.Contains(ir.Stored(a), ssa.Value(p))
}

// behind is the variable that a value is read from, or the value itself.
func behind(v ssa.Value) ssa.Value {
	if read, ok := v.(*ssa.UnOp); ok {
		return read.X
	}
	return v
}

// callsByCode reports whether a call has the function that is its argument n called again depending
// on the code of its error.
func (e *Engine) callsByCode(c *ssa.CallCommon, n int) bool {
	if e.G.Origins.Retries(ir.Callee(c), n) {
		return true
	}
	if f := e.G.FuncFact(c); f != nil {
		if p := f.Param(n); p != nil && p.ByCode {
			return true
		}
	}
	fns, _ := e.G.Targets(c)
	return slices.ContainsFunc(fns, func(fn *ssa.Function) bool { return n < len(fn.Params) && e.RetriesParamByCode(fn, n) }) ||
		e.RetriesParam(c, n) && slices.ContainsFunc(ir.Args(c), func(a ssa.Value) bool { return e.asksCode(a, 0) })
}

// asksInLoop reports whether a function calls a parameter in a loop, and asks its error for a code.
func (e *Engine) asksInLoop(fn *ssa.Function, p *ssa.Parameter) bool {
	loops := false
	for c := range calls(fn) {
		loops = loops || ir.InLoop(c.Block()) && e.runs(c, p)
	}
	if !loops {
		return false
	}
	for v := range e.questions(fn) {
		for _, from := range incoming(e.root(v, nil, 0), nil) {
			if c, _ := ir.AnsweredBy(from); c != nil && e.runs(c, p) {
				return true
			}
		}
	}
	return false
}

// runs reports whether a call is of a parameter, or gives it to a function that answers with an
// error, or is of a closure that answers with its error.
func (e *Engine) runs(c *ssa.Call, p *ssa.Parameter) bool {
	is := func(v ssa.Value) bool { return keeps(behind(v), p) }
	if is(c.Call.Value) || slices.ContainsFunc(ir.Args(&c.Call), is) {
		return ir.ErrorResult(c.Call.Signature()) >= 0
	}
	called := ir.FunctionOf(c.Call.Value)
	return called != nil && called.Parent() == p.Parent() && slices.ContainsFunc(capturing(p), func(v *ssa.FreeVar) bool { return v.Parent() == called && e.answersWith(called, v) })
}

// incoming lists what a value may be on the ways on which it comes, each once.
func incoming(v ssa.Value, seen []ssa.Value) []ssa.Value {
	if v == nil || slices.Contains(seen, v) {
		return seen
	}
	seen = append(seen, v)
	if phi, ok := v.(*ssa.Phi); ok {
		for _, e := range phi.Edges {
			seen = incoming(e, seen)
		}
	}
	return seen
}

// handsByCode reports whether a function, as it is, is an argument of a call that has it called
// again by its code.
func (e *Engine) handsByCode(v ssa.Value) bool {
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		c, ok := ref.(ssa.CallInstruction)
		if !ok {
			return false
		}
		for n, a := range ir.Args(c.Common()) {
			if a == v && e.callsByCode(c.Common(), n) {
				return true
			}
		}
		return false
	})
}

// answersWith reports whether a function answers with the error of a function that it has, or of
// one that it gives that to.
func (e *Engine) answersWith(fn *ssa.Function, has ssa.Value) bool {
	return slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		return ok && slices.ContainsFunc(ret.Results, func(v ssa.Value) bool {
			c := e.AnswerOf(ir.LastStored(v))
			if c == nil || !ir.IsErrorLike(v.Type()) {
				return false
			}
			return behind(c.Common().Value) == has || slices.ContainsFunc(ir.Args(c.Common()), func(a ssa.Value) bool { return behind(a) == has })
		})
	})
}

// asksCode reports whether an argument is a function that asks an error for a code, or an option
// that is made with one.
func (e *Engine) asksCode(v ssa.Value, depth int) bool {
	if depth > interp.MaxDepth {
		return false
	}
	switch x := ir.UnderInterface(v).(type) {
	case *ssa.ChangeType:
		return e.asksCode(x.X, depth+1)
	case *ssa.MakeClosure:
		return e.asksCode(x.Fn, depth+1)
	case *ssa.Call:
		return slices.ContainsFunc(ir.Args(&x.Call), func(a ssa.Value) bool { return e.asksCode(a, depth+1) })
	case *ssa.Slice:
		return slices.ContainsFunc(ir.Varargs(x), func(a ssa.Value) bool { return e.asksCode(a, depth+1) })
	case *ssa.Function:
		if f := e.G.Told(x); f != nil {
			return slices.ContainsFunc(f.Tables, func(t fact.Table) bool { return t.Carrier })
		}
		return slices.ContainsFunc(x.Params, func(p *ssa.Parameter) bool { return ir.IsErrorLike(p.Type()) && e.askedParam(p) != 0 })
	}
	return false
}
