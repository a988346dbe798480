package origin

import (
	"go/types"
	"strings"
	"testing"
)

const importsSDK = `
-- example.com/p/p.go --
package p

import (
	"net/http"

	"example.com/sdk"
	rc "github.com/rongcloud/server-sdk-go/v4/sdk"
)

type Embeds struct{ rc.CodeResult }
type Renamed = rc.CodeResult
type Copied rc.CodeResult

var (
	result  rc.CodeResult
	pointer *rc.CodeResult
	renamed Renamed
	copied  Copied
	embeds  Embeds
	box     rc.Box[string]
	nested  rc.Nested
	text    rc.Text
	quoted  rc.Quoted
	skipped rc.Skipped
	status  rc.Status
	own     sdk.CodeResult
	resp    http.Response
)
-- example.com/app/p/p.go --
package p

import "github.com/rongcloud/server-sdk-go/v3/sdk"

var vendored sdk.CodeResult
`

func TestSDKFields(t *testing.T) {
	withAliases(t, func(t *testing.T) {
		p := newProgram(t, importsSDK)
		in := p.input("example.com/p")
		table := Resolve(in)
		for name, want := range map[string]bool{
			"result.Code": true, "pointer.Code": true, "renamed.Code": true, "copied.Code": true,
			"embeds.Code": true, "box.Code": true,
			"result.Other": false, "result.ErrorMessage": false, "text.Code": false, "quoted.Code": false,
			"skipped.Code": false, "status.StatusCode": false, "own.Code": false, "resp.StatusCode": false,
		} {
			v := find(t, in.Pkg, name).(*types.Var)
			space, ok := table.Field(v)
			if ok != want || ok && in.Catalog.Spaces[space].Name != "business" {
				t.Errorf("Field(%s) = %d, %v", name, space, ok)
			}
			if kind := table.FieldKind(v); (kind == SDK) != want {
				t.Errorf("FieldKind(%s) = %d", name, kind)
			}
		}
		items := find(t, in.Pkg, "nested.Items").Type().(*types.Slice).Elem().(*types.Struct)
		if _, ok := table.Field(items.Field(0)); !ok {
			t.Error("the code of an anonymous struct in a field is none")
		}
		if table.Declared() != nil {
			t.Errorf("Declared() = %v: the SDK's fields are none of this package", table.Declared())
		}

		vendored := p.input("example.com/app/p")
		if _, ok := Resolve(vendored).Field(find(t, vendored.Pkg, "vendored.Code").(*types.Var)); !ok {
			t.Error("the code of a vendored copy is none")
		}
	})
}

func TestSDKItself(t *testing.T) {
	in := load(t, "", "github.com/rongcloud/server-sdk-go/v4/sdk")
	table := Resolve(in)
	n, hidden := 0, 0
	for id, obj := range in.Info.Defs {
		v, ok := obj.(*types.Var)
		if !ok || !v.IsField() {
			continue
		}
		if _, ok := table.Field(v); ok {
			n++
			if id.Name != "Code" {
				hidden++
			}
		}
	}
	// CodeResult, Box, Nested, unexported, and two in functions.
	if n != 6 || hidden != 0 {
		t.Errorf("%d fields, %d of them not named Code, want 6 and 0", n, hidden)
	}
}

func TestFlags(t *testing.T) {
	withAliases(t, func(t *testing.T) {
		in := load(t, `
-- example.com/p/p.go --
package p

import (
	"example.com/sdk"
	"gopkg.in/yaml.v3"
	"net/http"
)

type T struct{ Code, Port int }

var resp http.Response
var box sdk.Box[string]
var node yaml.Node

func last() (int, error) { return 0, nil }
`, "example.com/p")
		for _, s := range []string{
			"net/http.Response.StatusCode=http",
			"example.com/sdk.Box.Code=business",
			"example.com/sdk.Box.Number=business",
			"example.com/sdk.Coder.Code=business",
			"example.com/sdk.Last=http",
			"example.com/sdk.Recent=business",
			"example.com/sdk.Limit=business",
			"example.com/sdk.Named=business",
			"example.com/sdk.unexported=business",
			"gopkg.in/yaml.v3.Node.Kind=http",
			"gopkg.in/yaml.v3.Line=http",
			"example.com/p.T.Code=business",
			"example.com/p.last=business",
			"example.com/elsewhere.T.Code=business",
		} {
			spec, err := ParseSpec(s)
			if err != nil {
				t.Fatal(err)
			}
			in.Specs = append(in.Specs, spec)
		}
		table := Resolve(in)
		for _, p := range table.Problems() {
			t.Errorf("problem: %s", p.Message)
		}
		imported := func(path string) *types.Package {
			for _, imp := range in.Pkg.Imports() {
				if imp.Path() == path {
					return imp
				}
			}
			t.Fatal(path)
			return nil
		}
		sdk := imported("example.com/sdk")
		got := func(what, want string, space int, ok bool) {
			t.Helper()
			if ok != (want != "") || ok && in.Catalog.Spaces[space].Name != want {
				t.Errorf("%s: %d, %v, want %q", what, space, ok, want)
			}
		}
		for name, want := range map[string]string{"resp.StatusCode": "http", "box.Code": "business", "node.Kind": "http", "T.Code": "business", "T.Port": "", "box.Data": ""} {
			v := find(t, in.Pkg, name).(*types.Var)
			space, ok := table.Field(v)
			got(name, want, space, ok)
			if kind := table.FieldKind(v); (kind == Flag) != (want != "") {
				t.Errorf("FieldKind(%s) = %d", name, kind)
			}
		}
		result := func(obj types.Object, i int, want string) {
			t.Helper()
			space, ok := table.Result(obj.(*types.Func), i)
			got(obj.Name(), want, space, ok)
		}
		result(find(t, in.Pkg, "box.Number"), 0, "business")
		result(find(t, in.Pkg, "box.Number"), 1, "")
		result(find(t, sdk, "Coder.Code"), 0, "business")
		result(find(t, sdk, "Last"), 1, "http")
		result(find(t, sdk, "Pair"), 0, "")
		result(find(t, sdk, "unexported"), 0, "business")
		result(find(t, imported("gopkg.in/yaml.v3"), "Line"), 0, "http")
		result(find(t, in.Pkg, "last"), 0, "business")
		space, ok := table.Var(find(t, sdk, "Recent").(*types.Var))
		got("Recent", "business", space, ok)
		space, ok = table.Const(find(t, sdk, "Limit").(*types.Const))
		got("Limit", "business", space, ok)
		space, ok = table.Type(find(t, sdk, "Named").Type())
		got("Named", "business", space, ok)
		if len(table.Declared()) > 0 {
			t.Error("a flag is no declaration of the package")
		}
	})
}

func TestFlagProblems(t *testing.T) {
	for _, tt := range []struct{ spec, want string }{
		{"example.com/p.T.Cod=business", "package example.com/p declares no T.Cod"},
		{"example.com/p.U.Code=business", "package example.com/p declares no U.Code"},
		{"example.com/sdk.Box.Kode=business", "package example.com/sdk declares no Box.Kode"},
		{"example.com/sdk.Pair=business", "Pair has several integer results"},
		{"example.com/p.f=business", "f has no integer result"},
		{"example.com/p.T.Name=business", "Name is no integer: its type is string"},
		{"example.com/p.T=business", "T is a struct"},
		{"example.com/p.Alias=business", "Alias is an alias"},
		{"example.com/p.Promotes.Code=business", "declared in package example.com/sdk; name it there"},
		{"example.com/p.T.Code=buisness", `unknown space "buisness"; did you mean business?`},
		{"example.com/sdk.missing=business", ""},
		{"example.com/elsewhere.T.Code=buisness", ""},
	} {
		in := load(t, one(`package p
import "example.com/sdk"
type T struct { Code int; Name string }
type Alias = int
type Promotes struct { sdk.CodeResult }
func f() error { return nil }
`), "example.com/p")
		spec, err := ParseSpec(tt.spec)
		if err != nil {
			t.Fatal(err)
		}
		in.Specs = []Spec{spec}
		problems := Resolve(in).Problems()
		switch {
		case tt.want == "" && len(problems) == 0:
		case len(problems) != 1 || tt.want == "" || !strings.Contains(problems[0].Message, "-origin "+tt.spec+": ") || !strings.Contains(problems[0].Message, tt.want):
			t.Errorf("%s: %v, want %q", tt.spec, problems, tt.want)
		}
	}
}
