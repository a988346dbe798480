package e2e

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// target is what the drivers are run on in one go: a copy of some test modules.
type target struct {
	name, dir string
	work      string // its go.work
	patterns  []string
	flags     []string
}

// targets copies the tree that belongs to the tests and joins its modules to
// workspaces, since every run loads net/http anew: one for all that run without
// flags, one for each set of flags, and those of the SDK's first versions, which
// have one import path, apart.
func targets(t *testing.T, root string) []target {
	t.Helper()
	dir := copyTree(t, root)
	groups := make(map[string]*target)
	for _, pattern := range []string{"go.mod", "testdata/*/*/go.mod", "testdata/stubs/sdk/*/go.mod"} {
		mods, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, mod := range mods {
			module := filepath.Dir(mod)
			flags := moduleFlags(t, module)
			name := strings.Join(flags, " ") + version(t, mod)
			if groups[name] == nil {
				groups[name] = &target{name: cmp.Or(name, "default"), dir: dir, flags: flags}
			}
			rel, err := filepath.Rel(dir, module)
			if err != nil {
				t.Fatal(err)
			}
			rel = "./" + filepath.ToSlash(rel)
			pattern := rel + "/..."
			if module == dir {
				pattern = "./testdata/quickstart/..."
			}
			groups[name].patterns = append(groups[name].patterns, pattern)
			groups[name].work += "use " + rel + "\n"
		}
	}
	var list []target
	for i, name := range slices.Sorted(maps.Keys(groups)) {
		tg := groups[name]
		work := filepath.Join(dir, fmt.Sprintf("%d.work", i))
		if err := os.WriteFile(work, []byte("go 1.26\n\n"+tg.work), 0o666); err != nil {
			t.Fatal(err)
		}
		tg.work = work
		list = append(list, *tg)
	}
	return list
}

// moduleFlags reads the flags that a test module is to be run with. Which checks
// it is for does not matter here.
func moduleFlags(t *testing.T, dir string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "flags"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return slices.DeleteFunc(strings.Fields(string(data)), func(f string) bool {
		return strings.HasPrefix(f, "-checks=")
	})
}

// version tells the SDK's first two major versions, of one import path, from others.
func version(t *testing.T, mod string) string {
	t.Helper()
	data, err := os.ReadFile(mod)
	if err != nil {
		t.Fatal(err)
	}
	all := filepath.ToSlash(mod) + string(data)
	for _, v := range []string{"sdk/v1", "sdk/v2"} {
		if strings.Contains(all, v+"\n") || strings.Contains(all, v+"/go.mod") {
			return v
		}
	}
	return ""
}

// finding is what every driver must say alike.
type finding struct {
	file      string
	line, col int
	message   string
}

// findings is a set, since drivers repeat what test variants repeat.
type findings map[finding]bool

func (fs findings) add(t *testing.T, dir, file string, line, col int, message string) {
	t.Helper()
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	rel, err := filepath.Rel(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	fs[finding{filepath.ToSlash(rel), line, col, message}] = true
}

// addJSON reads what x/tools' drivers print with -json: objects, and under go vet
// lines that name the package.
func (fs findings) addJSON(t *testing.T, dir string, out []byte) (fixable int) {
	t.Helper()
	var data []byte
	for line := range bytes.Lines(out) {
		if !bytes.HasPrefix(line, []byte("#")) {
			data = append(data, line...)
		}
	}
	for dec := json.NewDecoder(bytes.NewReader(data)); dec.More(); {
		var units map[string]map[string]json.RawMessage
		if err := dec.Decode(&units); err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
		for _, unit := range units {
			for name, raw := range unit {
				var list []struct {
					Posn, Message string
					Fixes         []json.RawMessage `json:"suggested_fixes"`
				}
				if err := json.Unmarshal(raw, &list); err != nil {
					t.Fatalf("%s: %v in %s", name, err, raw)
				}
				for _, d := range list {
					file, line, col := splitPosn(t, d.Posn)
					fs.add(t, dir, file, line, col, d.Message)
					fixable += len(d.Fixes)
				}
			}
		}
	}
	return fixable
}

func splitPosn(t *testing.T, posn string) (file string, line, col int) {
	t.Helper()
	parts := strings.Split(posn, ":")
	if len(parts) != 3 {
		t.Fatalf("position %q", posn)
	}
	line, err1 := strconv.Atoi(parts[1])
	col, err2 := strconv.Atoi(parts[2])
	if err1 != nil || err2 != nil {
		t.Fatalf("position %q", posn)
	}
	return parts[0], line, col
}

// apart copies the target: the go command keeps what go vet printed about a package
// and prints it again where the package is only a dependency.
func (tg target) apart(t *testing.T) target {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(tg.dir)); err != nil {
		t.Fatal(err)
	}
	tg.dir, tg.work = dir, filepath.Join(dir, filepath.Base(tg.work))
	return tg
}

func (tg target) env() []string { return []string{"GOWORK=" + tg.work} }

// output runs a command on the target that must succeed.
func (tg target) output(name string, args ...string) ([]byte, error) {
	return output(tg.dir, tg.env(), name, args...)
}

// standalone returns the findings of retcode alone, and how many have a fix.
func (tl tools) standalone(t *testing.T, tg target) (fs findings, fixable int) {
	t.Helper()
	args := append([]string{"-json"}, append(tg.flags, tg.patterns...)...)
	out, err := tg.output(tl.retcode, args...)
	if err != nil {
		t.Fatal(err)
	}
	fs = make(findings)
	fixable = fs.addJSON(t, tg.dir, out)
	return fs, fixable
}

// full returns the findings of singlechecker, which loads all from source. The flag
// is its own, and makes retcode leave the work to it.
func (tl tools) full(t *testing.T, tg target) findings {
	t.Helper()
	tg.flags = append([]string{"-debug="}, tg.flags...)
	fs, _ := tl.standalone(t, tg)
	return fs
}

// vet returns the findings under go vet.
func (tl tools) vet(t *testing.T, tg target) findings {
	t.Helper()
	args := append([]string{"vet", "-vettool=" + tl.retcode, "-json"}, append(tg.flags, tg.patterns...)...)
	r, err := command(tg.dir, tg.env(), "go", args...)
	if err != nil || r.code != 0 {
		t.Fatalf("go vet: %v, exit code %d\n%s", err, r.code, r.stderr)
	}
	fs := make(findings)
	fs.addJSON(t, tg.dir, r.stdout)
	return fs
}

// lint returns the findings of golangci-lint, from its JSON and from its SARIF.
func (tl tools) lint(t *testing.T, tg target) (fs, sarif findings) {
	t.Helper()
	tmp := t.TempDir()
	sarifPath := filepath.Join(tmp, "out.sarif")
	config := tl.config(t, filepath.Join(tmp, "golangci.yml"), tg.flags)
	args := []string{"run", "--allow-parallel-runners", "-c", config, "--path-mode=abs", "--show-stats=false",
		"--output.json.path=stdout", "--output.sarif.path=" + sarifPath}
	r, err := command(tg.dir, tg.env(), tl.golangci, append(args, tg.patterns...)...)
	if err != nil || r.code > 1 {
		t.Fatalf("golangci-lint: %v, exit code %d\n%s", err, r.code, r.stderr)
	}
	return jsonReport(t, tg.dir, r.stdout), sarifReport(t, tg.dir, sarifPath)
}

func jsonReport(t *testing.T, dir string, data []byte) findings {
	t.Helper()
	var report struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename     string
				Line, Column int
			}
		}
	}
	if err := json.Unmarshal(data, &report); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	fs := make(findings)
	for _, issue := range report.Issues {
		if issue.FromLinter != "retcode" {
			t.Errorf("%s reports %s", issue.FromLinter, issue.Text)
		}
		fs.add(t, dir, issue.Pos.Filename, issue.Pos.Line, issue.Pos.Column, issue.Text)
	}
	return fs
}

func sarifReport(t *testing.T, dir, path string) findings {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct {
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	fs := make(findings)
	for _, run := range log.Runs {
		for _, res := range run.Results {
			at := res.Locations[0].PhysicalLocation
			fs.add(t, dir, at.ArtifactLocation.URI, at.Region.StartLine, at.Region.StartColumn, res.Message.Text)
		}
	}
	return fs
}

// config writes the example configuration with the settings that the flags mean,
// and with what makes golangci-lint report all that it is told.
func (tl tools) config(t *testing.T, path string, flags []string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(tl.root, ".golangci.example.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var config map[string]any
	if err := yaml.Unmarshal(data, &config); err != nil {
		t.Fatal(err)
	}
	linters := config["linters"].(map[string]any)
	linters["exclusions"] = map[string]any{"generated": "disable"}
	custom := linters["settings"].(map[string]any)["custom"].(map[string]any)["retcode"].(map[string]any)
	settings := custom["settings"].(map[string]any)
	lists := make(map[string][]string)
	for _, f := range flags {
		name, value, _ := strings.Cut(strings.TrimPrefix(f, "-"), "=")
		switch settings[name].(type) {
		case bool:
			settings[name] = value == "" || value == "true"
		case string:
			settings[name] = value
		case []any, []string:
			lists[name] = append(lists[name], strings.Split(value, ",")...)
			settings[name] = lists[name]
		default:
			t.Fatalf("setting %s is a %T", name, settings[name])
		}
	}
	data, err = yaml.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}
