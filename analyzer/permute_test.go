package analyzer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shuffle writes a file with its declarations in another order, and the cases of switches over
// constants, each with the comments on its lines.
type shuffle struct {
	rand   *rand.Rand
	text   string
	groups [][]int // where the parts of a group begin, and where the last ends
}

// shuffled is a package with its files, and what is in them, in another order; lines are the
// lines of each file.
func (w *world) shuffled(u unit, info *types.Info, r *rand.Rand) (out unit, lines map[string][]string) {
	w.t.Helper()
	out.path, lines = u.path, make(map[string][]string)
	for _, f := range u.files {
		name := w.fset.PositionFor(f.Package, false).Filename
		text, err := os.ReadFile(name)
		if err != nil {
			w.t.Fatal(err)
		}
		s := &shuffle{rand: r, text: string(text)}
		s.declarations(w.fset, f)
		s.switches(w.fset, f, info)
		mixed := s.render(0, len(s.text))
		g, err := parser.ParseFile(w.fset, name, mixed, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			w.t.Fatalf("%v\n%s", err, mixed)
		}
		out.files = append(out.files, g)
		lines[name] = strings.Split(mixed, "\n")
	}
	r.Shuffle(len(out.files), func(i, j int) { out.files[i], out.files[j] = out.files[j], out.files[i] })
	return out, lines
}

// lineEnd is where the line of an offset ends.
func (s *shuffle) lineEnd(at int) int {
	if n := strings.IndexByte(s.text[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(s.text)
}

// lineStart is where the line of an offset begins, or -1 if something stands before it.
func (s *shuffle) lineStart(at int) int {
	start := strings.LastIndexByte(s.text[:at], '\n') + 1
	if strings.TrimSpace(s.text[start:at]) != "" {
		return -1
	}
	return start
}

func (s *shuffle) declarations(fset *token.FileSet, f *ast.File) {
	at := s.lineEnd(fset.PositionFor(f.Name.End(), false).Offset)
	var parts []int
	for _, d := range f.Decls {
		end := s.lineEnd(fset.PositionFor(d.End(), false).Offset)
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			at = end
			continue
		}
		if at < end {
			parts = append(parts, at)
		}
		at = end
	}
	s.groups = append(s.groups, append(parts, at))
}

// switches finds those of which each case stands on lines of its own and names constants alone.
func (s *shuffle) switches(fset *token.FileSet, f *ast.File, info *types.Info) {
	ast.Inspect(f, func(n ast.Node) bool {
		sw, ok := n.(*ast.SwitchStmt)
		if !ok || sw.Tag == nil {
			return true
		}
		offset := func(p token.Pos) int { return fset.PositionFor(p, false).Offset }
		var parts []int
		for _, c := range sw.Body.List {
			c := c.(*ast.CaseClause)
			if slices.ContainsFunc(c.List, func(e ast.Expr) bool { return info.Types[e].Value == nil }) {
				return true
			}
			if n := len(c.Body); n > 0 {
				if b, ok := c.Body[n-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
					return true
				}
			}
			parts = append(parts, s.lineStart(offset(c.Pos())))
		}
		parts = append(parts, s.lineStart(offset(sw.Body.Rbrace)))
		if len(parts) > 2 && !slices.Contains(parts, -1) && len(slices.Compact(slices.Clone(parts))) == len(parts) &&
			!strings.Contains(s.text[parts[0]:parts[len(parts)-1]], "//retcode:") {
			s.groups = append(s.groups, parts)
		}
		return true
	})
}

// render writes a part of the file, with each group in it in another order.
func (s *shuffle) render(from, to int) string {
	var out strings.Builder
	for from < to {
		next := slices.IndexFunc(s.groups, func(g []int) bool { return from <= g[0] && g[len(g)-1] <= to })
		if next < 0 {
			break
		}
		for i, g := range s.groups {
			if from <= g[0] && g[len(g)-1] <= to && g[0] < s.groups[next][0] {
				next = i
			}
		}
		g := s.groups[next]
		out.WriteString(s.text[from:g[0]])
		s.groups = slices.Delete(slices.Clone(s.groups), next, next+1)
		for _, k := range s.rand.Perm(len(g) - 1) {
			out.WriteString(s.render(g[k], g[k+1]))
		}
		from = g[len(g)-1]
	}
	out.WriteString(s.text[from:to])
	return out.String()
}

// findingsOf lists the findings of a module by the lines on which they stand; a number is
// magic once in a package, wherever that is.
func findingsOf(t *testing.T, dir string, r *rand.Rand) []string {
	t.Helper()
	w := newWorld(t, configuredBy(t, flagsOf(t, dir)...))
	for _, stub := range stubs(t, dir) {
		for _, u := range w.module(stub) {
			w.analyze(u)
		}
	}
	var out []string
	for _, u := range w.module(dir) {
		pkg, info := w.check(u)
		lines := make(map[string][]string)
		if r != nil {
			u, lines = w.shuffled(u, info, r)
			pkg, info = w.check(u)
		}
		for _, d := range w.run(u, pkg, info) {
			at := w.fset.PositionFor(d.Pos, false)
			if lines[at.Filename] == nil {
				text, err := os.ReadFile(at.Filename)
				if err != nil {
					t.Fatal(err)
				}
				lines[at.Filename] = strings.Split(string(text), "\n")
			}
			line := d.Message
			if d.Category != "magic" {
				line = strings.TrimSpace(lines[at.Filename][at.Line-1]) + ": " + line
			}
			out = append(out, filepath.Base(at.Filename)+": "+line)
		}
	}
	slices.Sort(out)
	return out
}

// TestOrderOfModules analyzes every module of testdata with its files, declarations and cases in
// other orders: the findings are the same.
func TestOrderOfModules(t *testing.T) {
	mods, err := filepath.Glob("../testdata/*/*/go.mod")
	if err != nil || len(mods) < 20 {
		t.Fatalf("%d modules in testdata: %v", len(mods), err)
	}
	seeds := 2
	if testing.Short() {
		seeds = 1
	}
	for _, mod := range append(mods, "../testdata/quickstart/go.mod", "../testdata/programs/retrying/go.mod") {
		dir := filepath.Dir(mod)
		t.Run(strings.TrimPrefix(filepath.ToSlash(dir), "../testdata/"), func(t *testing.T) {
			t.Parallel()
			want := findingsOf(t, dir, nil)
			for seed := range seeds {
				got := findingsOf(t, dir, rand.New(rand.NewPCG(uint64(seed), 1)))
				for _, line := range missing(want, got) {
					t.Errorf("seed %d: not found: %s", seed, line)
				}
				for _, line := range missing(got, want) {
					t.Errorf("seed %d: found: %s", seed, line)
				}
			}
		})
	}
}

// missing lists what is in a sorted list more often than in another.
func missing(in, from []string) []string {
	count := make(map[string]int)
	for _, line := range from {
		count[line]++
	}
	var out []string
	for _, line := range in {
		if count[line]--; count[line] < 0 {
			out = append(out, line)
		}
	}
	return out
}
