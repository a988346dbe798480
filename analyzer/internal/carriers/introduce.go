package carriers

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// CallsAPI reports whether a call is one of the API: its results hold a code or an answer.
func (e *Engine) CallsAPI(c ssa.CallInstruction) bool {
	n := c.Common().Signature().Results().Len()
	for i := range n {
		if _, _, ok := e.introduces(c, i); ok {
			return true
		}
	}
	return false
}

// introduces says what carrier result i of a call is.
func (e *Engine) introduces(c ssa.CallInstruction, i int) (space int, shape interp.CarrierKind, ok bool) {
	common := c.Common()
	t := common.Signature().Results().At(i).Type()
	bits := e.resultBits(c, i)
	if bits&fact.Foreign != 0 && !e.answersItself(common, i) {
		return 0, 0, false
	}
	if ir.IsErrorLike(t) && ir.IsError(t) || ir.IsErrorLike(t) && bits&fact.Carriers != 0 {
		for _, s := range e.spaces() {
			if bits&fact.Carrier(s) != 0 {
				if e.passes(c, i) || !e.canReturnCarrier(common, i) {
					return 0, 0, false
				}
				return s, interp.Err, true
			}
		}
		return 0, 0, false
	}
	body := e.G.BodySpace()
	if f, s, is := e.G.CarrierField(t); is && f != nil {
		if e.producesTyped(c, bits) && !e.G.ForeignResult(c, i) && !e.isExaminedBelow(common, i, s) {
			return s, interp.Response, true
		}
		return 0, 0, false
	}
	if bits&fact.Response == 0 {
		return 0, 0, false
	}
	if e.G.IsAnswer(t) {
		if e.G.ClientResponse(t) && !e.answersUnchanged(c) {
			return 0, 0, false
		}
		space := e.responseSpace(c)
		return space, interp.Response, !e.isExaminedBelow(common, i, space) && !e.isExaminedBelow(common, i, body)
	}
	if e.isExaminedBelow(common, i, body) {
		return 0, 0, false
	}
	switch {
	case ir.IsBytes(t) && bits&fact.JSON == 0 && !ir.Std(ir.CalleePath(common)):
		return body, interp.Response, true
	case ir.IsJSONMap(t) && !ir.Std(ir.CalleePath(common)):
		return body, interp.Response, true
	}
	return 0, 0, false
}

// answersItself reports whether a function of this package makes the request that result i
// answers, whatever address is among its arguments.
func (e *Engine) answersItself(c *ssa.CallCommon, i int) bool {
	fns, complete := e.G.Targets(c)
	for _, fn := range fns {
		complete = complete && e.G.AnswersItself(fn, i)
	}
	return complete && len(fns) > 0
}

// spaces lists the spaces with that of the body's code first: it decides where both are there.
func (e *Engine) spaces() []int {
	body := e.G.BodySpace()
	out := []int{body}
	for s := range e.G.Catalog.Spaces {
		if s != body {
			out = append(out, s)
		}
	}
	return out
}

// canReturnCarrier reports whether a function of this package still returns the carrier for some code;
// one that answers every code with an error of its own does not, though an error may pass.
func (e *Engine) canReturnCarrier(c *ssa.CallCommon, i int) bool {
	if given := e.G.Given(c, i); given != nil {
		return e.givenCanReturnCarrier(given)
	}
	fns, complete := e.G.Targets(c)
	if !complete {
		return true
	}
	for _, fn := range fns {
		if e.HandsResult(fn, i) {
			return true
		}
	}
	return false
}

// HandsResult reports whether result i of fn can hold a code that came from below.
func (e *Engine) HandsResult(fn *ssa.Function, i int) bool {
	return e.handing.Get(resultOf{fn, i}, func() bool { return e.findHanding(fn, i) })
}

// A paramOf is a parameter, by its place.
type paramOf resultOf

type resultOf struct {
	fn *ssa.Function
	i  int
}

func (e *Engine) findHanding(fn *ssa.Function, i int) bool {
	hands, sources := e.handsOwn(fn, i)
	if hands || sources == 0 {
		return true
	}
	// An error made here of a code holds one whatever came from below.
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || i >= len(ret.Results) {
			continue
		}
		switch x := ret.Results[i].(type) {
		case *ssa.Const:
		case *ssa.Call:
			if e.Constructs(x) {
				return true
			}
		case *ssa.MakeInterface:
			if e.G.Bits(x)&fact.Carriers != 0 {
				return true
			}
		case *ssa.Extract, *ssa.UnOp:
		default:
			return true
		}
	}
	return false
}

// handsOwn reports whether result i of fn can hold a code that a call in fn yields, and how many
// such calls there are.
func (e *Engine) handsOwn(fn *ssa.Function, i int) (hands bool, sources int) {
	for _, s := range e.Sources(fn) {
		if s.Outer {
			continue
		}
		sources++
		for _, c := range e.Partition(s).Cases {
			if c.Success {
				continue
			}
			for _, ret := range c.Propagation.Returns() {
				if i < len(ret.Results) && c.Propagation.Val(ret.Results[i]).Holds() {
					return true, sources
				}
			}
		}
	}
	return false, sources
}

// passes reports whether the call only wraps or transforms a carrier that it is given:
// the carrier is not new.
func (e *Engine) passes(c ssa.CallInstruction, _ int) bool {
	switch e.G.FullName(c.Common()) {
	case "fmt.Errorf", "errors.Join", "errors.Unwrap":
		return true
	}
	for _, a := range ir.Args(c.Common()) {
		if !ir.IsErrorLike(a.Type()) && !ir.IsErrorSlice(a.Type()) {
			continue
		}
		if e.G.Bits(a)&fact.Carriers != 0 {
			return true
		}
		if _, _, ok := e.G.CarrierField(a.Type()); ok {
			return true
		}
	}
	return e.Constructs(c)
}

// Constructs reports whether a call makes an error from a code that it is given.
func (e *Engine) Constructs(c ssa.CallInstruction) bool {
	common := c.Common()
	fns, _ := e.G.Targets(common)
	for _, fn := range fns {
		for i, a := range common.Args {
			if _, ok := e.G.Space(a); ok && i < len(fn.Params) {
				return true
			}
			if i < len(fn.Params) {
				if _, ok := e.G.Space(fn.Params[i]); ok {
					return true
				}
			}
		}
	}
	if f := e.G.FuncFact(common); f != nil {
		for _, p := range f.Params {
			if p.Code != 0 {
				return true
			}
		}
	}
	return false
}

// producesTyped reports whether a call that returns a value with a code makes a new
// response: in the SDK, in net/http, in a generated client, or where an answer is decoded.
func (e *Engine) producesTyped(c ssa.CallInstruction, bits fact.Bits) bool {
	f := ir.Callee(c.Common())
	if f != nil && f.Pkg() != nil && f.Pkg().Path() == "net/http" && f.Pkg() != e.G.Pkg {
		return f.Signature().Results().Len() == 2
	}
	if e.G.IsSDK(f) && f.Pkg() != e.G.Pkg {
		sig := f.Signature()
		return sig.Results().Len() > 1 || bits&(fact.Response|fact.JSON) != 0
	}
	return bits&fact.JSON != 0 || e.repliesMessage(f)
}

// repliesMessage reports whether a function of another package is a generated client's: it
// answers with a protobuf message of its package, and an error.
func (e *Engine) repliesMessage(f *types.Func) bool {
	if f == nil || f.Pkg() == nil || f.Pkg() == e.G.Pkg || f.Signature().Results().Len() != 2 || !ir.IsError(f.Signature().Results().At(1).Type()) {
		return false
	}
	t := f.Signature().Results().At(0).Type()
	n := ir.NamedOf(t)
	return n != nil && n.Obj().Pkg() == f.Pkg() && ir.HasMethod(t, "ProtoReflect")
}

func (e *Engine) resultBits(c ssa.CallInstruction, i int) fact.Bits {
	if v, ok := c.(*ssa.Call); ok {
		return e.G.ResultBits(v, i)
	}
	return e.G.DeferredBits(c.Common(), i)
}

// responseSpace is the space in which an HTTP response is judged: that of the body's code
// where the function looks at it, else the status.
func (e *Engine) responseSpace(c ssa.CallInstruction) int {
	if status := e.G.StatusSpace(); status >= 0 && !e.readsBody(c.Parent()) {
		return status
	}
	return e.G.BodySpace()
}

// ByStatus is the carrier of the status of an HTTP response that is judged by the code in its
// body, or nil.
func (e *Engine) ByStatus(s *interp.Source) *interp.Source {
	if by, ok := e.byStatus[s]; ok {
		return by
	}
	by := e.findByStatus(s)
	e.byStatus[s] = by
	return by
}

func (e *Engine) findByStatus(s *interp.Source) *interp.Source {
	status := e.G.StatusSpace()
	if s.Kind != interp.Response || s.Decoded || status < 0 || s.Space == status || s.Call == nil {
		return nil
	}
	res := s.Call.Common().Signature().Results()
	number := len(s.Roles.In(interp.OtherCode)) > 0
	if s.Result >= res.Len() || !number && !e.G.IsAnswer(res.At(s.Result).Type()) {
		return nil
	}
	by := *s
	by.Space = status
	by.Roles = s.Roles.Swapped(interp.ItsCode, interp.OtherCode)
	by.Instead = make(map[*ssa.BasicBlock]bool)
	for _, b := range s.Fn.Blocks {
		if slices.ContainsFunc(b.Instrs, e.looksAtBody) {
			by.Instead[b] = true
		}
	}
	return &by
}

// readsBody reports whether a function, or one of this package that it gives something of a
// response to, reads the code in a body.
func (e *Engine) readsBody(fn *ssa.Function) bool {
	return e.readers.Get(fn, func() bool {
		return slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool { return slices.ContainsFunc(b.Instrs, e.looksAtBody) })
	})
}

// looksAtBody reports whether an instruction reads the code in a body, or decodes it, or gives
// something of a response to a function of this package that does.
func (e *Engine) looksAtBody(i ssa.Instruction) bool {
	body := e.G.BodySpace()
	switch i := i.(type) {
	case *ssa.FieldAddr:
		f := ir.FieldVar(i.X, i.Field)
		s, ok := e.G.FieldSpace(f)
		return ok && s == body
	case *ssa.Lookup:
		s, ok := e.G.Space(i)
		return ok && s == body
	case *ssa.Call:
		args := ir.Args(&i.Call)
		if ir.IsDecode(i) && slices.ContainsFunc(args, func(a ssa.Value) bool {
			_, s, ok := e.G.CarrierField(ir.UnderInterface(a).Type())
			return ok && s == body
		}) {
			return true
		}
		fns, _ := e.G.Targets(&i.Call)
		return slices.ContainsFunc(fns, e.readsBody) && slices.ContainsFunc(args, func(a ssa.Value) bool { return e.G.Bits(a)&fact.Response != 0 })
	}
	return false
}
