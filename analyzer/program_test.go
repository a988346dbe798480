package analyzer_test

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
)

const sdkPath = "github.com/rongcloud/server-sdk-go/v4/sdk"

// used lists the packages of the standard library that the programs of these tests import.
var used = []string{
	"bytes", "cmp", "context", "encoding/json", "errors", "flag", "fmt", "io", "log", "log/slog", "math/rand/v2", "net/http", "net/http/httptest", "net/http/httputil", "regexp",
	"net/url", "os", "slices", "sort", "strconv", "strings", "sync", "testing", "time",
}

// usedByModules lists what the modules of testdata import of the standard library.
func usedByModules() ([]string, error) {
	var out []string
	fset := token.NewFileSet()
	err := filepath.WalkDir("../testdata", func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		f, err := parser.ParseFile(fset, path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			name := strings.Trim(i.Path.Value, `"`)
			if first, _, _ := strings.Cut(name, "/"); !strings.Contains(first, ".") && first != "C" {
				out = append(out, name)
			}
		}
		return nil
	})
	slices.Sort(out)
	return slices.Compact(out), err
}

// exports maps the packages of the standard library to the files of their export data.
var exports = sync.OnceValues(func() (map[string]string, error) {
	modules, err := usedByModules()
	if err != nil {
		return nil, err
	}
	mode := packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile
	list, err := packages.Load(&packages.Config{Mode: mode}, slices.Concat(used, modules, withoutCodes)...)
	files := make(map[string]string)
	packages.Visit(list, nil, func(p *packages.Package) { files[p.PkgPath] = p.ExportFile })
	return files, err
})

// A world is a driver: it type-checks packages over the standard library's export data,
// runs an analyzer on them in the order in which they come, and hands facts on as bytes.
type world struct {
	t        testing.TB
	a        *analysis.Analyzer
	fset     *token.FileSet
	std      types.Importer
	packages map[string]*types.Package
	facts    map[string][]byte // by package and type of the fact
}

// A unit is one package, parsed.
type unit struct {
	path  string
	files []*ast.File
}

func newWorld(t testing.TB, a *analysis.Analyzer) *world {
	t.Helper()
	files, err := exports()
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	lookup := func(path string) (io.ReadCloser, error) {
		if files[path] == "" {
			return nil, fmt.Errorf("%s is not among the packages that tests use", path)
		}
		return os.Open(files[path])
	}
	return &world{
		t: t, a: a, fset: fset,
		std:      importer.ForCompiler(fset, "gc", lookup),
		packages: make(map[string]*types.Package),
		facts:    make(map[string][]byte),
	}
}

// withSDK returns a world that has analyzed the stub of the SDK.
func withSDK(t testing.TB, a *analysis.Analyzer) *world {
	t.Helper()
	w := newWorld(t, a)
	w.analyze(w.dir(sdkPath, "../testdata/stubs/sdk/v4/sdk"))
	return w
}

// configuredBy returns an analyzer with flags as a command line has them.
func configuredBy(t testing.TB, flags ...string) *analysis.Analyzer {
	t.Helper()
	a, err := analyzer.New(analyzer.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Flags.Parse(flags); err != nil {
		t.Fatal(err)
	}
	return a
}

func (w *world) Import(path string) (*types.Package, error) {
	if p := w.packages[path]; p != nil {
		return p, nil
	}
	return w.std.Import(path)
}

// source parses a package of one file for each text.
func (w *world) source(path string, texts ...string) unit {
	w.t.Helper()
	u := unit{path: path}
	for i, text := range texts {
		f, err := parser.ParseFile(w.fset, fmt.Sprintf("%s/%c.go", path, 'a'+i), text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			w.t.Fatal(err)
		}
		u.files = append(u.files, f)
	}
	return u
}

// dir parses the files of a folder that are no tests.
func (w *world) dir(path, dir string) unit {
	w.t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		w.t.Fatalf("no Go files in %s: %v", dir, err)
	}
	u := unit{path: path}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(w.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			w.t.Fatal(err)
		}
		u.files = append(u.files, f)
	}
	return u
}

// module parses every package of a folder of testdata, dependencies first.
func (w *world) module(root string) []unit {
	w.t.Helper()
	module := "github.com/go-retcode/retcode/" + strings.TrimPrefix(root, "../") // as a part of ours
	if data, err := os.ReadFile(filepath.Join(root, "go.mod")); err == nil {
		line, _, _ := strings.Cut(string(data), "\n")
		module = strings.TrimSpace(strings.TrimPrefix(line, "module "))
	}
	byPath := make(map[string]unit)
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if names, _ := filepath.Glob(filepath.Join(path, "*.go")); len(names) > 0 {
			rel, _ := filepath.Rel(root, path)
			u := w.dir(strings.TrimSuffix(module+"/"+filepath.ToSlash(rel), "/."), path)
			byPath[u.path] = u
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return inOrder(byPath)
}

// inOrder sorts packages so that each comes after those that it imports.
func inOrder(byPath map[string]unit) []unit {
	var out []unit
	done := make(map[string]bool)
	var visit func(string)
	visit = func(path string) {
		u, ok := byPath[path]
		if !ok || done[path] {
			return
		}
		done[path] = true
		for _, f := range u.files {
			for _, i := range f.Imports {
				visit(strings.Trim(i.Path.Value, `"`))
			}
		}
		out = append(out, u)
	}
	paths := make([]string, 0, len(byPath))
	for path := range byPath {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		visit(path)
	}
	return out
}

// check type-checks a package, which later ones may import.
func (w *world) check(u unit) (*types.Package, *types.Info) {
	w.t.Helper()
	info := newInfo()
	conf := types.Config{Importer: w, Sizes: sizes(), GoVersion: "go1.26"}
	var errs []error
	conf.Error = func(err error) { errs = append(errs, err) }
	pkg, _ := conf.Check(u.path, w.fset, u.files, info)
	if len(errs) > 0 {
		w.t.Fatalf("%s: %v", u.path, errors.Join(errs...))
	}
	w.packages[u.path] = pkg
	return pkg, info
}

func newInfo() *types.Info {
	return &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Scopes:       make(map[ast.Node]*types.Scope),
		FileVersions: make(map[*ast.File]string),
	}
}

func sizes() types.Sizes { return types.SizesFor("gc", runtime.GOARCH) }

// analyze type-checks a package and returns what the analyzer finds there.
func (w *world) analyze(u unit) []analysis.Diagnostic {
	w.t.Helper()
	pkg, info := w.check(u)
	return w.run(u, pkg, info)
}

func (w *world) run(u unit, pkg *types.Package, info *types.Info) []analysis.Diagnostic {
	w.t.Helper()
	var found []analysis.Diagnostic
	results := make(map[*analysis.Analyzer]any)
	var run func(a *analysis.Analyzer)
	run = func(a *analysis.Analyzer) {
		if _, ok := results[a]; ok {
			return
		}
		for _, r := range a.Requires {
			run(r)
		}
		pass := w.pass(a, u, pkg, info)
		pass.ResultOf = results
		pass.Report = func(d analysis.Diagnostic) { found = append(found, d) }
		res, err := a.Run(pass)
		if err != nil {
			w.t.Fatalf("%s: %v", u.path, err)
		}
		results[a] = res
	}
	run(w.a)
	return found
}

func (w *world) pass(a *analysis.Analyzer, u unit, pkg *types.Package, info *types.Info) *analysis.Pass {
	return &analysis.Pass{
		Analyzer: a, Fset: w.fset, Files: u.files, Pkg: pkg, TypesInfo: info,
		TypesSizes: sizes(),
		ReadFile:   os.ReadFile,
		ImportPackageFact: func(p *types.Package, f analysis.Fact) bool {
			data, ok := w.facts[key(p.Path(), f)]
			if ok {
				if err := gob.NewDecoder(bytes.NewReader(data)).Decode(f); err != nil {
					w.t.Error(err)
				}
			}
			return ok
		},
		ExportPackageFact: func(f analysis.Fact) {
			var b bytes.Buffer
			if err := gob.NewEncoder(&b).Encode(f); err != nil {
				w.t.Error(err)
			}
			w.facts[key(pkg.Path(), f)] = b.Bytes()
		},
		ImportObjectFact: func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact: func(types.Object, analysis.Fact) {},
		AllPackageFacts:  func() []analysis.PackageFact { return w.allFacts(a) },
		AllObjectFacts:   func() []analysis.ObjectFact { return nil },
	}
}

// allFacts are the facts of every package that was analyzed so far.
func (w *world) allFacts(a *analysis.Analyzer) []analysis.PackageFact {
	var out []analysis.PackageFact
	for _, path := range slices.Sorted(maps.Keys(w.packages)) {
		for _, t := range a.FactTypes {
			data, ok := w.facts[key(path, t)]
			if !ok {
				continue
			}
			f := reflect.New(reflect.TypeOf(t).Elem()).Interface().(analysis.Fact)
			if err := gob.NewDecoder(bytes.NewReader(data)).Decode(f); err != nil {
				w.t.Error(err)
			}
			out = append(out, analysis.PackageFact{Package: w.packages[path], Fact: f})
		}
	}
	return out
}

func key(path string, f analysis.Fact) string { return path + " " + reflect.TypeOf(f).Elem().String() }

// lines writes findings as a driver prints them, sorted, with their fixes.
func (w *world) lines(found []analysis.Diagnostic) []string {
	var out []string
	for _, d := range found {
		at := w.fset.PositionFor(d.Pos, false)
		line := fmt.Sprintf("%s:%d:%d: %s", filepath.Base(at.Filename), at.Line, at.Column, d.Message)
		for _, r := range d.Related {
			line += fmt.Sprintf(" [%s: %s]", w.fset.PositionFor(r.Pos, false), r.Message)
		}
		for _, fix := range d.SuggestedFixes {
			line += " {" + fix.Message
			for _, e := range fix.TextEdits {
				line += fmt.Sprintf("; %s-%s %q", w.fset.PositionFor(e.Pos, false), w.fset.PositionFor(e.End, false), e.NewText)
			}
			line += "}"
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// categories counts findings by their category.
func categories(found []analysis.Diagnostic) map[string]int {
	out := make(map[string]int)
	for _, d := range found {
		out[d.Category]++
	}
	return out
}
