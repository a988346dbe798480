package carriers

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// unexaminedSource is the carrier that a helper makes of the answer to a request of its own, without a
// look at it: the code as a bare number, or a struct of the program's own that keeps it.
func (e *Engine) unexaminedSource(fn *ssa.Function, c ssa.CallInstruction) *interp.Source {
	res := c.Common().Signature().Results()
	n := res.Len()
	for i := range n {
		t := res.At(i).Type()
		shape := interp.Number
		if s := ir.StructOf(t); s != nil && !e.G.IsAnswer(t) && !ir.IsErrorLike(t) {
			shape = interp.Response
		} else if !e.G.FitsAny(t) || ir.IsErrorLike(t) {
			continue
		}
		space, ok := e.unexaminedBelow(c.Common(), i)
		if !ok || e.G.ForeignResult(c, i) || e.fillsAnother(c.Common()) {
			continue
		}
		s := &interp.Source{Fn: fn, Space: space, Kind: shape, Instr: c, Call: c, Result: i, Roles: interp.As(interp.Itself, ir.ResultValues(c, i, n))}
		for v := range s.Roles.In(interp.Itself) {
			if shape == interp.Number && e.mixes(c, v, 0) {
				return nil
			}
		}
		if shape == interp.Response && e.asksBodyIn(s) {
			s.Space = e.G.BodySpace()
		}
		s.Dropped = len(s.Roles.In(interp.Itself)) == 0
		return s
	}
	return nil
}

// asksBodyIn reports whether a function looks at the code in the bytes that a struct keeps beside a
// status, or gives them to somebody who may.
func (e *Engine) asksBodyIn(s *interp.Source) bool {
	if e.readsBody(s.Fn) {
		return true
	}
	for v := range s.Roles.In(interp.Itself) {
		for _, ref := range *v.Referrers() {
			f, ok := ref.(ssa.Value)
			switch ref.(type) {
			case *ssa.Field, *ssa.FieldAddr:
				if t := ir.Pointee(f.Type()); ok && (ir.IsBytes(t) || ir.IsString(t)) && givenAway(f, 0) {
					return true
				}
			}
		}
	}
	return false
}

// fillsAnother reports whether a call decodes into what it is given: the answer is there.
func (e *Engine) fillsAnother(c *ssa.CallCommon) bool {
	for i, a := range ir.Args(c) {
		if k, ok := a.(*ssa.Const); ok && k.IsNil() {
			continue
		}
		if decodes, _ := e.decodesInto(c, i); decodes {
			return true
		}
	}
	return false
}

// unexaminedBelow is the space of the code that result i of a call holds, where every function that may be
// called asks for it and does not look at it.
func (e *Engine) unexaminedBelow(c *ssa.CallCommon, i int) (space int, ok bool) {
	if f := e.G.FuncFact(c); f != nil {
		r := f.Result(i)
		if r == nil || r.Unexamined == 0 || e.G.IsSDK(ir.Callee(c)) {
			return 0, false
		}
		return r.Unexamined - 1, true
	}
	fns, complete := e.G.Targets(c)
	if !complete || len(fns) == 0 {
		return 0, false
	}
	for k, fn := range fns {
		s, is := e.unexaminedIn(fn, i)
		if !is || k > 0 && s != space {
			return 0, false
		}
		space = s
	}
	return space, true
}

// unexaminedIn is fresh for one function.
func (e *Engine) unexaminedIn(fn *ssa.Function, i int) (space int, ok bool) {
	space = e.unexamined.Get(resultOf{fn, i}, func() int {
		if space, ok := e.findUnexamined(fn, i); ok {
			return space
		}
		return noSpace
	})
	return space, space >= 0
}

// The answers of unexamined that are no space.
const (
	noSpace  = -1 // none
	disputed = -2 // several
)

// agreedSpace is the space of two.
func agreedSpace(v, w int) int {
	switch {
	case v == w || w == noSpace:
		return v
	case v == noSpace:
		return w
	}
	return disputed
}

func (e *Engine) findUnexamined(fn *ssa.Function, i int) (space int, ok bool) {
	for _, s := range e.Sources(fn) {
		if s.Outer || s.Call == nil || s.Kind != interp.Response && s.Kind != interp.Number || !e.makesRequest(s) {
			continue
		}
		b := e.Partition(s)
		if len(b.Conditions()) > 0 || ok && s.Space != space {
			return 0, false
		}
		if e.returnsCode(b, i) {
			space, ok = s.Space, true
		}
	}
	return space, ok
}

// makesRequest reports whether the event of a source makes the request, and does not decode an answer that
// it is given.
func (e *Engine) makesRequest(s *interp.Source) bool {
	c := s.Call.Common()
	if !s.Decoded || s.EventCall() != nil && ir.IsDecode(s.EventCall()) {
		return true
	}
	for i, a := range ir.Args(c) {
		if i == 0 && c.Signature().Recv() != nil {
			continue
		}
		a = ir.UnderInterface(a)
		if _, local := ir.RootAlloc(a); !local && e.G.Bits(a)&fact.Response != 0 {
			return false
		}
	}
	return true
}

// returnsCode reports whether result i holds every failing code as it is.
func (e *Engine) returnsCode(b *partition.Partition, i int) bool {
	for _, c := range b.Cases {
		if c.Success {
			continue
		}
		found := false
		for _, ret := range c.Propagation.Returns() {
			if i >= len(ret.Results) {
				return false
			}
			x := c.Propagation.Val(ret.Results[i])
			found = found || x.Holds() && !x.Beside || c.Propagation.IsCode(ret.Results[i])
		}
		if !found {
			return false
		}
	}
	return len(b.Cases) > 0
}

// NoteUnexamined tells importers of a result that is fresh.
func (e *Engine) NoteUnexamined(fn *ssa.Function, r *fact.Result) {
	t := fn.Signature.Results().At(r.Index).Type()
	if ir.IsErrorLike(t) || e.G.IsAnswer(t) || !e.G.FitsAny(t) && ir.StructOf(t) == nil {
		return
	}
	if space, ok := e.unexaminedIn(fn, r.Index); ok {
		r.Unexamined = space + 1
	}
}

// mixes reports whether a number meets one that does not come from another call of the same
// function: what is asked of it then is asked of both.
func (e *Engine) mixes(c ssa.CallInstruction, v ssa.Value, depth int) bool {
	if depth > interp.MaxDepth || v.Referrers() == nil {
		return false
	}
	foreign := func(x ssa.Value) bool {
		for {
			switch y := x.(type) {
			case *ssa.Convert:
				x = y.X
				continue
			case *ssa.ChangeType:
				x = y.X
				continue
			case *ssa.Extract:
				x = y.Tuple
				continue
			}
			break
		}
		switch y := x.(type) {
		case *ssa.Const:
			return false
		case *ssa.Call:
			return !ir.SameCallee(&y.Call, c.Common())
		}
		return true
	}
	for _, ref := range *v.Referrers() {
		switch i := ref.(type) {
		case *ssa.Convert:
			if e.mixes(c, i, depth+1) {
				return true
			}
		case *ssa.ChangeType:
			if e.mixes(c, i, depth+1) {
				return true
			}
		case *ssa.Phi:
			for _, edge := range i.Edges {
				if edge != ssa.Value(i) && edge != v && foreign(edge) {
					return true
				}
			}
		case *ssa.Store:
			a, ok := i.Addr.(*ssa.Alloc)
			if !ok || i.Val != v {
				continue
			}
			for _, s := range e.Stores(a) {
				if s.Val == nil || s.Val != v && foreign(s.Val) {
					return true
				}
			}
		}
	}
	return false
}
