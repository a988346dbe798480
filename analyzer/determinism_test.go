package analyzer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer"
)

// reports analyzes a module of testdata with its files in another order, and returns its findings.
func reports(t *testing.T, dir string, shuffle func(n int) []int) []string {
	t.Helper()
	w := withSDK(t, configuredBy(t, flagsOf(t, dir)...))
	var out []string
	for _, u := range w.module(dir) {
		files := slices.Clone(u.files)
		for i, k := range shuffle(len(files)) {
			u.files[i] = files[k]
		}
		out = append(out, w.lines(w.analyze(u))...)
	}
	return out
}

// TestFindingsAreTheSame runs the analyzer again and again, with files in each rotation and
// reversed: the findings, related places and fixes are the same.
func TestFindingsAreTheSame(t *testing.T) {
	for _, name := range []string{"rules/sdkv4", "rules/wrappers", "rules/endings", "programs/byhand"} {
		t.Run(name, func(t *testing.T) {
			dir := "../testdata/" + name
			straight := func(n int) []int { return rotated(n, 0) }
			want := reports(t, dir, straight)
			if len(want) < 5 {
				t.Fatalf("only %d findings", len(want))
			}
			same := func(how string, shuffle func(int) []int) {
				got := reports(t, dir, shuffle)
				if !slices.Equal(got, want) {
					t.Errorf("%s: the findings differ\ngot:\n%s\nwant:\n%s", how, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
			for i := range 5 {
				same(fmt.Sprintf("run %d", i+2), straight)
			}
			for by := 1; by < 4; by++ {
				same(fmt.Sprintf("files rotated by %d", by), func(n int) []int { return rotated(n, by) })
			}
			same("files reversed", func(n int) []int {
				order := rotated(n, 0)
				slices.Reverse(order)
				return order
			})
		})
	}
}

func rotated(n, by int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = (i + by) % n
	}
	return order
}

// TestFindingsAreSorted reports each file's findings from top to bottom, none twice.
func TestFindingsAreSorted(t *testing.T) {
	w := withSDK(t, configuredBy(t))
	for _, u := range w.module("../testdata/rules/sdkv4") {
		found := w.analyze(u)
		for i := 1; i < len(found); i++ {
			a, b := w.fset.Position(found[i-1].Pos), w.fset.Position(found[i].Pos)
			if a.Filename == b.Filename && (a.Offset > b.Offset || a.Offset == b.Offset && found[i-1].Message == found[i].Message) {
				t.Errorf("%s: %s\nstands before\n%s: %s", a, found[i-1].Message, b, found[i].Message)
			}
		}
	}
}

// oneFinding is the body of a function with a magic number.
const oneFinding = `
	err := rc.BlockRemove("a")
	var r sdk.CodeResult
	if errors.As(err, &r) && r.Code == 1008 {
		return nil
	}
	return err
}
`

const oneHead = `package app

import (
	"errors"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

`

// TestStrange analyzes programs of a strange shape: each ends, and has one magic number.
func TestStrange(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"line directives", oneHead + "//line other.y:7000\nfunc f(rc *sdk.RongCloud) error {" + strings.ReplaceAll(oneFinding, "\tvar r", "//line third.y:1\n\tvar r")},
		{"line directive with column", oneHead + "func f(rc *sdk.RongCloud) error { /*line a.y:3:9*/" + oneFinding},
		{"line directive back", oneHead + "func g() {}\n//line a.go:1\nfunc f(rc *sdk.RongCloud) error {" + oneFinding},
		{"generated name by line directive", oneHead + "//line zz_test.go:1\nfunc f(rc *sdk.RongCloud) error {" + oneFinding},
		{"build constraint", "//go:build !cgo || cgo\n\n" + oneHead + "func f(rc *sdk.RongCloud) error {" + oneFinding},
		{"byte order mark", "\ufeff" + oneHead + "func f(rc *sdk.RongCloud) error {" + oneFinding},
		{"carriage returns", strings.ReplaceAll(oneHead+"func f(rc *sdk.RongCloud) error {"+oneFinding, "\n", "\r\n")},
		{"cyclic types", oneHead + `
type a struct { b *b; f func(a) b; next []a; m map[string]*a }
type b struct { *c; up *a }
type c struct { *b; sdk.CodeResult }
type i interface { m(i) interface{ i } }
type e struct { *e; error }
type slice []slice
type fn func(fn) fn
type g[T any] struct { self *g[T]; other *g[int]; v T }
func walk(x *a, y slice, z fn, k *g[int]) (int, error) {
	if x == nil || x.b == nil || x.b.c == nil { return 0, e{} }
	_ = z(z)(z)
	for range y { y = y[0] }
	return x.b.c.Code, x.b.c
}
func f(rc *sdk.RongCloud) error {` + oneFinding},
		{"error that wraps itself", oneHead + `
type loop struct { *loop; code int }
func (l *loop) Error() string { return l.loop.Error() }
func (l *loop) Unwrap() error { return l }
func (l *loop) Temporary() bool { return l.loop.Temporary() || l.code > 0 }
func f(rc *sdk.RongCloud) error {` + oneFinding},
		{"values made of themselves", strings.Replace(oneHead, `"errors"`, "\"errors\"\n\t\"regexp\"", 1) + `
var failure error
var pattern = regexp.MustCompile("^x")
func init() { failure, pattern = failure, pattern }
func same(rc *sdk.RongCloud, err error) bool {
	var one error
	one = one
	m := &pattern
	f := func() { *m = *m; one = one }
	f()
	return err == one || err == failure || errors.Is(err, one) || pattern.MatchString(err.Error()) || (*m).MatchString(err.Error())
}
func f(rc *sdk.RongCloud) error { _ = same(rc, rc.BlockRemove("b"))
` + oneFinding[1:]},
		{"functions of several signatures in one value", strings.Replace(oneHead, `"errors"`, "\"errors\"\n\t\"net/http\"\n\t\"net/http/httputil\"", 1) + `
type answers interface { Answer(w http.ResponseWriter, r *http.Request, err error) }
func proxy(p *httputil.ReverseProxy, a answers) error {
	old := p.ModifyResponse
	p.ErrorHandler = a.Answer
	p.ModifyResponse = func(r *http.Response) error {
		if old != nil { return old(r) }
		return nil
	}
	r, err := http.Get("https://api.rong-api.com/user/getToken.json")
	if err != nil { return err }
	defer r.Body.Close()
	return old(r)
}
func f(rc *sdk.RongCloud) error {` + oneFinding},
		{"variables that point to each other", oneHead + `
type node struct { next, prev *node; all []any; err error }
func ring(rc *sdk.RongCloud) error {
	var a, b, c node
	a.next, b.next, c.next = &b, &c, &a
	a.prev, b.prev, c.prev = &c, &a, &b
	a.all = append(a.all, &a, &b, &c)
	c.err = rc.BlockRemove("c")
	if a.prev.err != nil { return a.prev.err }
	return c.err
}
func self(rc *sdk.RongCloud) error {
	var x any
	x = &x
	var list [2]any
	list[0], list[1] = &list, rc.BlockRemove("d")
	if e, ok := list[1].(error); ok && x != nil { return e }
	return nil
}
func f(rc *sdk.RongCloud) error {
	if err := ring(rc); err != nil { return err }
	if err := self(rc); err != nil { return err }
` + oneFinding[1:]},
		{"embedding in a circle", oneHead + `
type a struct { *b }
type b struct { *a; rc *sdk.RongCloud }
func (x *a) serve() int { err := x.rc.BlockRemove("b"); return answer(err) }
func answer(err error) int { if err != nil { return 500 }; return 200 }
func f(rc *sdk.RongCloud) error { _ = (&a{&b{nil, rc}}).serve()
` + oneFinding[1:]},
		{"recursion", oneHead + `
func even(rc *sdk.RongCloud, n int) error { if n == 0 { return rc.BlockRemove("a") }; return odd(rc, n-1) }
func odd(rc *sdk.RongCloud, n int) error { if n == 0 { return nil }; if err := even(rc, n-1); err != nil { return odd(rc, n) }; return even(rc, n) }
func knot(err error) error { if err == nil { return knot(err) }; return knot(knot(knot(err))) }
func f(rc *sdk.RongCloud) error {
	if err := knot(even(rc, 3)); err != nil { return err }
` + oneFinding[1:]},
		{"function values that call themselves", oneHead + `
type step func(step, error) error
func f(rc *sdk.RongCloud) error {
	var again func(int) error
	again = func(n int) error { if n > 0 { return again(n-1) }; return rc.BlockRemove("b") }
	var y step = func(s step, err error) error { return s(s, again(1)) }
	if err := y(y, nil); err != nil { return err }
` + oneFinding[1:]},
		{"generics that grow", oneHead + `
type box[T any] struct { v T; err error }
func wrap[T any](b box[T]) box[*T] { return box[*T]{&b.v, b.err} }
func run[T any](n int, call func() (T, error)) (T, error) {
	v, err := call()
	if err != nil && n > 0 { return run(n-1, call) }
	return v, err
}
func f(rc *sdk.RongCloud) error {
	b, first := run(3, func() (box[int], error) { return box[int]{1, nil}, rc.BlockRemove("b") })
	if first != nil { return first }
	_ = wrap(wrap(wrap(b)))
` + oneFinding[1:]},
		{"no way out", oneHead + `
func spin(rc *sdk.RongCloud) { for { } }
func wait(rc *sdk.RongCloud) { select {} }
func jump(rc *sdk.RongCloud) { again: goto again }
func never(rc *sdk.RongCloud) error { for { if rc.BlockRemove("a") == nil { panic(nil) } else { panic("x") } } }
func f(rc *sdk.RongCloud) error {` + oneFinding},
		{"dead code", oneHead + `
func dead(rc *sdk.RongCloud) error { return nil; err := rc.BlockRemove("a"); if err != nil { return err }; return nil }
func off(rc *sdk.RongCloud) error { const on = false; if on { return rc.BlockRemove("a") }; return nil }
func f(rc *sdk.RongCloud) error {` + oneFinding},
		{"blank and unnamed", oneHead + `
func _(rc *sdk.RongCloud) error { return rc.BlockRemove("a") }
func init() { _ = func(_ error) {} }
func init() {}
var _ = func() error { return nil }()
func unnamed(*sdk.RongCloud, error) (_ int, _ error) { return }
func f(rc *sdk.RongCloud) error {` + oneFinding},
		{"recover and defer in loops", oneHead + `
func f(rc *sdk.RongCloud) (err error) {
	for i := range 3 { defer func() { if x := recover(); x != nil { err = rc.BlockRemove("b") ; _ = i } }() }
	if err != nil { return err }
	var r sdk.CodeResult
	if errors.As(rc.BlockRemove("a"), &r) && r.Code == 1008 { return nil }
	return r
}
`},
		{"range over functions", oneHead + `
func all(rc *sdk.RongCloud) func(func(int, error) bool) { return func(yield func(int, error) bool) { for i := range 3 { if !yield(i, rc.BlockRemove("a")) { return } } } }
func f(rc *sdk.RongCloud) error {
	for _, err := range all(rc) { if err != nil { return err } }
` + oneFinding[1:]},
		{"shadowed names", oneHead + `
type error interface{ Error() string }
func nil_() {}
func f(rc *sdk.RongCloud) (int, any) {
	var len, string, true = 1, 2, 3
	_, _, _ = len, string, true
	err := rc.BlockRemove("a")
	var r sdk.CodeResult
	if errors.As(err, &r) && r.Code == 1008 { return 1, err }
	return 0, err
}
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := withSDK(t, configuredBy(t))
			found := w.analyze(w.source("example.com/app", c.text))
			if n := categories(found)["magic"]; n != 1 {
				t.Errorf("%d magic numbers, want 1: %q", n, w.lines(found))
			}
		})
	}
}

// TestStrangeHelpers has types that are made of themselves in a package that only helps others.
func TestStrangeHelpers(t *testing.T) {
	const helpers = `package helpers
import ("encoding/json"; "net/http"; "time")
type lexer struct{ next state; err error }
type state func(*lexer) (state, error)
type fn func(fn) fn
type slice []slice
type ring interface{ Next(ring) ring; Error() string }
type rings interface{ ring; All() []rings }
type pair[T any] struct{ left *pair[T]; v T }
type chain chan chain
type table map[string]table
type step struct{ *step; code int }
func Run(s state, l *lexer) error { for s != nil { var err error; if s, err = s(l); err != nil { return err } }; return l.err }
func Call(f fn, err error) error { _ = f(f)(f); return err }
func Flat(s slice, b []byte) (slice, error) { if len(s) == 0 { return s, json.Unmarshal(b, &s) }; return Flat(s[0], b) }
func Round(r ring) ring { if r.Next(r) == r { return r }; return Round(r.Next(r)) }
func All(r rings) error { for _, n := range r.All() { if err := All(n); err != nil { return err } }; return r }
func Pair[T error](p *pair[T]) error { if p.left != nil { return Pair(p.left) }; return p.v }
func Chain(c chain, f func(fn) error) error { for d := range c { _ = d }; time.Sleep(1); return f(nil) }
func Table(t table, c *http.Client) (*http.Response, error) { return c.Get("http://localhost/" + string(rune(len(t)))) }
func (s *step) Code(n int) bool { return s.step.Code(n) || s.code == n }
func Wait(f fn) { for f != nil { time.Sleep(1); f = f(f) } }
`
	w := withSDK(t, configuredBy(t))
	if found := w.analyze(w.source("example.com/helpers", helpers)); len(found) > 0 {
		t.Errorf("findings in a package without codes: %q", w.lines(found))
	}
	found := w.analyze(w.source("example.com/app", strings.Replace(oneHead, `"errors"`, "\"errors\"\n\t\"example.com/helpers\"", 1)+`
func g(rc *sdk.RongCloud) error { return helpers.Call(nil, rc.BlockRemove("b")) }
func f(rc *sdk.RongCloud) error {
	if err := g(rc); err != nil { return err }
`+oneFinding[1:]))
	if n := categories(found)["magic"]; n != 1 {
		t.Errorf("%d magic numbers, want 1: %q", n, w.lines(found))
	}
}

// TestTypeErrors leaves packages that do not type-check to the driver: SSA cannot be built of them.
func TestTypeErrors(t *testing.T) {
	if analyzer.Analyzer.RunDespiteErrors {
		t.Error("drivers run the analyzer on packages that do not type-check")
	}
}

// TestDeep nests statements, expressions and calls deeper than people do.
func TestDeep(t *testing.T) {
	const deep = 1000
	calls := "rc.BlockRemove(\"a\")"
	for range deep {
		calls = "id(" + calls + ")"
	}
	var sum strings.Builder
	for i := range deep {
		fmt.Fprintf(&sum, "r.Code == %d || ", 30000+i)
	}
	var chain strings.Builder
	for i := range deep {
		fmt.Fprintf(&chain, "func c%d(rc *sdk.RongCloud) error { if err := c%d(rc); err != nil { return err }; return nil }\n", i, i+1)
	}
	for _, c := range []struct{ name, text string }{
		{"blocks", "func f(rc *sdk.RongCloud) error {" + strings.Repeat("if rc != nil {\n", deep) + strings.Repeat("}\n", deep) + oneFinding},
		{"closures", "func f(rc *sdk.RongCloud) error {" + strings.Repeat("func() {\n", 100) + strings.Repeat("}()\n", 100) + oneFinding},
		{"calls", "func id(err error) error { return err }\nfunc g(rc *sdk.RongCloud) error { return " + calls + " }\nfunc f(rc *sdk.RongCloud) error {" + oneFinding},
		{"conditions", "func g(r sdk.CodeResult) bool { return " + sum.String() + "false }\nfunc f(rc *sdk.RongCloud) error {" + oneFinding},
		{"chain of wrappers", chain.String() + fmt.Sprintf("func c%d(rc *sdk.RongCloud) error { return rc.BlockRemove(\"a\") }\n", deep) + "func f(rc *sdk.RongCloud) error {" + oneFinding},
		{"loops", "func g(rc *sdk.RongCloud) (err error) {" + strings.Repeat("for err = rc.BlockRemove(\"a\"); err != nil; {\n", 60) + strings.Repeat("}\n", 60) + "return }\nfunc f(rc *sdk.RongCloud) error {" + oneFinding},
		{"types", "type t0 struct{ sdk.CodeResult }\n" + nested(200) + "func g(t t200) int { return t.Code }\nfunc f(rc *sdk.RongCloud) error {" + oneFinding},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := withSDK(t, configuredBy(t))
			found := w.analyze(w.source("example.com/app", oneHead+c.text))
			if n := categories(found)["magic"]; n != 1 {
				t.Errorf("%d magic numbers, want 1", n)
			}
		})
	}
}

func nested(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "type t%d struct{ t%d }\n", i+1, i)
	}
	return b.String()
}

// TestManyWays makes a value of eight others, those of eight others, and so on.
func TestManyWays(t *testing.T) {
	var b strings.Builder
	b.WriteString("func mix(a, b, c, d, e, f, g, h any) any { kept = append(kept, a, h); return b }\nvar kept []any\nfunc f(rc *sdk.RongCloud, v [8]any) error {\nv0, v1, v2, v3, v4, v5, v6, v7 := v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]\n")
	for range 10 {
		b.WriteString("v0, v1, v2, v3, v4, v5, v6, v7 = mix(v0, v1, v2, v3, v4, v5, v6, v7), mix(v1, v2, v3, v4, v5, v6, v7, v0), mix(v2, v3, v4, v5, v6, v7, v0, v1), mix(v3, v4, v5, v6, v7, v0, v1, v2), mix(v4, v5, v6, v7, v0, v1, v2, v3), mix(v5, v6, v7, v0, v1, v2, v3, v4), mix(v6, v7, v0, v1, v2, v3, v4, v5), mix(v7, v0, v1, v2, v3, v4, v5, v6)\n")
	}
	b.WriteString("err := rc.BlockRemove(\"a\")\nvar r sdk.CodeResult\nif errors.As(err, &r) && r.Code == 1008 { mix(v0, v1, v2, v3, v4, v5, v6, v7); return nil }\nreturn err\n}\n")
	w := withSDK(t, configuredBy(t))
	found := w.analyze(w.source("example.com/app", oneHead+b.String()))
	if n := categories(found)["magic"]; n != 1 {
		t.Errorf("%d magic numbers, want 1", n)
	}
}

// TestManyPaths has a function with 2^100 paths, each of which may hand the error on.
func TestManyPaths(t *testing.T) {
	var b strings.Builder
	b.WriteString("func f(rc *sdk.RongCloud, bits [100]bool) error {\nvar err error\nvar r sdk.CodeResult\n")
	for i := range 100 {
		fmt.Fprintf(&b, "if bits[%d] { err = rc.BlockRemove(\"a\") } else if errors.As(err, &r) { err = nil }\n", i)
	}
	b.WriteString("if errors.As(err, &r) && r.Code == 1008 { return nil }\nreturn err\n}\n")
	w := withSDK(t, configuredBy(t))
	found := w.analyze(w.source("example.com/app", oneHead+b.String()))
	if n := categories(found)["magic"]; n != 1 {
		t.Errorf("%d magic numbers, want 1", n)
	}
}
