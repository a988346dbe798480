package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A vetRun is what one go vet did.
type vetRun struct {
	units    map[string]bool // what the tool was executed for
	findings string
}

var (
	unitID    = regexp.MustCompile(`(?m)^\t"ID": "(.*)",$`)
	execution = regexp.MustCompile(`(?m)^\S.* \S*vet\.cfg$`)
	reported  = regexp.MustCompile(`(?m)^(?:vet: )?\S+\.go:\d+:\d+: [^\t].*\n`)
	category  = regexp.MustCompile(` \([a-z]+\)\n$`)
)

// vetUnits runs go vet with a tool, and notes for which units the go command executed it.
func vetUnits(t *testing.T, dir string, env []string, tool string, args ...string) vetRun {
	t.Helper()
	args = append([]string{"vet", "-x", "-vettool=" + tool}, append(args, "./...")...)
	r, err := command(dir, env, "go", args...)
	if err != nil || r.code > 1 {
		t.Fatalf("go vet: %v, exit code %d\n%s", err, r.code, r.stderr)
	}
	run := vetRun{units: make(map[string]bool)}
	for _, m := range unitID.FindAllSubmatch(r.stderr, -1) {
		run.units[string(m[1])] = true
	}
	if n := len(execution.FindAll(r.stderr, -1)); n != len(run.units) {
		t.Fatalf("%d executions for %d units", n, len(run.units))
	}
	found := reported.FindAllString(string(r.stderr), -1)
	for _, f := range found {
		if !category.MatchString(f) {
			t.Fatal(f)
		}
	}
	slices.Sort(found)
	run.findings = strings.Join(found, "")
	if (run.findings != "") != (r.code == 1) {
		t.Fatalf("exit code %d with\n%s", r.code, r.stderr)
	}
	return run
}

// otherCatalog builds retcode with another name for one code.
func (tl tools) otherCatalog(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	data := filepath.Join(tl.root, "analyzer", "catalog", "rongcloud_gen.go")
	text, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(text), "RateLimited", "RateBounded")
	if changed == string(text) {
		t.Fatal("the catalog has no RateLimited")
	}
	other := filepath.Join(dir, "other.yaml")
	if err := os.WriteFile(other, []byte(changed), 0o666); err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {data: other}})
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(config, overlay, 0o666); err != nil {
		t.Fatal(err)
	}
	tool := filepath.Join(dir, "retcode")
	if _, err := output(tl.root, nil, "go", "build", "-overlay="+config, "-o", tool, "./cmd/retcode"); err != nil {
		t.Fatal(err)
	}
	return tool
}

// TestStale wants no result of other flags or of another binary, and every result of the
// same ones served from the go command's cache.
func TestStale(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26\n",
		"a/a.go": "// Package a judges codes.\npackage a\n\n//retcode:code business\ntype Code int\n\n" +
			"// Limited reports a limit.\nfunc Limited(c Code) bool { return c == 1008 }\n",
		"b/b.go": "// Package b uses them.\npackage b\n\nimport \"example.com/m/a\"\n\n" +
			"// Odd is no code.\nfunc Odd(c a.Code) bool { return c == 21402 }\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	other := tl.otherCatalog(t)
	env := []string{"GOCACHE=" + t.TempDir()}
	first := make(map[string]string)
	for _, step := range []struct {
		name, tool string
		flags      []string
		cached     bool
	}{
		{"default", tl.retcode, nil, false},
		{"default", tl.retcode, nil, true},
		{"flag", tl.retcode, []string{"-checks=unknown"}, false},
		{"default", tl.retcode, nil, true},
		{"flag", tl.retcode, []string{"-checks=unknown"}, true},
		{"binary", other, nil, false},
		{"default", tl.retcode, nil, true},
		{"binary", other, nil, true},
	} {
		got := vetUnits(t, dir, env, step.tool, step.flags...)
		if (len(got.units) == 0) != step.cached {
			t.Errorf("%s: the tool was executed for %d units", step.name, len(got.units))
		}
		if want, ok := first[step.name]; !ok {
			first[step.name] = got.findings
		} else if diff := cmp.Diff(want, got.findings); diff != "" {
			t.Errorf("%s (-first +later):\n%s", step.name, diff)
		}
	}
	for name, want := range map[string][]string{
		"default": {"(RateLimited", "(magic)", "(unknown)"},
		"flag":    {"(unknown)"},
		"binary":  {"(RateBounded", "(magic)", "(unknown)"},
	} {
		for _, w := range want {
			if !strings.Contains(first[name], w) {
				t.Errorf("%s: no %s in\n%s", name, w, first[name])
			}
		}
	}
	if strings.Contains(first["flag"], "(magic)") {
		t.Errorf("flag: %s", first["flag"])
	}
}

// TestWorkspace counts the units that are analyzed in a workspace of 1,000 packages: cold,
// warm, after a change above all, below all, and of what is known below all.
func TestWorkspace(t *testing.T) {
	tl := e2e(t)
	w := newWorkspace(t, tl.root, 10, 100)
	env := []string{"GOCACHE=" + t.TempDir()}
	table := "\n| run | units analyzed | of the 1,000 packages |\n|---|---|---|\n"
	vet := func(name string) vetRun {
		r := vetUnits(t, w.dir, env, tl.retcode)
		own := 0
		for u := range r.units {
			if strings.HasPrefix(u, "example.com/work/") {
				own++
			}
		}
		table += fmt.Sprintf("| %s | %d | %d |\n", name, len(r.units), own)
		return r
	}
	within := func(name string, r vetRun, changed string, allowed map[string]bool) {
		t.Helper()
		if !r.units[changed] {
			t.Errorf("%s: %s is not analyzed", name, changed)
		}
		for u := range r.units {
			if u != changed && !allowed[u] {
				t.Errorf("%s: %s is analyzed", name, u)
			}
		}
	}

	cold := vet("cold")
	if n := strings.Count(cold.findings, "(unchecked)"); n != w.width/apiEvery {
		t.Errorf("%d findings\n%s", n, cold.findings)
	}
	for layer := range w.layers {
		for i := range w.width {
			if !cold.units[w.path(layer, i)] {
				t.Errorf("%s is not analyzed", w.path(layer, i))
			}
		}
	}
	warm := vet("warm")
	if len(warm.units) > 0 || warm.findings != cold.findings {
		t.Errorf("warm: %d units\n%s", len(warm.units), cmp.Diff(cold.findings, warm.findings))
	}

	w.change(t, w.layers-1, 55, "sum := 1", "sum := 2")
	top := vet("a function's body changed in a package that nothing imports")
	within("top", top, w.path(w.layers-1, 55), nil)

	w.change(t, 1, 55, "sum := 1", "sum := 2")
	direct, all := w.importers(1, 55)
	deep := vet(fmt.Sprintf("the same in a package with %d importers, %d of them direct", len(all), len(direct)))
	within("deep", deep, w.path(1, 55), direct)

	// The top layer's finding goes, since the code is lost further down.
	w.change(t, 1, 50, `fmt.Errorf("unblocking in layer 1: %w", err)`, `errors.New("unblocking failed")`)
	direct, all = w.importers(1, 50)
	facts := vet(fmt.Sprintf("a code lost in a package with %d importers, %d of them direct", len(all), len(direct)))
	within("facts", facts, w.path(1, 50), all)
	if strings.Contains(facts.findings, filepath.FromSlash("l9/p050/p.go")) || !strings.Contains(facts.findings, filepath.FromSlash("l1/p050/p.go")) {
		t.Errorf("findings:\n%s", facts.findings)
	}

	w.write(t, w.file(1, 50), w.source(1, 50))
	back := vet("that change taken back")
	if len(back.units) > 0 || back.findings != cold.findings {
		t.Errorf("back: %d units\n%s", len(back.units), cmp.Diff(cold.findings, back.findings))
	}
	t.Log(table)
}

// TestSharedCache wants nothing analyzed on a second machine that shares the go command's
// cache with the first one, and the same findings.
func TestSharedCache(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	w := newWorkspace(t, tl.root, 5, 20)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	shared := t.TempDir()
	machine := func() vetRun {
		return vetUnits(t, w.dir, []string{"GOCACHE=" + t.TempDir(), "GOCACHEPROG=" + self, sharedCache + "=" + shared}, tl.retcode)
	}
	first, second := machine(), machine()
	if len(first.units) < w.layers*w.width || first.findings == "" {
		t.Errorf("first: %d units\n%s", len(first.units), first.findings)
	}
	if len(second.units) > 0 || second.findings != first.findings {
		t.Errorf("second: %d units\n%s", len(second.units), cmp.Diff(first.findings, second.findings))
	}
}
