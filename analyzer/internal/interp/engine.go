package interp

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Engine evaluates functions of one package for one code at a time. It keeps what it
// found out; it is not safe for concurrent use.
type Engine struct {
	G *flow.Graph

	memory
	Active    map[*ssa.Function]int // functions that are being followed
	budget    int                   // how many calls the running propagation may still follow
	outcomes  map[string]*outcome
	orders    map[*ssa.Function][]*ssa.BasicBlock
	sizes     map[*ssa.Function]int
	quiet     map[*ssa.Function]bool
	exiting   map[*ssa.Function]bool
	clients   map[*types.Package]bool // libraries of which the clients are known
	deferring map[*ssa.Function][]deferrer
}

// memory is what is known of variables, whatever the code.
type memory struct {
	storesOf     map[*ssa.Alloc][]Store
	reachOf      map[readAt][]Store
	literals     map[ssa.Value]*literal
	globalStores map[*ssa.Global][]*ssa.Store
	mutated      map[*ssa.Global]bool
}

// New returns an engine over the labels of a package.
func New(g *flow.Graph) *Engine {
	return &Engine{
		G: g,
		memory: memory{
			storesOf: make(map[*ssa.Alloc][]Store),
			reachOf:  make(map[readAt][]Store),
			literals: make(map[ssa.Value]*literal),
		},
		Active:    make(map[*ssa.Function]int),
		outcomes:  make(map[string]*outcome),
		orders:    make(map[*ssa.Function][]*ssa.BasicBlock),
		sizes:     make(map[*ssa.Function]int),
		quiet:     make(map[*ssa.Function]bool),
		exiting:   make(map[*ssa.Function]bool),
		clients:   make(map[*types.Package]bool),
		deferring: make(map[*ssa.Function][]deferrer),
	}
}

// BodySpace is the space of the code in a body.
func (e *Engine) BodySpace() int { return e.G.Catalog.Index(e.G.Catalog.Origins.CodeSpace) }

// StatusSpace is the space of HTTP statuses, or -1.
func (e *Engine) StatusSpace() int { return e.G.Catalog.Index(e.G.Catalog.Origins.StatusSpace) }

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

// MayHold reports whether a field of type t can hold the carrier itself or its bytes.
func (e *Engine) MayHold(t types.Type) bool {
	if ir.IsErrorLike(t) {
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
		return u.NumMethods() > 0 && ir.TypePath(t) == "io.ReadCloser"
	}
	return ir.TypePath(t) == "net/http.Response"
}

// HoldsCode reports whether a value of type t can hold a code of the space: the API's own
// types, and types with a field that a code or a carrier flows into.
func (e *Engine) HoldsCode(t types.Type, space int) bool {
	if _, s, ok := e.G.CarrierField(t); ok && s == space {
		return true
	}
	s := ir.StructOf(t)
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
