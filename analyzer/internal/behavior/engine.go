package behavior

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/carriers"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
	"github.com/go-retcode/retcode/analyzer/internal/summary"
)

// Engine answers what the functions of one package do for each code. It keeps what it
// found out; it is not safe for concurrent use.
type Engine struct {
	*carriers.Engine

	tabled  map[*ssa.Function][]*partition.Partition // of the functions of which tables are told
	handled *summary.Memo[flow.Given, codes]
}

// New returns an engine over the labels of a package.
func New(g *flow.Graph) *Engine {
	in := carriers.New(g)
	return &Engine{
		Engine:  in,
		tabled:  make(map[*ssa.Function][]*partition.Partition),
		handled: summary.New[flow.Given](in.Answers, codes{every: true}, codes.common, codes.same),
	}
}
