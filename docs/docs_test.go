// Package docs_test keeps the documentation true: its examples compile and are linted,
// its options exist, its links lead somewhere.
package docs_test

import (
	"bytes"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
)

// A fence is one fenced block: the words behind its back-quotes, and what it holds.
type fence struct{ info, text string }

// fences returns the fenced blocks of a page.
func fences(t *testing.T, page string) []fence {
	t.Helper()
	var out []fence
	var open *fence
	for line := range strings.Lines(read(t, page)) {
		info, ok := strings.CutPrefix(line, "```")
		switch {
		case ok && open == nil:
			open = &fence{info: strings.TrimSpace(info)}
		case ok:
			out = append(out, *open)
			open = nil
		case open != nil:
			open.text += line
		}
	}
	if open != nil {
		t.Errorf("%s: a fence is not closed", page)
	}
	return out
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// checks lists the checks as the command's help does.
func checks(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, m := range regexp.MustCompile(`(?m)^  (\w+) `).FindAllStringSubmatch(analyzer.Analyzer.Flags.Lookup("checks").Usage, -1) {
		out = append(out, m[1])
	}
	if len(out) == 0 {
		t.Fatal("the help names no check")
	}
	return out
}

// An example is a fence that is a Go file, wrong or right.
type example struct {
	page, check, kind string
	want              string // of a wrong one, the findings as the page shows them
	dir               string
}

// examples writes the pages' Go files below dir, a package each. Behind each wrong
// one stands what is said of it.
func examples(t *testing.T, dir string) []example {
	t.Helper()
	var out []example
	explained := map[string]string{"how-it-works.md": "switch"}
	for _, check := range checks(t) {
		explained[filepath.Join("checks", check+".md")] = check
	}
	for page, check := range explained {
		count := map[string]int{}
		list := fences(t, page)
		for i, f := range list {
			kind, ok := strings.CutPrefix(f.info, "go ")
			if !ok {
				continue
			}
			if kind != "wrong" && kind != "right" {
				t.Errorf("%s: an example is wrong or right, not %s", page, kind)
			}
			count[kind]++
			ex := example{page: page, check: check, kind: kind}
			ex.dir = filepath.Join(strings.TrimSuffix(page, ".md"), fmt.Sprint(kind, count[kind]))
			if kind == "wrong" {
				if i+1 == len(list) || list[i+1].info != "text" {
					t.Errorf("%s: no text with the findings follows a wrong example", page)
				} else {
					ex.want = list[i+1].text
				}
			}
			write(t, filepath.Join(dir, ex.dir, kind+".go"), f.text)
			out = append(out, ex)
		}
		if filepath.Dir(page) == "checks" && (count["wrong"] == 0 || count["right"] == 0) {
			t.Errorf("%s: examples %v; want wrong and right ones", page, count)
		}
	}
	return out
}

func write(t *testing.T, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

// libraries are stand-ins of those that the examples import, below testdata/stubs.
var libraries = []struct{ path, version, stub string }{
	{"github.com/rongcloud/server-sdk-go/v4", "v4.0.0", "sdk/v4"},
	{"connectrpc.com/connect", "v1.0.0", "libraries/connect"},
	{"github.com/go-sql-driver/mysql", "v1.0.0", "libraries/mysql"},
	{"github.com/jackc/pgerrcode", "v0.0.0", "libraries/pgerrcode"},
	{"github.com/jackc/pgx/v5", "v5.0.0", "libraries/pgx"},
	{"github.com/lib/pq", "v1.0.0", "libraries/pq"},
	{"github.com/mattn/go-sqlite3", "v1.0.0", "libraries/sqlite3"},
	{"google.golang.org/grpc", "v1.0.0", "libraries/grpc"},
	{"modernc.org/sqlite", "v1.0.0", "libraries/modernc"},
}

// TestExamples lints the examples of the check pages, the programs that the README
// shows, and the program of the page on retrying.
func TestExamples(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	list := examples(t, dir)
	version := regexp.MustCompile(`(?m)^go .*$`).FindString(read(t, "../go.mod"))
	testdata := filepath.Join(root, "testdata")
	databases := filepath.Join(testdata, "programs", "databases")
	var require, replace strings.Builder
	for _, lib := range libraries {
		fmt.Fprintf(&require, "require %s %s\n", lib.path, lib.version)
		fmt.Fprintf(&replace, "replace %s => %s\n", lib.path, filepath.Join(testdata, "stubs", filepath.FromSlash(lib.stub)))
	}
	write(t, filepath.Join(dir, "go.mod"), "module example.com/docs\n\n"+version+"\n\n"+require.String())
	// One load for all, since each would type-check net/http again.
	write(t, filepath.Join(dir, "go.work"), version+"\n\nuse (\n\t.\n\t"+root+"\n\t"+databases+"\n)\n\n"+replace.String())
	found := lint(t, dir, "./...", filepath.Join(testdata, "quickstart", "..."), filepath.Join(testdata, "programs", "retrying", "..."), filepath.Join(databases, "..."))

	for _, ex := range list {
		t.Run(ex.dir, func(t *testing.T) {
			got := found.text(filepath.Join(dir, ex.dir))
			if got != ex.want {
				t.Errorf("%s: findings:\n%swant:\n%s", ex.page, got, ex.want)
			}
			for line := range strings.Lines(got) {
				if !strings.HasSuffix(line, " ("+ex.check+")\n") {
					t.Errorf("%s: a finding of another check: %s", ex.page, line)
				}
			}
			if ex.kind == "wrong" && got == "" {
				t.Errorf("%s: nothing is found", ex.page)
			}
		})
	}
	t.Run("README", func(t *testing.T) {
		shown := 0
		all := found.text(root)
		for _, f := range fences(t, "../README.md") {
			for line := range strings.Lines(f.text) {
				if !strings.HasPrefix(line, "testdata/") {
					continue
				}
				if shown++; !strings.Contains(all, line) {
					t.Errorf("the programs have no finding\n%sbut\n%s", line, all)
				}
			}
		}
		if shown == 0 {
			t.Error("no finding is shown")
		}
	})
	t.Run("retrying", func(t *testing.T) {
		if got := found.text(filepath.Join(testdata, "programs", "retrying")); got != "" {
			t.Error(got)
		}
	})
}

// A finding is a diagnostic and where it is.
type finding struct {
	at      token.Position
	message string
}

type findings []finding

// text shows the findings below a folder as retcode prints them there.
func (fs findings) text(dir string) string {
	var b strings.Builder
	for _, f := range fs {
		if rel, err := filepath.Rel(dir, f.at.Filename); err == nil && filepath.IsLocal(rel) {
			fmt.Fprintf(&b, "%s:%d:%d: %s\n", filepath.ToSlash(rel), f.at.Line, f.at.Column, f.message)
		}
	}
	return b.String()
}

// lint loads packages and runs the analyzer as it is by default.
func lint(t *testing.T, dir string, patterns ...string) findings {
	t.Helper()
	conf := &packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule,
		Dir:  dir,
		Env:  append(os.Environ(), "GOWORK="+filepath.Join(dir, "go.work"), "GOFLAGS=-mod=readonly"),
	}
	pkgs, err := packages.Load(conf, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		for _, err := range p.Errors {
			t.Error(err)
		}
	})
	if t.Failed() {
		t.FailNow()
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out findings
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		for _, d := range act.Diagnostics {
			out = append(out, finding{act.Package.Fset.Position(d.Pos), d.Message})
		}
	}
	slices.SortStableFunc(out, func(a, b finding) int {
		if c := strings.Compare(a.at.Filename, b.at.Filename); c != 0 {
			return c
		}
		return a.at.Offset - b.at.Offset
	})
	return out
}

// TestFormat wants the Go of every page as gofmt writes it.
func TestFormat(t *testing.T) {
	for _, page := range pages(t) {
		for _, f := range fences(t, page) {
			if f.info != "go" && !strings.HasPrefix(f.info, "go ") {
				continue
			}
			got, err := formatted(f.text)
			if err != nil {
				t.Errorf("%s: %v in\n%s", page, err, f.text)
			} else if !bytes.Equal(got, []byte(f.text)) {
				t.Errorf("%s: not in gofmt form:\n%s", page, f.text)
			}
		}
	}
}

// TestOptions wants each flag on the configuration page, and a folder that tests it.
func TestOptions(t *testing.T) {
	page := read(t, "configuration.md")
	known := flagNames()
	for _, name := range known {
		if !strings.Contains(page, "\n### `-"+name+"`\n") {
			t.Errorf("configuration.md has no heading for -%s", name)
		}
		// -related changes how findings are shown, and none of them.
		if _, err := os.Stat(filepath.Join("..", "testdata", "options", name)); err != nil && name != "related" {
			t.Errorf("-%s: %v", name, err)
		}
		if !strings.Contains(read(t, "../.golangci.example.yml"), "\n          "+name+":") {
			t.Errorf(".golangci.example.yml has no setting %s", name)
		}
	}
	for _, m := range regexp.MustCompile("(?m)^### `-([\\w-]+)`$").FindAllStringSubmatch(page, -1) {
		if !slices.Contains(known, m[1]) {
			t.Errorf("configuration.md describes -%s, which does not exist", m[1])
		}
	}
}

// TestTable wants each check in the README's table, with a page.
func TestTable(t *testing.T) {
	readme := read(t, "../README.md")
	for _, check := range checks(t) {
		if !strings.Contains(readme, "\n| [`"+check+"`](docs/checks/"+check+".md) |") {
			t.Errorf("the README's table has no row for %s", check)
		}
	}
}

// TestLinks wants the target of each relative link to exist, its heading included.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, page := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(read(t, page), -1) {
			path, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(path, "://") {
				continue
			}
			target := page
			if path != "" {
				target = filepath.Join(filepath.Dir(page), filepath.FromSlash(path))
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: %v", page, err)
			} else if anchor != "" && !slices.Contains(anchors(read(t, target)), anchor) {
				t.Errorf("%s: %s has no heading #%s", page, target, anchor)
			}
		}
	}
}
