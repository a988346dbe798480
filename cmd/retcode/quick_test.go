package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// quickModule writes a module of which each package imports an earlier one, and one in eight
// has codes; fault is added to one of them.
func quickModule(t *testing.T, place int, fault string) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/m\n\ngo 1.26\n")
	for i := range 32 {
		text := fmt.Sprintf("package p%d\n\nimport _ \"net/http\"\n", i)
		if i > 0 {
			text += fmt.Sprintf("\nimport _ \"example.com/m/p%d\"\n", (i-1)/3)
		}
		if i%8 == 7 {
			text += "\n//retcode:code business\ntype Code int\n\nfunc limited(c Code) bool { return c == 1008 }\n"
		}
		write(fmt.Sprintf("p%d/p.go", i), text)
	}
	if fault != "" {
		write(fmt.Sprintf("p%d/fault.go", place), fmt.Sprintf("package p%d\n\n%s\n", place, fault))
	}
	return dir
}

// TestQuickUnsound wants nothing loaded from source for a fault that was not loaded without:
// no package of the standard library, and no more of the module.
func TestQuickUnsound(t *testing.T) {
	analyzed := func(dir string) (source map[string]bool, findings, failed int) {
		o, err := newOptions()
		if err != nil {
			t.Fatal(err)
		}
		o.dir, o.patterns, o.tests = dir, []string{"./..."}, true
		source = make(map[string]bool)
		o.loaded = func(roots []*packages.Package) {
			packages.Visit(roots, nil, func(pkg *packages.Package) {
				if pkg.Syntax != nil {
					source[pkg.PkgPath] = true
				}
			})
		}
		graph, failed, err := analyze(o)
		if err != nil {
			t.Fatal(err)
		}
		for _, act := range graph.Roots {
			findings += len(act.Diagnostics)
		}
		return source, findings, failed
	}
	sound, findings, failed := analyzed(quickModule(t, 0, ""))
	// p7, p15, p23 and p31 have codes; p22, p23 and p24 import p7, and each imports what it needs.
	if len(sound) == 0 || len(sound) > 16 || findings != 4 || failed != 0 {
		t.Fatalf("%d packages from source, %d findings, failed %d", len(sound), findings, failed)
	}
	for _, test := range []struct {
		place, findings int
	}{
		{29, 4}, // nothing imports it, and it needs no code
		{31, 3}, // nothing imports it, and it has a finding
		{7, 2},  // p23 imports it
	} {
		for _, fault := range []string{"var Fault = missing", `import _ "nowhere.example/none"`, "func fault( {"} {
			source, findings, failed := analyzed(quickModule(t, test.place, fault))
			for path := range source {
				if !sound[path] {
					t.Errorf("%q in p%d: %s is loaded from source", fault, test.place, path)
				}
			}
			if findings != test.findings || failed != 1 {
				t.Errorf("%q in p%d: %d findings, failed %d", fault, test.place, findings, failed)
			}
		}
	}
}

// TestBounded wants no more packages analyzed at once than there are processors.
func TestBounded(t *testing.T) {
	t.Parallel()
	var running, most atomic.Int64
	a := bounded(&analysis.Analyzer{Run: func(*analysis.Pass) (any, error) {
		now := running.Add(1)
		defer running.Add(-1)
		for {
			if old := most.Load(); now <= old || most.CompareAndSwap(old, now) {
				break
			}
		}
		time.Sleep(time.Millisecond)
		return nil, nil
	}})
	var wg sync.WaitGroup
	for range 8 * runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			if _, err := a.Run(nil); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := most.Load(); n > int64(runtime.GOMAXPROCS(0)) {
		t.Errorf("%d at once", n)
	}
}
