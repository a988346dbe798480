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
		r.add(span{ig.Pos, ig.End}, "directive", nil, nil, fmt.Sprintf("this directive silences nothing: no finding of %s stands there; remove it", join(ig.Categories)))
	}
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
