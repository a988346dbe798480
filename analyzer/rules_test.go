package analyzer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer"
)

const rulesPage = "../docs/rules.md"

var (
	ruleRow  = regexp.MustCompile("(?m)^\\| <a id=\"([^\"]*)\"></a>`([^`]*)` \\| (.*) \\| (.*) \\|$")
	ruleID   = regexp.MustCompile(`^[a-z]+/[a-z]+(-[a-z]+)*$`)
	unmet    = regexp.MustCompile("(?m)^- `([a-z/-]+)`: ")
	ruleLine = regexp.MustCompile(`(?m)^Rules: (.*)$`)
	wanted   = regexp.MustCompile("\\bwant ([`\"].*)")
	helped   = regexp.MustCompile(`(?m)^  (\w+) `)
)

// A rule is a row of the page on rules, with the places that prove it.
type rule struct {
	id        string
	negatives bool // it only ever says what is not reported
	unmet     bool // the page says that the linter does not do so yet
	pos, neg  []string
}

// TestRules wants a function in testdata that shows what each rule reports, and one that shows
// what it does not.
func TestRules(t *testing.T) {
	rules := readRules(t)
	for _, m := range readMarks(t) {
		i := slices.IndexFunc(rules, func(r *rule) bool { return r.id == m.rule })
		switch {
		case i < 0:
			t.Errorf("%s: there is no rule %q", m.place, m.rule)
		case m.positive():
			rules[i].pos = append(rules[i].pos, m.place)
		default:
			rules[i].neg = append(rules[i].neg, m.place)
		}
	}
	both := 0
	for _, r := range rules {
		if len(r.pos) > 0 && len(r.neg) > 0 {
			both++
		}
		switch {
		case r.unmet && len(r.pos)+len(r.neg) > 0:
			t.Errorf("%s is said to be not met, and shown: %q", r.id, append(r.pos, r.neg...))
		case r.unmet:
		case r.negatives && len(r.pos) > 0:
			t.Errorf("%s is marked with negatives alone, and shown by a positive: %s", r.id, r.pos[0])
		case !r.negatives && len(r.pos) == 0:
			t.Errorf("%s has no positive", r.id)
		}
		if !r.unmet && len(r.neg) == 0 {
			t.Errorf("%s has no negative", r.id)
		}
	}
	t.Logf("%d rules, %d with a positive and a negative", len(rules), both)
}

// readRules reads the rows of the page, and its list of what is not met.
func readRules(t *testing.T) []*rule {
	t.Helper()
	text, err := os.ReadFile(rulesPage)
	if err != nil {
		t.Fatal(err)
	}
	var out []*rule
	for _, m := range ruleRow.FindAllStringSubmatch(string(text), -1) {
		r := &rule{id: m[1], negatives: m[4] == "negatives alone"}
		switch {
		case !ruleID.MatchString(r.id) || m[1] != m[2]:
			t.Errorf("%s: %q and %q should be one name of the form room/word-word", rulesPage, m[1], m[2])
		case slices.ContainsFunc(out, func(o *rule) bool { return o.id == r.id }):
			t.Errorf("%s: %s stands there twice", rulesPage, r.id)
		case !strings.HasSuffix(m[3], ".") || m[4] != "" && !r.negatives:
			t.Errorf("%s: %s is no sentence with the mark of what proves it", rulesPage, r.id)
		}
		out = append(out, r)
	}
	if rows := strings.Count(string(text), "<a id="); rows != len(out) || rows == 0 {
		t.Errorf("%s: %d anchors, and %d rows that are read", rulesPage, rows, len(out))
	}
	for _, m := range unmet.FindAllStringSubmatch(string(text), -1) {
		i := slices.IndexFunc(out, func(r *rule) bool { return r.id == m[1] })
		if i < 0 {
			t.Errorf("%s: there is no rule %q that is not met", rulesPage, m[1])
			continue
		}
		out[i].unmet = true
	}
	return out
}

// A mark is one rule that a comment in testdata names.
type mark struct {
	rule, place string
	wants       []string // what is to be reported in what the comment stands on
}

// positive reports whether the mark shows something reported. A rule of a check is shown by a
// finding of that check; one of a room by any.
func (m mark) positive() bool {
	checks := checkNames()
	check, _, _ := strings.Cut(m.rule, "/")
	return slices.ContainsFunc(m.wants, func(want string) bool {
		says := func(name string) bool { return strings.Contains(want, `\(`+name+`\)`) }
		return !slices.Contains(checks, check) || says(check) || !slices.ContainsFunc(checks, says)
	})
}

// checkNames lists the checks as the command's help does.
func checkNames() []string {
	var out []string
	for _, m := range helped.FindAllStringSubmatch(analyzer.Analyzer.Flags.Lookup("checks").Usage, -1) {
		out = append(out, m[1])
	}
	return out
}

// readMarks reads the comments of all packages and declarations in testdata.
func readMarks(t *testing.T) []mark {
	t.Helper()
	var out []mark
	err := filepath.WalkDir("../testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		files, err := filepath.Glob(filepath.Join(path, "*.go"))
		if err != nil {
			return err
		}
		var whole []string // what is to be reported in the package
		var docs []*ast.CommentGroup
		fset := token.NewFileSet()
		for _, name := range files {
			f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			whole = append(whole, wantsIn(fset, f, f.FileStart, f.FileEnd)...)
			docs = append(docs, f.Doc)
			for _, decl := range f.Decls {
				doc, start := docOf(decl), decl.Pos()
				if doc != nil {
					start = doc.Pos()
				}
				out = append(out, marksIn(fset, doc, wantsIn(fset, f, start, decl.End()))...)
			}
		}
		for _, doc := range docs {
			out = append(out, marksIn(fset, doc, whole)...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func docOf(decl ast.Decl) *ast.CommentGroup {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		return d.Doc
	case *ast.GenDecl:
		return d.Doc
	}
	return nil
}

// marksIn lists the rules that a comment names in its line "Rules: A/B, C/D."
func marksIn(fset *token.FileSet, doc *ast.CommentGroup, wants []string) []mark {
	var out []mark
	for _, m := range ruleLine.FindAllStringSubmatch(doc.Text(), -1) {
		for id := range strings.SplitSeq(strings.TrimSuffix(m[1], "."), ", ") {
			out = append(out, mark{rule: id, place: fset.Position(doc.Pos()).String(), wants: wants})
		}
	}
	return out
}

// wantsIn lists the want comments from start to the end of the line of end, but for those of
// findings that are known to be wrong.
func wantsIn(fset *token.FileSet, f *ast.File, start, end token.Pos) []string {
	var out []string
	for _, g := range f.Comments {
		for _, c := range g.List {
			if c.Pos() < start || fset.Position(c.Pos()).Line > fset.Position(end).Line || label.MatchString(c.Text) {
				continue
			}
			if m := wanted.FindStringSubmatch(c.Text); m != nil {
				out = append(out, m[1])
			}
		}
	}
	return out
}
