package fix_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/fix"
)

const httpSpace, businessSpace = 0, 1

func testCatalog() *catalog.Catalog {
	return &catalog.Catalog{Name: "rongcloud", Spaces: []*catalog.Space{
		{
			Name: "http", Success: []catalog.Value{catalog.IntValue(200)},
			Constants: []catalog.Constants{{Package: "net/http", Derived: catalog.GivesName, Begin: "Status", Without: []catalog.Value{catalog.IntValue(430)}}},
			Codes: []catalog.Code{
				{Value: catalog.IntValue(200), Name: "StatusOK"},
				{Value: catalog.IntValue(400), Name: "StatusBadRequest"},
				{Value: catalog.IntValue(429), Name: "StatusTooManyRequests"},
				{Value: catalog.IntValue(430), Name: "StatusServiceNotEnabled"},
				{Value: catalog.IntValue(504), Name: "StatusGatewayTimeout"},
			},
		},
		{
			Name: "business", Success: []catalog.Value{catalog.IntValue(200)},
			Codes: []catalog.Code{
				{Value: catalog.IntValue(200), Name: "Success"},
				{Value: catalog.IntValue(400), Name: "UserNotFound"},
				{Value: catalog.IntValue(1000), Name: "InternalError"},
				{Value: catalog.IntValue(1008), Name: "RateLimited"},
				{Value: catalog.IntValue(1050), Name: "ServiceTimeout"},
				{Value: catalog.IntValue(2007), Name: "UserUnknown"},
			},
		},
	}}
}

// program is a set of packages in memory.
type program struct {
	fset  *token.FileSet
	files map[string]map[string][]byte // package, file
	done  map[string]*types.Package
	facts map[*types.Package]*fact.Constants

	constants string
}

func newProgram(files map[string]map[string][]byte) *program {
	return &program{
		fset:  token.NewFileSet(),
		files: files,
		done:  make(map[string]*types.Package),
		facts: make(map[*types.Package]*fact.Constants),
	}
}

// pass sets up the analysis of one package.
func (p *program) pass(pkg *types.Package, files []*ast.File, info *types.Info) *analysis.Pass {
	return &analysis.Pass{
		Fset: p.fset, Files: files, Pkg: pkg, TypesInfo: info,
		Module: &analysis.Module{Path: "example.com/m"},
		ImportPackageFact: func(pkg *types.Package, f analysis.Fact) bool {
			got := p.facts[pkg]
			if got != nil {
				*f.(*fact.Constants) = *got
			}
			return got != nil
		},
		AllPackageFacts: func() []analysis.PackageFact {
			var all []analysis.PackageFact
			for _, dep := range pkg.Imports() {
				if f := p.facts[dep]; f != nil {
					all = append(all, analysis.PackageFact{Package: dep, Fact: f})
				}
			}
			return all
		},
		ReadFile: func(name string) ([]byte, error) {
			dir, base := path.Split(strings.TrimPrefix(name, "/src/"))
			return p.files[path.Clean(dir)][base], nil
		},
		ExportPackageFact: func(f analysis.Fact) { p.facts[pkg] = f.(*fact.Constants) },
	}
}

func (p *program) Import(importPath string) (*types.Package, error) {
	if p.files[importPath] == nil {
		return nil, fmt.Errorf("no package %q", importPath)
	}
	if pkg := p.done[importPath]; pkg != nil {
		return pkg, nil
	}
	pkg, files, info, err := p.load(importPath)
	if err == nil {
		fix.Share(p.pass(pkg, files, info), p.constants)
	}
	p.done[importPath] = pkg
	return pkg, err
}

func (p *program) load(importPath string) (*types.Package, []*ast.File, *types.Info, error) {
	var syntax []*ast.File
	for _, name := range slices.Sorted(maps.Keys(p.files[importPath])) {
		f, err := parser.ParseFile(p.fset, path.Join("/src", importPath, name), p.files[importPath][name], parser.ParseComments)
		if err != nil {
			return nil, nil, nil, err
		}
		syntax = append(syntax, f)
	}
	info := &types.Info{
		Types:     make(map[ast.Expr]types.TypeAndValue),
		Defs:      make(map[*ast.Ident]types.Object),
		Uses:      make(map[*ast.Ident]types.Object),
		Implicits: make(map[ast.Node]types.Object),
		Scopes:    make(map[ast.Node]*types.Scope),
	}
	conf := types.Config{Importer: p, FakeImportC: true}
	pkg, err := conf.Check(importPath, p.fset, syntax, info)
	return pkg, syntax, info, err
}

// known collects what the analysis would know: constants with a directive, and
// those compared with something called code or status.
func known(files []*ast.File, info *types.Info) (declared, compared map[types.Object]int) {
	declared, compared = make(map[types.Object]int), make(map[types.Object]int)
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GenDecl:
				space := -1
				if n.Doc != nil {
					for _, line := range n.Doc.List {
						switch line.Text {
						case "//retcode:code http":
							space = httpSpace
						case "//retcode:code business":
							space = businessSpace
						}
					}
				}
				for _, spec := range n.Specs {
					if spec, ok := spec.(*ast.ValueSpec); ok && space >= 0 {
						for _, name := range spec.Names {
							declared[info.Defs[name]] = space
						}
					}
				}
			case *ast.BinaryExpr:
				if id, ok := n.X.(*ast.Ident); ok && (id.Name == "code" || id.Name == "status") {
					space := businessSpace
					if id.Name == "status" {
						space = httpSpace
					}
					y := n.Y
					if sel, ok := y.(*ast.SelectorExpr); ok {
						y = sel.Sel
					}
					if y, ok := y.(*ast.Ident); ok && info.Uses[y] != nil {
						compared[info.Uses[y]] = space
					}
				}
			}
			return true
		})
	}
	return declared, compared
}

// candidates sets up the package under test.
func (p *program) candidates(t *testing.T, importPath, constants string) (*fix.Candidates, []*ast.File, *types.Info) {
	t.Helper()
	p.constants = constants
	pkg, syntax, info, err := p.load(importPath)
	if err != nil {
		t.Fatal(err)
	}
	declared, compared := known(syntax, info)
	// What a fact would tell.
	if obj := pkg.Scope().Lookup("declaredElsewhere"); obj != nil {
		for _, imp := range pkg.Imports() {
			for _, name := range imp.Scope().Names() {
				if strings.HasPrefix(name, "Code") {
					declared[imp.Scope().Lookup(name)] = businessSpace
				}
			}
		}
	}
	return fix.New(p.pass(pkg, syntax, info), testCatalog(), declared, compared, constants), syntax, info
}

// literals returns the numbers that stand for codes: those of three digits for
// statuses, the longer ones for codes.
func literals(f *ast.File) []*ast.BasicLit {
	var list []*ast.BasicLit
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			return n.Tok != token.CONST
		case *ast.BasicLit:
			if (n.Kind == token.INT || n.Kind == token.FLOAT) && len(n.Value) >= 3 {
				list = append(list, n)
			}
		}
		return true
	})
	return list
}

func spaceOf(lit *ast.BasicLit) (int, int64) {
	n, _ := strconv.ParseFloat(lit.Value, 64)
	if n < 1000 {
		return httpSpace, int64(n)
	}
	return businessSpace, int64(n)
}

type edit struct {
	start, end int
	text       string
}

// fixes returns each file's fixes, every one a list of edits.
func (p *program) fixes(c *fix.Candidates, files []*ast.File) map[string][][]edit {
	all := make(map[string][][]edit)
	var fixes []*analysis.SuggestedFix
	for _, f := range files {
		for _, lit := range literals(f) {
			space, n := spaceOf(lit)
			name, edits, ok := c.Choose(f, lit, space, catalog.IntValue(n))
			if ok {
				fixes = append(fixes, &analysis.SuggestedFix{Message: "Use " + name, TextEdits: edits})
			}
		}
	}
	fix.Align(p.pass(nil, files, nil), fixes)
	for _, fix := range fixes {
		var list []edit
		for _, e := range fix.TextEdits {
			tok := p.fset.File(e.Pos)
			list = append(list, edit{tok.Offset(e.Pos), tok.Offset(e.End), string(e.NewText)})
		}
		name := filepath.Base(p.fset.File(fix.TextEdits[0].Pos).Name())
		all[name] = append(all[name], list)
	}
	return all
}

// apply does what the drivers do: it sorts by position and drops a repeat only
// where it follows its like.
func apply(src []byte, fixes [][]edit) []byte {
	edits := slices.Concat(fixes...)
	slices.SortStableFunc(edits, func(a, b edit) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return a.end - b.end
	})
	edits = slices.Compact(edits)
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		out.Write(src[last:e.start])
		out.WriteString(e.text)
		last = e.end
	}
	out.Write(src[last:])
	return out.Bytes()
}

func TestFixes(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".txtar"), func(t *testing.T) {
			t.Parallel()
			testArchive(t, archive)
		})
	}
}

func testArchive(t *testing.T, archive string) {
	ar, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]map[string][]byte{
		"net/http": {"http.go": []byte(httpSource)},
		"fmt":      {"fmt.go": []byte("package fmt; func Println(...any) {}; func Fprint(...any) {}")},
		"os":       {"os.go": []byte("package os; var Args []string; var Stdout int")},
		"bytes":    {"bytes.go": []byte("package bytes; const MinRead = 512")},
	}
	want := make(map[string][]byte)
	for _, f := range ar.Files {
		dir, name := path.Split(f.Name)
		dir = path.Clean(dir)
		if dir == "want" {
			want[name] = f.Data
			continue
		}
		if files[dir] == nil {
			files[dir] = make(map[string][]byte)
		}
		files[dir][name] = f.Data
	}
	const target = "example.com/m/p"
	var constants string
	if rest, ok := strings.CutPrefix(string(ar.Comment), "-constants "); ok {
		constants = strings.TrimSpace(strings.SplitN(rest, "\n", 2)[0])
	}
	prog := newProgram(files)
	cands, syntax, _ := prog.candidates(t, target, constants)
	fixes := prog.fixes(cands, syntax)

	check := func(t *testing.T, changed map[string][]byte) *program {
		t.Helper()
		again := newProgram(maps.Clone(files))
		again.files[target] = maps.Clone(files[target])
		maps.Copy(again.files[target], changed)
		if _, _, _, err := again.load(target); err != nil {
			t.Fatalf("does not compile: %v\n%s", err, slices.Concat(slices.Collect(maps.Values(changed))...))
		}
		return again
	}
	fixed := make(map[string][]byte)
	for name, list := range fixes {
		src := files[target][name]
		for _, one := range list {
			alone := apply(src, [][]edit{one})
			check(t, map[string][]byte{name: alone})
			if diff := unformatted(src, alone); diff != "" {
				t.Errorf("%s: one fix alone is not in gofmt form:\n%s", name, diff)
			}
		}
		for i := range list {
			check(t, map[string][]byte{name: apply(src, list[:i+1])})
		}
		fixed[name] = apply(src, list)
		slices.Reverse(list)
		if diff := cmp.Diff(string(fixed[name]), string(apply(src, list))); diff != "" {
			t.Errorf("%s: the order of fixes matters:\n%s", name, diff)
		}
		formatted, err := format.Source(fixed[name])
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(formatted), string(fixed[name])); diff != "" {
			t.Errorf("%s is not in gofmt form:\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(text(want), text(fixed)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again := check(t, fixed)
	cands, syntax, _ = again.candidates(t, target, constants)
	if left := again.fixes(cands, syntax); len(left) > 0 {
		t.Errorf("fixes left: %v", left)
	}
}

// unformatted shows what gofmt would change in a file that was in its form before a fix.
func unformatted(before, after []byte) string {
	if clean, err := format.Source(before); err != nil || !bytes.Equal(clean, before) {
		return ""
	}
	clean, err := format.Source(after)
	if err != nil {
		return err.Error()
	}
	return cmp.Diff(string(clean), string(after))
}

func text(files map[string][]byte) map[string]string {
	out := make(map[string]string)
	for name, data := range files {
		out[name] = string(data)
	}
	return out
}

const httpSource = `package http

const (
	StatusOK              = 200
	StatusBadRequest      = 400
	StatusTooManyRequests = 429
	StatusGatewayTimeout  = 504
)

type Response struct{ StatusCode int }

func Get(url string) *Response { return nil }
`

func TestMixed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, src, want string
	}{
		{"kept", `import "net/http"
const UserNotFound = 400
var _ = http.Get
func f(code int) bool { return code == http.StatusBadRequest }`, "UserNotFound"},
		{"import would be unused", `import "net/http"
const UserNotFound = 400
var _ = http.StatusOK
func f(code int) bool { return code == http.StatusBadRequest }`, ""},
		{"dot import", `import . "net/http"
const UserNotFound = 400
var _ = Get
func f(code int) bool { return code == StatusBadRequest }`, ""},
		{"typed", `
const UserNotFound = 400
type status int
const bad status = 400
func f(code status) bool { return code == bad }`, "status(UserNotFound)"},
		{"comment inside", `
const UserNotFound = 400
func f(code int) bool { return code == (200 /* twice */ + 200) }`, ""},
		{"no constant", `import "net/http"
var _ = http.Get
func f(code int) bool { return code == http.StatusBadRequest }`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			prog := newProgram(map[string]map[string][]byte{
				"net/http": {"http.go": []byte(httpSource)},
				"p":        {"p.go": []byte("package p\n\n" + test.src)},
			})
			pkg, files, info, err := prog.load("p")
			if err != nil {
				t.Fatal(err)
			}
			pass := &analysis.Pass{Fset: prog.fset, Files: files, Pkg: pkg, TypesInfo: info}
			c := fix.New(pass, testCatalog(), nil, nil, "")
			var got string
			ast.Inspect(files[0], func(n ast.Node) bool {
				if n, ok := n.(*ast.BinaryExpr); ok && n.Op == token.EQL {
					_, edits, ok := c.Choose(files[0], n.Y, businessSpace, catalog.IntValue(400))
					if ok {
						got = string(edits[len(edits)-1].NewText)
					}
				}
				return true
			})
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestOffers(t *testing.T) {
	t.Parallel()
	prog := newProgram(map[string]map[string][]byte{
		"p": {"a.go": []byte("package p\n\nconst RateLimited = 1008\n"), "b.go": []byte("package p\n\nconst slow, slower = 1050, 1050\n")},
	})
	c, _, _ := prog.candidates(t, "p", "")
	for _, test := range []struct {
		space int
		n     int64
		want  bool
	}{
		{businessSpace, 1008, true},
		{businessSpace, 1050, false},
		{httpSpace, 429, true},
		{httpSpace, 430, false},
		{httpSpace, 1008, false},
	} {
		if got := c.Offers(test.space, catalog.IntValue(test.n)); got != test.want {
			t.Errorf("Offers(%d, %d) = %t, want %t", test.space, test.n, got, test.want)
		}
	}
}

// TestStandardLibrary checks that nothing is offered where an import may be a cycle.
func TestStandardLibrary(t *testing.T) {
	t.Parallel()
	prog := newProgram(map[string]map[string][]byte{"net/textproto": {"a.go": []byte("package textproto\n")}})
	pkg, files, info, err := prog.load("net/textproto")
	if err != nil {
		t.Fatal(err)
	}
	for _, module := range []*analysis.Module{nil, {}, {Path: "std"}} {
		pass := &analysis.Pass{Fset: prog.fset, Files: files, Pkg: pkg, TypesInfo: info, Module: module}
		if fix.New(pass, testCatalog(), nil, nil, "").Offers(httpSpace, catalog.IntValue(429)) {
			t.Errorf("net/http offered with module %v", module)
		}
	}
}
