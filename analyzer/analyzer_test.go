package analyzer_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/go-retcode/retcode/analyzer"
)

// A workspace is a group of testdata's modules that are analyzed in one go: each load
// type-checks net/http anew.
type workspace struct {
	name    string
	flags   []string
	modules []string
}

// workspaces lists the folders of testdata that are modules with want comments: in one
// workspace those with the same flags, but for two majors of the SDK under one import path.
func workspaces(t *testing.T) []*workspace {
	t.Helper()
	all, err := filepath.Glob("../testdata/*/*/go.mod")
	if err != nil || len(all) == 0 {
		t.Fatalf("no modules in testdata: %v", err)
	}
	replaced := regexp.MustCompile(`(?m)server-sdk-go => (.*)$`)
	var out []*workspace
	for _, mod := range all {
		dir, err := filepath.Abs(filepath.Dir(mod))
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(mod)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.Join(flagsOf(t, dir), " ")
		if m := replaced.FindSubmatch(text); m != nil {
			name += filepath.Base(string(m[1]))
		}
		i := slices.IndexFunc(out, func(w *workspace) bool { return w.name == name })
		if i < 0 {
			i, out = len(out), append(out, &workspace{name: name, flags: flagsOf(t, dir)})
		}
		out[i].modules = append(out[i].modules, dir)
	}
	return out
}

// dir writes the go.work, and returns its folder and the patterns of all its packages.
func (w *workspace) dir(t *testing.T) (dir string, patterns []string) {
	t.Helper()
	dir = t.TempDir()
	work := "go 1.26\n\nuse .\n"
	for _, m := range w.modules {
		work += "use " + m + "\n"
		patterns = append(patterns, m+"/...")
	}
	// Without a go.mod beside it, analysistest takes the folder for a GOPATH.
	for name, text := range map[string]string{"go.work": work, "go.mod": "module example.com/workspace\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir, patterns
}

// configured returns the analyzer with flags.
func configured(t *testing.T, flags []string) *analysis.Analyzer {
	t.Helper()
	a, err := analyzer.New(analyzer.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range flags {
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

// flagsOf reads the flags that stand in a module's file "flags".
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
	list := workspaces(t)
	t.Run("modules", func(t *testing.T) {
		for _, w := range list {
			t.Run(w.name, func(t *testing.T) {
				t.Parallel()
				dir, patterns := w.dir(t)
				all.add(t, analysistest.Run(findings{t}, dir, configured(t, w.flags), patterns...))
			})
		}
	})
	if all.workspaces == len(list) && !t.Failed() { // not with a pattern for some of them
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
