package origin

import (
	"testing"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

func TestEvidence(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      bool
		gate      bool // the gate is open in spite of it
	}{
		{name: "host", src: `const base = "https://api.rong-api.com"`, want: true},
		{name: "bare host", src: `var host = "API.rong-api.com:443"`, want: true},
		{name: "path", src: `func f(base string) string { return base + "/user/getToken.json" }`, want: true},
		{name: "constant expression", src: `const path = "/user/" + "getToken" + ".json"`, want: true},
		{name: "constant of another package", src: "import \"example.com/wrap\"\nvar url = \"https://\" + wrap.Host", want: true},
		{name: "dot import", src: "import . \"example.com/wrap\"\nfunc f() string { return Host }", want: true},
		{name: "import", src: `import _ "github.com/rongcloud/server-sdk-go/v4/sdk"`, want: true},
		{name: "method of the SDK without an import", src: "import \"example.com/wrap\"\nfunc f() error { return wrap.Client().Send() }", want: true},
		{name: "directive", src: "//retcode:code business\ntype Code int", want: true},
		{name: "Header.Set", src: `import "net/http"
func sign(h http.Header) { h.Set("App-Key", "k"); h.Set("nonce", "n"); h.Set("Timestamp", "t"); func() { h.Set("Signature", "s") }() }`, want: true},
		{name: "header index", src: `import "net/http"
func sign(h http.Header) { h["App-Key"] = nil; h["Nonce"] = nil; h["Timestamp"], h["Signature"] = nil, nil }`, want: true},
		{name: "header literal", src: `import "net/http"
var h = http.Header{"App-Key": {"k"}, "Nonce": {"n"}, "Timestamp": {"t"}, "Signature": {"s"}}`, want: true},
		{name: "header constants", src: `import ("example.com/wrap"; "net/http")
const nonce = "Nonce"
func sign(h http.Header) { h.Set(wrap.HeaderKey, "k"); h.Set(nonce, "n"); h.Set("Timestamp", "t"); h.Set("Signature", "s") }`, want: true},
		{name: "helper", src: `func set(r any, k, v string) {}
func sign(r any) { set(r, "App-Key", "k"); set(r, "Nonce", "n"); set(r, "Timestamp", "t"); set(r, "Signature", "s") }`, want: true},
		{name: "pairs", src: `var h = [][2]string{{"App-Key", "k"}, {"Nonce", "n"}, {"Timestamp", "t"}, {"Signature", "s"}}`, want: true},
		{name: "structs", src: `type kv struct{ K, V string }
var h = []kv{{K: "App-Key", V: "k"}, {K: "Nonce", V: "n"}, {"Timestamp", "t"}, {K: "Signature"}}`, want: true},

		{name: "nothing", src: "func f() {}"},
		{name: "host of another", src: `const url = "https://api.example.com/rong-api.com"`},
		{name: "host in a query", src: `const url = "https://example.com/?to=api.rong-api.com"`},
		{name: "host in a message", src: `const text = "cannot reach api.rong-api.com now"`},
		{name: "host in a comment", src: "// see https://api.rong-api.com\nvar x int"},
		{name: "host in a tag", src: "type T struct { F int `api.rong-api.com` }", gate: true},
		{name: "import of another", src: `import "example.com/sdk"
var x sdk.CodeResult`},
		{name: "shape", src: "type T struct { Code int; ErrorMessage string }"},
		{name: "three headers", src: `import "net/http"
func sign(h http.Header) { h.Set("App-Key", "k"); h.Set("Nonce", "n"); h.Set("Timestamp", "t") }`},
		{name: "headers in two functions", src: `import "net/http"
func a(h http.Header) { h.Set("App-Key", "k"); h.Set("Nonce", "n") }
func b(h http.Header) { h.Set("Timestamp", "t"); h.Set("Signature", "s") }`, gate: true},
		{name: "headers read", src: `import "net/http"
func read(h http.Header) string { return h.Get("App-Key") + h.Get("Nonce") + h.Get("Timestamp") + h.Get("Signature") + h["Nonce"][0] }`, gate: true},
		{name: "headers compared", src: `import "strings"
func is(s string) bool { return strings.EqualFold("App-Key", s) || strings.EqualFold("Nonce", s) || strings.EqualFold("Timestamp", s) || strings.EqualFold("Signature", s) }`, gate: true},
		{name: "headers listed", src: `var names = append([]string{"App-Key", "Nonce"}, "Timestamp", "Signature")`, gate: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := load(t, one("package p\n"+tt.src+"\n"), "example.com/p")
			if got := Evidence(in); got != tt.want {
				t.Errorf("Evidence = %v", got)
			}
			if why, ok := Gate(catalog.Embedded(), in.Pkg, in.Files, in.Info, nil, nil); ok != (tt.want || tt.gate) {
				t.Errorf("Gate: %q, %v", why, ok)
			}
		})
	}
	for path, want := range map[string]bool{"github.com/rongcloud/server-sdk-go/v4/sdk": true, "example.com/sdk": false, "net/http": false} {
		if got := Evidence(load(t, "", path)); got != want {
			t.Errorf("Evidence of %s = %v", path, got)
		}
	}
}

// TestEvidenceOfFiles shows that only the files that count are looked at.
func TestEvidenceOfFiles(t *testing.T) {
	in := load(t, `
-- example.com/p/p.go --
package p
-- example.com/p/p_test.go --
package p
import _ "github.com/rongcloud/server-sdk-go/v4/sdk"
const host = "api.rong-api.com"
//retcode:code business
type Code int
`, "example.com/p")
	if !Evidence(in) {
		t.Error("no evidence with the test")
	}
	in.Files = in.Files[:1]
	if Evidence(in) {
		t.Error("evidence without the test")
	}
	if declared := Resolve(in).Declared(); declared != nil {
		t.Errorf("declared without the test: %v", declared)
	}
}

func TestGate(t *testing.T) {
	in := load(t, one(`package p
import ("example.com/wrap"; "net/http")
var resp http.Response
func f() { wrap.Client() }
type T struct { Code int }
`), "example.com/p")
	flag := func(s string) []Spec {
		spec, err := ParseSpec(s)
		if err != nil {
			t.Fatal(err)
		}
		return []Spec{spec}
	}
	fact := func(paths ...string) func(string) bool {
		return func(path string) bool {
			for _, p := range paths {
				if p == path {
					return true
				}
			}
			return false
		}
	}
	for _, tt := range []struct {
		specs []Spec
		fact  func(string) bool
		want  bool
	}{
		{nil, nil, false},
		{flag("net/http.Response.StatusCode=http"), nil, true},
		{flag("example.com/p.T.Code=business"), nil, true},
		{flag("example.com/other.T.Code=business"), nil, false},
		{nil, fact("example.com/wrap"), true},
		{nil, fact("example.com/other", "example.com/p"), false},
	} {
		if why, ok := Gate(catalog.Embedded(), in.Pkg, in.Files, in.Info, tt.specs, tt.fact); ok != tt.want || ok == (why == "") {
			t.Errorf("Gate(catalog.Embedded(), %v) = %q, %v", tt.specs, why, ok)
		}
	}
	sdk := load(t, "", "github.com/rongcloud/server-sdk-go/v4/sdk")
	if _, ok := Gate(catalog.Embedded(), sdk.Pkg, sdk.Files, sdk.Info, nil, nil); !ok {
		t.Error("the gate is shut for the SDK itself")
	}
}

// TestGateCoversCatalog shows that nothing is evidence at which the gate shuts.
func TestGateCoversCatalog(t *testing.T) {
	cat := catalog.Embedded()
	for _, set := range cat.Evidence.HeaderSets {
		if len(set) < 4 {
			t.Errorf("headers %v are fewer than the gate counts", set)
		}
		for _, name := range set {
			if !catalog.HeaderHint(name) {
				t.Errorf("no hint for the header %s", name)
			}
		}
	}
	for _, host := range cat.Evidence.Hosts {
		if s := "https://" + host + "/x"; !cat.Evidence.Constant(s) || !catalog.Hint(s) {
			t.Errorf("host %s is no evidence or no hint", host)
		}
	}
	for _, path := range cat.Evidence.Paths {
		if s := path + ".json"; !catalog.Hint(s) && cat.Evidence.Constant(s) {
			t.Errorf("no hint for %s", s)
		}
	}
}

func BenchmarkGate(b *testing.B) {
	in := load(b, one(`package p
import "net/http"
type T struct { Code int; Message string }
func f(r *http.Response) bool { return r.StatusCode == 200 && r.Header.Get("Content-Type") != "text" }
`), "example.com/p")
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := Gate(catalog.Embedded(), in.Pkg, in.Files, in.Info, nil, nil); ok {
			b.Fatal("open")
		}
	}
}
