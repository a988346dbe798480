package callees

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// Callees keeps the summaries of the functions of one package; it is not safe for
// concurrent use.
type Callees struct {
	G *flow.Graph

	pure    map[*ssa.Function]bool
	exiting map[*ssa.Function]bool
}

// New returns the summaries of a package, of which none is made yet.
func New(g *flow.Graph) *Callees {
	return &Callees{G: g, pure: make(map[*ssa.Function]bool), exiting: make(map[*ssa.Function]bool)}
}
