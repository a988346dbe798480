package analyzer_test

import (
	"fmt"
	"go/parser"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
)

// nothing is the analyzer that the others are compared with.
var nothing = &analysis.Analyzer{
	Name: "nothing", Doc: "nothing does nothing.",
	Run: func(*analysis.Pass) (any, error) { return nil, nil },
}

// withoutCodes are packages of a module, large and small; the standard library is passed over.
var withoutCodes = []string{
	"golang.org/x/tools/go/ast/inspector", "golang.org/x/tools/go/ast/astutil", "golang.org/x/tools/go/cfg", "golang.org/x/tools/go/ssa",
	"golang.org/x/tools/go/types/objectpath", "golang.org/x/tools/go/types/typeutil", "golang.org/x/tools/internal/typeparams", "golang.org/x/tools/internal/typesinternal",
}

// BenchmarkGate analyzes packages without a code, and compares with an analyzer that does
// nothing: parsing and type-checking stand on both sides, as in any driver.
func BenchmarkGate(b *testing.B) {
	folders := sources(b)
	once := func(a *analysis.Analyzer) time.Duration {
		w := newWorld(b, a)
		runtime.GC()
		start := time.Now()
		for _, p := range folders {
			w.analyze(w.dirFiles(p))
		}
		return time.Since(start)
	}
	once(nothing) // to warm the file cache
	var ours, least time.Duration
	for b.Loop() {
		least += once(nothing)
		ours += once(analyzer.Analyzer)
	}
	b.ReportMetric(ratio(ours, least), "x-nothing")
}

// BenchmarkGateAlone is the same without parsing and type-checking, per package, and with
// x/tools' own driver.
func BenchmarkGateAlone(b *testing.B) {
	list, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax}, withoutCodes...)
	if err != nil {
		b.Fatal(err)
	}
	all := 0
	packages.Visit(list, nil, func(*packages.Package) { all++ })
	// No fact may make the driver visit the dependencies, or there is nothing to compare.
	lone := *analyzer.Analyzer
	lone.FactTypes = nil
	cost := make(map[string]time.Duration)
	for _, c := range []struct {
		name string
		a    *analysis.Analyzer
		n    int
	}{{"nothing", nothing, len(list)}, {"gate", &lone, len(list)}, {"with dependencies", analyzer.Analyzer, all}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := checker.Analyze([]*analysis.Analyzer{c.a}, list, nil); err != nil {
					b.Fatal(err)
				}
			}
			cost[c.name] = b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(cost[c.name].Microseconds())/float64(c.n), "µs/package")
		})
	}
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(max(b, 1)) }

// A folder is a package and its files.
type folder struct {
	path  string
	files []string
}

func sources(tb testing.TB) []folder {
	tb.Helper()
	list, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedCompiledGoFiles}, withoutCodes...)
	if err != nil {
		tb.Fatal(err)
	}
	var out []folder
	for _, p := range list {
		out = append(out, folder{p.PkgPath, p.CompiledGoFiles})
	}
	return out
}

// shapes are functions whose size is that of a number.
var shapes = []struct {
	name string
	text func(lines int) string
}{
	{"switch", func(n int) string {
		var b strings.Builder
		b.WriteString("switch r.Code {\n")
		for i := range n {
			fmt.Fprintf(&b, "case %d: return %d\n", 30000+i, i%7)
		}
		b.WriteString("}\nreturn -1\n")
		return b.String()
	}},
	{"straight", func(n int) string {
		var b strings.Builder
		b.WriteString("x := 1\nif r.Code == 1008 { x = 2 }\n")
		for i := range n {
			fmt.Fprintf(&b, "x = x*%d + len(err.Error())\n", i%9)
		}
		b.WriteString("return x\n")
		return b.String()
	}},
	{"ifs", func(n int) string {
		var b strings.Builder
		b.WriteString("x := 1\n")
		for i := range n {
			fmt.Fprintf(&b, "if r.Code == %d { x++ }\n", 30000+i)
		}
		b.WriteString("return x\n")
		return b.String()
	}},
	{"calls", func(n int) string {
		var b strings.Builder
		b.WriteString("if r.Code == 1008 { return 2 }\n")
		for i := range n {
			fmt.Fprintf(&b, "step(%d)\n", i)
		}
		b.WriteString("return 1\n")
		return b.String()
	}},
}

func sized(body string) string {
	return oneHead + "var steps int\nfunc step(n int) { steps += n }\n" +
		"func f(rc *sdk.RongCloud) int {\nerr := rc.BlockRemove(\"a\")\nvar r sdk.CodeResult\nif !errors.As(err, &r) { return 0 }\n" + body + "}\n"
}

// cost is what one run of an analyzer takes, without parsing and type-checking.
func cost(tb testing.TB, w *world, text string) time.Duration {
	tb.Helper()
	u := w.source("example.com/app", text)
	pkg, info := w.check(u)
	runtime.GC()
	start := time.Now()
	w.run(u, pkg, info)
	return time.Since(start)
}

// BenchmarkSize plots the cost of one function against its size, from 10 to 100,000 lines.
// Take it with -benchtime=1x; ns/line stays level where the cost is linear. "x-ssa" compares
// with x/tools' buildssa alone.
func BenchmarkSize(b *testing.B) {
	for _, s := range shapes {
		for lines := 10; lines <= 100_000; lines *= 10 {
			b.Run(fmt.Sprintf("%s/%d", s.name, lines), func(b *testing.B) {
				w, ssa := withSDK(b, analyzer.Analyzer), withSDK(b, buildssa.Analyzer)
				text := sized(s.text(lines))
				var ours, theirs time.Duration
				for b.Loop() {
					ours += cost(b, w, text)
					theirs += cost(b, ssa, text)
				}
				b.ReportMetric(float64(ours.Nanoseconds())/float64(b.N*lines), "ns/line")
				b.ReportMetric(ratio(ours, theirs), "x-ssa")
			})
		}
	}
}

// TestHugeSwitch analyzes a switch of 20,000 cases that leave, and one whose cases meet again:
// there go/ssa itself takes most of the time, and more than twice as much for twice as many.
func TestHugeSwitch(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const limit = time.Minute
	for _, c := range []struct {
		name, text string
		cases      int
	}{
		{"all leave", "case %d: return 1\n", 20_000},
		{"all meet again", "case %d: steps++\n", 10_000},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString("switch r.Code {\n")
			for i := range c.cases {
				fmt.Fprintf(&b, c.text, 1000+i)
			}
			b.WriteString("}\nreturn -1\n")
			w := withSDK(t, configuredBy(t))
			u := w.source("example.com/app", sized(b.String()))
			pkg, info := w.check(u)
			start := time.Now()
			found := categories(w.run(u, pkg, info))
			took := time.Since(start)
			t.Logf("%d cases in %v: %v", c.cases, took, found)
			if found["unknown"] < c.cases/2 || found["switch"] != 0 {
				t.Errorf("found %v", found)
			}
			if took > limit {
				t.Errorf("took %v, more than %v", took, limit)
			}
		})
	}
}

// heap runs a function and says how far the heap grew at its highest, and how much was allocated.
func heap(f func()) (peak, total uint64) {
	var before, m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	stop, done := make(chan struct{}), make(chan uint64)
	go func() {
		var high uint64
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				high = max(high, m.HeapAlloc)
			case <-stop:
				done <- high
				return
			}
		}
	}()
	f()
	runtime.ReadMemStats(&m)
	close(stop)
	peak = max(<-done, m.HeapAlloc)
	return peak - min(peak, before.HeapAlloc), m.TotalAlloc - before.TotalAlloc
}

// BenchmarkMemory compares the memory for net/http with every status made an origin with
// that for its SSA alone: as the heap grew, and with what was loaded before.
func BenchmarkMemory(b *testing.B) {
	flags := []string{"-origin=net/http.Response.StatusCode=http"}
	for _, path := range []string{"net/http", "net/http/httputil"} {
		b.Run(path, func(b *testing.B) {
			mode := packages.LoadSyntax | packages.NeedExportFile
			list, err := packages.Load(&packages.Config{Mode: mode}, path)
			if err != nil {
				b.Fatal(err)
			}
			p := list[0]
			use := func(a *analysis.Analyzer) (peak, total uint64, took time.Duration) {
				w := newWorld(b, a)
				w.fset = p.Fset
				start := time.Now()
				peak, total = heap(func() { w.run(unit{p.PkgPath, p.Syntax}, p.Types, p.TypesInfo) })
				return peak, total, time.Since(start)
			}
			var base runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&base)
			var ours, theirs [2]uint64
			var t1, t2 time.Duration
			for b.Loop() {
				peak, total, took := use(buildssa.Analyzer)
				theirs[0], theirs[1], t2 = theirs[0]+peak, theirs[1]+total, t2+took
				peak, total, took = use(configuredBy(b, flags...))
				ours[0], ours[1], t1 = ours[0]+peak, ours[1]+total, t1+took
			}
			b.ReportMetric(float64(ours[0])/float64(b.N)/1e6, "peak-MB")
			b.ReportMetric(float64(ours[0])/float64(theirs[0]), "x-ssa-growth")
			loaded := base.HeapAlloc * uint64(b.N) // what a driver holds anyway: syntax and types
			b.ReportMetric(float64(ours[0]+loaded)/float64(theirs[0]+loaded), "x-ssa-peak")
			b.ReportMetric(float64(ours[1])/float64(theirs[1]), "x-ssa-allocated")
			b.ReportMetric(ratio(t1, t2), "x-ssa-time")
		})
	}
}

// dirFiles parses the files of a package of the standard library.
func (w *world) dirFiles(p folder) unit {
	w.t.Helper()
	u := unit{path: p.path}
	for _, name := range p.files {
		f, err := parser.ParseFile(w.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			w.t.Fatal(err)
		}
		u.files = append(u.files, f)
	}
	return u
}
