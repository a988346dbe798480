package analyzer_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"go/types"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// codesPackage declares constants that fixes may offer, from another package.
const codesPackage = `package codes

//retcode:code business
const (
	Limited = 1008
	Gone    = 25410
)
`

// support is what every program has: types, helpers and variables that its functions use.
const support = `
// Failure is the program's own error.
type Failure struct {
	Code int
	Err  error
}

func (f *Failure) Error() string   { return fmt.Sprint(f.Code) }
func (f *Failure) Unwrap() error   { return f.Err }
func (f *Failure) Temporary() bool { return f.Code == Limited || f.Code == 1050 }

// Envelope is an answer of the API.
type Envelope[T any] struct {
	Code         int    ` + "`json:\"code\"`" + `
	ErrorMessage string ` + "`json:\"errorMessage\"`" + `
	Data         T
}

var (
	ErrBusy   = errors.New("busy")
	last      error
	shared    = sdk.NewRongCloud("", "", sdk.Region{})
	errs      = make(chan error, 9)
	retryable = map[int]bool{1008: true, TimedOut: true}
)

func nothing() error { return nil }

func note(err error) { last = err }

func wait() { time.Sleep(time.Second) }

func keep(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("keep: %w", err)
}

func stable(err error) bool {
	var r sdk.CodeResult
	return errors.As(err, &r) && r.Code != 1008
}

func identity[T any](v T) T { return v }

func repeat(call func() error) error {
	var err error
	for range 3 {
		if err = call(); err == nil {
			return nil
		}
		wait()
	}
	return err
}

func lookup(call func() error) (sdk.CodeResult, error) {
	err := call()
	var r sdk.CodeResult
	if errors.As(err, &r) {
		return r, nil
	}
	return r, err
}

func fetch(path string) *http.Response {
	resp, err := http.Get("https://api.rong.io" + path)
	if err != nil {
		panic(err)
	}
	return resp
}

func read(resp *http.Response) []byte {
	body, _ := io.ReadAll(resp.Body)
	return body
}

func decode(body []byte) map[string]any {
	var m map[string]any
	if json.Unmarshal(body, &m) != nil {
		return nil
	}
	return m
}
`

const imports = `package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"%s
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"%s
)
`

// program writes the files of a package: constants and helpers, and functions around codes.
func (g *generator) program() []string {
	g.budget = 60
	directive := g.one("//retcode:code business\n", "", "//retcode:code http\n")
	var constants strings.Builder
	fmt.Fprintf(&constants, "package app\n\n%sconst (\n\tLimited  = 1008\n\tTimedOut = 1050\n\tBusy     = %s\n)\n\n// Other is no code.\nconst Other = %s\n",
		directive, g.one("1008", "504", "4711"), g.one("1008", "70000"))
	files := []string{constants.String()}
	for n := range 2 {
		g.out.Reset()
		if g.lean = n > 0 && g.pick(2) == 1; g.lean {
			g.writef(imports, "", "")
		} else {
			g.writef(imports, "\n\t\"net/http\"", "\n\n\t\"example.com/codes\"")
		}
		if n == 0 {
			g.out.WriteString(support)
		}
		for i := range 1 + g.pick(3) {
			g.function(fmt.Sprintf("f%d%d", n, i))
		}
		files = append(files, g.out.String())
	}
	return files
}

// signatures are those that functions have, with what is in scope in them.
var signatures = []struct {
	head    string // with the name
	call    string
	scope   map[string]kind
	params  []kind
	results []kind
	named   bool
}{
	{"%s(rc *sdk.RongCloud) error", "%s", map[string]kind{"rc": client}, []kind{client}, []kind{fault}, false},
	{"%s(rc *sdk.RongCloud, n int) (err error)", "%s", map[string]kind{"rc": client, "n": code, "err": fault}, []kind{client, code}, []kind{fault}, true},
	{"%s(err error) bool", "%s", map[string]kind{"err": fault}, []kind{fault}, []kind{truth}, false},
	{"%s(code int) bool", "%s", map[string]kind{"code": code}, []kind{code}, []kind{truth}, false},
	{"%s(err error) error", "%s", map[string]kind{"err": fault}, []kind{fault}, []kind{fault}, false},
	{"%s(rc *sdk.RongCloud) (sdk.CodeResult, error)", "%s", map[string]kind{"rc": client}, []kind{client}, []kind{result, fault}, false},
	{"%s(call func() error) error", "%s", map[string]kind{"call": action}, []kind{action}, []kind{fault}, false},
	{"(s *Failure) %s(err error) error", "new(Failure).%s", map[string]kind{"s": own, "err": fault}, []kind{fault}, []kind{fault}, false},
	{"%s[T any](v T, body []byte) (T, error)", "", map[string]kind{"v": "T", "body": octets}, nil, []kind{"T", fault}, false},
	{"%s(body []byte) (code int)", "%s", map[string]kind{"body": octets, "code": code}, []kind{octets}, []kind{code}, false},
	{"%s(w http.ResponseWriter, r *http.Request)", "", nil, nil, nil, false},
	{"%s(res *http.Response) error", "%s", map[string]kind{"res": reply}, []kind{reply}, []kind{fault}, false},
}

func (g *generator) function(name string) {
	shape := signatures[g.pick(len(signatures))]
	for g.lean && strings.Contains(shape.head, "http.") {
		shape = signatures[g.pick(len(signatures)-2)]
	}
	f := function{fmt.Sprintf(shape.call, name), shape.params, shape.results}
	if shape.call != "" && g.pick(4) == 1 {
		g.funcs = append(g.funcs, f) // it may call itself
	}
	g.writef("\nfunc "+shape.head+" {\n", name)
	g.scopes = []map[string]kind{maps.Clone(shape.scope)}
	if g.scopes[0] == nil {
		g.scopes[0] = make(map[string]kind)
	}
	g.result, g.named, g.loops, g.depth = shape.results, shape.named, 0, 0
	if g.again = g.pick(5) == 1; g.again {
		g.writef("again:\n")
	}
	g.statements()
	g.writef("return %s\n}\n", g.returned())
	if shape.call != "" && !slices.ContainsFunc(g.funcs, func(o function) bool { return o.name == f.name }) {
		g.funcs = append(g.funcs, f)
	}
}

// tolerant type-checks files, whose unused names do not count.
func (w *world) tolerant(u unit) (*types.Package, *types.Info, error) {
	info := newInfo()
	conf := types.Config{Importer: w, Sizes: sizes(), GoVersion: "go1.26"}
	var errs []error
	conf.Error = func(err error) {
		if e, ok := errors.AsType[types.Error](err); !ok || !e.Soft {
			errs = append(errs, err)
		}
	}
	pkg, _ := conf.Check(u.path, w.fset, u.files, info)
	return pkg, info, errors.Join(errs...)
}

// found analyzes texts in an order of files and returns the findings.
func (w *world) found(t *testing.T, texts []string, backwards bool) ([]analysis.Diagnostic, map[string][]byte) {
	t.Helper()
	u := w.source("example.com/app", texts...)
	if backwards {
		slices.Reverse(u.files)
	}
	pkg, info, err := w.tolerant(u)
	if err != nil {
		t.Fatalf("does not type-check: %v\n%s", err, strings.Join(texts, "\n"))
	}
	facts := maps.Clone(w.facts)
	found := w.run(u, pkg, info)
	facts, w.facts = w.facts, facts
	return found, facts
}

// FuzzPrograms analyzes programs that bytes describe. It must not panic; it finds the same
// again, in whatever order the files come; all fixes at once leave a program that type-checks,
// is in gofmt form, and has the same findings but for those that were mended.
func FuzzPrograms(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		seed := make([]byte, 50+r.IntN(600))
		for i := range seed {
			seed[i] = byte(r.Uint32())
		}
		f.Add(seed)
	}
	base := withSDK(f, configuredBy(f))
	base.analyze(base.source("example.com/codes", codesPackage))
	f.Fuzz(func(t *testing.T, choices []byte) {
		if len(choices) > 4096 {
			return
		}
		g := &generator{choices: choices}
		texts := g.program()
		for i, text := range texts {
			formatted, err := format.Source([]byte(text))
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			texts[i] = string(formatted)
		}
		w := base.forked(t)
		first, facts := w.found(t, texts, false)
		want := w.lines(first)
		for _, backwards := range []bool{false, true} {
			w := base.forked(t)
			again, facts2 := w.found(t, texts, backwards)
			if got := w.lines(again); !slices.Equal(got, want) {
				t.Errorf("backwards %v: found\n%s\nbefore\n%s\n%s", backwards, strings.Join(got, "\n"), strings.Join(want, "\n"), strings.Join(texts, "\n"))
			}
			for k := range facts2 {
				if !bytes.Equal(facts[k], facts2[k]) {
					t.Errorf("backwards %v: the fact %s differs\n%s", backwards, k, strings.Join(texts, "\n"))
				}
			}
		}
		mended := applied(t, w, texts, first)
		for _, text := range mended {
			formatted, err := format.Source([]byte(text))
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			// Drivers format what they mended: a longer name may split a function of one line.
			if !slices.Equal(strings.Fields(string(formatted)), strings.Fields(text)) {
				t.Errorf("gofmt reorders:\n%s", text)
			}
		}
		then, _ := base.forked(t).found(t, mended, false)
		left := make(map[string]int)
		for _, d := range first {
			if len(d.SuggestedFixes) == 0 {
				left[d.Category]++
			}
		}
		got := categories(then)
		for _, d := range then {
			if len(d.SuggestedFixes) > 0 {
				t.Errorf("a fix is left: %s\n%s", d.Message, strings.Join(mended, "\n"))
			}
		}
		if !maps.Equal(left, got) {
			t.Errorf("after the fixes %v, want %v\n%s", got, left, strings.Join(mended, "\n"))
		}
	})
}

// forked returns a world with the same packages and facts, whose new ones it keeps to itself.
func (w *world) forked(t testing.TB) *world {
	c := *w
	c.t = t
	c.packages = maps.Clone(w.packages)
	c.facts = maps.Clone(w.facts)
	return &c
}

// applied returns the texts with every fix applied.
func applied(t *testing.T, w *world, texts []string, found []analysis.Diagnostic) []string {
	t.Helper()
	edits := make(map[int][]analysis.TextEdit)
	for _, d := range found {
		for _, fix := range d.SuggestedFixes {
			for _, e := range fix.TextEdits {
				file := fileIndex(w.fset.File(e.Pos).Name())
				if !slices.ContainsFunc(edits[file], func(o analysis.TextEdit) bool {
					return o.Pos == e.Pos && o.End == e.End && bytes.Equal(o.NewText, e.NewText)
				}) {
					edits[file] = append(edits[file], e)
				}
			}
		}
	}
	out := slices.Clone(texts)
	for file, list := range edits {
		slices.SortFunc(list, func(a, b analysis.TextEdit) int { return int(b.Pos - a.Pos) })
		for i, e := range list {
			if i > 0 && e.End > list[i-1].Pos {
				t.Fatalf("edits overlap in\n%s", texts[file])
			}
			from, to := w.fset.PositionFor(e.Pos, false).Offset, w.fset.PositionFor(e.End, false).Offset
			out[file] = out[file][:from] + string(e.NewText) + out[file][to:]
		}
	}
	return out
}

// fileIndex is the place of a file among the texts: world.source calls them a, b, c.
func fileIndex(name string) int {
	return int(name[len(name)-len("a.go")] - 'a')
}
