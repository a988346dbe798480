package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
)

// quick loads what checker.Analyze needs, from source only what can contain a code and what
// that needs beside the standard library. It returns ok=false, with nothing printed, for
// whatever does not load or compile, and where more has to be loaded.
func quick(o *options, all selection) (roots []*packages.Package, ok bool) {
	// An origin may lie in any package, also of the standard library.
	if o.value("origin") != "" {
		return nil, false
	}
	for _, arg := range o.patterns {
		if strings.HasSuffix(arg, ".go") || strings.Contains(arg, "=") {
			return nil, false
		}
	}
	initial, err := packages.Load(o.config(packages.NeedName|packages.NeedFiles|packages.NeedCompiledGoFiles|packages.NeedImports|
		packages.NeedDeps|packages.NeedExportFile|packages.NeedTypesSizes|packages.NeedModule), all.patterns...)
	if err != nil || len(initial) == 0 {
		return nil, false
	}
	return newProgram(initial, all)
}

// program is the part of the packages that is loaded from source.
type program struct {
	fset  *token.FileSet
	nodes map[*packages.Package]*node
	slots chan struct{}

	files map[string]string // the export data of the standard library, by path
	mu    sync.Mutex        // guards std
	std   map[string]*types.Package
}

// node is a package to load from source.
type node struct {
	pkg  *packages.Package
	once sync.Once
	err  error
}

// newProgram chooses and loads the packages, and returns those to analyze. It gives up on the
// first error.
func newProgram(initial []*packages.Package, chosen selection) ([]*packages.Package, bool) {
	var all []*packages.Package // dependencies first
	good := true
	exports := make(map[string]string) // of the standard library, by path
	packages.Visit(initial, nil, func(pkg *packages.Package) {
		good = good && len(pkg.Errors) == 0
		if pkg.Module != nil {
			all = append(all, pkg)
		} else if !strings.HasSuffix(pkg.PkgPath, ".test") {
			exports[pkg.PkgPath] = pkg.ExportFile
		}
	})
	for _, pkg := range initial {
		good = good && (pkg.Module != nil || strings.HasSuffix(pkg.PkgPath, ".test"))
	}
	if !good {
		return nil, false
	}
	p := &program{
		fset:  token.NewFileSet(),
		nodes: make(map[*packages.Package]*node),
		slots: make(chan struct{}, runtime.GOMAXPROCS(0)),
		files: exports,
		std:   make(map[string]*types.Package),
	}
	may, err := p.mayContainCode(all)
	if err != nil {
		return nil, false
	}
	constants := chosen.constants(initial)
	if constants != nil {
		may[constants] = true
	}
	var needed []*packages.Package
	for _, pkg := range initial {
		if may[pkg] {
			p.add(pkg)
			needed = append(needed, pkg)
		}
	}
	if err := p.load(needed); err != nil {
		return nil, false
	}
	for _, n := range p.nodes {
		// Of the standard library there are no facts.
		maps.DeleteFunc(n.pkg.Imports, func(_ string, dep *packages.Package) bool { return p.nodes[dep] == nil })
	}
	roots := chosen.roots(needed)
	share(constants, roots)
	return roots, true
}

// mayContainCode marks the packages that can contain a code: those that can by
// themselves, and all that import them.
func (p *program) mayContainCode(all []*packages.Package) (map[*packages.Package]bool, error) {
	scans := make([]analyzer.Scan, len(all))
	errs := make([]error, len(all))
	p.each(len(all), func(i int) { scans[i], errs[i] = scan(all[i]) })
	may := make(map[*packages.Package]bool)
	headers, fewest := make(map[*packages.Package]map[string]bool), analyzer.Headers()
	for i, pkg := range all {
		if errs[i] != nil {
			return nil, errs[i]
		}
		may[pkg] = scans[i].May
		// Constants of other packages count, too.
		headers[pkg] = scans[i].Headers
		for _, dep := range pkg.Imports {
			may[pkg] = may[pkg] || may[dep]
			maps.Copy(headers[pkg], headers[dep])
		}
		may[pkg] = may[pkg] || len(headers[pkg]) >= fewest
	}
	return may, nil
}

// scan reads the words of a package.
func scan(pkg *packages.Package) (analyzer.Scan, error) {
	var imports []string
	for _, dep := range pkg.Imports {
		imports = append(imports, dep.PkgPath)
	}
	var sources [][]byte
	for _, name := range pkg.CompiledGoFiles {
		src, err := os.ReadFile(name)
		if err != nil {
			return analyzer.Scan{}, err
		}
		sources = append(sources, src)
	}
	return analyzer.ScanPackage(pkg.PkgPath, imports, sources), nil
}

// each calls f for 0 to n-1, a few at a time.
func (p *program) each(n int, f func(int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			p.slots <- struct{}{}
			defer func() { <-p.slots }()
			f(i)
		})
	}
	wg.Wait()
}

// add makes nodes of pkg and what it needs beside the standard library.
func (p *program) add(pkg *packages.Package) {
	if p.nodes[pkg] != nil {
		return
	}
	p.nodes[pkg] = &node{pkg: pkg}
	for _, dep := range pkg.Imports {
		if dep.Module != nil {
			p.add(dep)
		}
	}
}

// load loads packages and what they need.
func (p *program) load(pkgs []*packages.Package) error {
	var wg sync.WaitGroup
	errs := make([]error, len(pkgs))
	for i, pkg := range pkgs {
		wg.Go(func() {
			n := p.nodes[pkg]
			n.once.Do(func() { n.err = p.loadOne(pkg) })
			errs[i] = n.err
		})
	}
	wg.Wait()
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	return nil
}

func (p *program) loadOne(pkg *packages.Package) error {
	var deps []*packages.Package
	for _, dep := range pkg.Imports {
		if p.nodes[dep] != nil {
			deps = append(deps, dep)
		}
	}
	if err := p.load(deps); err != nil {
		return err
	}
	p.slots <- struct{}{}
	defer func() { <-p.slots }()
	pkg.Fset = p.fset
	for _, name := range pkg.CompiledGoFiles {
		file, err := parser.ParseFile(p.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg.Syntax = append(pkg.Syntax, file)
	}
	pkg.TypesInfo = &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Scopes:       make(map[ast.Node]*types.Scope),
		FileVersions: make(map[*ast.File]string),
	}
	conf := types.Config{Importer: importerFor{p, pkg}, Sizes: pkg.TypesSizes}
	if pkg.Module != nil && pkg.Module.GoVersion != "" {
		conf.GoVersion = "go" + pkg.Module.GoVersion
	}
	var err error
	pkg.Types, err = conf.Check(pkg.PkgPath, p.fset, pkg.Syntax, pkg.TypesInfo)
	return err
}

// importerFor resolves the imports of one package.
type importerFor struct {
	p   *program
	pkg *packages.Package
}

func (i importerFor) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	dep := i.pkg.Imports[path]
	if dep == nil {
		return nil, fmt.Errorf("%s does not import %s", i.pkg.PkgPath, path)
	}
	if i.p.nodes[dep] != nil {
		return dep.Types, nil
	}
	return i.p.exported(dep.PkgPath)
}

// exported reads the types of a package of the standard library from its export data.
func (p *program) exported(path string) (*types.Package, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if pkg := p.std[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	file, err := os.Open(p.files[path])
	if err != nil {
		return nil, fmt.Errorf("export data of %s: %w", path, err)
	}
	defer file.Close()
	//lint:ignore SA1019 until Go 1.29 the go command's export files are archives
	r, err := gcexportdata.NewReader(file) //nolint:staticcheck // the same, for golangci-lint
	if err != nil {
		return nil, fmt.Errorf("export data of %s: %w", path, err)
	}
	return gcexportdata.Read(r, p.fset, p.std, path)
}
