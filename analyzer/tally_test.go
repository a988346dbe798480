package analyzer_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

// A count is how often one check was right, wrong and silent where it should have spoken.
type count struct{ right, wrong, missed int }

// A tally counts the findings of the corpus by check, and the functions that they stand in.
type tally struct {
	mu                        sync.Mutex
	counts                    map[string]*count
	workspaces, funcs, silent int
}

var label = regexp.MustCompile(`\b(wrong|missed): ([a-z]+)`)

func (a *tally) of(category string) *count {
	if a.counts[category] == nil {
		a.counts[category] = new(count)
	}
	return a.counts[category]
}

// add counts what was found in one workspace.
func (a *tally) add(t *testing.T, results []*analysistest.Result) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.workspaces++
	seen := make(map[string]bool) // a package and its test variant hold the same files
	for _, r := range results {
		fset := r.Action.Package.Fset
		at := func(pos token.Pos) string {
			p := fset.Position(pos)
			return fmt.Sprint(p.Filename, ":", p.Line)
		}
		labels := make(map[string]string)
		loud := make(map[*ast.FuncDecl]bool)
		var fresh []*ast.File
		for _, f := range r.Action.Package.Syntax {
			if name := fset.File(f.FileStart).Name(); !seen[name] {
				seen[name] = true
				fresh = append(fresh, f)
			}
		}
		for _, f := range fresh {
			for _, g := range f.Comments {
				for _, c := range g.List {
					for _, m := range label.FindAllStringSubmatch(c.Text, -1) {
						labels[at(c.Pos())+m[2]] = m[1]
						if m[1] == "missed" {
							a.of(m[2]).missed++
						}
					}
				}
			}
		}
		for _, d := range r.Diagnostics {
			in := fileAt(fresh, d.Pos)
			if in == nil {
				continue
			}
			switch labels[at(d.Pos)+d.Category] {
			case "wrong":
				a.of(d.Category).wrong++
				delete(labels, at(d.Pos)+d.Category)
			case "missed":
				t.Errorf("%s: %s is no longer missed: make the label a want comment", at(d.Pos), d.Category)
			default:
				a.of(d.Category).right++
			}
			for _, decl := range in.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= d.Pos && d.Pos < fn.End() {
					loud[fn] = true
				}
			}
		}
		for where, what := range labels {
			if what == "wrong" {
				t.Errorf("%s: nothing is reported that could be wrong", where)
			}
		}
		for _, f := range fresh {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
					a.funcs++
					if !loud[fn] {
						a.silent++
					}
				}
			}
		}
	}
}

func fileAt(files []*ast.File, pos token.Pos) *ast.File {
	for _, f := range files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}

// String is the table of the figures, in the order of the checks.
func (a *tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d functions, %d of them with nothing to report.\n\n", a.funcs, a.silent)
	b.WriteString("| check | right | wrong | missed | precision | recall |\n|---|---|---|---|---|---|\n")
	for _, name := range []string{"magic", "unknown", "mixed", "switch", "unchecked", "retryable", "text", "target", "retry", "directive"} {
		c := a.of(name)
		fmt.Fprintf(&b, "| `%s` | %d | %d | %d | %s | %s |\n", name, c.right, c.wrong, c.missed, share(c.right, c.wrong), share(c.right, c.missed))
	}
	return b.String()
}

func share(part, rest int) string { return fmt.Sprintf("%.1f%%", 100*float64(part)/float64(part+rest)) }

// compare fails if a page does not hold the table; with RETCODE_UPDATE it is written there.
func (a *tally) compare(t *testing.T, page string) {
	t.Helper()
	t.Logf("\n%s", a)
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("RETCODE_UPDATE") != "" {
		table := regexp.MustCompile(`(?m)^\d+ functions, \d+ of them with nothing to report\.\n\n(\|.*\n)+`)
		text = table.ReplaceAllLiteral(text, []byte(a.String()))
		if err := os.WriteFile(page, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(string(text), a.String()) {
		t.Errorf("%s does not hold these figures:\n%s", page, a)
	}
}
