package carriers

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// decodesInto reports whether a callee decodes JSON into argument i, and whether it looks
// at the code there.
func (e *Engine) decodesInto(c *ssa.CallCommon, i int) (decodes, looks bool) {
	if f := e.G.FuncFact(c); f != nil {
		p := f.Param(i)
		return p != nil && p.Decodes, p != nil && p.Examines
	}
	fns, _ := e.G.Targets(c)
	for _, fn := range fns {
		if i < len(fn.Params) && e.G.DecodesInto(fn, i) {
			return true, e.ExaminesParam(fn, i)
		}
	}
	return false, false
}

// ExaminesParam reports whether fn, after it decoded into parameter i, does something else for
// failures than for success. A test of the status alone leaves the body's code to the caller.
func (e *Engine) ExaminesParam(fn *ssa.Function, i int) bool {
	return e.examining.Get(paramOf{fn, i}, func() bool { return e.findExamining(fn, i) })
}

func (e *Engine) findExamining(fn *ssa.Function, i int) bool {
	body := e.G.BodySpace()
	into := fn.Params[i]
	b := e.PartitionOnce(&interp.Source{Fn: fn, Space: body, Kind: interp.Response, Roles: interp.As(interp.Itself, map[ssa.Value]bool{into: true})})
	for _, c := range b.Conditions() {
		if !ir.AsksWhetherNil(c.Cond, into) {
			return true
		}
	}
	for _, s := range e.Sources(fn) {
		if s.Kind == interp.Response && s.Space == body && len(e.Partition(s).Conditions()) > 0 {
			return true
		}
	}
	return false
}

// ExaminedSpaces lists the spaces of which a function decides something by the code of a response
// that it got from below.
func (e *Engine) ExaminedSpaces(fn *ssa.Function) []int {
	return e.examined.Get(fn, func() []int {
		var out []int
		for _, s := range e.Sources(fn) {
			if s.Kind == interp.Response && !slices.Contains(out, s.Space) && len(e.Partition(s).Conditions()) > 0 {
				out = append(out, s.Space)
			}
		}
		slices.Sort(out)
		return out
	})
}

// together is the union of two sorted sets of spaces.
func together(v, w []int) []int {
	all := slices.Concat(v, w)
	slices.Sort(all)
	return slices.Compact(all)
}

// isExaminedBelow reports whether the callee has looked at the code of a space in the response that
// it returns beside an error.
func (e *Engine) isExaminedBelow(c *ssa.CallCommon, i, space int) bool {
	if c.Signature().Results().Len() < 2 {
		return false
	}
	if f := e.G.FuncFact(c); f != nil {
		r := f.Result(i)
		return r != nil && slices.Contains(r.Examined, space)
	}
	fns, complete := e.G.Targets(c)
	if !complete || len(fns) == 0 {
		return false
	}
	for _, fn := range fns {
		if !slices.Contains(e.ExaminedSpaces(fn), space) && !e.PassesExamined(fn, i, space) {
			return false
		}
	}
	return true
}

// PassesExamined reports whether what a function returns is made here, or comes from functions
// that have looked at the code.
func (e *Engine) PassesExamined(fn *ssa.Function, i, space int) bool {
	return e.passing.Get(examinedResult{resultOf{fn, i}, space}, func() bool {
		for _, b := range fn.Blocks {
			ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if ok && b != fn.Recover && !e.isExamined(ret.Results[i], space, 0) {
				return false
			}
		}
		return len(fn.Blocks) > 0
	})
}

// An examinedResult is a result of a function, and a space in which its code is examined.
type examinedResult struct {
	resultOf
	space int
}

func (e *Engine) isExamined(v ssa.Value, space, depth int) bool {
	if depth > interp.MaxDepth {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Alloc: // made here, not decoded
		return ir.TypePath(v.Type()) == "net/http.Response"
	case *ssa.Extract:
		c, ok := v.Tuple.(*ssa.Call)
		return ok && e.isExaminedBelow(&c.Call, v.Index, space)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if !e.isExamined(edge, space, depth+1) {
				return false
			}
		}
		return true
	case *ssa.UnOp:
		a, ok := v.X.(*ssa.Alloc)
		if !ok {
			return false
		}
		stores := e.Reaching(a, v)
		for _, s := range stores {
			if !s.Zero && (s.Val == nil || !e.isExamined(s.Val, space, depth+1)) {
				return false
			}
		}
		return len(stores) > 0
	}
	return false
}

// AnswerIsAsked reports whether a condition asks something of what a call answers beside the
// error of a source.
func (e *Engine) AnswerIsAsked(s *interp.Source) bool {
	if s.EventCall() == nil {
		return false
	}
	for _, ref := range *s.EventCall().Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && x.Index != s.Result && ir.ReachesCondition(x, make(map[ssa.Value]bool)) {
			return true
		}
	}
	return false
}
