package gen

import (
	"bytes"
	"go/ast"
	"go/constant"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// output runs the command in this process, for a file on standard output.
func output(t *testing.T, args ...string) []byte {
	t.Helper()
	var stdout bytes.Buffer
	if err := Run(args, &stdout); err != nil {
		t.Fatalf("retcode gen %v: %v", args, err)
	}
	return stdout.Bytes()
}

// check parses and type-checks generated source.
func check(t *testing.T, src []byte) (*ast.File, *types.Package) {
	t.Helper()
	clean, err := format.Source(src)
	if err != nil {
		t.Fatalf("%v in:\n%s", err, src)
	}
	if diff := cmp.Diff(string(clean), string(src)); diff != "" {
		t.Errorf("not in gofmt form:\n%s", diff)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "codes.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := new(types.Config).Check("codes", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatalf("%v in:\n%s", err, src)
	}
	return file, pkg
}

func TestGoSource(t *testing.T) {
	c := catalog.Embedded()
	for _, args := range [][]string{
		nil,
		{"-spaces", "business"},
		{"-spaces", "http"},
		{"-spaces", "business,http"},
		{"-spaces", "business,http", "-prefix", "RC", "-package", "rc"},
		{"-groups", "stream,general"},
		{"-groups", "direct", "-spaces", "http,business"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			file, pkg := check(t, output(t, append(args, "rongcloud")...))
			if !ast.IsGenerated(file) {
				t.Error("not marked as generated")
			}
			for _, name := range pkg.Scope().Names() {
				obj, ok := pkg.Scope().Lookup(name).(*types.Const)
				if !ok {
					continue
				}
				if obj.Type() != types.Typ[types.UntypedInt] {
					t.Errorf("%s is a %v", name, obj.Type())
				}
				n, _ := constant.Int64Val(obj.Val())
				space := "business"
				if strings.HasPrefix(strings.TrimPrefix(name, "RC"), "Status") {
					space = "http"
				}
				s, _ := c.Space(space)
				if code, ok := s.Find(catalog.IntValue(n)); !ok || code.Name != strings.TrimPrefix(name, "RC") {
					t.Errorf("%s = %d, which is %v", name, n, code)
				}
			}
		})
	}
}

func TestGoSourceIsWhole(t *testing.T) {
	_, pkg := check(t, output(t, "rongcloud", "-spaces", "http,business"))
	constants := 0
	for _, name := range pkg.Scope().Names() {
		if _, ok := pkg.Scope().Lookup(name).(*types.Const); ok {
			constants++
		}
	}
	if constants != 10+121+2 {
		t.Errorf("%d constants, want 133", constants)
	}
	for _, name := range []string{"Retryable", "RetryableHTTP"} {
		if _, ok := pkg.Scope().Lookup(name).(*types.Func); !ok {
			t.Errorf("no func %s", name)
		}
	}
}

// TestDirectives demands the directives where the compiler sees directives: last
// in the comment of their declaration.
func TestDirectives(t *testing.T) {
	file, _ := check(t, output(t, "rongcloud", "-spaces", "http,business"))
	got := map[string]string{}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.GenDecl:
			first := decl.Specs[0].(*ast.ValueSpec).Names[0].Name
			got[first] = decl.Doc.List[len(decl.Doc.List)-1].Text
			for _, spec := range decl.Specs {
				spec := spec.(*ast.ValueSpec)
				if !strings.HasPrefix(spec.Doc.Text(), spec.Names[0].Name+": ") {
					t.Errorf("%s is not documented", spec.Names[0].Name)
				}
			}
		case *ast.FuncDecl:
			got[decl.Name.Name] = decl.Doc.List[len(decl.Doc.List)-1].Text
		}
	}
	want := map[string]string{
		"StatusOK":      "//retcode:code http",
		"RetryableHTTP": "//retcode:code http code",
		"Success":       "//retcode:code business",
		"Retryable":     "//retcode:code business code",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestNoClash gives two spaces the same names.
func TestNoClash(t *testing.T) {
	codes := []catalog.Code{
		{Value: catalog.IntValue(1), Name: "Retryable", Group: "g", Meaning: "a name that the predicate has"},
		{Value: catalog.IntValue(2), Name: "Down", Group: "g", Retry: catalog.Transient, Meaning: "down"},
	}
	a := &catalog.Space{Name: "a", Kind: catalog.IntKind, Noun: "code", Codes: codes, Groups: []catalog.Group{{Name: "g"}}}
	b := &catalog.Space{Name: "b", Kind: catalog.IntKind, Noun: "status", Codes: codes, Groups: []catalog.Group{{Name: "g"}}}
	c := &catalog.Catalog{Title: "Two", Spaces: []*catalog.Space{a, b}, Origins: catalog.Origins{CodeSpace: "a"}}
	src, err := ofCatalogSource(c, &options{spaces: "a,b", predicate: "Retryable"}, "codes")
	if err != nil {
		t.Fatal(err)
	}
	_, pkg := check(t, src)
	want := []string{"ARetryable", "BDown", "BRetryable", "Down", "Retryable", "RetryableB"}
	if diff := cmp.Diff(want, pkg.Scope().Names()); diff != "" {
		t.Error(diff)
	}
}

// TestEveryCatalog writes the codes of each catalog, untyped and typed.
func TestEveryCatalog(t *testing.T) {
	for _, c := range catalog.All() {
		for _, s := range c.Spaces {
			for _, typ := range []string{"", "Answer"} {
				args := []string{c.Name, "-spaces", s.Name}
				if typ != "" {
					args = append(args, "-type", typ)
				}
				_, pkg := check(t, output(t, args...))
				constants := 0
				for _, name := range pkg.Scope().Names() {
					obj, ok := pkg.Scope().Lookup(name).(*types.Const)
					if !ok {
						continue
					}
					constants++
					if _, named := obj.Type().(*types.Named); named != (typ != "") {
						t.Errorf("%v: %s is a %v", args, name, obj.Type())
					}
					if v, ok := catalog.ValueOf(obj.Val(), s.Kind); !ok {
						t.Errorf("%v: %s is %v", args, name, obj.Val())
					} else if _, ok := s.Find(v); !ok {
						t.Errorf("%v: %s is %v, which is no code", args, name, v)
					}
				}
				if constants != len(s.Codes) {
					t.Errorf("%v: %d constants of %d codes", args, constants, len(s.Codes))
				}
			}
		}
		if len(c.Spaces) > 1 {
			var names []string
			for _, s := range c.Spaces {
				names = append(names, s.Name)
			}
			check(t, output(t, c.Name, "-spaces", strings.Join(names, ",")))
		}
	}
}
