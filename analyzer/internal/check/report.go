package check

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"sort"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/internal/fix"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// A Report collects what is found in one package for all catalogs.
type Report struct {
	Pass    *analysis.Pass
	Files   []*ast.File // files in which something may be reported
	Enabled func(category string) bool

	ignores  []*origin.Ignore
	problems []origin.Problem
	found    []finding
	all      []Finding
}

type finding struct {
	analysis.Diagnostic
	category string
}

// A Finding is what a check said, and the directive that silences it, or nil.
type Finding struct {
	analysis.Diagnostic
	Silenced *origin.Ignore
}

// All lists what the enabled checks said, silenced or not. It is there after Send.
func (r *Report) All() []Finding { return r.all }

// Directives adds the directives of the package as the origins of one catalog tell them:
// those that silence are the same for each.
func (r *Report) Directives(t *origin.Table) {
	if r.ignores == nil {
		r.ignores = t.Ignores()
	}
	r.Problems(t.Problems())
}

// Problems adds faults of directives, each once.
func (r *Report) Problems(list []origin.Problem) {
	for _, p := range list {
		if !slices.Contains(r.problems, p) {
			r.problems = append(r.problems, p)
		}
	}
}

// Send reports what no directive silences, in the order of the source.
func (r *Report) Send() {
	r.found = slices.DeleteFunc(r.found, func(f finding) bool {
		by := r.silencing(f.Pos, f.category)
		if by != nil && r.Enabled(f.category) {
			r.all = append(r.all, Finding{f.Diagnostic, by})
		}
		return by != nil
	})
	if r.Enabled("directive") {
		r.directives()
	}
	sort.SliceStable(r.found, func(i, j int) bool {
		a, b := r.found[i], r.found[j]
		p, q := r.Pass.Fset.PositionFor(a.Pos, false), r.Pass.Fset.PositionFor(b.Pos, false)
		return cmp.Or(cmp.Compare(p.Filename, q.Filename), cmp.Compare(p.Offset, q.Offset), cmp.Compare(a.category, b.category)) < 0
	})
	r.align()
	for i, f := range r.found {
		if i > 0 && f.Pos == r.found[i-1].Pos && f.Message == r.found[i-1].Message {
			continue
		}
		if r.Enabled(f.category) {
			r.all = append(r.all, Finding{f.Diagnostic, nil})
			r.Pass.Report(f.Diagnostic)
		}
	}
}

// align completes the fixes of what is reported.
func (r *Report) align() {
	var fixes []*analysis.SuggestedFix
	for _, f := range r.found {
		for i := range f.SuggestedFixes {
			if r.Enabled(f.category) {
				fixes = append(fixes, &f.SuggestedFixes[i])
			}
		}
	}
	if len(fixes) > 0 {
		fix.Align(r.Pass, fixes)
	}
}

// URL is the page of a check.
func URL(category string) string {
	return "https://github.com/go-retcode/retcode/blob/main/docs/checks/" + category + ".md"
}

type span struct{ pos, end token.Pos }

func (s span) Pos() token.Pos { return s.pos }
func (s span) End() token.Pos { return s.end }

// fileOf returns the file of a position, if something may be reported there, or nil.
func (r *Report) fileOf(pos token.Pos) *ast.File {
	for _, f := range r.Files {
		if f.FileStart <= pos && pos <= f.FileEnd {
			return f
		}
	}
	return nil
}

// add adds a diagnostic of a category.
func (r *Report) add(at analysis.Range, category string, related []analysis.RelatedInformation, fixes []analysis.SuggestedFix, message string) {
	if !at.Pos().IsValid() || r.fileOf(at.Pos()) == nil {
		return
	}
	r.found = append(r.found, finding{analysis.Diagnostic{
		Pos: at.Pos(), End: at.End(),
		Category:       category,
		URL:            URL(category),
		Message:        message + " (" + category + ")",
		Related:        related,
		SuggestedFixes: fixes,
	}, category})
}
