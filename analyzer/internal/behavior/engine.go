package behavior

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// Engine answers what the functions of one package do for each code. It keeps what it
// found out; it is not safe for concurrent use.
type Engine struct {
	G     *flow.Graph
	Extra func(*catalog.Space) []catalog.Code // codes that have to be run besides, or nil

	orders       map[*ssa.Function][]*ssa.BasicBlock
	sizes        map[*ssa.Function]int
	storesOf     map[*ssa.Alloc][]store
	reachOf      map[readAt][]store
	literals     map[ssa.Value]*literal
	globalStores map[*ssa.Global][]*ssa.Store
	mutated      map[*ssa.Global]bool
	outcomes     map[string]*outcome
	active       map[*ssa.Function]int
	behaviours   map[*Source]*Behaviour
	sources      map[*ssa.Function][]*Source
	waits        map[*ssa.Function]bool
	pacedBy      map[any]pace           // by where a channel is kept
	readers      map[*ssa.Function]bool // functions that read the code in a body
	quiet        map[*ssa.Function]bool
	exiting      map[*ssa.Function]bool
	handing      map[resultOf]bool
	looks        map[paramOf]bool
	clients      map[*types.Package]bool // libraries of which the clients are known
	budget       int                     // how many calls the running propagation may still follow
	deferredIn   map[*ssa.Function][]deferrer
	tabled       map[*ssa.Function][]*Behaviour // of the functions of which tables are told
}

// New returns an engine over the labels of a package.
func New(g *flow.Graph) *Engine {
	return &Engine{
		G:          g,
		orders:     make(map[*ssa.Function][]*ssa.BasicBlock),
		sizes:      make(map[*ssa.Function]int),
		storesOf:   make(map[*ssa.Alloc][]store),
		reachOf:    make(map[readAt][]store),
		literals:   make(map[ssa.Value]*literal),
		outcomes:   make(map[string]*outcome),
		active:     make(map[*ssa.Function]int),
		behaviours: make(map[*Source]*Behaviour),
		sources:    make(map[*ssa.Function][]*Source),
		waits:      make(map[*ssa.Function]bool),
		pacedBy:    make(map[any]pace),
		readers:    make(map[*ssa.Function]bool),
		quiet:      make(map[*ssa.Function]bool),
		exiting:    make(map[*ssa.Function]bool),
		handing:    make(map[resultOf]bool),
		looks:      make(map[paramOf]bool),
		deferredIn: make(map[*ssa.Function][]deferrer),
		clients:    make(map[*types.Package]bool),
		tabled:     make(map[*ssa.Function][]*Behaviour),
	}
}

// bodySpace is the space of the code in a body.
func (e *Engine) bodySpace() int { return e.G.Catalog.Index(e.G.Catalog.Origins.CodeSpace) }

// statusSpace is the space of HTTP statuses, or -1.
func (e *Engine) statusSpace() int { return e.G.Catalog.Index(e.G.Catalog.Origins.StatusSpace) }

// order lists the blocks of fn so that most definitions come before their uses.
func (e *Engine) order(fn *ssa.Function) []*ssa.BasicBlock {
	if o, ok := e.orders[fn]; ok {
		return o
	}
	seen := make([]bool, len(fn.Blocks))
	var post []*ssa.BasicBlock
	type frame struct {
		b    *ssa.BasicBlock
		next int
	}
	visit := func(root *ssa.BasicBlock) {
		if root == nil || seen[root.Index] {
			return
		}
		seen[root.Index] = true
		stack := []frame{{root, 0}}
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next < len(f.b.Succs) {
				s := f.b.Succs[f.next]
				f.next++
				if !seen[s.Index] {
					seen[s.Index] = true
					stack = append(stack, frame{s, 0})
				}
				continue
			}
			post = append(post, f.b)
			stack = stack[:len(stack)-1]
		}
	}
	visit(fn.Recover)
	if len(fn.Blocks) > 0 {
		visit(fn.Blocks[0])
	}
	out := make([]*ssa.BasicBlock, 0, len(post))
	for i := len(post) - 1; i >= 0; i-- {
		out = append(out, post[i])
	}
	e.orders[fn] = out
	return out
}

// size is how many instructions fn has that yield a value.
func (e *Engine) size(fn *ssa.Function) int {
	n, ok := e.sizes[fn]
	if !ok {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				if _, ok := i.(ssa.Value); ok {
					n++
				}
			}
		}
		e.sizes[fn] = n
	}
	return n
}

func (e *Engine) isStatus(typePath, field string) bool {
	for _, f := range e.G.Catalog.Origins.StatusFields {
		if f == typePath+"."+field {
			return true
		}
	}
	return false
}

// mayHold reports whether a field of type t can hold the carrier itself or its bytes.
func (e *Engine) mayHold(t types.Type) bool {
	if isErrorLike(t) {
		return true
	}
	if _, _, ok := e.G.CarrierField(t); ok {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte && !strings.HasSuffix(t.String(), "RawMessage")
	case *types.Interface:
		return u.NumMethods() > 0 && flow.TypePath(t) == "io.ReadCloser"
	}
	return flow.TypePath(t) == "net/http.Response"
}

func isErrorLike(t types.Type) bool {
	errType := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	return types.Implements(t, errType) || types.Implements(types.NewPointer(t), errType)
}

// holdsCode reports whether a value of type t can hold a code of the space: the API's own
// types, and types with a field that a code or a carrier flows into.
func (e *Engine) holdsCode(t types.Type, space int) bool {
	if _, s, ok := e.G.CarrierField(t); ok && s == space {
		return true
	}
	s := flow.StructOf(t)
	if s == nil {
		return false
	}
	for i := range s.NumFields() {
		f := s.Field(i)
		if sp, ok := e.G.FieldSpace(f); ok && sp == space {
			return true
		}
		if e.G.FieldBits(f)&fact.Carrier(space) != 0 {
			return true
		}
	}
	return false
}
