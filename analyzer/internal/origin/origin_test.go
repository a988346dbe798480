package origin

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

var categories = []string{"magic", "unknown", "mixed", "switch", "retryable", "unchecked", "text", "target", "retry", "directive"}

// universe holds the packages that the test sources may import.
const universe = `
-- net/http/http.go --
package http
type Header map[string][]string
func (h Header) Set(k, v string) {}
func (h Header) Get(k string) string { return "" }
type Request struct { Header Header }
type Response struct { StatusCode int; Header Header }
const StatusTooManyRequests = 429
-- strings/strings.go --
package strings
func EqualFold(a, b string) bool { return a == b }
-- github.com/rongcloud/server-sdk-go/v4/sdk/sdk.go --
package sdk
type CodeResult struct {
	Code         int    ` + "`json:\"code\"`" + `
	ErrorMessage string ` + "`json:\"errorMessage\"`" + `
	Other        int
	hidden       int    ` + "`json:\"code\"`" + `
}
func (e CodeResult) Error() string { return e.ErrorMessage }
type Text struct { Code string ` + "`json:\"code\"`" + ` }
type Quoted struct { Code int ` + "`json:\"code,string\"`" + ` }
type Skipped struct { Code int ` + "`json:\"-\"`" + ` }
type Status struct { StatusCode int }
type Box[T any] struct { Code int ` + "`json:\"code\"`" + `; Data T }
type Number int
type Nested struct { Items []struct { Code Number ` + "`json:\"code\"`" + ` } }
type unexported struct { Code int32 ` + "`json:\"code\"`" + ` }
func (c *RongCloud) Anonymous() (struct { Code int ` + "`json:\"code\"`" + ` }, error) { panic(0) }
type RongCloud struct{}
func (c *RongCloud) Send() error { return nil }
func (c *RongCloud) Local() {
	var data struct { Code int ` + "`json:\"code\"`" + ` }
	_ = data
}
-- example.com/app/vendor/github.com/rongcloud/server-sdk-go/v3/sdk/sdk.go --
package sdk
type CodeResult struct { Code int ` + "`json:\"code\"`" + ` }
-- example.com/sdk/sdk.go --
package sdk
type CodeResult struct { Code int ` + "`json:\"code\"`" + ` }
type Box[T any] struct { Code int; Data T }
func (b *Box[T]) Number() (int, error) { return b.Code, nil }
type Coder interface { Code() int }
func Last() (string, int) { return "", 0 }
func Pair() (int, int) { return 0, 0 }
var Recent int
const Limit = 1008
type Named int
type Alias = CodeResult
func unexported() int { return 0 }
-- example.com/wrap/wrap.go --
package wrap
import "github.com/rongcloud/server-sdk-go/v4/sdk"
func Client() *sdk.RongCloud { return nil }
const Host = "api.rong-api.com"
const HeaderKey = "App-Key"
-- gopkg.in/yaml.v3/yaml.go --
package yaml
type Node struct { Kind int }
func Line() int { return 0 }
`

// A program is a set of packages that import one another.
type program struct {
	t    testing.TB
	fset *token.FileSet
	src  map[string][]txtar.File // by import path
	pkgs map[string]*Input
	errs bool // allow type errors
}

// load checks the package of that path in the universe and the archive.
func load(t testing.TB, archive, path string) Input {
	t.Helper()
	return newProgram(t, archive).input(path)
}

func newProgram(t testing.TB, archive string) *program {
	p := &program{t: t, fset: token.NewFileSet(), src: make(map[string][]txtar.File), pkgs: make(map[string]*Input)}
	for _, text := range []string{universe, archive} {
		for _, f := range txtar.Parse([]byte(text)).Files {
			dir, _ := pathSplit(f.Name)
			p.src[dir] = append(p.src[dir], f)
		}
	}
	return p
}

func pathSplit(name string) (dir, file string) {
	dir, file = path.Split(name)
	return strings.TrimSuffix(dir, "/"), file
}

func (p *program) Import(path string) (*types.Package, error) {
	if p.src["example.com/app/vendor/"+path] != nil {
		path = "example.com/app/vendor/" + path
	}
	return p.input(path).Pkg, nil
}

func (p *program) input(path string) Input {
	p.t.Helper()
	if in := p.pkgs[path]; in != nil {
		return *in
	}
	if p.src[path] == nil {
		p.t.Fatalf("no package %s", path)
	}
	in := &Input{Fset: p.fset, Catalog: catalog.Embedded(), Categories: categories, Info: &types.Info{
		Types:      make(map[ast.Expr]types.TypeAndValue),
		Defs:       make(map[*ast.Ident]types.Object),
		Uses:       make(map[*ast.Ident]types.Object),
		Implicits:  make(map[ast.Node]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection),
	}}
	for _, file := range p.src[path] {
		f, err := parser.ParseFile(p.fset, file.Name, file.Data, parser.ParseComments)
		if err != nil && !p.errs {
			p.t.Fatal(err)
		}
		in.Files = append(in.Files, f)
	}
	conf := types.Config{Importer: p, Error: func(err error) {
		if !p.errs && !strings.Contains(err.Error(), "not used") {
			p.t.Error(err)
		}
	}}
	in.Pkg, _ = conf.Check(path, p.fset, in.Files, in.Info)
	p.pkgs[path] = in
	return *in
}

// one wraps the text of a file into an archive of the package example.com/p.
func one(text string) string { return "-- example.com/p/p.go --\n" + text }

// withAliases runs a test under both settings of gotypesalias.
func withAliases(t *testing.T, test func(t *testing.T)) {
	for _, setting := range []string{"0", "1"} {
		t.Run("gotypesalias="+setting, func(t *testing.T) {
			t.Setenv("GODEBUG", "gotypesalias="+setting)
			if _, ok := find(t, load(t, "", "example.com/sdk").Pkg, "Alias").Type().(*types.Alias); ok != (setting == "1") {
				t.Fatal("the setting has no effect")
			}
			test(t)
		})
	}
}

// find returns the object that a path such as T.f means in pkg: fields, also
// of nested anonymous structs, methods, and the scope.
func find(t *testing.T, pkg *types.Package, name string) types.Object {
	t.Helper()
	first, rest, _ := strings.Cut(name, ".")
	obj := pkg.Scope().Lookup(first)
	for rest != "" && obj != nil {
		first, rest, _ = strings.Cut(rest, ".")
		typ := obj.Type()
		for {
			if e, ok := typ.(interface{ Elem() types.Type }); ok {
				typ = e.Elem()
				continue
			}
			break
		}
		obj, _, _ = types.LookupFieldOrMethod(typ, true, pkg, first)
	}
	if obj == nil {
		t.Fatalf("no %s in %s", name, pkg.Path())
	}
	return obj
}

// declared renders what directives declare.
func declared(in Input, table *Table) []string {
	roles := []string{"field", "type", "const", "var", "param", "result"}
	var list []string
	for _, d := range table.Declared() {
		s := fmt.Sprintf("%s %s %s", roles[d.Role], d.Object.Name(), in.Catalog.Spaces[d.Space].Name)
		if d.Role >= Param {
			s += fmt.Sprintf(" %d", d.Index)
		}
		list = append(list, s)
	}
	return list
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}
