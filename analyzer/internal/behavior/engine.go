package behavior

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/carriers"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// Engine answers what the functions of one package do for each code. It keeps what it
// found out; it is not safe for concurrent use.
type Engine struct {
	*carriers.Engine

	tabled map[*ssa.Function][]*partition.Partition // of the functions of which tables are told
}

// New returns an engine over the labels of a package.
func New(g *flow.Graph) *Engine {
	return &Engine{Engine: carriers.New(g), tabled: make(map[*ssa.Function][]*partition.Partition)}
}
