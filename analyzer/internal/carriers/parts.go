package carriers

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// answerSource is the one response that the results of a call hold between them: its status,
// its bytes, what was decoded of it. The list has a source for each that is one alone.
func (e *Engine) answerSource(fn *ssa.Function, c ssa.CallInstruction, list []*interp.Source) *interp.Source {
	if len(list) == 0 {
		return nil
	}
	res := c.Common().Signature().Results()
	n := res.Len()
	body := e.G.BodySpace()
	status := e.G.StatusSpace()
	numbers := e.numbers(c)
	if len(list) == 1 && len(numbers) == 0 {
		return list[0]
	}
	var decides, tells *interp.Source // the body, and what has the status
	asked := false                    // the status is used
	for _, s := range list {
		if e.G.IsAnswer(res.At(s.Result).Type()) {
			tells = s
			asked = asked || !s.Dropped
		} else if decides == nil || decides.Dropped {
			decides = s
		}
	}
	for i, space := range numbers {
		asked = asked || space == status && len(ir.ResultValues(c, i, n)) > 0
	}
	out := decides
	switch {
	case out == nil:
		out = tells
	case asked && status >= 0 && !e.asksBody(fn, list):
		if tells != nil {
			out = tells
		}
		out.Space = status
	case tells != nil && out.Dropped && !tells.Dropped:
		out = tells
		out.Space = body
	}
	for _, s := range list {
		out.Roles.Add(interp.Itself, s.Roles.In(interp.Itself))
	}
	for i, space := range numbers {
		if space == out.Space {
			out.Roles.Add(interp.ItsCode, ir.ResultValues(c, i, n))
		} else {
			out.Roles.Add(interp.OtherCode, ir.ResultValues(c, i, n))
		}
	}
	for i := range n {
		// A body as text is the response too.
		if ir.IsString(res.At(i).Type()) && e.resultBits(c, i)&fact.Response != 0 {
			out.Roles.Add(interp.Itself, ir.ResultValues(c, i, n))
		}
	}
	for v := range out.Roles.In(interp.ItsCode) {
		if e.mixes(c, v, 0) {
			return nil
		}
	}
	out.Dropped = len(out.Roles) == 0
	return out
}

// numbers are the results of a call that are codes, with their spaces.
func (e *Engine) numbers(c ssa.CallInstruction) map[int]int {
	v, ok := c.(*ssa.Call)
	if !ok {
		return nil
	}
	out := make(map[int]int)
	res := c.Common().Signature().Results()
	for i := range res.Len() {
		if !e.G.FitsAny(res.At(i).Type()) || ir.IsErrorLike(res.At(i).Type()) {
			continue
		}
		if space, ok := e.G.ResultSpace(v, i); ok {
			out[i] = space
		}
	}
	return out
}

// asksBody reports whether a function looks at the code in the body of a response, or gives
// the body to somebody who may.
func (e *Engine) asksBody(fn *ssa.Function, list []*interp.Source) bool {
	if e.readsBody(fn) {
		return true
	}
	for _, s := range list {
		t := s.Call.Common().Signature().Results().At(s.Result).Type()
		for v := range s.Roles.In(interp.Itself) {
			if !e.G.IsAnswer(t) && (!ir.IsBytes(t) || givenAway(v, 0)) {
				return true
			}
		}
	}
	return false
}

// givenAway reports whether bytes are an argument of a function outside of the standard library.
func givenAway(v ssa.Value, depth int) bool {
	if depth > interp.MaxDepth || v.Referrers() == nil {
		return false
	}
	for _, ref := range *v.Referrers() {
		switch i := ref.(type) {
		case ssa.CallInstruction:
			if _, ok := i.Common().Value.(*ssa.Builtin); ok || library.IsLogging(i.Common()) {
				continue
			}
			if !ir.Std(ir.CalleePath(i.Common())) {
				return true
			}
			if r, ok := i.(*ssa.Call); ok && !ir.IsErrorLike(r.Type()) && givenAway(r, depth+1) {
				return true // as a reader
			}
		case *ssa.Convert, *ssa.ChangeType, *ssa.Slice, *ssa.MakeInterface, *ssa.Phi:
			if givenAway(ref.(ssa.Value), depth+1) {
				return true
			}
		case *ssa.Store:
			if a, ok := i.Addr.(*ssa.Alloc); ok && i.Val == v && givenAway(a, depth+1) {
				return true
			}
		case *ssa.UnOp:
			if givenAway(i, depth+1) {
				return true
			}
		}
	}
	return false
}
