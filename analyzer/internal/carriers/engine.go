package carriers

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// Engine finds the carriers of the functions of one package, and keeps them; it is not safe
// for concurrent use.
type Engine struct {
	*partition.Engine

	sources   map[*ssa.Function][]*interp.Source
	readers   map[*ssa.Function]bool // functions that read the code in a body
	handing   map[resultOf]bool
	examining map[paramOf]bool
	clients   map[*types.Package]bool // libraries of which the clients are known
}

// New returns an engine over the labels of a package.
func New(g *flow.Graph) *Engine {
	return &Engine{
		Engine:    partition.New(g),
		sources:   make(map[*ssa.Function][]*interp.Source),
		readers:   make(map[*ssa.Function]bool),
		handing:   make(map[resultOf]bool),
		examining: make(map[paramOf]bool),
		clients:   make(map[*types.Package]bool),
	}
}
