package partition

import (
	"maps"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/summary"
)

// Engine partitions the codes of carriers into classes that behave alike, and keeps the
// partitions; it is not safe for concurrent use.
type Engine struct {
	*interp.Engine
	Extra func(*catalog.Space) []catalog.Code // codes that have to be run besides, or nil

	partitions map[*interp.Source]*Partition
	handings   map[*ssa.Function][]Handing
	waits      *summary.Memo[*ssa.Function, bool]
	rates      *summary.Memo[any, sendRate] // by where a channel is kept
	read       map[ssa.CallInstruction]*places
	stored     *summary.Memo[*ssa.Function, map[written]bool]
}

// New returns an engine over the labels of a package.
func New(g *flow.Graph) *Engine {
	in := interp.New(g)
	return &Engine{
		Engine:     in,
		partitions: make(map[*interp.Source]*Partition),
		read:       make(map[ssa.CallInstruction]*places),
		stored:     summary.New[*ssa.Function](in.Answers, nil, grown, maps.Equal[map[written]bool, map[written]bool]),
		waits:      summary.Least[*ssa.Function](in.Answers),
		rates:      summary.New[any](in.Answers, hurried, settled, func(v, w sendRate) bool { return v == w }),
	}
}
