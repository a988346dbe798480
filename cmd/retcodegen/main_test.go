package main

import (
	"bytes"
	"go/ast"
	"go/constant"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/cmd/internal/choice"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"retcodegen": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  filepath.Join("testdata", "script"),
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"wrong": wrong},
		Setup: func(env *testscript.Env) error {
			cache, err := exec.Command("go", "env", "GOCACHE").Output()
			if err != nil {
				return err
			}
			env.Setenv("GOCACHE", strings.TrimSpace(string(cache)))
			env.Setenv("GOPROXY", "off")
			env.Setenv("GOTOOLCHAIN", "local")
			env.Setenv("GOFLAGS", "")
			return nil
		},
	})
}

// wrong runs the command with the flags args[1:], which it must refuse.
func wrong(ts *testscript.TestScript, _ bool, args []string) {
	var stdout, stderr bytes.Buffer
	code := run(args[1:], ts.Getenv, &stdout, &stderr)
	message := stderr.String()
	if code != 2 || stdout.Len() > 0 || strings.Count(message, "\n") != 1 ||
		!strings.HasPrefix(message, "retcodegen: "+args[0]) || !strings.HasSuffix(message, " (see retcodegen -help)\n") {
		ts.Fatalf("exit code %d, standard output %q, standard error %q", code, &stdout, message)
	}
}

// output runs the command in this process.
func output(t *testing.T, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(args, func(string) string { return "" }, &stdout, &stderr); code != 0 {
		t.Fatalf("retcodegen %v: exit code %d: %s", args, code, &stderr)
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
			file, pkg := check(t, output(t, args...))
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
	_, pkg := check(t, output(t, "-spaces", "http,business"))
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
	file, _ := check(t, output(t, "-spaces", "http,business"))
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
	a := &catalog.Space{Name: "a", Noun: "code", Codes: codes, Groups: []catalog.Group{{Name: "g"}}}
	b := &catalog.Space{Name: "b", Noun: "status", Codes: codes, Groups: []catalog.Group{{Name: "g"}}}
	c := &catalog.Catalog{Title: "Two", Spaces: []*catalog.Space{a, b}, Origins: catalog.Origins{CodeSpace: "a"}}
	src, err := goSource(c, &options{pkg: "codes", Choice: &choice.Choice{Spaces: c.Spaces}})
	if err != nil {
		t.Fatal(err)
	}
	_, pkg := check(t, src)
	want := []string{"ARetryable", "BDown", "BRetryable", "Down", "Retryable", "RetryableB"}
	if diff := cmp.Diff(want, pkg.Scope().Names()); diff != "" {
		t.Error(diff)
	}
}
