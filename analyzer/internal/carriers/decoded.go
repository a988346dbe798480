package carriers

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// RereadsAnswer reports whether the call of a source only gets at the HTTP response that an answer
// keeps: the code of that answer was there before, and is looked at there.
func (e *Engine) RereadsAnswer(s *interp.Source) bool {
	if s.Call == nil {
		return false
	}
	c := s.Call.Common()
	sig := c.Signature()
	if sig.Recv() == nil || ir.TypePath(sig.Results().At(s.Result).Type()) != "net/http.Response" || sig.Results().Len() != 1 || sig.Params().Len() > 0 {
		return false
	}
	for v := ir.Args(c)[0]; ; {
		if _, _, ok := e.G.CarrierField(v.Type()); ok {
			return true
		}
		if v = ir.TakenFrom(v); v == nil { // a method of what it embeds
			return false
		}

	}
}

// decodeSource is the carrier that a call decodes into a local variable, where the bytes
// come from outside of the function.
func (e *Engine) decodeSource(fn *ssa.Function, c ssa.CallInstruction) *interp.Source {
	call, ok := c.(*ssa.Call)
	if !ok {
		return nil
	}
	target, checked := e.decodeTarget(call)
	if target == nil || checked {
		return nil
	}
	t := ir.Pointee(target.Type())
	space := e.G.BodySpace()
	if !e.G.HoldsCode(t, space) && !e.G.HoldsCode(ir.Pointee(t), space) && !(ir.IsJSONMap(t) && e.G.API(target)) {
		return nil
	}
	if e.G.ForeignAnswer(target) {
		return nil
	}
	if ir.IsDecode(call) && e.boundElsewhere(ir.Args(&call.Call)[0], 0) {
		return nil
	}
	for _, a := range ir.Args(&call.Call) {
		if ir.UnderInterface(a) != target && e.examinedBeside(a) {
			return nil
		}
	}
	s := &interp.Source{Fn: fn, Space: space, Kind: interp.Response, Instr: c, Call: c, Decoded: true, Roles: interp.As(interp.Itself, map[ssa.Value]bool{})}
	if ir.IsDecode(call) {
		// The bytes were fetched elsewhere: the call here is no call of the API.
		if !e.fetchedHere(ir.Args(&call.Call)[0], 0) {
			s.Call = nil
		}
	}
	return s
}

// decodeTarget returns the address that a call decodes the carrier into, and whether the
// callee has looked at the code already.
func (e *Engine) decodeTarget(c *ssa.Call) (target ssa.Value, checked bool) {
	args := ir.Args(&c.Call)
	if ir.IsDecode(c) {
		v := ir.UnderInterface(args[1])
		if _, ok := ir.RootAlloc(v); !ok {
			return nil, false
		}
		return v, false
	}
	for i, a := range args {
		v := ir.UnderInterface(a)
		if _, ok := ir.RootAlloc(v); !ok {
			continue
		}
		if decodes, looks := e.decodesInto(&c.Call, i); decodes {
			return v, looks || e.errHolds(c)
		}
	}
	return nil, false
}

// capturedSource is the carrier that a closure called here leaves in a variable of fn.
func (e *Engine) capturedSource(fn *ssa.Function, c ssa.CallInstruction) *interp.Source {
	call, ok := c.(*ssa.Call)
	if !ok {
		return nil
	}
	m, ok := call.Call.Value.(*ssa.MakeClosure)
	if !ok {
		return nil
	}
	for k, b := range m.Bindings {
		a, ok := b.(*ssa.Alloc)
		closure, isFn := m.Fn.(*ssa.Function)
		if !ok || !isFn || !ir.IsError(ir.Pointee(a.Type())) || !ir.CapturedStore(m, a) {
			continue
		}
		for s := range e.G.Catalog.Spaces {
			if e.G.Bits(closure.FreeVars[k])&fact.Carrier(s) == 0 {
				continue
			}
			inner := e.storedCall(closure, closure.FreeVars[k])
			if inner == nil {
				return nil
			}
			return &interp.Source{Fn: fn, Space: s, Kind: interp.Err, Instr: c, Call: c, Decoded: true, From: inner, Roles: interp.As(interp.Itself, map[ssa.Value]bool{})}
		}
	}
	return nil
}

// storedCall is the one call whose error a closure stores in a captured variable.
func (e *Engine) storedCall(fn *ssa.Function, v *ssa.FreeVar) ssa.CallInstruction {
	var found ssa.CallInstruction
	for _, ref := range *v.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok || st.Addr != ssa.Value(v) {
			continue
		}
		val := st.Val
		if x, ok := val.(*ssa.Extract); ok {
			val = x.Tuple
		}
		c, ok := val.(*ssa.Call)
		if !ok || found != nil {
			return nil
		}
		found = c
	}
	return found
}

// errHolds reports whether an error result of a call can hold the code.
func (e *Engine) errHolds(c *ssa.Call) bool {
	res := c.Call.Signature().Results()
	for i := range res.Len() {
		if ir.IsErrorLike(res.At(i).Type()) && e.resultBits(c, i)&fact.Carriers != 0 {
			return true
		}
	}
	return false
}

// boundElsewhere reports whether bytes come from a response that is a source of its own here,
// or that the function which returns it has looked at.
func (e *Engine) boundElsewhere(v ssa.Value, depth int) bool {
	body := e.G.BodySpace()
	found := false
	e.walkBack(v, depth, func(c *ssa.Call, i int) {
		_, shape, ok := e.introduces(c, i)
		found = found || ok && shape == interp.Response || e.isExaminedBelow(&c.Call, i, body)
	})
	return found
}

// examinedBeside reports whether what bytes are taken from is given to a function of this package
// as well that looks at the code in it: a method that checks, before another decodes the rest.
func (e *Engine) examinedBeside(v ssa.Value) bool {
	body := e.G.BodySpace()
	for {
		if _, isAddr := v.(*ssa.FieldAddr); !isAddr && v.Referrers() != nil && e.G.Bits(v)&fact.Response != 0 {
			for _, ref := range *v.Referrers() {
				c, ok := ref.(*ssa.Call)
				if !ok {
					continue
				}
				fns, _ := e.G.Targets(&c.Call)
				if slices.ContainsFunc(fns, func(fn *ssa.Function) bool { return slices.Contains(e.ExaminedSpaces(fn), body) }) {
					return true
				}
			}
		}
		if v = ir.TakenFrom(v); v == nil {
			return false
		}

	}
}

// DecodedFrom is the response of the same function that a source is decoded from, or nil.
func (e *Engine) DecodedFrom(s *interp.Source) *interp.Source {
	if !s.Decoded || s.Call == nil {
		return nil
	}
	for _, from := range e.Sources(s.Fn) {
		if from.Kind != interp.Response || from.Decoded || from.Call == nil {
			continue
		}
		found := false
		for _, a := range ir.Args(s.Call.Common()) {
			e.walkBack(a, 0, func(c *ssa.Call, _ int) { found = found || ssa.CallInstruction(c) == from.Call })
		}
		if found {
			return from
		}
	}
	return nil
}

func (e *Engine) fetchedHere(v ssa.Value, depth int) bool {
	found := false
	e.walkBack(v, depth, func(c *ssa.Call, i int) {
		f := ir.Callee(&c.Call)
		if f == nil || f.Pkg() == nil || !ir.Std(f.Pkg().Path()) {
			found = true
		}
	})
	return found
}

// walkBack visits the calls that a value was taken from.
func (e *Engine) walkBack(v ssa.Value, depth int, visit func(*ssa.Call, int)) {
	if depth > 12 {
		return
	}
	if from := ir.TakenFrom(v); from != nil {
		e.walkBack(from, depth+1, visit)
		return
	}
	switch v := v.(type) {
	case *ssa.Phi:
		for _, x := range v.Edges {
			if x != v {
				e.walkBack(x, depth+3, visit)
			}
		}
	case *ssa.Alloc:
		for _, s := range e.Stores(v) {
			if s.Val != nil {
				e.walkBack(s.Val, depth+2, visit)
			}
		}
	case *ssa.Extract:
		if c, ok := v.Tuple.(*ssa.Call); ok {
			visit(c, v.Index)
			e.throughStd(c, depth, visit)
		}
	case *ssa.Call:
		visit(v, 0)
		e.throughStd(v, depth, visit)
	}
}

func (e *Engine) throughStd(c *ssa.Call, depth int, visit func(*ssa.Call, int)) {
	if ir.Std(ir.CalleePath(&c.Call)) {
		for _, a := range ir.Args(&c.Call) {
			e.walkBack(a, depth+1, visit)
		}
	}
}
