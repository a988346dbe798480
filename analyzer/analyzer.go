// Package analyzer is retcode: an analyzer that knows an API's return codes and checks
// that a program handles them.
package analyzer

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/behavior"
	"github.com/go-retcode/retcode/analyzer/internal/check"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/fix"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

const doc = `check that a program handles the return codes of an API

retcode knows the return codes of the RongCloud IM Server API. It finds where they enter
a program, follows them, and reports magic numbers, unknown codes, codes of one space taken
for another, switches that omit retryable codes, retryable codes that nobody handles, and
failures that pass as success.`

// Analyzer is retcode with its default configuration.
var Analyzer = must(New(Config{}))

// New returns an analyzer with the given configuration, which its flags may change.
// It returns an error that names the option and the mend if the configuration is wrong.
func New(c Config) (*analysis.Analyzer, error) {
	s := &settings{Config: c}
	if err := s.read(); err != nil {
		return nil, err
	}
	return &analysis.Analyzer{
		Name:      "retcode",
		Doc:       doc,
		URL:       "https://github.com/go-retcode/retcode",
		Flags:     s.flags(),
		Run:       s.run,
		FactTypes: []analysis.Fact{new(fact.Package), new(fact.Constants)},
	}, nil
}

func must(a *analysis.Analyzer, _ error) *analysis.Analyzer { return a }

// run is the table of contents: the gate, then catalog, origins, flow, behaviour, checks.
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
	role, sources := s.canContainCode(pass, files)
	if role == bystander {
		return nil, nil
	}
	cat := catalog.Embedded()
	in := origin.Input{
		Fset: pass.Fset, Files: files, Pkg: pass.Pkg, Info: pass.TypesInfo,
		Catalog: cat, Specs: s.specs, Categories: check.Names(),
	}
	origins := origin.Resolve(in)
	graph := flow.Build(flow.Input{
		Fset: pass.Fset, Files: sources, Pkg: pass.Pkg, Info: pass.TypesInfo,
		Catalog: cat, Origins: origins, Facts: factsOf(pass),
		Evidence: role == participant && origin.Evidence(in),
		Skip:     s.skip(pass),
	})
	engine := behavior.New(graph)
	engine.Extra = s.required
	told := engine.Fact()
	if !told.Empty() {
		defer pass.ExportPackageFact(told) // the checks add what they report
	}
	if role == helper {
		return nil, nil
	}
	engine.Omitted(told, check.Run(&check.Context{
		Pass: pass, Catalog: cat, Origins: origins, Graph: graph, Engine: engine,
		Files: reportable(files),
		Options: check.Options{
			Enabled:         s.enabled,
			SuccessLiterals: s.SuccessLiterals,
			DefaultSuffices: s.DefaultSignifiesExhaustive,
			Boundary:        s.Boundary,
			Require:         s.required,
			Constants:       s.Constants,
		},
	}))
	return nil, nil
}

// snapshot reads the flags as they are now. Passes run concurrently.
func (s *settings) snapshot() (*settings, error) {
	c := &settings{Config: s.Config}
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
		if !ast.IsGenerated(f) {
			out = append(out, f)
		}
	}
	return out
}

// factsOf returns the facts of other packages, each read once.
func factsOf(pass *analysis.Pass) func(*types.Package) *fact.Package {
	known := make(map[*types.Package]*fact.Package)
	return func(p *types.Package) *fact.Package {
		if p == nil || p == pass.Pkg {
			return nil
		}
		f, ok := known[p]
		if !ok {
			f = new(fact.Package)
			if !pass.ImportPackageFact(p, f) {
				f = nil
			}
			known[p] = f
		}
		return f
	}
}
