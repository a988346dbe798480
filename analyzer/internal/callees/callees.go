package callees

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/summary"
)

// Callees keeps the summaries of the functions of one package; it is not safe for
// concurrent use.
type Callees struct {
	G       *flow.Graph
	Answers *summary.Stack // of all memos that are asked for functions of the package

	pure    *summary.Memo[*ssa.Function, bool]
	exiting *summary.Memo[*ssa.Function, bool]
}

// New returns the summaries of a package, of which none is made yet.
func New(g *flow.Graph) *Callees {
	s := new(summary.Stack)
	return &Callees{G: g, Answers: s, pure: summary.Greatest[*ssa.Function](s), exiting: summary.Least[*ssa.Function](s)}
}
