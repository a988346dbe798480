package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/behavior"
	"github.com/go-retcode/retcode/analyzer/internal/fix"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// Options are the parts of the configuration that checks ask for.
type Options struct {
	Enabled         func(category string) bool
	SuccessLiterals bool
	DefaultSuffices bool
	Boundary        bool
	Require         func(*catalog.Space) []catalog.Code
	Constants       string
	Before          []*catalog.Catalog // those whose fixes go before
}

// A Check reports one category.
type Check struct {
	Name string
	Doc  string         // one line
	Fix  bool           // offers fixes
	Run  func(*Context) // or nil, of what is not asked of one catalog
}

// All lists the checks in the order in which they report: of one cause, the first that
// speaks is heard.
func All() []Check {
	return []Check{
		{"text", "a code is looked for in the text of an error", false, text},
		{"target", "an errors.As target, assertion or comparison that can never match", false, target},
		{"switch", "a switch over a code omits codes that may succeed when called again", false, switches},
		{"unchecked", "a failed call goes on as if it had succeeded", false, unchecked},
		{"retryable", "retryable codes are treated like permanent failures, or can no longer be told", false, retryable},
		{"retry", "a permanent code is retried, or a retry has no wait or no end", false, retry},
		{"mixed", "a code of one space stands where one of the other is meant", true, mixed},
		{"unknown", "a number stands where a code is meant and is none", false, unknown},
		{"magic", "a literal number stands where a code is meant", true, magic},
		{"directive", "a directive is malformed, misplaced or silences nothing", false, nil},
	}
}

// Names lists the categories in the order of All.
func Names() []string {
	var out []string
	for _, c := range All() {
		out = append(out, c.Name)
	}
	return out
}

// Context is what a check asks.
type Context struct {
	Pass    *analysis.Pass
	Catalog *catalog.Catalog
	Origins *origin.Table
	Graph   *flow.Graph
	Engine  *behavior.Engine
	Report  *Report
	Options Options

	category string // of the running check
	causes
	lookups
}

// causes are what was reported for what, so that one cause is told once.
type causes struct {
	caused   map[any]bool
	switched map[*interp.Source]bool
	told     map[*ssa.Function][]catalog.Code // codes reported in a function that is given its carrier
}

// lookups are what several checks ask for, found once.
type lookups struct {
	sinkList  []*sink
	sinksSeen bool
	divided   map[division]bool
	fixes     *fix.Candidates
	calls     map[token.Pos][]ast.Expr
	funcs     []*ssa.Function

	raising     map[*catalog.Space][]string // texts that raise codes
	drivers     []catalog.Driver
	driversSeen bool
}

// Run runs every enabled check that speaks for the catalog. It returns which codes were
// reported in functions that are given their carrier.
func Run(c *Context) map[*ssa.Function][]catalog.Code {
	c.caused = make(map[any]bool)
	c.switched = make(map[*interp.Source]bool)
	c.told = make(map[*ssa.Function][]catalog.Code)
	for _, k := range All() {
		if k.Run == nil || !c.Catalog.Speaks(k.Name, "") || !c.Options.Enabled(k.Name) && k.Name != "switch" {
			continue
		}
		c.category = k.Name
		k.Run(c)
	}
	return c.told
}

// report adds a diagnostic of the running check.
func (c *Context) report(at analysis.Range, related []analysis.RelatedInformation, fixes []analysis.SuggestedFix, format string, args ...any) {
	c.Report.add(at, c.category, related, fixes, fmt.Sprintf(format, args...))
}

// reportable reports whether a position lies in a file that is neither generated nor a test.
func (c *Context) reportable(pos token.Pos) bool { return c.fileOf(pos) != nil }

func (c *Context) fileOf(pos token.Pos) *ast.File { return c.Report.fileOf(pos) }

// once reports whether nothing was reported for a cause yet, and takes it.
func (c *Context) once(cause any) bool {
	if c.caused[cause] {
		return false
	}
	c.caused[cause] = true
	return true
}

// tell notes the codes that were reported for a carrier: of functions that give it theirs,
// they are not reported again.
func (c *Context) tell(s *interp.Source, codes []catalog.Code) {
	if s.Outer {
		c.told[s.Fn] = append(c.told[s.Fn], codes...)
	}
}

// toldBelow reports whether a code was reported in a function that decides for this one.
func (c *Context) toldBelow(b *partition.Partition, code catalog.Code) bool {
	if b.Omits(code.Value) {
		return true
	}
	for fn, codes := range c.told {
		if b.Asks(fn) && slices.Contains(codes, code) {
			return true
		}
	}
	return false
}

// Functions lists the functions whose code may be reported on.
func (c *Context) Functions() []*ssa.Function {
	if c.funcs == nil {
		for _, fn := range c.Graph.Funcs {
			if (fn.Synthetic == "" || isLoopBody(fn)) && c.reportable(fn.Pos()) || fn.Name() == "init" && fn.Synthetic != "" {
				c.funcs = append(c.funcs, fn)
			}
		}
	}
	return c.funcs
}

// isLoopBody reports whether a function is the body of a loop over an iterator.
func isLoopBody(fn *ssa.Function) bool { return fn.Synthetic == "range-over-func yield" }

// sources lists every carrier of every function.
func (c *Context) sources() []*interp.Source {
	var out []*interp.Source
	for _, fn := range c.Functions() {
		out = append(out, c.Engine.Sources(fn)...)
	}
	return out
}

// failures lists the errors that stand for failures of the API and have lost the code.
func (c *Context) failures() []*interp.Source {
	var out []*interp.Source
	for _, fn := range c.Functions() {
		out = append(out, c.Engine.Failures(fn)...)
	}
	return out
}

// withStatus adds to carriers that are judged by the code in a body those of the status, which
// answers on the paths that leave before.
func (c *Context) withStatus(list []*interp.Source) []*interp.Source {
	var out []*interp.Source
	for _, s := range list {
		out = append(out, s)
		if by := c.Engine.ByStatus(s); by != nil {
			out = append(out, by)
		}
	}
	return out
}

// first puts those sources before the others for which ok holds.
func first(list []*interp.Source, ok func(*interp.Source) bool) []*interp.Source {
	var front, back []*interp.Source
	for _, s := range list {
		if ok(s) {
			front = append(front, s)
		} else {
			back = append(back, s)
		}
	}
	return append(front, back...)
}

// required lists the codes that a dispatch has to deal with: the retryable ones that every
// call can answer, those of every group that it names, and what the user adds.
func (c *Context) required(space *catalog.Space, groups []string) []catalog.Code {
	out := c.Options.Require(space)
	for _, code := range space.Codes {
		if c.Catalog.Requires(code) && (code.Group == space.General || slices.Contains(groups, code.Group)) && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	slices.SortFunc(out, func(a, b catalog.Code) int { return a.Value.Compare(b.Value) })
	return out
}

// list joins codes as a sentence does.
func list(codes []catalog.Code) string {
	s := ""
	for i, c := range codes {
		switch {
		case i == 0:
		case i == len(codes)-1:
			s += " and "
		default:
			s += ", "
		}
		s += c.String()
	}
	return s
}

// decides reports whether a type is a number by which the package tells what to do: one that
// it declares itself. A plain number, or another package's, only says something of a failure.
func (c *Context) decides(t types.Type) bool {
	n := ir.NamedOf(t)
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0 && n != nil && n.Obj().Pkg() == c.Pass.Pkg
}

// answersOnly reports whether the function of a carrier is a predicate or a description: it
// has no effect, so the call was made elsewhere, and its results are only booleans, numbers
// and strings, or a list of what a carrier holds that its caller has too.
func (c *Context) answersOnly(s *interp.Source) bool {
	res := s.Fn.Signature.Results()
	if res.Len() == 0 {
		return false
	}
	for i := range res.Len() {
		switch t := res.At(i).Type().Underlying().(type) {
		case *types.Basic:
			if t.Info()&(types.IsBoolean|types.IsString|types.IsInteger) == 0 || c.decides(res.At(i).Type()) {
				return false
			}
		case *types.Slice, *types.Map:
			if !s.Outer {
				return false
			}
		default:
			return false
		}
	}
	return c.Engine.FuncPure(s.Fn)
}
