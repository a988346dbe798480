package behavior_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/behavior"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
	"github.com/go-retcode/retcode/analyzer/internal/program"
)

const sdkPath = "github.com/rongcloud/server-sdk-go/v4/sdk"

// used are the packages that the sources of these tests may import.
var used = []string{"context", "encoding/json", "errors", "fmt", "io", "log", "net/http", "os", "slices", "strconv", "strings", "time"}

// A bench holds what every source is type-checked against: the standard library from export
// data, and the stub of the SDK with its facts.
type bench struct {
	fset     *token.FileSet
	packages map[string]*types.Package
	sdk      *fact.Package
	catalog  *catalog.Catalog
}

func (b *bench) Import(path string) (*types.Package, error) {
	if p := b.packages[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("%s is not among the packages that tests use", path)
}

// stub loads the SDK's stub and the standard library in a module of its own, once.
var stub = sync.OnceValues(func() (*bench, error) {
	sdk, err := filepath.Abs("../../../testdata/stubs/sdk/v4")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "behavior")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	module := "module example.com/app\n\ngo 1.26\n\nrequire github.com/rongcloud/server-sdk-go/v4 v4.0.0\n\nreplace github.com/rongcloud/server-sdk-go/v4 => " + sdk + "\n"
	source := "package app\n\nimport (\n\t_ \"" + sdkPath + "\"\n\t_ \"" + strings.Join(used, "\"\n\t_ \"") + "\"\n)\n"
	err = errors.Join(os.WriteFile(filepath.Join(dir, "go.mod"), []byte(module), 0o644), os.WriteFile(filepath.Join(dir, "a.go"), []byte(source), 0o644))
	if err != nil {
		return nil, err
	}
	list, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: dir}, ".", sdkPath)
	if err != nil {
		return nil, err
	}
	b := &bench{packages: make(map[string]*types.Package), catalog: catalog.Embedded()}
	for _, p := range list {
		for _, e := range p.Errors {
			return nil, e
		}
		for _, i := range p.Imports {
			if b.packages[i.PkgPath] == nil {
				b.packages[i.PkgPath] = i.Types
			}
		}
		if p.PkgPath == sdkPath {
			b.fset, b.packages[sdkPath] = p.Fset, p.Types
			b.sdk = b.engine(p.Types, p.TypesInfo, p.Syntax).Fact()
		}
	}
	return b, nil
})

func (b *bench) engine(pkg *types.Package, info *types.Info, files []*ast.File) *behavior.Engine {
	in := origin.Input{Fset: b.fset, Files: files, Pkg: pkg, Info: info, Catalog: b.catalog}
	return behavior.New(flow.Build(flow.Input{
		Program: program.Build(program.Input{Fset: b.fset, Files: files, Pkg: pkg, Info: info}), Catalog: b.catalog,
		Origins: origin.Resolve(in), Evidence: origin.Evidence(in),
		Facts: func(p *types.Package) *fact.Package {
			if p.Path() == sdkPath {
				return b.sdk
			}
			return nil
		},
	}))
}

// partitions works out the partition of each carrier in the function f of a source. The
// source lacks its package clause and imports; what it imports is told by its names.
func partitions(source string) ([]*partition.Partition, error) {
	b, err := stub()
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	text.WriteString("package app\n\n")
	for _, path := range append([]string{sdkPath}, used...) {
		if name := path[strings.LastIndexByte(path, '/')+1:]; strings.Contains(source, name+".") {
			fmt.Fprintf(&text, "import %q\n", path)
		}
	}
	text.WriteString(source)
	f, err := parser.ParseFile(b.fset, "app.go", text.String(), parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Instances: make(map[*ast.Ident]types.Instance),
		Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Implicits: make(map[ast.Node]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Scopes: make(map[ast.Node]*types.Scope), FileVersions: make(map[*ast.File]string),
	}
	conf := types.Config{Importer: b, GoVersion: "go1.26"}
	pkg, err := conf.Check("example.com/app", b.fset, []*ast.File{f}, info)
	if err != nil {
		return nil, err
	}
	e := b.engine(pkg, info, []*ast.File{f})
	var out []*partition.Partition
	for _, fn := range e.G.Funcs {
		if fn.Name() == "f" || parent(fn) == "f" {
			for _, s := range e.Sources(fn) {
				out = append(out, e.Partition(s))
			}
		}
	}
	return out, nil
}

func parent(fn *ssa.Function) string {
	if fn.Parent() == nil {
		return ""
	}
	return fn.Parent().Name()
}
