package origin

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// checkShapes type-checks the shapes.
func checkShapes(t *testing.T) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "shapes_test.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := new(types.Config).Check("shapes", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// TestCodeField compares CodeField with the field that encoding/json sets.
func TestCodeField(t *testing.T) {
	withAliases(t, func(t *testing.T) {
		pkg := checkShapes(t)
		found := 0
		for _, name := range slices.Sorted(maps.Keys(shapes)) {
			typ := pkg.Scope().Lookup(name).Type()
			want := decodedIndex(t, shapes[name])
			for _, typ := range []types.Type{typ, types.NewPointer(typ)} {
				field, index, ok := CodeField(typ, "code", catalog.IntKind)
				if ok != (want != nil) || !slices.Equal(index, want) {
					t.Errorf("CodeField(%s): index %v, %v, but encoding/json sets %v", name, index, ok, want)
				}
				if ok && fieldAt(typ, index) != field {
					t.Errorf("CodeField(%s): the field is not at its index", name)
				}
			}
			if want != nil {
				found++
			}
		}
		if found < 20 || found > len(shapes)-12 {
			t.Errorf("encoding/json sets a code in %d of %d shapes: the table is lopsided", found, len(shapes))
		}
	})
}

func fieldAt(t types.Type, index []int) *types.Var {
	var v *types.Var
	for _, i := range index {
		v = deref(t).Underlying().(*types.Struct).Field(i)
		t = v.Type()
	}
	return v
}

// decodedIndex returns the integer that decoding {"code":7} sets in *p.
func decodedIndex(t *testing.T, p any) []int {
	t.Helper()
	// An error is the answer of fields of another type.
	_ = json.Unmarshal([]byte(`{"code":7}`), p)
	var search func(v reflect.Value, depth int) []int
	search = func(v reflect.Value, depth int) []int {
		for v.Kind() == reflect.Pointer && !v.IsNil() && v.Type().Elem().Kind() == reflect.Struct {
			v = v.Elem()
		}
		if v.Kind() != reflect.Struct || depth > 3 {
			return nil
		}
		for i := range v.NumField() {
			f := v.Field(i)
			if f.CanInt() && f.Int() == 7 || f.CanUint() && f.Uint() == 7 {
				return []int{i}
			}
			if rest := search(f, depth+1); rest != nil {
				return append([]int{i}, rest...)
			}
		}
		return nil
	}
	return search(reflect.ValueOf(p), 0)
}

func TestCodeFieldOfNoStruct(t *testing.T) {
	in := load(t, one(`package p
type Code int
type List []struct{ Code int }
type Iface interface{ Code() int }
type Ptr **struct{ Code int }
func F[T any](t T) {}
`), "example.com/p")
	for _, name := range []string{"Code", "List", "Iface", "F"} {
		if _, _, ok := CodeField(find(t, in.Pkg, name).Type(), "code", catalog.IntKind); ok {
			t.Errorf("CodeField(%s) is ok", name)
		}
	}
	param := find(t, in.Pkg, "F").Type().(*types.Signature).TypeParams().At(0)
	if _, _, ok := CodeField(param, "code", catalog.IntKind); ok {
		t.Error("CodeField of a type parameter is ok")
	}
}

func TestCodeFieldOfInvalidTypes(t *testing.T) {
	p := newProgram(t, one(`package p
type A struct { A; Code int }
type B struct { *C[B] }
type C[T any] struct { *C[C[T]]; Code int }
type D struct { Undefined; Code int }
type E struct { Code Undefined }
`))
	p.errs = true
	in := p.input("example.com/p")
	for _, name := range in.Pkg.Scope().Names() {
		CodeField(in.Pkg.Scope().Lookup(name).Type(), "code", catalog.IntKind)
	}
	Resolve(in)
}

func TestHasStringField(t *testing.T) {
	in := load(t, one("package p\n"+
		"type Text string\n"+
		"type A struct { Message Text `json:\"errorMessage\"` }\n"+
		"type B struct { Msg string }\n"+
		"type C struct { A; Code int }\n"+
		"type D struct { ErrorMessage int }\n"+
		"type E struct { Message string }\n"+
		"type F struct { msg string }\n"+
		"type G struct { Msg []byte }\n"), "example.com/p")
	for name, want := range map[string]bool{"A": true, "B": true, "C": true, "D": false, "E": false, "F": false, "G": false, "Text": false} {
		if got := HasStringField(find(t, in.Pkg, name).Type(), "errorMessage", "msg"); got != want {
			t.Errorf("HasStringField(%s) = %v", name, got)
		}
	}
}

// TestCodeFieldConflicts has shapes that go vet would complain about.
func TestCodeFieldConflicts(t *testing.T) {
	in := load(t, one("package p\n"+
		"type Base struct { N int `json:\"code\"` }\n"+
		"type Twice struct { A int `json:\"code\"`; B int `json:\"code\"` }\n"+
		"type Hidden struct { code int `json:\"code\"` }\n"+
		"type Shadows struct { Base; M int `json:\"code\"` }\n"), "example.com/p")
	for name, want := range map[string][]int{"Twice": nil, "Hidden": nil, "Shadows": {1}} {
		if _, index, _ := CodeField(find(t, in.Pkg, name).Type(), "code", catalog.IntKind); !slices.Equal(index, want) {
			t.Errorf("CodeField(%s): index %v, want %v", name, index, want)
		}
	}
}
