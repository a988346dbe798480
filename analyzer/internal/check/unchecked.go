package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

func unchecked(c *Context) {
	var blind []*ssa.Function // those that decode what they are given, and are reported
	// They speak before those that give it to them.
	for _, s := range slices.Concat(first(c.sources(), func(s *interp.Source) bool { return s.Call == nil }), c.failures()) {
		if s.Outer || s.Call == nil && !s.Decoded || c.answersOnly(s) {
			continue
		}
		b := c.Engine.Partition(s)
		if slices.ContainsFunc(blind, b.Asks) {
			continue
		}
		if from := c.Engine.DecodedFrom(s); from != nil && c.caused[from] {
			continue
		}
		if !b.Swallowed() || s.Kind == interp.Response && b.ExaminesBeside() || b.Shows() {
			continue
		}
		if s.Kind == interp.Err && c.Engine.AnswerIsAsked(s) {
			continue // what came with the failure is looked at
		}
		if b.Space.Name == c.Catalog.Origins.StatusSpace && b.All && b.Classes() > 1 {
			continue // a range of statuses is told apart: whether the server is there may be all that is asked
		}
		if s.Dropped && c.isBare(s.Call) && !c.Graph.IsSDK(ir.Callee(s.Call.Common())) {
			continue
		}
		if s.Dropped && !c.isBare(s.Call) && c.inTest(s.Call.Pos()) {
			continue // a test sets the stage, or looks at what else became of the call
		}
		if s.Dropped && c.isBlank(s.Call, s.Result) && !c.Catalog.Speaks("unchecked", "dropped") && !ir.ResultUsed(s.EventCall()) {
			continue // it is said with _
		}
		if c.Options.Enabled("unknown") && c.Catalog.Speaks("unknown", "") && b.NamesUnknown() {
			continue // the code that is looked for is none
		}
		if s.Call != nil && c.Engine.GivenTells(s.Call, s.Result) {
			continue
		}
		if c.Engine.RereadsAnswer(s) || c.Engine.Cleanup(s) || c.Engine.NextTurn(b) || !c.once(s) {
			continue
		}
		var where analysis.Range = c.callRange(s.Event())
		if at := c.conditionOf(b); at != nil {
			where = at
		}
		if s.Call == nil {
			blind = append(blind, s.Fn)
		}
		related, how := c.related(s, nil), c.ignored(s, b)
		if slices.Contains(c.Engine.Failures(s.Fn), s) { // there is no code to look for
			related, how = nil, ir.CalleeName(s.Call.Common())+" answers with this error, and it is never checked"
		}
		c.report(where, related, nil, "a failed call goes on as if it had succeeded: %s", how)
	}
}

// ignored says what is looked for in a carrier of which a failure passes as success.
func (c *Context) ignored(s *interp.Source, b *partition.Partition) string {
	what := "response"
	if s.Kind == interp.Err {
		what = "error"
	}
	if named := b.Failures(); len(named) > 0 {
		return fmt.Sprintf("of the codes of this %s, only %s %s looked for", what, list(named), are(named))
	}
	return "the code of this " + what + " is never checked"
}

func (c *Context) inTest(pos token.Pos) bool {
	return strings.HasSuffix(c.Pass.Fset.PositionFor(pos, false).Filename, "_test.go")
}

// conditionOf is the first condition that the carrier decides, also one with an empty branch.
func (c *Context) conditionOf(b *partition.Partition) ast.Expr {
	for _, v := range b.Comparisons() {
		if e := c.exprAt(v.Pos()); e != nil {
			return e
		}
	}
	for _, i := range b.Conditions() {
		if e := c.exprOf(i.Cond); e != nil {
			return e
		}
	}
	return nil
}

// exprOf is the last expression that reads a value, as the debug information has it.
func (c *Context) exprOf(v ssa.Value) ast.Expr {
	var out ast.Expr
	if v.Referrers() == nil {
		return nil
	}
	for _, ref := range *v.Referrers() {
		if d, ok := ref.(*ssa.DebugRef); ok && !d.IsAddr && (out == nil || d.Expr.Pos() > out.Pos()) {
			out = d.Expr
		}
	}
	return out
}

// firstCondition is the first condition on the code, or failing that on the carrier.
func (c *Context) firstCondition(b *partition.Partition) analysis.Range {
	var first, fallback ast.Expr
	note := func(v ssa.Value, e ast.Expr) {
		best := &first
		if op, ok := v.(*ssa.BinOp); ok && ir.IsNilTest(op) || c.matches(v) {
			best = &fallback
		}
		if e != nil && (*best == nil || e.Pos() < (*best).Pos()) {
			*best = e
		}
	}
	for _, v := range b.Comparisons() {
		note(v, c.exprAt(v.Pos()))
	}
	for _, i := range b.Conditions() {
		switch i.Cond.(type) {
		case *ssa.BinOp, *ssa.Call: // seen above
		default:
			note(i.Cond, c.exprOf(i.Cond))
		}
	}
	switch {
	case first != nil:
		return first
	case fallback != nil:
		return fallback
	}
	return nil
}

// matches reports whether a condition only asks for the type of an error.
func (c *Context) matches(v ssa.Value) bool {
	switch x := v.(type) {
	case *ssa.Call:
		name := c.Graph.FullName(&x.Call)
		return name == "errors.As" || name == "errors.AsType"
	case *ssa.UnOp:
		return x.Op == token.NOT && c.matches(x.X)
	case *ssa.Extract:
		if _, ok := x.Tuple.(*ssa.TypeAssert); ok {
			return true
		}
		return c.matches(x.Tuple)
	}
	return false
}
