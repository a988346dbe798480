package analyzer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/go-retcode/retcode/analyzer"
)

// modules lists the folders of testdata that are modules with want comments.
func modules(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("../testdata/*/go.mod")
	if err != nil || len(all) == 0 {
		t.Fatalf("no modules in testdata: %v", err)
	}
	var out []string
	for _, m := range all {
		dir, err := filepath.Abs(filepath.Dir(m))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, dir)
	}
	return out
}

// configured returns the analyzer with the flags that stand in the folder's file "flags".
func configured(t *testing.T, dir string) *analysis.Analyzer {
	t.Helper()
	a, err := analyzer.New(analyzer.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range flagsOf(t, dir) {
		name, value, ok := strings.Cut(strings.TrimLeft(f, "-"), "=")
		if !ok {
			value = "true"
		}
		if err := a.Flags.Set(name, value); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
	}
	return a
}

func flagsOf(t *testing.T, dir string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "flags"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(data))
}

// TestWants runs the analyzer on every module of testdata, compares with its want comments,
// and counts: a finding is right if a want comment stands by it, wrong if the line says
// "wrong: CATEGORY" as well, and missed where a line says "missed: CATEGORY".
func TestWants(t *testing.T) {
	all := &tally{counts: make(map[string]*count)}
	dirs := modules(t)
	t.Run("modules", func(t *testing.T) {
		for _, dir := range dirs {
			t.Run(filepath.Base(dir), func(t *testing.T) {
				t.Parallel()
				all.add(t, analysistest.Run(findings{t}, dir, configured(t, dir), "./..."))
			})
		}
	})
	if all.modules == len(dirs) && !t.Failed() { // not with a pattern for some of them
		all.compare(t, filepath.Join("..", "docs", "quality.md"))
	}
}

// findings is a test that judges diagnostics alone: facts have tests of their own.
type findings struct{ *testing.T }

func (f findings) Errorf(format string, args ...any) {
	f.Helper()
	if !strings.Contains(format, "unexpected %s") || len(args) < 2 || args[1] != "fact" {
		f.T.Errorf(format, args...)
	}
}
