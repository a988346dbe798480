// Package analyzer is retcode: an analyzer that knows an API's return codes and checks
// that a program handles them.
package analyzer

import (
	"cmp"
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/behavior"
	"github.com/go-retcode/retcode/analyzer/internal/check"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/fix"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/handling"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
	"github.com/go-retcode/retcode/analyzer/internal/program"
	"github.com/go-retcode/retcode/analyzer/report"
)

const doc = `check that a program handles the return codes of an API

retcode knows the return codes of PostgreSQL, MySQL, SQLite, gRPC, the RongCloud IM Server API,
and of APIs that a package declares by directives. It finds where they enter a program, follows
them, and reports magic literals, unknown codes, codes of one space taken for another, switches
that omit retryable codes, retryable codes that nobody handles, failures that pass as success,
codes read from text, targets that never match, and retries done wrongly.`

// Analyzer is retcode with its default configuration.
var Analyzer = must(New(Config{}))

// New returns an analyzer with the given configuration, which its flags may change.
// It returns an error that names the option and the mend if the configuration is wrong.
func New(c Config) (*analysis.Analyzer, error) {
	return newWith(c, catalog.All())
}

// newWith is New with catalogs of the caller's choice.
func newWith(c Config, catalogs []*catalog.Catalog) (*analysis.Analyzer, error) {
	s := &settings{Config: c, catalogs: catalogs}
	if err := s.read(); err != nil {
		return nil, err
	}
	return &analysis.Analyzer{
		Name:       "retcode",
		Doc:        doc,
		URL:        "https://github.com/go-retcode/retcode",
		Flags:      s.flags(),
		Run:        s.run,
		FactTypes:  []analysis.Fact{new(fact.Facts), new(fact.Constants), new(fact.APIs)},
		ResultType: reflect.TypeFor[*report.Package](),
	}, nil
}

func must(a *analysis.Analyzer, _ error) *analysis.Analyzer { return a }

// run is the table of contents: the gate, the program, then each catalog in play, and what
// was found.
func (s *settings) run(pass *analysis.Pass) (any, error) {
	s, err := s.snapshot()
	if err != nil {
		return nil, err
	}
	pass = ordered(pass)
	if s.OmitRelated {
		omitRelated(pass)
	}
	fix.Share(pass, s.Constants)
	files := s.files(pass)
	problems := s.own(pass, files)
	plan := s.plan(pass, files)
	if len(plan.steps) == 0 {
		return new(report.Package), nil
	}
	prog := program.Build(program.Input{Fset: pass.Fset, Files: plan.sources, Pkg: pass.Pkg, Info: pass.TypesInfo, Skip: s.skip(pass)})
	found := &check.Report{Pass: pass, Files: reportable(files), Enabled: s.enabled}
	found.Problems(problems)
	var told fact.Facts
	var handled *handling.Collector
	if s.Handling {
		handled = &handling.Collector{Fset: pass.Fset}
	}
	for _, step := range plan.steps {
		told.Add(s.analyze(pass, prog, files, step, found, handled))
	}
	found.Send()
	if len(told.List) > 0 {
		pass.ExportPackageFact(&told)
	}
	return shown(pass, handled, found), nil
}

// shown is the analyzer's result: what the package does with codes, if that is asked for.
func shown(pass *analysis.Pass, handled *handling.Collector, found *check.Report) *report.Package {
	if handled == nil {
		return new(report.Package)
	}
	var list []handling.Finding
	for _, f := range found.All() {
		out := handling.Finding{Pos: f.Pos, Finding: report.Finding{
			Category: f.Category, Message: f.Message, URL: f.URL, At: handled.Range(f.Pos, f.End),
		}}
		if f.Silenced != nil {
			out.Silenced, out.Reason = true, f.Silenced.Reason
		}
		for _, r := range f.Related {
			out.Related = append(out.Related, report.Step{At: handled.Range(r.Pos, r.End), Text: r.Message})
		}
		list = append(list, out)
	}
	return handled.Package(pass.Pkg.Path(), list)
}

// Spaces are the tables of a catalog, as reports have them.
func Spaces(c *catalog.Catalog) []report.Space { return handling.Spaces(c) }

// analyze runs the pipeline for one catalog: origins, flow, behaviour, checks. It returns
// what importers are told.
func (s *settings) analyze(pass *analysis.Pass, prog *program.Program, files []*ast.File, step step, found *check.Report, handled *handling.Collector) *fact.Package {
	cat := step.catalog
	in := origin.Input{
		Fset: pass.Fset, Files: files, Pkg: pass.Pkg, Info: pass.TypesInfo,
		Catalog: cat, Others: s.others(cat), Specs: s.specs, Categories: check.Names(),
	}
	origins := origin.Resolve(in)
	graph := flow.Build(flow.Input{
		Program: prog, Catalog: cat, Origins: origins, Facts: factsOf(pass, cat.Name),
		Evidence: step.role == participant && origin.Evidence(in),
	})
	engine := behavior.New(graph)
	engine.Extra = s.required(cat)
	told := engine.Fact()
	told.Catalog = cat.Name
	if step.role == helper {
		return told
	}
	found.Directives(origins)
	c := &check.Context{
		Pass: pass, Catalog: cat, Origins: origins, Graph: graph, Engine: engine, Report: found,
		Options: check.Options{
			Enabled:         s.enabled,
			SuccessLiterals: s.SuccessLiterals,
			DefaultSuffices: s.DefaultSignifiesExhaustive,
			Boundary:        s.Boundary,
			Require:         s.required(cat),
			Constants:       s.Constants,
			Before:          s.before(cat),
		},
	}
	engine.Omitted(told, check.Run(c))
	if handled != nil {
		handled.Add(cat, engine, c.Functions())
	}
	return told
}

// others are the catalogs beside one.
func (s *settings) others(c *catalog.Catalog) []*catalog.Catalog {
	return slices.DeleteFunc(slices.Clone(s.catalogs), func(o *catalog.Catalog) bool { return o == c })
}

// snapshot reads the flags as they are now. Passes run concurrently.
func (s *settings) snapshot() (*settings, error) {
	c := &settings{Config: s.Config, catalogs: s.catalogs}
	return c, c.read()
}

// ordered returns the pass with its files by name: drivers hand them on as they like.
func ordered(pass *analysis.Pass) *analysis.Pass {
	name := func(f *ast.File) string { return pass.Fset.File(f.FileStart).Name() }
	p := *pass
	p.Files = slices.SortedFunc(slices.Values(pass.Files), func(a, b *ast.File) int { return cmp.Compare(name(a), name(b)) })
	return &p
}

// omitRelated lets a pass report findings without the places that they refer to.
func omitRelated(pass *analysis.Pass) {
	report := pass.Report
	pass.Report = func(d analysis.Diagnostic) {
		d.Related = nil
		report(d)
	}
}

// files are the files that count: no tests unless they are asked for.
func (s *settings) files(pass *analysis.Pass) []*ast.File {
	if s.IncludeTests {
		return pass.Files
	}
	var out []*ast.File
	for _, f := range pass.Files {
		if !isTest(pass, f) {
			out = append(out, f)
		}
	}
	return out
}

func isTest(pass *analysis.Pass, f *ast.File) bool {
	return strings.HasSuffix(pass.Fset.File(f.FileStart).Name(), "_test.go")
}

func (s *settings) skip(pass *analysis.Pass) func(*ast.File) bool {
	if s.IncludeTests {
		return nil
	}
	return func(f *ast.File) bool { return isTest(pass, f) }
}

// reportable drops generated files: facts are taken from them, findings are not reported there.
func reportable(files []*ast.File) []*ast.File {
	var out []*ast.File
	for _, f := range files {
		if !origin.IsGenerated(f) {
			out = append(out, f)
		}
	}
	return out
}

// factsOf returns what other packages tell of a catalog, each read once.
func factsOf(pass *analysis.Pass, catalog string) func(*types.Package) *fact.Package {
	known := make(map[*types.Package]*fact.Package)
	return func(p *types.Package) *fact.Package {
		if p == nil || p == pass.Pkg {
			return nil
		}
		f, ok := known[p]
		if !ok {
			var facts fact.Facts
			if pass.ImportPackageFact(p, &facts) {
				f = facts.Of(catalog)
			}
			known[p] = f
		}
		return f
	}
}
