// Package check holds the checks. Each asks the other rooms and reports; none searches
// for itself. Directives and the rule that one cause is reported once stand here.
package check

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/behavior"
	"github.com/go-retcode/retcode/analyzer/internal/fix"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// Options are the parts of the configuration that checks ask for.
type Options struct {
	Enabled         func(category string) bool
	SuccessLiterals bool
	DefaultSuffices bool
	Boundary        bool
	Require         func(*catalog.Space) []catalog.Code
	Constants       string
}

// A Check reports one category.
type Check struct {
	Name string
	Doc  string // one line
	Fix  bool   // offers fixes
	Run  func(*Context)
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
		{"directive", "a directive is malformed, misplaced or silences nothing", false, directives},
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
	Options Options
	Files   []*ast.File // files in which something may be reported

	category string
	meant    []*meant
	meantSet bool
	divided  map[division]bool
	fixes    *fix.Candidates
	caused   map[any]bool
	switched map[*behavior.Source]bool
	told     map[*ssa.Function][]catalog.Code // codes reported in a function that is given its carrier
	found    []finding
	bare     map[token.Pos]bool
	funcs    []*ssa.Function
}

type finding struct {
	analysis.Diagnostic
	category string
}

// Run runs every enabled check and reports what no directive silences. It returns which
// codes were reported in functions that are given their carrier.
func Run(c *Context) map[*ssa.Function][]catalog.Code {
	c.caused = make(map[any]bool)
	c.switched = make(map[*behavior.Source]bool)
	c.told = make(map[*ssa.Function][]catalog.Code)
	for _, k := range All() {
		if k.Name == "directive" || !c.Options.Enabled(k.Name) && k.Name != "switch" {
			continue
		}
		c.category = k.Name
		k.Run(c)
	}
	c.silence()
	if c.Options.Enabled("directive") {
		c.category = "directive"
		directives(c)
	}
	sort.SliceStable(c.found, func(i, j int) bool {
		a, b := c.found[i], c.found[j]
		p, q := c.Pass.Fset.PositionFor(a.Pos, false), c.Pass.Fset.PositionFor(b.Pos, false)
		return cmp.Or(cmp.Compare(p.Filename, q.Filename), cmp.Compare(p.Offset, q.Offset), cmp.Compare(a.category, b.category)) < 0
	})
	c.align()
	for i, f := range c.found {
		if i > 0 && f.Pos == c.found[i-1].Pos && f.Message == c.found[i-1].Message {
			continue
		}
		if c.Options.Enabled(f.category) {
			c.Pass.Report(f.Diagnostic)
		}
	}
	return c.told
}

// align completes the fixes of what is reported.
func (c *Context) align() {
	var fixes []*analysis.SuggestedFix
	for _, f := range c.found {
		for i := range f.SuggestedFixes {
			if c.Options.Enabled(f.category) {
				fixes = append(fixes, &f.SuggestedFixes[i])
			}
		}
	}
	if len(fixes) > 0 {
		c.candidates().Align(fixes)
	}
}

// URL is the page of a check.
func URL(category string) string {
	return "https://github.com/go-retcode/retcode/blob/main/docs/checks/" + category + ".md"
}

type span struct{ pos, end token.Pos }

func (s span) Pos() token.Pos { return s.pos }
func (s span) End() token.Pos { return s.end }

// report adds a diagnostic of the running check.
func (c *Context) report(at analysis.Range, related []analysis.RelatedInformation, fixes []analysis.SuggestedFix, format string, args ...any) {
	if !at.Pos().IsValid() || !c.reportable(at.Pos()) {
		return
	}
	d := analysis.Diagnostic{
		Pos: at.Pos(), End: at.End(),
		Category:       c.category,
		URL:            URL(c.category),
		Message:        fmt.Sprintf(format, args...) + " (" + c.category + ")",
		Related:        related,
		SuggestedFixes: fixes,
	}
	c.found = append(c.found, finding{d, c.category})
}

// reportable reports whether a position lies in a file that is neither generated nor a test.
func (c *Context) reportable(pos token.Pos) bool {
	for _, f := range c.Files {
		if f.FileStart <= pos && pos <= f.FileEnd {
			return true
		}
	}
	return false
}

func (c *Context) fileOf(pos token.Pos) *ast.File {
	for _, f := range c.Files {
		if f.FileStart <= pos && pos <= f.FileEnd {
			return f
		}
	}
	return nil
}

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
func (c *Context) tell(s *behavior.Source, codes []catalog.Code) {
	if s.Outer {
		c.told[s.Fn] = append(c.told[s.Fn], codes...)
	}
}

// toldBelow reports whether a code was reported in a function that decides for this one.
func (c *Context) toldBelow(b *behavior.Behaviour, code catalog.Code) bool {
	if b.Omits(code.Number) {
		return true
	}
	for fn, codes := range c.told {
		if b.Asks(fn) && slices.Contains(codes, code) {
			return true
		}
	}
	return false
}

// functions lists the functions whose code may be reported on.
func (c *Context) functions() []*ssa.Function {
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
func (c *Context) sources() []*behavior.Source {
	var out []*behavior.Source
	for _, fn := range c.functions() {
		out = append(out, c.Engine.Sources(fn)...)
	}
	return out
}

// first puts those sources before the others for which ok holds.
func first(list []*behavior.Source, ok func(*behavior.Source) bool) []*behavior.Source {
	var front, back []*behavior.Source
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
		if code.Retryable() && (code.Group == "general" || slices.Contains(groups, code.Group)) && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	slices.SortFunc(out, func(a, b catalog.Code) int { return a.Number - b.Number })
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

// callee names the function of a call as a reader knows it: "(*sdk.RongCloud).PrivateSend".
func callee(c *ssa.CallCommon) string {
	f := flow.Callee(c)
	if f == nil {
		return "the call"
	}
	qualify := func(p *types.Package) string { return p.Name() }
	if recv := f.Signature().Recv(); recv != nil {
		return "(" + types.TypeString(recv.Type(), qualify) + ")." + f.Name()
	}
	if f.Pkg() != nil {
		return f.Pkg().Name() + "." + f.Name()
	}
	return f.Name()
}

// callRange is the range of a call's expression, by the position of its parenthesis.
func (c *Context) callRange(i ssa.CallInstruction) analysis.Range {
	if e := c.callExpr(i); e != nil {
		return e
	}
	return span{i.Pos(), i.Pos() + 1}
}

func (c *Context) callExpr(i ssa.CallInstruction) *ast.CallExpr {
	pos := i.Common().Pos()
	if !pos.IsValid() {
		pos = i.Pos()
	}
	f := c.fileOf(pos)
	if f == nil {
		return nil
	}
	var out *ast.CallExpr
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || pos >= n.End() {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok && (call.Lparen == pos || call.Pos() == pos && out == nil) {
			out = call
		}
		return true
	})
	return out
}

// nodeAt returns the innermost expression whose operator or start is at pos.
func (c *Context) exprAt(pos token.Pos) ast.Expr {
	f := c.fileOf(pos)
	if f == nil {
		return nil
	}
	var out ast.Expr
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || pos >= n.End() {
			return false
		}
		switch e := n.(type) {
		case *ast.BinaryExpr:
			if e.OpPos == pos {
				out = e
			}
		case *ast.CallExpr:
			if e.Lparen == pos {
				out = e
			}
		case *ast.IndexExpr:
			if e.Lbrack == pos {
				out = e
			}
		case ast.Expr:
			if e.Pos() == pos && out == nil {
				out = e
			}
		}
		return true
	})
	return out
}

// isBare reports whether a call stands alone as a statement, a go or a defer.
func (c *Context) isBare(i ssa.CallInstruction) bool {
	if c.bare == nil {
		c.bare = make(map[token.Pos]bool)
		for _, f := range c.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				var e ast.Expr
				switch s := n.(type) {
				case *ast.ExprStmt:
					e = s.X
				case *ast.GoStmt:
					e = s.Call
				case *ast.DeferStmt:
					e = s.Call
				}
				if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && e != nil {
					c.bare[call.Lparen] = true
				}
				return true
			})
		}
	}
	e := c.callExpr(i)
	return e != nil && c.bare[e.Lparen]
}

// boundary reports whether a function answers its own client: it has a response writer, the
// context of a web framework, or is a gRPC handler.
func boundary(fn *ssa.Function) bool {
	for f := fn; f != nil; f = f.Parent() {
		for _, p := range f.Params {
			switch flow.TypePath(p.Type()) {
			case "net/http.ResponseWriter", "github.com/gin-gonic/gin.Context", "github.com/labstack/echo.Context",
				"github.com/labstack/echo/v4.Context", "github.com/labstack/echo/v5.Context", "github.com/gofiber/fiber.Ctx",
				"github.com/gofiber/fiber/v2.Ctx", "github.com/gofiber/fiber/v3.Ctx", "github.com/valyala/fasthttp.RequestCtx",
				"github.com/kataras/iris/v12.Context", "github.com/cloudwego/hertz/pkg/app.RequestContext":
				return true
			}
		}
		if recv := f.Signature.Recv(); recv != nil && frameworkController(recv.Type(), 4) {
			return true
		}
		if grpcHandler(f.Signature) {
			return true
		}
	}
	return false
}

// frameworkController reports whether a type embeds a controller of beego, or a server that
// gRPC generates, at a few levels.
func frameworkController(t types.Type, levels int) bool {
	s := flow.StructOf(t)
	if s == nil || levels == 0 {
		return false
	}
	for f := range s.Fields() {
		if !f.Embedded() {
			continue
		}
		if n := flow.NamedOf(f.Type()); n != nil {
			if name := n.Obj().Name(); name == "Controller" || strings.HasPrefix(name, "Unimplemented") && name != "Unimplemented" {
				return true
			}
		}
		if frameworkController(f.Type(), levels-1) {
			return true
		}
	}
	return false
}

// grpcHandler reports whether a signature is that of a gRPC method: a context and a
// message in, a message and an error out, both messages generated by protoc.
func grpcHandler(s *types.Signature) bool {
	if s.Recv() == nil || s.Params().Len() != 2 || s.Results().Len() != 2 {
		return false
	}
	return flow.TypePath(s.Params().At(0).Type()) == "context.Context" && flow.IsError(s.Results().At(1).Type()) &&
		protoMessage(s.Params().At(1).Type()) && protoMessage(s.Results().At(0).Type())
}

func protoMessage(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "ProtoReflect")
	_, ok := obj.(*types.Func)
	return ok
}

// decides reports whether a type is a number by which the package tells what to do: one that
// it declares itself. A plain number, or another package's, only says something of a failure.
func (c *Context) decides(t types.Type) bool {
	n := flow.NamedOf(t)
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0 && n != nil && n.Obj().Pkg() == c.Pass.Pkg
}

// answersOnly reports whether the function of a carrier is a predicate or a description: it
// has no effect, so the call was made elsewhere, and its results are only booleans, numbers
// and strings, or a list of what a carrier holds that its caller has too.
func (c *Context) answersOnly(s *behavior.Source) bool {
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
	return c.Engine.Quiet(s.Fn)
}
