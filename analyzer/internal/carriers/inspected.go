package carriers

import (
	"iter"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/summary"
)

// inspecting are the answers about errors of APIs that are inspected.
type inspecting struct {
	asking   *summary.Memo[*ssa.Parameter, uint64]
	wrapping *summary.Memo[ssa.Value, bool]
	produced *summary.Memo[producedBy, bool]
	byCode   *summary.Memo[paramOf, bool] // functions that are called again for a code
}

func newInspecting(s *summary.Stack) inspecting {
	return inspecting{
		asking:   summary.New[*ssa.Parameter](s, 0, func(v, w uint64) uint64 { return v | w }, func(v, w uint64) bool { return v == w }),
		wrapping: summary.Greatest[ssa.Value](s),
		produced: summary.Greatest[producedBy](s),
		byCode:   summary.Least[paramOf](s),
	}
}

// outerSource is the carrier that root is, which a function looks at. Of an inspected API, it
// is one of the call that answered with it, if that is here.
func (e *Engine) outerSource(fn *ssa.Function, space int, root ssa.Value, at ssa.Instruction) *interp.Source {
	s := &interp.Source{
		Fn: fn, Space: space, Kind: interp.KindOf(root, e.G.Catalog.Spaces[space].Kind), Instr: at, Outer: true,
		Roles: interp.As(interp.Itself, map[ssa.Value]bool{root: true}),
	}
	if !e.G.Inspected() || s.Kind != interp.Err {
		return s
	}
	if c, result := ir.AnsweredBy(root); c != nil {
		s.Call, s.Result, s.Instr, s.Outer = c, result, c, false
	}
	return s
}

// asked yields the arguments of a call that are errors of which the callee asks the code, each
// with its space.
func (e *Engine) asked(c *ssa.Call) iter.Seq2[ssa.Value, int] {
	return func(yield func(ssa.Value, int) bool) {
		args := ir.Args(&c.Call)
		if e.G.FullName(&c.Call) == "errors.Is" {
			if space, _, ok := e.LiteralCode(args[1]); ok {
				yield(args[0], space)
			}
			return
		}
		if f, ok := e.G.Origins.Function(ir.Callee(&c.Call)); ok && f.Arg < len(args) {
			if space, ok := e.G.Origins.NamedSpace(f); ok {
				yield(args[f.Arg], space)
				return
			}
		}
		if f := e.G.FuncFact(&c.Call); f != nil {
			for i := range f.Tables {
				t := &f.Tables[i]
				if t.Carrier && t.Param < len(args) && ir.IsErrorLike(args[t.Param].Type()) && !yield(args[t.Param], t.Space) {
					return
				}
			}
			return
		}
		fns, _ := e.G.Targets(&c.Call)
		for _, fn := range fns {
			for i, p := range fn.Params {
				if i >= len(args) || !ir.IsErrorLike(args[i].Type()) {
					continue
				}
				for space := range e.G.Catalog.Spaces {
					if e.askedParam(p)&(1<<space) != 0 && !yield(args[i], space) {
						return
					}
				}
			}
		}
	}
}

// askedParam are the spaces, as bits, for whose codes a function asks the error that it is given.
func (e *Engine) askedParam(p *ssa.Parameter) uint64 {
	return e.asking.Get(p, func() uint64 {
		var spaces uint64
		for v, space := range e.questions(p.Parent()) {
			if e.root(v, nil, 0) == ssa.Value(p) {
				spaces |= 1 << space
			}
		}
		return spaces
	})
}

// questions yields the values of a function from which a code is taken, or which are asked for one,
// each with its space.
func (e *Engine) questions(fn *ssa.Function) iter.Seq2[ssa.Value, int] {
	return func(yield func(ssa.Value, int) bool) {
		for v := range operands(fn) {
			if space, ok := e.codeSpace(v); ok && !yield(v, space) {
				return
			}
		}
		for c := range calls(fn) {
			for v, space := range e.asked(c) {
				if !yield(v, space) {
					return
				}
			}
		}
	}
}

// takenFrom is the error that a call of an inspected API takes a code from, or hands on in
// another one.
func (e *Engine) takenFrom(c *ssa.Call) ssa.Value {
	if !e.G.Inspected() {
		return nil
	}
	args, callee := ir.Args(&c.Call), ir.Callee(&c.Call)
	if f, ok := e.G.Origins.Function(callee); ok && f.Arg < len(args) {
		return args[f.Arg]
	}
	if _, ok := e.G.Origins.Method(callee); ok {
		return args[0]
	}
	switch e.G.FullName(&c.Call) {
	case "fmt.Errorf":
		if wrapped := ir.WrappedBy(&c.Call); len(wrapped) == 1 {
			return wrapped[0]
		}
		return nil
	case "errors.Unwrap":
		return args[0]
	}
	i := ir.ErrorResult(c.Call.Signature())
	if i < 0 {
		return nil
	}
	return onlyError(args, e.handedOn(&c.Call, i))
}

// handedOn are the parameters, as bits, of which result i of a call may be one.
func (e *Engine) handedOn(c *ssa.CallCommon, i int) uint64 {
	if f := e.G.FuncFact(c); f != nil {
		if r := f.Result(i); r != nil {
			return r.Passes | r.Wraps | r.Opens
		}
		return 0
	}
	fns, _ := e.G.Targets(c)
	var from uint64
	for _, fn := range fns {
		from |= e.G.ResultFrom(flow.Given{Fn: fn, Result: i})
	}
	return from
}

// onlyError is the one error among the arguments that bits name, or nil.
func onlyError(args []ssa.Value, bits uint64) ssa.Value {
	var found ssa.Value
	for i, a := range args {
		if i >= 64 || bits&(1<<i) == 0 || !ir.IsErrorLike(a.Type()) {
			continue
		}
		if found != nil {
			return nil
		}
		found = a
	}
	return found
}

// AnswerOf is the call of this function that an error was answered by, wrapped or not, or nil.
func (e *Engine) AnswerOf(v ssa.Value) ssa.CallInstruction {
	if v == nil {
		return nil
	}
	if c, _ := ir.AnsweredBy(e.root(v, nil, 0)); c != nil {
		return c
	}
	return nil
}

// WrapsAlways reports whether an error, if it is one, was made by a function that wraps another
// or makes a new one, on every path.
func (e *Engine) WrapsAlways(v ssa.Value) bool {
	return v != nil && e.wrapping.Get(v, func() bool { return e.findWrapping(v) })
}

func (e *Engine) findWrapping(v ssa.Value) bool {
	made := false
	switch x := ir.UnderInterface(v).(type) {
	case *ssa.Phi:
		for _, edge := range x.Edges {
			if k, ok := edge.(*ssa.Const); ok && k.IsNil() {
				continue
			}
			if !e.WrapsAlways(edge) {
				return false
			}
			made = true
		}
		return made
	case *ssa.Extract:
		c, ok := x.Tuple.(*ssa.Call)
		return ok && e.answersWrapped(c, x.Index)
	case *ssa.Call:
		return e.answersWrapped(x, 0)
	}
	return false
}

// answersWrapped reports whether result i of a call is such an error.
func (e *Engine) answersWrapped(c *ssa.Call, i int) bool {
	switch e.G.FullName(&c.Call) {
	case "fmt.Errorf", "errors.New", "errors.Join":
		return true
	}
	return e.answersOnly(c, i, e.WrapsAlways)
}

// answersOnly reports whether result i of a call of this package is nil, or an error that is such,
// and whether there is one.
func (e *Engine) answersOnly(c *ssa.Call, i int, such func(ssa.Value) bool) bool {
	fns, complete := e.G.Targets(&c.Call)
	if !complete {
		return false
	}
	some := false
	for _, fn := range fns {
		for _, b := range fn.Blocks {
			ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if !ok || i >= len(ret.Results) || b == fn.Recover {
				continue
			}
			for _, v := range e.returned(ret.Results[i]) {
				if k, ok := v.(*ssa.Const); ok && k.IsNil() {
					continue
				}
				if !such(v) {
					return false
				}
				some = true
			}
		}
	}
	return some
}

// returned are the values that a result may be: a function that defers returns through variables,
// which what it defers may set. Such a variable stands for itself.
func (e *Engine) returned(v ssa.Value) []ssa.Value {
	u, ok := v.(*ssa.UnOp)
	if !ok {
		return []ssa.Value{v}
	}
	a, ok := u.X.(*ssa.Alloc)
	if !ok {
		return []ssa.Value{ir.LastStored(v)}
	}
	var out []ssa.Value
	for _, s := range e.Reaching(a, u) {
		switch {
		case s.Val != nil && s.Field < 0 && !s.Index:
			out = append(out, s.Val)
		case !s.Zero:
			return []ssa.Value{v}
		}
	}
	return out
}

// A producedBy is an error that calls of the API answer with, or any of its libraries.
type producedBy struct {
	v       ssa.Value
	library bool
}

// Produced reports whether an error, if it is one, is the answer of a call that answers with
// errors of the API alone, wrapped or not: here, or in a function of this package that was called.
func (e *Engine) Produced(v ssa.Value) bool { return e.isProduced(producedBy{v, false}) }

// FromLibrary reports whether an error, if it is one, is the answer of a call into the API's
// libraries, whatever else they answer with, or is [Engine.Produced].
func (e *Engine) FromLibrary(v ssa.Value) bool { return e.isProduced(producedBy{v, true}) }

func (e *Engine) isProduced(p producedBy) bool {
	return p.v != nil && e.produced.Get(p, func() bool {
		c, i := ir.AnsweredBy(e.root(p.v, nil, 0))
		if c == nil {
			return false
		}
		return e.G.Origins.Produces(&c.Call) || p.library && e.G.Origins.Calls(&c.Call) ||
			e.answersOnly(c, i, func(v ssa.Value) bool { return e.isProduced(producedBy{v, p.library}) })
	})
}
