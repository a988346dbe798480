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
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
)

// quick loads what checker.Analyze needs, from source only what can contain a code and what
// that needs beside the standard library, of which there are no facts.
func quick(o *options, chosen selection) ([]*packages.Package, *unsound, error) {
	initial, err := o.load(packages.NeedName|packages.NeedFiles|packages.NeedCompiledGoFiles|packages.NeedImports|
		packages.NeedDeps|packages.NeedExportFile|packages.NeedTypesSizes|packages.NeedModule, chosen.patterns...)
	if err != nil {
		return nil, nil, err
	}
	bad := newUnsound(initial)
	loaded, err := loadProgram(chosen, bad)
	return loaded, bad, err
}

// ours reports whether a package can have codes or facts.
func ours(pkg *packages.Package) bool {
	module := ""
	if pkg.Module != nil {
		module = pkg.Module.Path
	}
	return !analyzer.Standard(pkg.PkgPath, module) && !strings.HasSuffix(pkg.PkgPath, ".test")
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
	pkg    *packages.Package
	once   sync.Once
	errs   []error // what does not compile in it
	failed bool    // that, or it needs what does not
}

// loadProgram chooses and loads the packages, and returns those to analyze. It notes what
// does not compile.
func loadProgram(chosen selection, bad *unsound) ([]*packages.Package, error) {
	var all []*packages.Package        // dependencies first
	exports := make(map[string]string) // of the standard library, by path
	packages.Visit(bad.initial, nil, func(pkg *packages.Package) {
		switch {
		case bad.broken[pkg]:
		case ours(pkg):
			all = append(all, pkg)
		default:
			exports[pkg.PkgPath] = pkg.ExportFile
		}
	})
	p := &program{
		fset:  token.NewFileSet(),
		nodes: make(map[*packages.Package]*node),
		slots: make(chan struct{}, runtime.GOMAXPROCS(0)),
		files: exports,
		std:   make(map[string]*types.Package),
	}
	may, err := p.mayContainCode(all)
	if err != nil {
		return nil, err
	}
	var needed []*packages.Package
	for _, pkg := range bad.initial {
		if may[pkg] {
			p.add(pkg)
			needed = append(needed, pkg)
		}
	}
	also := slices.Clone(needed)
	if constants := chosen.constants(bad.initial); constants != nil && !bad.broken[constants] {
		p.add(constants)
		also = append(also, constants)
	}
	p.load(also)
	for pkg, n := range p.nodes {
		if n.failed {
			bad.errs[pkg] = n.errs
		}
		maps.DeleteFunc(pkg.Imports, func(_ string, dep *packages.Package) bool { return p.nodes[dep] == nil })
	}
	bad.spread()
	return needed, nil
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
		if ours(dep) {
			p.add(dep)
		}
	}
}

// load loads packages and what they need, and reports whether all of them compile.
func (p *program) load(pkgs []*packages.Package) bool {
	var wg sync.WaitGroup
	for _, pkg := range pkgs {
		wg.Go(func() {
			n := p.nodes[pkg]
			n.once.Do(func() { p.loadOne(n) })
		})
	}
	wg.Wait()
	return !slices.ContainsFunc(pkgs, func(pkg *packages.Package) bool { return p.nodes[pkg].failed })
}

func (p *program) loadOne(n *node) {
	pkg := n.pkg
	var deps []*packages.Package
	for _, dep := range pkg.Imports {
		if p.nodes[dep] != nil {
			deps = append(deps, dep)
		}
	}
	if !p.load(deps) {
		n.failed = true
		return
	}
	p.slots <- struct{}{}
	defer func() { <-p.slots }()
	pkg.Fset = p.fset
	if !n.parse(p.fset) {
		return
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
	conf := types.Config{Importer: importerFor{p, pkg}, Sizes: pkg.TypesSizes, Error: n.note}
	if pkg.Module != nil && pkg.Module.GoVersion != "" {
		conf.GoVersion = "go" + pkg.Module.GoVersion
	}
	// The error is the first of those that were noted.
	pkg.Types, _ = conf.Check(pkg.PkgPath, p.fset, pkg.Syntax, pkg.TypesInfo)
}

func (n *node) note(err error) { n.errs, n.failed = append(n.errs, err), true }

// parse reads the files of a package, and reports whether it can be type-checked.
func (n *node) parse(fset *token.FileSet) bool {
	for _, name := range n.pkg.CompiledGoFiles {
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			n.note(err)
			return false
		}
		n.pkg.Syntax = append(n.pkg.Syntax, file)
		for _, spec := range file.Imports {
			// The go command has said which imports make a cycle, and cut it here.
			if path, err := strconv.Unquote(spec.Path.Value); err == nil && path != "unsafe" && n.pkg.Imports[path] == nil {
				n.failed = true
			}
		}
	}
	return !n.failed
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
