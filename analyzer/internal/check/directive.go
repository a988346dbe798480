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
		if line := r.beside(ig); line > 0 {
			mend = fmt.Sprintf("one stands on line %d: move it there", line)
		}
		r.add(span{ig.Pos, ig.End}, "directive", nil, nil, fmt.Sprintf("this directive silences nothing: no finding of %s stands there; %s", join(ig.Categories), mend))
	}
}

// beside is the line of a finding that stands right before or behind what a directive silences, and
// that it was meant for, or 0.
func (r *Report) beside(ig *origin.Ignore) int {
	for _, f := range r.found {
		at := r.Pass.Fset.PositionFor(f.Pos, false)
		if at.Filename == ig.File && slices.Contains(ig.Categories, f.category) && (ig.From-1 == at.Line || ig.To+1 == at.Line) {
			return at.Line
		}
	}
	return 0
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
