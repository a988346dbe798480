package origin

import (
	"strings"
	"testing"
)

func TestParseSpec(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want Spec
	}{
		{"net/http.Response.StatusCode=http", Spec{"net/http", "Response", "StatusCode", "http"}},
		{"fmt.Last=business", Spec{"fmt", "", "Last", "business"}},
		{"example.com/a.b/c.T.F=business", Spec{"example.com/a.b/c", "T", "F", "business"}},
		{"gopkg.in/yaml.v3.Node.Kind=http", Spec{"gopkg.in/yaml.v3", "Node", "Kind", "http"}},
		{"gopkg.in/yaml.v3.Line=http", Spec{"gopkg.in/yaml.v3", "", "Line", "http"}},
		{"main.exit=business", Spec{"main", "", "exit", "business"}},
		{"example.com/x.T.f=return-codes", Spec{"example.com/x", "T", "f", "return-codes"}},
	} {
		got, err := ParseSpec(tt.in)
		if err != nil || got != tt.want {
			t.Errorf("ParseSpec(%q) = %+v, %v, want %+v", tt.in, got, err, tt.want)
		}
		if got.String() != tt.in {
			t.Errorf("ParseSpec(%q).String() = %q", tt.in, got)
		}
	}
	for in, reason := range map[string]string{
		"":                             "no =SPACE",
		"net/http.Response.StatusCode": "no =SPACE",
		"net/http.Response.Code=":      "no name of a space",
		"net/http.Response.Code=a b":   "more than names",
		"(*net/http.Response).Code=x":  "more than names",
		"a.T[int].Code=x":              "more than names",
		"a.T.Code=x,b.T.Code=x":        "more than names",
		"net/http=http":                "needs a package and a name",
		"StatusCode=http":              "needs a package and a name",
		".Code=http":                   "needs a package and a name",
		"=http":                        "needs a package and a name",
		"a/=http":                      "needs a package and a name",
		"net/http.=http":               `"" is no Go name`,
		"net/http.2x=http":             `"2x" is no Go name`,
	} {
		_, err := ParseSpec(in)
		if err == nil || !strings.Contains(err.Error(), reason) || !strings.Contains(err.Error(), "write PKG.TYPE.FIELD=SPACE") {
			t.Errorf("ParseSpec(%q): error %v, want one with %q and how to write it", in, err, reason)
		}
	}
}

func TestSpecIn(t *testing.T) {
	for _, tt := range []struct {
		spec, pkg, typ, name string
		ok                   bool
	}{
		{"net/http.Response.StatusCode=http", "net/http", "Response", "StatusCode", true},
		{"net/http.Response.StatusCode=http", "net/http [net/http.test]", "Response", "StatusCode", true},
		{"net/http.Response.StatusCode=http", "vendor/net/http", "Response", "StatusCode", true},
		{"net/http.Response.StatusCode=http", "example.com/app/vendor/net/http", "Response", "StatusCode", true},
		{"net/http.Response.StatusCode=http", "net/http/httptest", "", "", false},
		{"net/http.Response.StatusCode=http", "net", "", "", false},
		{"net/http.Response.StatusCode=http", "example.com/net/http", "", "", false},
		{"example.com/a.b.Last=http", "example.com/a.b", "", "Last", true},
		{"example.com/a.b.Last=http", "example.com/a", "b", "Last", true},
	} {
		spec, err := ParseSpec(tt.spec)
		if err != nil {
			t.Fatal(err)
		}
		typ, name, ok := spec.in(tt.pkg)
		if typ != tt.typ || name != tt.name || ok != tt.ok {
			t.Errorf("%s in %s: %q, %q, %v", tt.spec, tt.pkg, typ, name, ok)
		}
	}
}

func FuzzParseSpec(f *testing.F) {
	f.Add("net/http.Response.StatusCode=http")
	f.Add("./.=")
	f.Fuzz(func(t *testing.T, s string) {
		spec, err := ParseSpec(s)
		if err == nil && spec.String() != s {
			t.Errorf("ParseSpec(%q).String() = %q", s, spec)
		}
	})
}
