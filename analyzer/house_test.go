package analyzer_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// floors are the rooms of the house from the ground up: a room imports those before it.
var floors = []string{
	"catalog", "summary", "fact", "ir", "library", "program", "origin", "flow", "callees", "memory", "errtypes",
	"interp", "partition", "carriers", "behavior", "report", "handling", "fix", "check",
}

const (
	module     = "github.com/go-retcode/retcode/"
	maxPackage = 3000
	maxFile    = 400
	maxFunc    = 80
	maxFields  = 12
)

// larger are what is larger than the house allows, each with its reason.
var larger = map[string]string{
	"catalog/catalog.go Catalog":   "it is data: what a data file says",
	"catalog/catalog.go Space":     "it is data: what a data file says of a space",
	"catalog/file.go file":         "it is data: the file as it is written",
	"catalog/file.go fileSpace":    "it is data: a space as it is written",
	"internal/fact/fact.go Result": "it is data: what importers are told of one result",
	"internal/check":               "a file for each check: what they share is the constants that they judge",
	"internal/interp":              "evaluating a function, following its calls and listing its effects call each other",
}

// TestImportOrder keeps the imports of the analyzer's rooms running one way, and commands out
// of its private rooms, and net/http out of both.
func TestImportOrder(t *testing.T) {
	seen := 0
	for _, dir := range folders(t, "..") {
		p, err := build.ImportDir(dir, 0)
		if err != nil {
			continue // no Go files, or only tests
		}
		rel, _ := filepath.Rel("..", dir)
		from := room(filepath.ToSlash(rel))
		for _, imp := range p.Imports {
			rest, ours := strings.CutPrefix(imp, module)
			if imp == "net/http" {
				t.Errorf("%s imports net/http, which go vet would start once for each package", rel)
			}
			if !ours {
				continue
			}
			seen++
			to := room(rest)
			switch {
			case strings.HasPrefix(rel, "cmd") && strings.HasPrefix(rest, "analyzer/internal/"):
				t.Errorf("%s imports %s: commands know the analyzer's public packages alone", rel, rest)
			case strings.HasPrefix(rel, "analyzer") && strings.HasPrefix(rest, "cmd/"):
				t.Errorf("%s imports %s", rel, rest)
			case strings.HasPrefix(rel, "analyzer/internal/") && from < 0:
				t.Errorf("%s is no floor of the house: add it to floors", rel)
			case from >= 0 && to >= from && rel != filepath.FromSlash("analyzer/catalog/internal/gencatalog"):
				t.Errorf("%s imports %s, which stands above it", rel, rest)
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d imports were looked at", seen)
	}
}

// room is the floor of a package, or -1 for one above all.
func room(path string) int {
	path = strings.TrimPrefix(strings.TrimPrefix(path, "analyzer/"), "internal/")
	name, _, _ := strings.Cut(path, "/")
	return slices.Index(floors, name)
}

// TestDoors wants a doc.go in each room, of at least eight lines.
func TestDoors(t *testing.T) {
	for _, name := range floors {
		dir := filepath.Join("internal", name)
		if name == "catalog" || name == "report" {
			continue // a public package documents itself
		}
		text, err := os.ReadFile(filepath.Join(dir, "doc.go"))
		if err != nil {
			t.Error(err)
		} else if n := strings.Count(string(text), "\n"); n < 8 || !strings.Contains(string(text), "never") {
			t.Errorf("%s/doc.go does not say what the room knows, is asked, and never does", dir)
		}
	}
}

// TestSizes keeps packages, files, functions and structs at a size that can be read.
func TestSizes(t *testing.T) {
	used := make(map[string]bool)
	over := func(what string, n, limit int) {
		if n <= limit {
			return
		}
		used[what] = true
		if larger[what] == "" {
			t.Errorf("%s: %d, more than %d", what, n, limit)
		}
	}
	for _, dir := range folders(t, ".") {
		lines := 0
		for _, name := range goFiles(t, dir) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			if ast.IsGenerated(f) {
				continue
			}
			n := strings.Count(string(text), "\n")
			lines += n
			name = filepath.ToSlash(name)
			over(name, n, maxFile)
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					over(name+" "+n.Name.Name, fset.Position(n.End()).Line-fset.Position(n.Pos()).Line+1, maxFunc)
				case *ast.TypeSpec:
					if s, ok := n.Type.(*ast.StructType); ok {
						over(name+" "+n.Name.Name, s.Fields.NumFields(), maxFields)
					}
				}
				return true
			})
		}
		over(filepath.ToSlash(dir), lines, maxPackage)
	}
	for what := range larger {
		if !used[what] {
			t.Errorf("%s is no longer larger than the house allows: take it from the list", what)
		}
	}
}

func goFiles(t *testing.T, dir string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
}

// folders lists the folders below root that can hold a package.
func folders(t *testing.T, root string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if base := d.Name(); base == "testdata" || strings.HasPrefix(base, ".") && base != "." && base != ".." {
			return filepath.SkipDir
		}
		out = append(out, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestQuestions wants the page of the house to say which question each file of the engine answers.
func TestQuestions(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, page, ok := strings.Cut(string(text), "## Which question")
	if !ok {
		t.Fatal("the page has no questions")
	}
	for _, name := range []string{"behavior", "callees", "carriers", "errtypes", "flow", "handling", "interp", "memory", "partition", "summary"} {
		for _, file := range goFiles(t, filepath.Join("internal", name)) {
			if base := filepath.Base(file); base != "doc.go" && base != "engine.go" && !strings.Contains(page, base+"`") {
				t.Errorf("docs/architecture.md has no question for %s/%s", name, base)
			}
		}
	}
}
