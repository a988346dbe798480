package check

import (
	"fmt"
	"go/token"
	"slices"

	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// silencing is the directive that silences a category at a place, or nil. It is used thereby.
func (r *Report) silencing(pos token.Pos, category string) *origin.Ignore {
	at := r.Pass.Fset.PositionFor(pos, false)
	for _, ig := range r.ignores {
		if ig.Silences(category, at) {
			ig.Used = true
			return ig
		}
	}
	return nil
}

// directives reports directives that are wrong, or that silence nothing though every
// check that they name ran.
func (r *Report) directives() {
	for _, p := range r.problems {
		r.add(span{p.Pos, p.End}, "directive", nil, nil, p.Message)
	}
	for _, ig := range r.ignores {
		if ig.Used || slices.ContainsFunc(ig.Categories, func(s string) bool { return !r.Enabled(s) }) {
			continue
		}
		mend := "remove it"
		if where := r.beside(ig); where != "" {
			mend = "one stands on the line " + where + ": move it there"
		}
		r.add(span{ig.Pos, ig.End}, "directive", nil, nil, fmt.Sprintf("this directive silences nothing: no finding of %s stands there; %s", join(ig.Categories), mend))
	}
}

// beside says where a finding stands for which a directive was meant, right before or behind what it
// silences; it is "" if there is none.
func (r *Report) beside(ig *origin.Ignore) string {
	for _, f := range r.found {
		at := r.Pass.Fset.PositionFor(f.Pos, false)
		switch {
		case at.Filename != ig.File || !slices.Contains(ig.Categories, f.category):
		case at.Line == ig.From-1:
			return "before"
		case at.Line == ig.To+1:
			return "behind"
		}
	}
	return ""
}

func join(words []string) string {
	s := ""
	for i, w := range words {
		if i > 0 {
			s += " or "
		}
		s += w
	}
	return s
}
