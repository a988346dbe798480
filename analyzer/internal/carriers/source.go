package carriers

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Sources lists the carriers that appear in a function, in the order of its blocks.
func (e *Engine) Sources(fn *ssa.Function) []*interp.Source {
	return e.sources.Get(fn, func() []*interp.Source { return e.findSources(fn) })
}

func (e *Engine) findSources(fn *ssa.Function) []*interp.Source {
	var out []*interp.Source
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if c, ok := instr.(ssa.CallInstruction); ok {
				out = append(out, e.callSources(fn, c)...)
			}
		}
	}
	all := slices.Clone(out)
	out = e.dropMade(e.dropTaken(dropAnswered(out)))
	return append(out, e.outerSources(fn, out, all)...)
}

// dropAnswered drops an HTTP response whose request also yields the body, which decides.
func dropAnswered(list []*interp.Source) []*interp.Source {
	return slices.DeleteFunc(list, func(s *interp.Source) bool {
		if s.Kind != interp.Response || s.Decoded || ir.TypePath(s.Call.Common().Signature().Results().At(s.Result).Type()) != "net/http.Response" {
			return false
		}
		return slices.ContainsFunc(list, func(o *interp.Source) bool {
			return o != s && o.Kind == interp.Response && !o.Decoded && o.Call != nil && o.Call != s.Call && ir.SharesRequest(s.Call.Common(), o.Call.Common())
		})
	})
}

// dropTaken drops an HTTP response that a method takes out of what another call answered: the
// code of that answer, or of the error beside it, decides.
func (e *Engine) dropTaken(list []*interp.Source) []*interp.Source {
	return slices.DeleteFunc(list, func(s *interp.Source) bool {
		if s.Decoded || ir.TypePath(s.Call.Common().Signature().Results().At(s.Result).Type()) != "net/http.Response" {
			return false
		}
		args := ir.Args(s.Call.Common())
		if len(args) != 1 || !s.Call.Common().IsInvoke() && s.Call.Common().Signature().Recv() == nil {
			return false
		}
		root := e.root(args[0], nil, 0)
		if x, ok := root.(*ssa.Extract); ok {
			root = x.Tuple
		}
		return slices.ContainsFunc(list, func(o *interp.Source) bool {
			return o != s && o.Call != nil && o.Call != s.Call && root == ssa.Value(o.Call.Value())
		})
	})
}

// dropMade drops a response that a helper makes of another one's carrier, as bytes that it
// decodes: what becomes of it is followed from there.
func (e *Engine) dropMade(list []*interp.Source) []*interp.Source {
	var out []*interp.Source
	for _, s := range list {
		made := (s.Kind == interp.Response || s.Kind == interp.Number) && !s.Decoded && len(s.Roles.In(interp.Itself)) > 0
		for v := range s.Roles.In(interp.Itself) {
			made = made && e.heldBy(out, v)
		}
		if !made {
			out = append(out, s)
		}
	}
	return out
}

// callSources are the carriers that a call yields: its errors that can hold a code, else
// its response.
func (e *Engine) callSources(fn *ssa.Function, c ssa.CallInstruction) []*interp.Source {
	common := c.Common()
	if s := e.decodeSource(fn, c); s != nil {
		return []*interp.Source{s}
	}
	if s := e.capturedSource(fn, c); s != nil {
		return []*interp.Source{s}
	}
	var errs, rest []*interp.Source
	n := common.Signature().Results().Len()
	for i := range n {
		space, shape, ok := e.introduces(c, i)
		if !ok {
			if s := e.fieldSource(fn, c, i, n); s != nil {
				errs = append(errs, s)
			}
			continue
		}
		s := &interp.Source{Fn: fn, Space: space, Kind: shape, Instr: c, Call: c, Result: i, Roles: interp.As(interp.Itself, ir.ResultValues(c, i, n))}
		s.Dropped = len(s.Roles.In(interp.Itself)) == 0
		if shape == interp.Err {
			errs = append(errs, s)
		} else {
			rest = append(rest, s)
		}
	}
	if len(errs) > 0 {
		for _, s := range errs {
			for i := range n {
				if _, sp, ok := e.G.CarrierField(common.Signature().Results().At(i).Type()); ok && sp == s.Space && i != s.Result {
					s.Roles.Add(interp.AlsoHolds, ir.ResultValues(c, i, n))
				}
			}
		}
		return errs
	}
	s := e.answerSource(fn, c, rest)
	if s == nil && len(rest) == 0 {
		s = e.unexaminedSource(fn, c)
	}
	if s == nil || e.takesCarrierFunc(c) {
		return nil
	}
	for i := range n {
		if ir.IsError(common.Signature().Results().At(i).Type()) {
			s.Roles.Add(interp.NilBeside, ir.ResultValues(c, i, n))
		}
	}
	return []*interp.Source{s}
}

// fieldSource is the error in a struct that a call returns, as that of a Result[T], where
// nothing is done with the struct but to read its fields.
func (e *Engine) fieldSource(fn *ssa.Function, c ssa.CallInstruction, i, n int) *interp.Source {
	t := c.Common().Signature().Results().At(i).Type()
	s := ir.StructOf(t)
	bits := e.resultBits(c, i)
	if s == nil || ir.IsErrorLike(t) || bits&fact.Carriers == 0 || bits&fact.Foreign != 0 {
		return nil
	}
	index := -1
	for k := range s.NumFields() {
		if ir.IsError(s.Field(k).Type()) {
			if index >= 0 {
				return nil
			}
			index = k
		} else if e.G.MayHold(s.Field(k).Type()) {
			return nil // the code may be looked at there
		}
	}
	if index < 0 {
		return nil
	}
	loads := make(map[ssa.Value]bool)
	for v := range ir.ResultValues(c, i, n) {
		if !ir.ReadsField(v, index, loads) {
			return nil
		}
	}
	if len(loads) == 0 {
		return nil
	}
	for _, space := range e.spaces() {
		if bits&fact.Carrier(space) != 0 && e.G.FieldBits(s.Field(index))&fact.Carrier(space) != 0 {
			return &interp.Source{Fn: fn, Space: space, Kind: interp.Err, Instr: c, Call: c, Result: i, Roles: interp.As(interp.Itself, loads)}
		}
	}
	return nil
}
