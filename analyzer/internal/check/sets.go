package check

import (
	"go/ast"
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// sets reports where the first code of a set is retried and one that it owes meets the fate of
// a failure that nobody names. Those that a case of a switch names belong to the check of
// switches.
func (c *Context) sets(inSwitch bool) {
	if len(c.Catalog.Sets) == 0 || !c.Catalog.Speaks(c.category, "sets") {
		return
	}
	for _, s := range c.sources() {
		b := c.Engine.Partition(s)
		for _, set := range c.Catalog.Sets {
			first, ok := b.Space.Find(set.First)
			if !ok || set.Space != b.Space.Name || !b.Names(set.First) || !c.retries(s, b, set.First) || c.removed(set) {
				continue
			}
			at, cased, here := c.namedAt(s, b, set.First)
			left := here && !cased && !c.answersOnly(s)
			var owed []catalog.Code
			for _, v := range set.Owes {
				if code, ok := b.Space.Find(v); ok && c.forgotten(s, b, v, left) {
					owed = append(owed, code)
				}
			}
			if len(owed) == 0 || at == nil || cased != inSwitch || !c.once(setCause{at.Pos(), set.Name}) {
				continue
			}
			verb := "belongs"
			if len(owed) > 1 {
				verb = "belong"
			}
			c.report(at, c.related(s, nil), nil, "%s %s with %s, which is retried here: %s", list(owed), verb, first, set.Why)
		}
	}
}

// A setCause is the place where the first code of a set is named.
type setCause struct {
	at  any
	set string
}

// removed reports whether the package deals with a dialect that a set does not hold for.
func (c *Context) removed(set catalog.Set) bool {
	return slices.ContainsFunc(c.Catalog.Dialects, func(d catalog.Dialect) bool {
		return slices.Contains(d.Removes, set.Name) && (c.Graph.Speaks(d) || slices.ContainsFunc(c.sinks(), func(m *sink) bool {
			return c.spaceOf(m).Name == d.Space && slices.Contains(d.Codes, m.code)
		}))
	})
}

// retries reports whether a dispatch has a code retried: by calling again, or by saying so.
func (c *Context) retries(s *interp.Source, b *partition.Partition, v catalog.Value) bool {
	k := b.Case(v)
	if k == nil {
		return false
	}
	return k.Retried || c.answersOnly(s) && saysRetry(s.Fn) && isTrue(k)
}

// saysRetry reports whether a function says by its name that it tells what to call again.
func saysRetry(fn *ssa.Function) bool {
	return slices.ContainsFunc(words(fn.Name()), func(w string) bool {
		switch strings.TrimRight(w, "0123456789") {
		case "retry", "retryable", "retriable", "retried", "temporary", "transient":
			return true
		}
		return false
	})
}

// isTrue reports whether a predicate may answer true for a code, and answers nothing that is not
// known: a false that something else decides, such as the end of a context, tells of no code.
func isTrue(k *partition.CodeCase) bool {
	answers, known := answersOf(k)
	return known && slices.Contains(answers, true)
}

// mayBeTrue reports whether a predicate may answer true for a code, for all that is known.
func mayBeTrue(k *partition.CodeCase) bool {
	answers, known := answersOf(k)
	return !known || slices.Contains(answers, true)
}

// answersOf lists what a predicate answers for a code, and reports whether all of it is known.
func answersOf(k *partition.CodeCase) (answers []bool, known bool) {
	for _, ret := range k.Propagation.Returns() {
		for _, r := range ret.Results {
			if !ir.IsBoolean(r.Type()) {
				continue
			}
			v := k.Propagation.Val(r)
			if v.Kind != interp.Const {
				return nil, false
			}
			answers = append(answers, constant.BoolVal(v.C))
		}
	}
	return answers, true
}

// forgotten reports whether a code meets the fate of failures that the dispatch does not name.
// An if that hands it on has left it to the caller; a list of cases, and a predicate, have not.
func (c *Context) forgotten(s *interp.Source, b *partition.Partition, v catalog.Value, left bool) bool {
	k := b.Case(v)
	if k == nil || c.answersOnly(s) && mayBeTrue(k) || left && k.Escapes {
		return false
	}
	return !b.Names(v) && !k.Retried && !k.Repeated && !b.Distinguished(k) && !slices.Contains(c.Engine.HandledBelow(s), v)
}

// namedAt is where a dispatch, or a function of this package that it asks, names a code, whether
// it is a case of a switch, and whether the dispatch's own function says it; nil if that is told
// elsewhere.
func (c *Context) namedAt(s *interp.Source, b *partition.Partition, v catalog.Value) (at analysis.Range, cased, here bool) {
	asked := func(pos token.Pos) bool {
		if inside(s.Fn, pos) {
			return true
		}
		for fn := range b.AskedFuncs {
			if inside(fn, pos) {
				return true
			}
		}
		return false
	}
	var found, listed *sink // the latter in a list of the package, in which the function looks it up
	for _, m := range c.sinks() {
		if m.code != v || c.spaceOf(m) != b.Space {
			continue
		}
		if asked(m.expr.Pos()) && found == nil {
			found = m
		}
		f, looksUp := m.decl.(*ast.FuncDecl)
		if listed == nil && looksUp && within(f, s.Fn.Pos()) && !within(f, m.expr.Pos()) {
			listed = m
		}
	}
	if found != nil {
		return found.expr, found.cased, inside(s.Fn, found.expr.Pos())
	}
	if listed != nil && c.answersOnly(s) && saysRetry(s.Fn) {
		return listed.expr, false, false
	}
	if k := b.Case(v); k == nil || !k.Retried {
		return nil, false, false // it is told where a call is made again
	}
	if call := c.asking(s.Fn, b); call != nil {
		return call, false, false
	}
	return c.firstCondition(b), false, false
}

// inside reports whether a place is in the text of a function.
func inside(fn *ssa.Function, pos token.Pos) bool {
	node := fn.Syntax()
	return node != nil && within(node, pos)
}

// asking is the first call in fn of a function of this package that a dispatch asks.
func (c *Context) asking(fn *ssa.Function, b *partition.Partition) *ast.CallExpr {
	for _, block := range fn.Blocks {
		for _, i := range block.Instrs {
			if call, ok := i.(*ssa.Call); ok && b.Asks(call.Call.StaticCallee()) {
				if at := c.callExpr(call); at != nil {
					return at
				}
			}
		}
	}
	return nil
}
