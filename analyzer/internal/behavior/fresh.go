package behavior

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// freshSource is the carrier that a helper makes of the answer to a request of its own, without a
// look at it: the code as a bare number, or a struct of the program's own that keeps it.
func (e *Engine) freshSource(fn *ssa.Function, c ssa.CallInstruction) *Source {
	res := c.Common().Signature().Results()
	n := res.Len()
	for i := range n {
		t := res.At(i).Type()
		shape := Number
		if s := flow.StructOf(t); s != nil && !e.isAnswer(t) && !isErrorLike(t) {
			shape = Response
		} else if !isInteger(t) || isErrorLike(t) {
			continue
		}
		space, ok := e.fresh(c.Common(), i)
		if !ok || e.fillsAnother(c.Common()) {
			continue
		}
		s := &Source{Fn: fn, Space: space, Shape: shape, Instr: c, Call: c, Result: i, vals: resultValues(c, i, n)}
		for v := range s.vals {
			if shape == Number && e.mixes(c, v, 0) {
				return nil
			}
		}
		if shape == Response && e.asksBodyIn(s) {
			s.Space = e.bodySpace()
		}
		s.Dropped = len(s.vals) == 0
		return s
	}
	return nil
}

// asksBodyIn reports whether a function looks at the code in the bytes that a struct keeps beside a
// status, or gives them to somebody who may.
func (e *Engine) asksBodyIn(s *Source) bool {
	if e.readsBody(s.Fn) {
		return true
	}
	for v := range s.vals {
		for _, ref := range *v.Referrers() {
			f, ok := ref.(ssa.Value)
			switch ref.(type) {
			case *ssa.Field, *ssa.FieldAddr:
				if t := pointee(f.Type()); ok && (isBytes(t) || isText(t)) && givenAway(f, 0) {
					return true
				}
			}
		}
	}
	return false
}

// fillsAnother reports whether a call decodes into what it is given: the answer is there.
func (e *Engine) fillsAnother(c *ssa.CallCommon) bool {
	for i, a := range flow.Args(c) {
		if k, ok := a.(*ssa.Const); ok && k.IsNil() {
			continue
		}
		if decodes, _ := e.decodesInto(c, i); decodes {
			return true
		}
	}
	return false
}

// fresh is the space of the code that result i of a call holds, where every function that may be
// called asks for it and does not look at it.
func (e *Engine) fresh(c *ssa.CallCommon, i int) (space int, ok bool) {
	if f := e.G.FuncFact(c); f != nil {
		r := f.Result(i)
		if r == nil || r.Fresh == 0 || e.G.IsSDK(flow.Callee(c)) {
			return 0, false
		}
		return r.Fresh - 1, true
	}
	fns, complete := e.G.Targets(c)
	if !complete || len(fns) == 0 {
		return 0, false
	}
	for k, fn := range fns {
		s, is := e.freshIn(fn, i)
		if !is || k > 0 && s != space {
			return 0, false
		}
		space = s
	}
	return space, true
}

// freshIn is fresh for one function.
func (e *Engine) freshIn(fn *ssa.Function, i int) (space int, ok bool) {
	if e.active[fn] > 0 || len(fn.Blocks) == 0 {
		return 0, false
	}
	e.active[fn]++
	defer func() { e.active[fn]-- }()
	for _, s := range e.Sources(fn) {
		if s.Outer || s.Call == nil || s.Shape != Response && s.Shape != Number || !e.asks(s) {
			continue
		}
		b := e.Behaviour(s)
		if len(b.Conditions()) > 0 || ok && s.Space != space {
			return 0, false
		}
		if e.returnsCode(b, i) {
			space, ok = s.Space, true
		}
	}
	return space, ok
}

// asks reports whether the event of a source makes the request, and does not decode an answer that
// it is given.
func (e *Engine) asks(s *Source) bool {
	c := s.Call.Common()
	if !s.Decoded || s.Call0() != nil && isDecode(s.Call0()) {
		return true
	}
	for i, a := range flow.Args(c) {
		if i == 0 && c.Signature().Recv() != nil {
			continue
		}
		a = underInterface(a)
		if _, local := rootAlloc(a); !local && e.G.Bits(a)&fact.Response != 0 {
			return false
		}
	}
	return true
}

// returnsCode reports whether result i holds every failing code as it is.
func (e *Engine) returnsCode(b *Behaviour, i int) bool {
	for _, c := range b.Cases {
		if c.Success {
			continue
		}
		found := false
		for _, ret := range c.run.returns() {
			if i >= len(ret.Results) {
				return false
			}
			x := c.run.val(ret.Results[i])
			n, isInt := x.isInt()
			found = found || x.holds() && !x.Part || x.code() && isInt && n == c.run.code
		}
		if !found {
			return false
		}
	}
	return len(b.Cases) > 0
}

// noteFresh tells importers of a result that is fresh.
func (e *Engine) noteFresh(fn *ssa.Function, r *fact.Result) {
	t := fn.Signature.Results().At(r.Index).Type()
	if isErrorLike(t) || e.isAnswer(t) || !isInteger(t) && flow.StructOf(t) == nil {
		return
	}
	if space, ok := e.freshIn(fn, r.Index); ok {
		r.Fresh = space + 1
	}
}
