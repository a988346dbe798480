package analyzer_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// A trace is what a process did while it analyzed one package.
type trace struct{ SSA bool }

// childOf names the program that a child process analyzes.
const childOf = "RETCODE_TEST_PROGRAM"

// TestTraceChild is the child: it analyzes one program and prints its trace.
func TestTraceChild(t *testing.T) {
	name := os.Getenv(childOf)
	if name == "" {
		t.Skip("only runs as a child of TestGateIsClosed")
	}
	p, ok := programs()[name]
	if !ok {
		t.Fatalf("no program %q", name)
	}
	w := newWorld(t, configuredBy(t, p.flags...))
	u := w.source("example.com/app", p.text)
	pkg, info := w.check(u)
	runtime.MemProfileRate = 1
	w.run(u, pkg, info)
	data, err := json.Marshal(trace{SSA: builtSSA()})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("\ntrace %s\n", data)
}

// builtSSA looks for allocations of go/ssa in the profile of this process.
func builtSSA() bool {
	runtime.GC()
	runtime.GC()
	n, _ := runtime.MemProfile(nil, true)
	records := make([]runtime.MemProfileRecord, n+1000)
	n, _ = runtime.MemProfile(records, true)
	for _, r := range records[:n] {
		frames := runtime.CallersFrames(r.Stack())
		for {
			f, more := frames.Next()
			if strings.HasPrefix(f.Function, "golang.org/x/tools/go/ssa.(*builder)") {
				return true
			}
			if !more {
				break
			}
		}
	}
	return false
}

type program struct {
	text  string
	flags []string
}

// programs are packages without a code, and "open" which has one.
func programs() map[string]program {
	return map[string]program{
		"open": {text: `package app
import "net/http"
func f() bool {
	r, err := http.Get("https://api.rong-api.com/user/getToken.json")
	return err == nil && r.StatusCode == 429
}`},
		"numbers": {text: `package app
type answer struct { Code int ` + "`json:\"code\"`" + `; Message string }
type port int
const code, http port = 1008, 8080
func (a *answer) fill(code int) { a.Code = code; if code > 1008 { a.Code = 429 } }
`},
		"another API": {text: `package app
import ("encoding/json"; "errors"; "net/http")
type answer struct { Code int ` + "`json:\"code\"`; Message string `json:\"errorMessage\"`" + ` }
type client struct{ http http.Client }
var all = map[int]string{1008: "a", 429: "b"}
func use(c *client) {
	r, err := c.http.Get("https://api.example.com/user/profile")
	if err != nil { return }
	var a answer
	if json.NewDecoder(r.Body).Decode(&a) != nil || a.Code == 1008 || r.StatusCode == 429 { panic(errors.New(all[a.Code])) }
}`},
		"the host in another's path": {text: `package app
import "net/http"
func use() { _, _ = http.Get("https://api.example.com/rong-api.com?next=api.rong-api.com") }
`},
		"three headers": {text: `package app
import "net/http"
func sign(h http.Header) { h.Set("Nonce", "1"); h.Set("Timestamp", "2"); h.Set("Signature", "3") }
`},
		"a flag about another package": {text: "package app\nvar code = 1008\n", flags: []string{"-origin=net/http.Response.StatusCode=http", "-require=1016"}},
		"a directive's look-alike":     {text: "package app\n\n// see retcode:code business\nvar code = 1008 // retcode: no\n"},
		"nothing":                      {text: "package app\n"},
	}
}

// TestGateIsClosed runs each program in a process of its own: in a package that cannot
// contain a code no SSA is built.
func TestGateIsClosed(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name := range programs() {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(exe, "-test.run=^TestTraceChild$")
			cmd.Env = append(os.Environ(), childOf+"="+name)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			_, line, ok := strings.Cut(string(out), "\ntrace ")
			if !ok {
				t.Fatalf("no trace in %s", out)
			}
			var got trace
			if err := json.NewDecoder(strings.NewReader(line)).Decode(&got); err != nil {
				t.Fatal(err)
			}
			open := name == "open"
			if want := (trace{SSA: open}); got != want {
				t.Errorf("did %+v, want %+v", got, want)
			}
		})
	}
}

const asked = `
	r, err := http.Get(where)
	if err != nil { return err }
	defer r.Body.Close()
	var a answer
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil { return err }
	if a.Code == 20004 { return errors.New("no code") }
	if a.Code != 200 { return errors.New(a.Message) }
	return nil
}
`

const askHead = "package app\nimport (\"encoding/json\"; \"errors\"; \"net/http\")\ntype answer struct { Code int `json:\"code\"`; Message string `json:\"errorMessage\"` }\n"

// TestGateIsOpen has one program for each origin: the gate lets it pass, and the number
// that is no code is found.
func TestGateIsOpen(t *testing.T) {
	signed := askHead + `
var where string // from a file
func sign(q *http.Request) { q.Header.Set("App-Key", "k"); q.Header.Set("Nonce", "1"); q.Header.Set("Timestamp", "2"); q.Header.Set("Signature", "3") }
func ask() error {
	q, err := http.NewRequest("POST", where, nil)
	if err != nil { return err }
	sign(q)
	r, err := http.DefaultClient.Do(q)
	if err != nil { return err }
	var a answer
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil { return err }
	if a.Code == 20004 { return errors.New("no code") }
	if a.Code != 200 { return errors.New(a.Message) }
	return nil
}`
	for _, c := range []struct {
		name  string
		flags []string
		above string // a package example.com/dep
		text  string
	}{
		{name: "the SDK", text: `package app
import "github.com/rongcloud/server-sdk-go/v4/sdk"
func f(r sdk.CodeResult) bool { return r.Code == 20004 }`},
		{name: "the SDK's constructor", text: `package app
import "github.com/rongcloud/server-sdk-go/v4/sdk"
func f() error { return sdk.RCErrorNew(20004, "") }`},
		{name: "the SDK without an import", above: `package dep
import "github.com/rongcloud/server-sdk-go/v4/sdk"
type Result struct { sdk.CodeResult }`, text: `package app
import "example.com/dep"
func f(r dep.Result) bool { return r.Code == 20004 }`},
		{name: "the SDK through an alias", above: `package dep
import "github.com/rongcloud/server-sdk-go/v4/sdk"
type Result = sdk.CodeResult`, text: `package app
import "example.com/dep"
func f(r dep.Result) bool { return r.Code == 20004 }`},
		{name: "the SDK's method", text: `package app
import "github.com/rongcloud/server-sdk-go/v4/sdk"
func f(r sdk.CodeResult) bool { return r.ErrorCode() == 20004 }`},
		{name: "host", text: askHead + "func ask() error { const where = \"https://api.rong-api.com/x\"\n" + asked},
		{name: "backup host", text: askHead + "func ask() error { const where = \"https://api-b.rong-api.com/x\"\n" + asked},
		{name: "host in a sum", text: askHead + "const root = \"https://api.rong\" + \"-api.com\"\nfunc ask() error { const where = root + \"/x\"\n" + asked},
		{name: "host in a variable", text: askHead + "var where = \"http://api.rong-api.com\"\nfunc ask() error {\n" + asked},
		{name: "path", text: askHead + "func ask() error { const where = \"https://proxy.example.com/user/getToken.json\"\n" + asked},
		{name: "path alone", text: askHead + "func ask() error { where := host() + \"/user/getToken.json\"\n" + asked + "func host() string { return \"https://x.example.com\" }\n"},
		{name: "constant of another package", above: "package dep\nconst Root = \"https://api.rong-api.com\"\n",
			text: strings.Replace(askHead, "import (", "import (\"example.com/dep\"; ", 1) + "func ask() error { where := dep.Root + \"/x\"\n" + asked},
		{name: "four headers", text: signed},
		{name: "decoded map", text: `package app
import ("encoding/json"; "io"; "net/http")
func ask() bool {
	r, err := http.Get("https://api.rong-api.com/x")
	if err != nil { return false }
	body, _ := io.ReadAll(r.Body)
	var m map[string]any
	if json.Unmarshal(body, &m) != nil { return false }
	code, _ := m["code"].(float64)
	return int(code) == 20004
}`},
		{name: "status", text: `package app
import "net/http"
func ask() bool {
	r, err := http.Get("https://api.rong-api.com/x")
	return err == nil && r.StatusCode == 599
}`},
		{name: "directive on a field", text: `package app
type a struct {
	Ret int //retcode:code business
}
func f(x a) bool { return x.Ret == 20004 }`},
		{name: "directive on a type", text: `package app
//retcode:code business
type code int
func f(x code) bool { return x == 20004 }`},
		{name: "directive on a function", text: `package app
//retcode:code business code
func f(code int) bool { return code == 20004 }`},
		{name: "directive on a result", text: `package app
//retcode:code business code
func g() (code int) { return len("x") }
func f() bool { return g() == 20004 }`},
		{name: "directive in another package", above: `package dep
type A struct {
	Ret int //retcode:code business
}`, text: `package app
import "example.com/dep"
func f(x dep.A) bool { return x.Ret == 20004 }`},
		{name: "directive on a type of another package", above: `package dep
//retcode:code business
type Code int
`, text: `package app
import "example.com/dep"
func f(x dep.Code) bool { return x == 20004 }`},
		{name: "flag for a field", flags: []string{"-origin=example.com/app.a.n=business"}, text: `package app
type a struct { n int }
func f(x a) bool { return x.n == 20004 }`},
		{name: "flag for a field of another package", flags: []string{"-origin=example.com/dep.A.N=business"}, above: "package dep\ntype A struct { N int }\n", text: `package app
import "example.com/dep"
func f(x dep.A) bool { return x.N == 20004 }`},
		{name: "flag for a method", flags: []string{"-origin=example.com/dep.A.N=business"}, above: "package dep\ntype A struct{}\nfunc (A) N() int { return len(\"\") }\n", text: `package app
import "example.com/dep"
func f(x dep.A) bool { return x.N() == 20004 }`},
		{name: "flag for a function", flags: []string{"-origin=example.com/dep.N=business"}, above: "package dep\nfunc N() int { return len(\"\") }\n", text: `package app
import "example.com/dep"
func f() bool { return dep.N() == 20004 }`},
		{name: "flag for the standard library", flags: []string{"-origin=net/http.Response.StatusCode=http"}, text: `package app
import "net/http"
func f(r *http.Response) bool { return r.StatusCode == 599 }`},
		{name: "facts of a wrapper", above: `package dep
import ("errors"; "github.com/rongcloud/server-sdk-go/v4/sdk")
func Code(err error) int { var r sdk.CodeResult; if errors.As(err, &r) { return r.Code }; return 0 }`, text: `package app
import "example.com/dep"
func f(err error) bool { return dep.Code(err) == 20004 }`},
		{name: "bad directive alone", text: "package app\n//retcode:ignore magic\nvar x = 1\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := withSDK(t, configuredBy(t, c.flags...))
			if c.above != "" {
				w.analyze(w.source("example.com/dep", c.above))
			}
			found := w.analyze(w.source("example.com/app", c.text))
			if n := categories(found); n["unknown"]+n["directive"] != 1 {
				t.Errorf("found %q, want the number that is no code", w.lines(found))
			}
		})
	}
}

// TestGateKnowsTheSDK finds the SDK under each of its import paths, vendored too.
func TestGateKnowsTheSDK(t *testing.T) {
	for _, path := range []string{
		"github.com/rongcloud/server-sdk-go/RCServerSDK", "github.com/rongcloud/server-sdk-go/sdk", "github.com/rongcloud/server-sdk-go/v3/sdk",
		"github.com/rongcloud/server-sdk-go/v4/rongcloud", "example.com/x/vendor/github.com/rongcloud/server-sdk-go/v4/sdk",
	} {
		w := newWorld(t, configuredBy(t))
		w.analyze(w.source(path, "package anything\ntype Result struct { Code int `json:\"code\"` }\n"))
		found := w.analyze(w.source("example.com/app", fmt.Sprintf("package app\nimport any \"%s\"\nfunc f(r any.Result) bool { return r.Code == 20004 }\n", path)))
		if categories(found)["unknown"] != 1 {
			t.Errorf("%s: found %q", path, w.lines(found))
		}
	}
}
