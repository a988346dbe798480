package check

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// dispatch is a switch over a code, as it is written.
type dispatch struct {
	stmt   *ast.SwitchStmt
	code   ssa.Value
	space  int
	names  map[catalog.Value]bool // the failures that its cases name
	others bool                   // a default stands in it
	cases  []ast.Expr
}

func switches(c *Context) {
	if c.Options.Enabled("switch") {
		c.sets(true)
	}
	if !c.Catalog.Speaks("switch", "classes") {
		return
	}
	for _, f := range c.Report.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SwitchStmt); ok {
				if d := c.dispatch(s); d != nil && len(d.names) > 0 {
					c.judgeSwitch(d)
				}
			}
			return true
		})
	}
}

// dispatch takes a switch over one code apart.
func (c *Context) dispatch(s *ast.SwitchStmt) *dispatch {
	d := &dispatch{stmt: s, names: make(map[catalog.Value]bool)}
	tag := s.Tag
	if v := c.constant(tag); v != nil && v.Kind() == constant.Bool && constant.BoolVal(v) {
		tag = nil // a switch over true has no tag
	}
	if tag != nil && !d.over(c, tag) {
		return nil
	}
	on, off := 0, 0 // cases on the code, and on something else
	for _, stmt := range s.Body.List {
		clause := stmt.(*ast.CaseClause)
		if clause.List == nil {
			d.others = true
		}
		for _, e := range clause.List {
			if tag != nil {
				d.name(c, e)
				continue
			}
			if c.onCode(e) {
				on++
			} else {
				off++
			}
			d.between(c, e)
			ast.Inspect(e, func(n ast.Node) bool {
				if b, ok := n.(*ast.BinaryExpr); ok && b.Op == token.EQL {
					switch {
					case c.constant(b.Y) != nil && d.over(c, b.X):
						d.name(c, b.Y)
					case c.constant(b.X) != nil && d.over(c, b.Y):
						d.name(c, b.X)
					}
				}
				return true
			})
		}
	}
	if d.code == nil || off > 0 && on < 2 {
		return nil // one case on a code among others is no list of codes
	}
	return d
}

// widest is how many numbers a range may hold that names the codes in it.
const widest = 100

// between names the codes that may be retried between two limits, as in c >= 1005 && c <= 1050.
// An open range names none.
func (d *dispatch) between(c *Context, e ast.Expr) {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || b.Op != token.LAND {
		return
	}
	low, high, both := int64(0), int64(0), 0
	for _, side := range []ast.Expr{b.X, b.Y} {
		limit, upper, ok := d.limit(c, side)
		switch {
		case !ok:
			return
		case upper:
			high, both = limit, both|1
		default:
			low, both = limit, both|2
		}
	}
	if both != 3 || high-low > widest {
		return
	}
	for _, code := range c.Catalog.Spaces[d.space].Codes {
		if n, ok := code.Value.Int(); code.Retryable() && ok && low <= n && n <= high {
			d.names[code.Value] = true
		}
	}
}

// limit takes a comparison of the code with a limit apart, which belongs to the range.
func (d *dispatch) limit(c *Context, e ast.Expr) (limit int64, upper, ok bool) {
	b, isBinary := ast.Unparen(e).(*ast.BinaryExpr)
	if !isBinary {
		return 0, false, false
	}
	op, code, con := b.Op, b.X, b.Y
	if c.constant(code) != nil {
		code, con = con, code
		op = map[token.Token]token.Token{token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ}[op]
	}
	v, _ := catalog.ValueOf(c.constant(con), catalog.IntKind)
	n, isCode := v.Int()
	if !isCode || !d.over(c, code) {
		return 0, false, false
	}
	switch op {
	case token.LEQ:
		return n, true, true
	case token.LSS:
		return n - 1, true, true
	case token.GEQ:
		return n, false, true
	case token.GTR:
		return n + 1, false, true
	}
	return 0, false, false
}

// onCode reports whether a condition asks something of a code.
func (c *Context) onCode(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok && !found && c.constant(x) == nil {
			v := c.Graph.Value(x)
			_, code := c.Graph.Space(v)
			_, text := c.Graph.TextSpace(v)
			found = code || text
		}
		return !found
	})
	return found
}

// over notes the code that the switch is over.
func (d *dispatch) over(c *Context, e ast.Expr) bool {
	v := c.Graph.Value(e)
	s, ok := c.Graph.Space(v)
	if !ok {
		if s, ok = c.Graph.TextSpace(v); !ok {
			return false
		}
	}
	if d.code == nil {
		d.code, d.space = v, s
	}
	return s == d.space
}

// name notes a case; a constant of the other space names its pair.
func (d *dispatch) name(c *Context, e ast.Expr) {
	v := c.constant(e)
	if v == nil {
		return
	}
	d.cases = append(d.cases, e)
	s := c.Catalog.Spaces[d.space]
	n, ok := codeOf(v, s.Kind)
	if !ok {
		return
	}
	if _, ok := s.Find(n); ok {
		if _, fails := partition.Failure(s, n); fails {
			d.names[n] = true
		}
		return
	}
	for i, other := range c.Catalog.Spaces {
		if i == d.space {
			continue
		}
		for _, t := range c.Catalog.Twins(other, n) {
			if own, ok := s.Find(t.Value); ok && own == t {
				d.names[t.Value] = true
			}
		}
	}
}

func (c *Context) judgeSwitch(d *dispatch) {
	fn := enclosing(d.code)
	if fn == nil {
		return
	}
	for _, s := range c.withStatus(c.Engine.Sources(fn)) {
		if s.Space != d.space {
			continue
		}
		b := c.Engine.Partition(s)
		if !d.inspects(b) {
			continue
		}
		c.switched[s] = true
		if !c.Options.Enabled("switch") || d.others && c.Options.DefaultSuffices || c.predicateWithoutRetry(s, d, b) {
			continue
		}
		missing := c.missing(d, s, b)
		if len(missing) == 0 || !c.once(d.stmt) || !c.once(s) {
			continue
		}
		c.tell(s, missing)
		c.report(span{d.stmt.Pos(), d.stmt.Body.Lbrace}, c.related(s, d), nil,
			"switch on %s omits %s, which %s; now %s",
			c.Catalog.A(b.Space), list(missing), why(missing), c.fate(missing, s, b))
	}
}

// why says why codes are required: by their retry class, or by the configuration.
func why(codes []catalog.Code) string {
	retryable := 0
	for _, code := range codes {
		if code.Retryable() {
			retryable++
		}
	}
	switch {
	case retryable == len(codes):
		return "may succeed when called again"
	case retryable > 0:
		return "may succeed when called again or are required here"
	case len(codes) == 1:
		return "is required here"
	}
	return "are required here"
}

// inspects reports whether the switch is over the code of a carrier.
func (d *dispatch) inspects(b *partition.Partition) bool {
	for _, k := range b.Cases {
		if !k.Success && k.Is(d.code) {
			return true
		}
	}
	return false
}

// predicateWithoutRetry reports whether the switch stands in a predicate or description
// that names no retryable code.
func (c *Context) predicateWithoutRetry(s *interp.Source, d *dispatch, b *partition.Partition) bool {
	if !c.answersOnly(s) {
		return false
	}
	for n := range d.names {
		if code, ok := b.Space.Find(n); ok && code.Retryable() {
			return false
		}
	}
	return true
}

func (c *Context) missing(d *dispatch, s *interp.Source, b *partition.Partition) []catalog.Code {
	var groups []string
	for n := range d.names {
		if code, ok := b.Space.Find(n); ok {
			groups = append(groups, code.Group)
		}
	}
	dealt := c.Engine.HandledBelow(s)
	first := c.firstCase(d)
	var out []catalog.Code
	for _, code := range c.required(b.Space, groups) {
		k := b.Case(code.Value)
		if k == nil || d.names[code.Value] || slices.Contains(dealt, code.Value) {
			continue
		}
		if first != nil && !k.Executable(first) || b.Distinguished(k) || k.Retried || k.Repeated || k.Elsewhere() {
			continue
		}
		out = append(out, code)
	}
	return out
}

// firstCase is the block of the switch's first comparison.
func (c *Context) firstCase(d *dispatch) *ssa.BasicBlock {
	var best *ssa.BinOp
	for _, b := range enclosing(d.code).Blocks {
		for _, i := range b.Instrs {
			if op, ok := i.(*ssa.BinOp); ok && within(d.stmt, op.Pos()) && (best == nil || op.Pos() < best.Pos()) {
				best = op
			}
		}
	}
	if best == nil {
		return nil
	}
	return best.Block()
}

// fate says what is done for the codes that are missing.
func (c *Context) fate(missing []catalog.Code, s *interp.Source, b *partition.Partition) string {
	subject := "it is"
	if len(missing) > 1 {
		subject = "they are"
	}
	k := b.Case(missing[0].Value)
	for _, success := range b.Successes() {
		switch {
		case k == nil || !success.Alike(k):
		case c.answersOnly(s):
			return subject + " answered like every code that is not named"
		default:
			return subject + " treated like success"
		}
	}
	return subject + " treated like every other failure"
}

// related are the places that explain a finding: the call, and the cases that are there.
func (c *Context) related(s *interp.Source, d *dispatch) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	if s.Call != nil {
		out = append(out, analysis.RelatedInformation{Pos: s.Call.Pos(), Message: "the code comes from this call of " + ir.CalleeName(s.Call.Common())})
	}
	if d != nil && len(d.cases) > 0 {
		written := "one case is written here"
		if n := len(d.cases); n > 1 {
			written = fmt.Sprintf("%d cases are written here", n)
		}
		out = append(out, analysis.RelatedInformation{Pos: d.cases[0].Pos(), End: d.cases[len(d.cases)-1].End(), Message: written})
	}
	return out
}
