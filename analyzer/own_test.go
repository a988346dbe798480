package analyzer_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer"
)

// many is a package of n codes, and a chain of packages that hand one on.
func many(w *world, n int) []unit {
	var b strings.Builder
	b.WriteString("package codes\n\n//retcode:space many success=0\ntype Code int\n\nconst (\n")
	for i := range n {
		if i%10 == 0 {
			b.WriteString("\t//retcode:retry transient\n")
		}
		fmt.Fprintf(&b, "\tSomethingWentWrong%04d Code = %d // the thing of number %d went wrong; call somebody who knows\n", i, 1000+i, i)
	}
	b.WriteString(")\n")
	return []unit{
		w.source("example.com/many/codes", b.String()),
		w.source("example.com/many/a", "package a\n\nimport \"example.com/many/codes\"\n\ntype Failure struct{ Code codes.Code }\n\nfunc (f *Failure) Error() string { return \"\" }\n"),
		w.source("example.com/many/b", "package b\n\nimport \"example.com/many/a\"\n\nvar Last a.Failure\n"),
		w.source("example.com/many/c", "package c\n\nimport \"example.com/many/b\"\n\nfunc f() bool { return b.Last.Code == 1005 }\n"),
	}
}

// TestOwnReachesImporters wants an API known three imports away from the package that declares
// it, where the driver shows the facts of direct imports alone, as go vet does.
func TestOwnReachesImporters(t *testing.T) {
	w := newWorld(t, configuredBy(t))
	for _, u := range many(w, 20) {
		found := w.lines(w.analyze(u))
		if u.path != "example.com/many/c" {
			if len(found) > 0 {
				t.Errorf("%s: %q", u.path, found)
			}
			for k := range w.facts {
				if !strings.HasPrefix(k, u.path+" ") {
					delete(w.facts, k)
				}
			}
			continue
		}
		if len(found) != 1 || !strings.Contains(found[0], "magic many code 1005 (SomethingWentWrong0005: the thing of number 5 went wrong); use codes.SomethingWentWrong0005 (magic)") {
			t.Errorf("%s: %q", u.path, found)
		}
	}
}

// TestOwnFactsAreSmall bounds what importers at any distance are told of a thousand codes, and
// wants the same bytes each time.
func TestOwnFactsAreSmall(t *testing.T) {
	const codes, each, fixed = 1000, 100, 4096
	var first map[string][]byte
	for range 3 {
		w := newWorld(t, analyzer.Analyzer)
		for _, u := range many(w, codes) {
			w.analyze(u)
		}
		if first == nil {
			first = w.facts
		}
		for _, path := range []string{"codes", "a", "b", "c"} {
			k := "example.com/many/" + path + " fact.APIs"
			if n := len(w.facts[k]); n == 0 || n > fixed+each*codes {
				t.Errorf("%s: %d bytes for %d codes", k, n, codes)
			}
			if !bytes.Equal(first[k], w.facts[k]) {
				t.Errorf("%s: not the same bytes as before", k)
			}
		}
	}
}

// TestOwnFactsIgnoreFileOrder reads an API whose parts stand in files of any order.
func TestOwnFactsIgnoreFileOrder(t *testing.T) {
	texts := []string{
		"package p\n\n//retcode:space p\ntype Code int\n\nconst A Code = 1 // the first\n",
		"package p\n\n//retcode:retry poll\nconst B Code = 1\n\n//retcode:group g\nconst D Code = 4\n",
		"//retcode:retry transient C\n\npackage p\n\n// C is the third.\nconst C Code = 3\n",
	}
	facts := func(reversed bool) []byte {
		w := newWorld(t, configuredBy(t))
		u := w.source("example.com/p", texts...)
		if reversed {
			slices.Reverse(u.files)
		}
		w.analyze(u)
		return w.facts["example.com/p fact.APIs"]
	}
	if a, b := facts(false), facts(true); len(a) == 0 || !bytes.Equal(a, b) {
		t.Errorf("%d and %d bytes, which differ", len(a), len(b))
	}
}

// TestOwnFlags reads spaces of packages that are known when they are loaded.
func TestOwnFlags(t *testing.T) {
	for flag, want := range map[string]string{
		"require=example.com/billing/billing/4290":           "",
		"require=example.com/billing/billing/TooMany":        "",
		"require=example.com/billing/billing/group:refunds":  "",
		"require=rongcloud/business/1":                       "no code of the catalog",
		"require=billing/4290":                               "no space",
		"origin=example.com/x.T.F=example.com/billing/money": "",
		"origin=example.com/x.T.F=rongcloud/money":           "no space",
		"origin=example.com/x.T.F=money":                     "no space",
		"origin=example.com/x.T.F=example.com/billing/":      "no name of a space",
	} {
		name, value, _ := strings.Cut(flag, "=")
		err := configuredBy(t).Flags.Set(name, value)
		switch {
		case want == "" && err != nil:
			t.Errorf("-%s: %v", flag, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("-%s: %v, which does not say %q", flag, err, want)
		}
	}
}
