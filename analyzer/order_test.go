package analyzer_test

import (
	"slices"
	"strings"
	"testing"
)

// orders lists the permutations of a list.
func orders(list []string) [][]string {
	if len(list) <= 1 {
		return [][]string{slices.Clone(list)}
	}
	var out [][]string
	for i := range list {
		for _, rest := range orders(slices.Concat(list[:i], list[i+1:])) {
			out = append(out, append([]string{list[i]}, rest...))
		}
	}
	return out
}

// inAnyOrder analyzes a package once for each order of its parts, and wants the same findings,
// as "category: line of source", each time: those given.
func inAnyOrder(t *testing.T, head string, parts []string, tail string, want ...string) {
	t.Helper()
	slices.Sort(want)
	for _, order := range orders(parts) {
		text := head + strings.Join(order, "\n") + tail
		if got := foundIn(t, text); !slices.Equal(got, want) {
			t.Fatalf("%q, want %q, in\n%s", got, want, text)
		}
	}
}

// foundIn analyzes one file and lists its findings by the lines on which they stand.
func foundIn(t *testing.T, text string) []string {
	t.Helper()
	w := withSDK(t, configuredBy(t))
	var out []string
	for _, d := range w.analyze(w.source("example.com/app", text)) {
		line := strings.Split(text, "\n")[w.fset.Position(d.Pos).Line-1]
		out = append(out, d.Category+": "+strings.TrimSpace(line))
	}
	slices.Sort(out)
	return out
}

// TestOrderOfCases has the error, another and nil meet in one variable.
func TestOrderOfCases(t *testing.T) {
	inAnyOrder(t, `package app

import "github.com/rongcloud/server-sdk-go/v4/sdk"

func other() error

func f(rc *sdk.RongCloud, k int) string {
	err := rc.BlockRemove("a")
	e := err
	switch k {
`, []string{
		"\tcase 0:\n\t\te = nil",
		"\tcase 1:\n\t\te = other()",
		"\tcase 2:\n\t\te = err",
		"\tdefault:\n\t\treturn \"none\"",
	}, `
	}
	if e == nil {
		return "ok"
	}
	return "failed"
}
`, "unchecked: err := rc.BlockRemove(\"a\")")
}

const appHead = `package app

import (
	"context"
	"errors"
	"log"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

var (
	_ = errors.As
	_ = time.Sleep
	_ = log.Print
	_ context.Context
	seen = make(map[int]bool)
)

`

// TestOrderOfDeclarations declares functions that call each other in each order.
func TestOrderOfDeclarations(t *testing.T) {
	t.Run("effect", func(t *testing.T) {
		inAnyOrder(t, appHead, []string{
			"func a(n int) {\n\tif n > 0 {\n\t\tb(n - 1)\n\t}\n\tseen[n] = true\n}",
			"func b(n int) { a(n) }",
			"func f(rc *sdk.RongCloud) {\n\tif err := rc.BlockRemove(\"f\"); err != nil {\n\t\ta(3)\n\t}\n}",
			"func g(rc *sdk.RongCloud) {\n\tif err := rc.BlockRemove(\"g\"); err != nil {\n\t\tb(3)\n\t}\n}",
		}, "\n")
	})
	t.Run("pause", func(t *testing.T) {
		retry := func(name, pause string) string {
			return "func " + name + "(rc *sdk.RongCloud) error {\n\tfor range 3 {\n\t\terr := rc.BlockRemove(\"" + name + "\")\n\t\tvar r sdk.CodeResult\n\t\tif !errors.As(err, &r) || r.Code != 1008 {\n\t\t\treturn err\n\t\t}\n\t\t" + pause + "(3)\n\t}\n\treturn nil\n}"
		}
		inAnyOrder(t, appHead, []string{
			"func a(n int) {\n\tif n > 0 {\n\t\tb(n - 1)\n\t}\n\ttime.Sleep(time.Second)\n}",
			"func b(n int) { a(n) }",
			retry("f", "a"),
			retry("g", "b"),
		}, "\n", "magic: if !errors.As(err, &r) || r.Code != 1008 {")
	})
	t.Run("retry", func(t *testing.T) {
		inAnyOrder(t, appHead, []string{
			"func a(rc *sdk.RongCloud, n int) error {\n\terr := rc.BlockRemove(\"a\")\n\tvar r sdk.CodeResult\n\tif n > 0 && errors.As(err, &r) && (r.Code == 1008 || r.Code == 1050) {\n\t\ttime.Sleep(time.Second)\n\t\treturn a(rc, n-1)\n\t}\n\treturn err\n}",
			"func b(rc *sdk.RongCloud, n int) error { return a(rc, n) }",
			"func f(rc *sdk.RongCloud) error {\n\tif a(rc, 3) != nil {\n\t\treturn errors.New(\"f\")\n\t}\n\treturn nil\n}",
			"func g(rc *sdk.RongCloud) error {\n\tif b(rc, 3) != nil {\n\t\treturn errors.New(\"g\")\n\t}\n\treturn nil\n}",
		}, "\n", "magic: if n > 0 && errors.As(err, &r) && (r.Code == 1008 || r.Code == 1050) {", "magic: if n > 0 && errors.As(err, &r) && (r.Code == 1008 || r.Code == 1050) {")
	})
	t.Run("predicate", func(t *testing.T) {
		inAnyOrder(t, appHead, []string{
			"func a(err error, n int) bool {\n\tvar r sdk.CodeResult\n\tif errors.As(err, &r) && r.Code == 1008 {\n\t\treturn true\n\t}\n\treturn n > 0 && b(err, n-1)\n}",
			"func b(err error, n int) bool { return n < 9 && a(err, n) }",
			"func f(rc *sdk.RongCloud) string {\n\tif err := rc.BlockRemove(\"f\"); a(err, 3) {\n\t\treturn \"limited\"\n\t} else if err != nil {\n\t\treturn \"failed\"\n\t}\n\treturn \"\"\n}",
			"func g(rc *sdk.RongCloud) string {\n\tif err := rc.BlockRemove(\"g\"); b(err, 3) {\n\t\treturn \"limited\"\n\t} else if err != nil {\n\t\treturn \"failed\"\n\t}\n\treturn \"\"\n}",
		}, "\n", "magic: if errors.As(err, &r) && r.Code == 1008 {")
	})
	t.Run("decorator", func(t *testing.T) {
		inAnyOrder(t, appHead+"type renamer interface{ Rename(id string) error }\n\ntype api struct{ rc *sdk.RongCloud }\n\ntype logged struct{ next renamer }\n\n", []string{
			"func (a api) Rename(id string) error { return a.rc.BlockRemove(id) }",
			"func (l logged) Rename(id string) error {\n\tlog.Print(id)\n\treturn l.next.Rename(id)\n}",
			"func f(rc *sdk.RongCloud) {\n\tvar r renamer = logged{api{rc}}\n\tif err := r.Rename(\"a\"); err != nil {\n\t\tlog.Print(err)\n\t}\n}",
			"func g(r renamer) {\n\tif err := r.Rename(\"b\"); err != nil { // g\n\t\tlog.Print(err)\n\t}\n}",
		}, "\n", "unchecked: if err := r.Rename(\"a\"); err != nil {", "unchecked: if err := r.Rename(\"b\"); err != nil { // g")
	})
}

// TestDecorators calls through an interface that decorators implement beside what they decorate.
func TestDecorators(t *testing.T) {
	const head = appHead + "type renamer interface{ Rename(id string) error }\n\ntype api struct{ rc *sdk.RongCloud }\n\n" +
		"func (a api) Rename(id string) error { return a.rc.BlockRemove(id) }\n\n" +
		"func f(r renamer) {\n\tif err := r.Rename(\"a\"); err != nil {\n\t\tlog.Print(err)\n\t}\n}\n\n"
	const finding = "unchecked: if err := r.Rename(\"a\"); err != nil {"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"two", "type logged struct{ next renamer }\ntype counted struct{ next renamer }\nfunc (l logged) Rename(id string) error { return l.next.Rename(id) }\nfunc (c counted) Rename(id string) error { seen[1] = true; return c.next.Rename(id) }\n", []string{finding}},
		{"through a helper", "type logged struct{ next renamer }\nfunc (l logged) Rename(id string) error { return note(l.next.Rename(id)) }\nfunc note(err error) error { return err }\n", []string{finding}},
		{"embedded", "type logged struct{ renamer }\nfunc (l logged) Rename(id string) error { log.Print(id); return l.renamer.Rename(id) }\n", []string{finding}},
		{"beside a fake", "type logged struct{ next renamer }\ntype fake struct{}\nfunc (l logged) Rename(id string) error { return l.next.Rename(id) }\nfunc (fake) Rename(id string) error { if id == \"\" { return errors.New(\"empty\") }; return nil }\n", nil},
		{"of another call", "type odd struct{ other interface{ Remove(id string) error } }\nfunc (o odd) Rename(id string) error { return o.other.Remove(id) }\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := foundIn(t, head+c.text); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
