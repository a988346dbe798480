package perf

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// peers are the linters that retcode is compared with.
var peers = []string{"exhaustive", "errorlint", "staticcheck"}

// module returns the folder of a module that the commands run on.
func module(b *testing.B, name string) string {
	b.Helper()
	if here.root == "" {
		b.Skip("RETCODE_PERF is not set")
	}
	dir, err := here.modules[name]()
	if err != nil {
		b.Fatal(err)
	}
	return dir
}

// lintBinary returns the path of the golangci-lint with the plugin.
func lintBinary(b *testing.B) string {
	path, err := here.golangci()
	if err != nil {
		b.Fatal(err)
	}
	return path
}

// patterns are the packages of a module.
func patterns(name string) string {
	if name == "std" {
		return "std"
	}
	return "./..."
}

// exits are the codes with which a command may end, or the comparison means nothing: the
// module service has findings of retcode, the others have none. The peers' do not matter, but
// x/tools' drivers end with 1 where a package does not load.
func exits(tool, module string) []int {
	switch {
	case tool == "retcode" && module == "service":
		return []int{3}
	case tool == "retcode" || tool == "null" || tool == "nullfact":
		return []int{0}
	case tool == "staticcheck":
		return []int{0, 1}
	}
	return []int{0, 3}
}

// vet runs a tool under go vet. The go command caches results by the tool's flags, and
// -tags is one: a tag that no file has makes it analyze everything anew and compile nothing.
func vet(dir, name, tool, module string, cold bool) job {
	codes := []int{0}
	if slices.Contains(exits(tool, module), 3) || tool == "sa" {
		codes = append(codes, 1) // go vet's own
	}
	return job{
		name: name, dir: dir, exit: codes,
		argv: func(n int) []string {
			tag := "warm"
			if cold {
				tag = fmt.Sprintf("cold%d", n)
			}
			return []string{"go", "vet", "-vettool=" + filepath.Join(here.bin, tool), "-tags=" + tag, patterns(module)}
		},
	}
}

// alone runs a command by itself. Staticcheck's has a cache, which gets a new folder.
func alone(b *testing.B, dir, name, tool, module string, flags ...string) job {
	tmp := b.TempDir()
	return job{
		name: name, dir: dir, exit: exits(tool, module),
		argv: func(int) []string {
			return append(append([]string{filepath.Join(here.bin, tool)}, flags...), "./...")
		},
		env: func(n int) []string {
			return []string{"STATICCHECK_CACHE=" + filepath.Join(tmp, fmt.Sprint(n))}
		},
	}
}

// lint runs golangci-lint with a new cache, some linters, and by default either none or
// standard, those that it enables by itself.
func lint(b *testing.B, golangci, dir, standard string, linters ...string) job {
	tmp := b.TempDir()
	config := "version: \"2\"\nlinters:\n  default: " + standard + "\n  enable: [" + strings.Join(linters, ", ") + "]\n  settings:\n"
	if slices.Contains(linters, "retcode") {
		config += "    custom:\n      retcode: {type: module}\n"
	}
	if slices.Contains(linters, "staticcheck") {
		config += "    staticcheck: {checks: [\"SA*\"]}\n"
	}
	path := filepath.Join(tmp, "golangci.yml")
	if err := os.WriteFile(path, []byte(config), 0o666); err != nil {
		b.Fatal(err)
	}
	return job{
		name: strings.Join(linters, "+"), dir: dir, exit: []int{0},
		argv: func(int) []string {
			return []string{golangci, "run", "--allow-parallel-runners", "--issues-exit-code=0", "--timeout=30m", "-c", path, "./..."}
		},
		env: func(n int) []string {
			return []string{"GOLANGCI_LINT_CACHE=" + filepath.Join(tmp, fmt.Sprint(n))}
		},
	}
}

// BenchmarkVet compares with an analyzer that does nothing, under go vet, where no package
// has a code.
func BenchmarkVet(b *testing.B) {
	for _, name := range []string{"x/tools", "std"} {
		for _, state := range []string{"cold", "warm"} {
			b.Run(strings.ReplaceAll(name, "/", "")+"/"+state, func(b *testing.B) {
				dir := module(b, name)
				job := func(title, tool string) job {
					return vet(dir, title, tool, name, state == "cold")
				}
				compare(b, "go vet, "+state, name, job("retcode", "retcode"), job("nothing", "null"), false)
			})
		}
	}
}

// BenchmarkAlone compares with an analyzer that does nothing and has no facts, by
// themselves, where one package in a hundred calls the API, and where none does.
func BenchmarkAlone(b *testing.B) {
	for _, name := range []string{"service", "x/tools"} {
		b.Run(strings.ReplaceAll(name, "/", ""), func(b *testing.B) {
			dir := module(b, name)
			compare(b, "alone", name, alone(b, dir, "retcode", "retcode", name), alone(b, dir, "nothing", "null", name), true)
		})
	}
}

// BenchmarkAloneBroken compares a module of which one package does not compile with the
// same module as it was. Nothing imports a leaf.
func BenchmarkAloneBroken(b *testing.B) {
	for _, fault := range []struct{ name, text string }{
		{"a type error", "var Fault = missing"},
		{"a missing module", `import _ "nowhere.example/none"`},
		{"a syntax error", "func fault( {"},
	} {
		for _, place := range []struct{ name, pkg string }{{"a leaf", "p299"}, {"the middle", "p007"}} {
			pkg := place.pkg
			b.Run(fault.name+" in "+place.name, func(b *testing.B) {
				dir, broken := module(b, "service"), filepath.Join(b.TempDir(), "service")
				if err := os.CopyFS(broken, os.DirFS(dir)); err != nil {
					b.Fatal(err)
				}
				if err := write(filepath.Join(broken, pkg, "fault.go"), []byte("package "+pkg+"\n\n"+fault.text+"\n")); err != nil {
					b.Fatal(err)
				}
				job := alone(b, broken, "retcode", "retcode", "service")
				job.exit = []int{1, 3}
				compare(b, "alone, "+fault.name+" in "+place.name, "service", job, alone(b, dir, "the sound module", "retcode", "service"), true)
			})
		}
	}
}

// BenchmarkAloneFacts compares with an analyzer that does nothing but have a fact type.
func BenchmarkAloneFacts(b *testing.B) {
	dir := module(b, "service")
	compare(b, "alone", "service", alone(b, dir, "retcode", "retcode", "service"), alone(b, dir, "nothing, with a fact", "nullfact", "service"), true)
}

// BenchmarkPeersVet compares with other linters under go vet, cold.
func BenchmarkPeersVet(b *testing.B) {
	for _, name := range []string{"x/tools", "service"} {
		for _, peer := range peers {
			b.Run(strings.ReplaceAll(name, "/", "")+"/"+peer, func(b *testing.B) {
				dir := module(b, name)
				tool := peer
				if tool == "staticcheck" {
					tool = "sa" // its command is no tool for go vet
				}
				compare(b, "go vet, cold", name, vet(dir, "retcode", "retcode", name, true), vet(dir, peer, tool, name, true), false)
			})
		}
	}
}

// BenchmarkPeersAlone compares with other linters by themselves.
func BenchmarkPeersAlone(b *testing.B) {
	for _, name := range []string{"x/tools", "service"} {
		for _, peer := range peers {
			b.Run(strings.ReplaceAll(name, "/", "")+"/"+peer, func(b *testing.B) {
				dir := module(b, name)
				var flags []string
				if peer == "staticcheck" {
					flags = []string{"-checks=SA*"}
				}
				compare(b, "alone", name, alone(b, dir, "retcode", "retcode", name), alone(b, dir, peer, peer, name, flags...), true)
			})
		}
	}
}

// BenchmarkPeersLint compares with other linters in golangci-lint, each enabled alone and
// with an empty cache.
func BenchmarkPeersLint(b *testing.B) {
	for _, name := range []string{"x/tools", "service"} {
		for _, peer := range peers {
			b.Run(strings.ReplaceAll(name, "/", "")+"/"+peer, func(b *testing.B) {
				dir := module(b, name)
				golangci := lintBinary(b)
				compare(b, "golangci-lint", name, lint(b, golangci, dir, "none", "retcode"), lint(b, golangci, dir, "none", peer), true)
			})
		}
	}
}

// BenchmarkPeersAdded compares what golangci-lint takes when retcode is added to the linters
// that it enables by itself with what it takes when another is.
func BenchmarkPeersAdded(b *testing.B) {
	for _, peer := range peers {
		if peer == "staticcheck" {
			continue // it is one of them
		}
		b.Run(peer, func(b *testing.B) {
			dir := module(b, "service")
			golangci := lintBinary(b)
			compare(b, "golangci-lint, with its standard linters", "service",
				lint(b, golangci, dir, "standard", "retcode"), lint(b, golangci, dir, "standard", peer), true)
		})
	}
}

// BenchmarkPeersChanged compares with other linters in golangci-lint, each enabled alone, when
// three packages have changed since the run that filled the cache.
func BenchmarkPeersChanged(b *testing.B) {
	for _, peer := range peers {
		b.Run(peer, func(b *testing.B) {
			dir := module(b, "service")
			golangci := lintBinary(b)
			changed := func(linter string) job {
				j := lint(b, golangci, dir, "none", linter)
				cache := "GOLANGCI_LINT_CACHE=" + b.TempDir()
				j.env = func(int) []string { return []string{cache} }
				j.before = func(n int) error {
					for i := range 3 {
						name := filepath.Join(dir, fmt.Sprintf("p%03d", servicePackages/4*(i+1)), "changed.go")
						text := fmt.Sprintf("package p%03d\n\n// Changed for %s.\nconst Changed = %d\n", servicePackages/4*(i+1), linter, n)
						if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
							return err
						}
					}
					return nil
				}
				return j
			}
			compare(b, "golangci-lint, after a change", "service", changed("retcode"), changed(peer), true)
		})
	}
}

// own are the functions of each linter, as a profile names them.
var own = map[string]string{
	"retcode":     `/go-retcode/retcode/`,
	"exhaustive":  `/nishanths/exhaustive`,
	"errorlint":   `/go-errorlint/`,
	"staticcheck": `^honnef\.co/go/tools/`,
}

// BenchmarkPeersTogether runs golangci-lint with all of them enabled, and compares the time
// that its profile says each linter took. Loading is everybody's.
func BenchmarkPeersTogether(b *testing.B) {
	dir := module(b, "service")
	golangci := lintBinary(b)
	job := lint(b, golangci, dir, "none", append([]string{"retcode"}, peers...)...)
	argv := job.argv
	profile := filepath.Join(b.TempDir(), "cpu")
	job.argv = func(n int) []string { return append(argv(n), "--cpu-profile-path="+profile) }
	job.measure(b, 0)
	ratios := make(map[string][]float64)
	for n := 1; b.Loop(); n++ {
		job.measure(b, n)
		ours := took(b, golangci, profile, "retcode")
		for _, peer := range peers {
			theirs := took(b, golangci, profile, peer)
			b.Logf("retcode %v, %s %v", ours, peer, theirs)
			ratios[peer] = append(ratios[peer], float64(ours)/float64(theirs))
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, peer := range peers {
		b.ReportMetric(median(ratios[peer]), "x-"+peer)
		rows = append(rows, fmt.Sprintf("| golangci-lint, all in one run | service | %s | %s |  |  | %d |", peer, spread(ratios[peer]), len(ratios[peer])))
	}
}

// accounted is the line of pprof that says what the functions in focus took.
var accounted = regexp.MustCompile(`(?m)^Showing nodes accounting for (\S+), `)

// took is the CPU time that a profile says a linter's functions, and what they called, took.
func took(b *testing.B, binary, profile, linter string) time.Duration {
	b.Helper()
	out, err := goCommand(here.root, "tool", "pprof", "-top", "-unit=ms", "-focus="+own[linter], binary, profile)
	if err != nil {
		b.Fatal(err)
	}
	m := accounted.FindStringSubmatch(out)
	if m == nil {
		b.Fatalf("the profile has nothing of %s\n%s", linter, out)
	}
	d, err := time.ParseDuration(m[1])
	if err != nil || d <= 0 {
		b.Fatalf("%s took %s: %v", linter, m[1], err)
	}
	return d
}
