package carriers

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
	"github.com/go-retcode/retcode/analyzer/internal/summary"
)

// Engine finds the carriers of the functions of one package, and keeps them; it is not safe
// for concurrent use.
type Engine struct {
	*partition.Engine

	sources    *summary.Derived[*ssa.Function, []*interp.Source]
	telling    *summary.Memo[*ssa.Function, bool] // functions that tell elsewhere what became of a call
	handing    *summary.Memo[resultOf, bool]
	own        *summary.Memo[resultOf, bool] // results that hold a code of a call of the function's own
	examining  *summary.Memo[paramOf, bool]
	examined   *summary.Memo[*ssa.Function, []int]
	passing    *summary.Memo[examinedResult, bool]
	unexamined *summary.Memo[resultOf, int]
	inspecting
	requesting
}

// requesting is what is kept of the answers to HTTP requests.
type requesting struct {
	failures *summary.Derived[*ssa.Function, []*interp.Source] // errors that have lost the code
	losing   *summary.Memo[resultOf, bool]                     // results that are such errors
	clients  map[*types.Package]bool                           // libraries of which the clients are known
	readers  *summary.Memo[*ssa.Function, bool]                // functions that read the code in a body
	byStatus map[*interp.Source]*interp.Source                 // the carriers of the status beside those of the body
}

// New returns an engine over the labels of a package.
func New(g *flow.Graph) *Engine {
	in := partition.New(g)
	s := in.Answers
	return &Engine{
		Engine:     in,
		sources:    summary.NewDerived[*ssa.Function, []*interp.Source](s),
		telling:    summary.Least[*ssa.Function](s),
		handing:    summary.Greatest[resultOf](s),
		own:        summary.Least[resultOf](s),
		examining:  summary.Least[paramOf](s),
		examined:   summary.New[*ssa.Function](s, nil, together, slices.Equal[[]int]),
		passing:    summary.Greatest[examinedResult](s),
		unexamined: summary.New[resultOf](s, noSpace, agreedSpace, func(v, w int) bool { return v == w }),
		inspecting: newInspecting(s),
		requesting: requesting{
			failures: summary.NewDerived[*ssa.Function, []*interp.Source](s),
			losing:   summary.Least[resultOf](s),
			clients:  make(map[*types.Package]bool),
			readers:  summary.Least[*ssa.Function](s),
			byStatus: make(map[*interp.Source]*interp.Source),
		},
	}
}
