package partition

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
)

// Engine partitions the codes of carriers into classes that behave alike, and keeps the
// partitions; it is not safe for concurrent use.
type Engine struct {
	*interp.Engine
	Extra func(*catalog.Space) []catalog.Code // codes that have to be run besides, or nil

	partitions map[*interp.Source]*Partition
	waits      map[*ssa.Function]bool
	rates      map[any]sendRate // by where a channel is kept
}

// New returns an engine over the labels of a package.
func New(g *flow.Graph) *Engine {
	return &Engine{
		Engine:     interp.New(g),
		partitions: make(map[*interp.Source]*Partition),
		waits:      make(map[*ssa.Function]bool),
		rates:      make(map[any]sendRate),
	}
}
