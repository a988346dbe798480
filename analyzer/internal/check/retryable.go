package check

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

func retryable(c *Context) {
	c.sets(false)
	c.closures()
	classes, lost, changing := c.Catalog.Speaks("retryable", "classes"), c.Catalog.Speaks("retryable", "lost"), c.Catalog.Speaks("retryable", "changing")
	if !classes && !lost && !changing {
		return
	}
	// A function that is given a carrier speaks before those that give it theirs.
	for _, s := range first(c.withStatus(c.sources()), func(s *interp.Source) bool { return s.Outer }) {
		if c.caused[s] || c.answersOnly(s) {
			continue
		}
		b := c.Engine.Partition(s)
		if b.Delegated {
			continue
		}
		if classes && c.mistaken(s, b) || s.Outer || s.Call == nil {
			continue
		}
		if changing && c.blind(s, b) {
			continue
		}
		if lost {
			c.lost(s, b)
		}
	}
}

// untreated lists the required codes for which ok holds and nothing is done.
func (c *Context) untreated(s *interp.Source, b *partition.Partition, ok func(*partition.CodeCase) bool) []catalog.Code {
	dealt := c.Engine.HandledBelow(s)
	var out []catalog.Code
	for _, code := range c.required(b.Space, b.Groups()) {
		k := b.Case(code.Value)
		if k == nil || c.toldBelow(b, code) || slices.Contains(dealt, code.Value) || k.Retried || k.Repeated || k.Escapes || k.Exits || b.Distinguished(k) || !ok(k) {
			continue
		}
		out = append(out, code)
	}
	return out
}

// mistaken is form (a): a dispatch without a switch tells failures apart, but not the
// retryable ones.
func (c *Context) mistaken(s *interp.Source, b *partition.Partition) bool {
	if c.switched[s] || b.Classes() < 2 {
		return false
	}
	// A range names no code: it counts where an answer loses the code.
	named := b.NamesFailure()
	if !named && (!b.All || s.Call == nil || boundary(s.Fn)) {
		return false
	}
	codes := c.untreated(s, b, func(k *partition.CodeCase) bool {
		if s.Outer && s.Fn.Signature.Results().Len() == 0 && k.Effects.None() {
			return false // who gave the carrier has it still
		}
		return !k.Named && (named || len(b.Answers(k)) > 0 && !c.Engine.FallsBack(b, k, s))
	})
	if len(codes) == 0 {
		return false
	}
	at := c.firstCondition(b)
	if at == nil || !c.once(s) {
		return false
	}
	c.tell(s, codes)
	if slices.ContainsFunc(codes, func(code catalog.Code) bool { return !code.Retryable() }) {
		c.report(at, c.related(s, nil), nil, "%s %s treated like every other failure here, but %s", list(codes), are(codes), why(codes))
		return true
	}
	c.report(at, c.related(s, nil), nil, "%s %s treated like permanent failures here; a call that fails so may succeed when made again", list(codes), are(codes))
	return true
}

func are(codes []catalog.Code) string {
	if len(codes) == 1 {
		return "is"
	}
	return "are"
}

// lost is form (b): the answer to a failure no longer holds the code.
func (c *Context) lost(s *interp.Source, b *partition.Partition) {
	if isMain(s.Fn) || boundary(s.Fn) && !c.Options.Boundary || b.Swallowed() {
		return
	}
	var at analysis.Range
	codes := c.untreated(s, b, func(k *partition.CodeCase) bool {
		answers := b.Answers(k)
		if len(answers) == 0 && !boundary(s.Fn) && !c.Engine.FallsBack(b, k, s) {
			if kept := b.AccumulatedError(k); kept != nil {
				if at == nil {
					at = c.madeRange(kept)
				}
				return at != nil
			}
		}
		if len(answers) == 0 && boundary(s.Fn) && c.Options.Boundary {
			if calls := b.OnlyHere(k); len(calls) > 0 {
				if at == nil {
					at = c.callRange(calls[0])
				}
				return true
			}
		}
		if len(answers) == 0 || c.Engine.FallsBack(b, k, s) {
			return false
		}
		if at == nil {
			at = c.answerRange(answers[0], b, k)
			if boundary(s.Fn) {
				if calls := b.OnlyHere(k); len(calls) > 0 {
					at = c.callRange(calls[0])
				}
			}
		}
		return true
	})
	if len(codes) == 0 || at == nil || c.caused[at] || !c.once(s) {
		return
	}
	what := "error"
	if s.Kind != interp.Err {
		what = "response"
	}
	of := "this " + what
	switch {
	case s.From != nil:
		of = ir.CalleeName(s.From.Common()) + "'s " + what
	case ir.Callee(s.Call.Common()) != nil && !s.Decoded:
		of = ir.CalleeName(s.Call.Common()) + "'s " + what
	}
	c.report(at, c.related(s, nil), nil, "the code of %s is lost here: callers can no longer tell %s from other failures", of, list(codes))
}

func isMain(fn *ssa.Function) bool {
	return fn.Name() == "main" && fn.Parent() == nil && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main"
}

// madeRange is the expression that makes an error.
func (c *Context) madeRange(v ssa.Value) analysis.Range {
	if m, ok := v.(*ssa.MakeInterface); ok {
		if call, ok := m.X.(*ssa.Call); ok {
			v = call
		}
	}
	if call, ok := v.(*ssa.Call); ok {
		if e := c.callExpr(call); e != nil {
			return e
		}
		return nil
	}
	if e := c.exprOf(v); e != nil {
		return e
	}
	if m, ok := v.(*ssa.MakeInterface); ok && m.X.Pos().IsValid() {
		return span{m.X.Pos(), m.X.Pos() + 1}
	}
	return nil
}

// answerRange is where a failing answer is made: the call that makes the error, the error that
// takes the place of the carrier, else the return.
func (c *Context) answerRange(ret *ssa.Return, b *partition.Partition, k *partition.CodeCase) analysis.Range {
	for i := len(ret.Results) - 1; i >= 0; i-- {
		v := ret.Results[i]
		if phi, ok := v.(*ssa.Phi); ok && ir.IsError(v.Type()) {
			if made := b.Chosen(k, phi); made != nil {
				if at := c.madeRange(made); at != nil {
					return at
				}
			}
		}
		if d := c.Engine.DeferredAnswer(ret.Parent()); d != nil && ir.IsError(v.Type()) {
			v = d.Val
			if _, made := v.(*ssa.Call); !made && d.Pos().IsValid() {
				return span{d.Pos(), d.Pos() + 1}
			}
		}
		if m, ok := v.(*ssa.MakeInterface); ok {
			v = m.X
		}
		if x, ok := v.(*ssa.Extract); ok {
			v = x.Tuple
		}
		if call, ok := v.(*ssa.Call); ok && ir.IsError(ret.Results[i].Type()) {
			if e := c.callExpr(call); e != nil {
				return e
			}
		}
	}
	return returnRange(ret)
}

// blind is form (c): a failure known only as not nil leads to another call that changes something.
func (c *Context) blind(s *interp.Source, b *partition.Partition) bool {
	codes := c.required(b.Space, nil)
	if len(codes) == 0 || s.Kind != interp.Err || b.Classes() != 1 || b.NamesFailure() || expected(b) {
		return false
	}
	other := b.Other()
	if other == nil || other.Opaque || other.Escapes {
		return false
	}
	if c.Engine.AnswersForGiven(s.Call) {
		return false // what was called is what the helper was given
	}
	first, _ := request(s.Call)
	for _, i := range b.OnlyHere(other) {
		f, verb := request(i)
		if f == "" || f == first || !c.Engine.CallsAPI(i) || c.Engine.AnswersForGiven(i) || !changes(verb) || before(i, s.Call) {
			continue // or comes round again with the loop
		}
		at := c.conditionOf(b)
		if at == nil || !c.once(s) {
			return false
		}
		c.report(at, []analysis.RelatedInformation{{Pos: i.Pos(), Message: "this call is made whatever the failure was"}}, nil,
			"every failure of %s leads to %s, also %s: look at the code before", first, f, list(codes))
		return true
	}
	return false
}

// request names a call, with the path of the request where one is written out, and what by these
// names it does; both are "" if what is called is not known.
func request(call ssa.CallInstruction) (name, verb string) {
	f := ir.Callee(call.Common())
	if f == nil {
		return "", ""
	}
	name = ir.CalleeName(call.Common())
	for _, a := range ir.Args(call.Common()) {
		if p, ok := ir.Text(a); ok && strings.HasPrefix(p, "/") {
			return name + " of " + p, f.Name() + " " + path.Base(p)
		}
	}
	return name, f.Name()
}

// before reports whether a call is made on every way to another.
func before(a, b ssa.CallInstruction) bool {
	if a.Block() == b.Block() {
		return a.Pos() < b.Pos()
	}
	return a.Block().Dominates(b.Block())
}

// expected reports whether success ends the process or the test: it is the failure that is
// waited for.
func expected(b *partition.Partition) bool {
	for _, k := range b.Successes() {
		if !k.Exits {
			return false
		}
	}
	return true
}

// changes reports whether a request of that name changes something: all but those that read.
func changes(verb string) bool {
	var all []string
	for _, part := range strings.FieldsFunc(verb, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		all = append(all, words(part)...)
	}
	for _, w := range all {
		switch w {
		case "get", "query", "list", "check", "search", "find", "fetch", "is", "has", "info", "read", "load", "lookup", "count", "describe", "refresh", "reload", "ping":
			return false
		}
	}
	return true
}

// words splits a name at its capitals.
func words(name string) []string {
	var out []string
	start := 0
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			out = append(out, strings.ToLower(name[start:i]))
			start = i
		}
	}
	return append(out, strings.ToLower(name[start:]))
}
