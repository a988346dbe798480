package interp

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/callees"
	"github.com/go-retcode/retcode/analyzer/internal/errtypes"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// Engine evaluates functions of one package for one code at a time. It keeps what it
// found out; it is not safe for concurrent use.
type Engine struct {
	G *flow.Graph
	*callees.Callees
	*errtypes.Finder

	results   map[string]*calleeResult
	orders    map[*ssa.Function][]*ssa.BasicBlock
	sizes     map[*ssa.Function]int
	deferring map[*ssa.Function][]deferrer
	carriers  map[*Source]typesSeen
}

// New returns an engine over the labels of a package.
func New(g *flow.Graph) *Engine {
	return &Engine{
		G:         g,
		Callees:   callees.New(g),
		Finder:    errtypes.New(g),
		results:   make(map[string]*calleeResult),
		orders:    make(map[*ssa.Function][]*ssa.BasicBlock),
		sizes:     make(map[*ssa.Function]int),
		deferring: make(map[*ssa.Function][]deferrer),
		carriers:  make(map[*Source]typesSeen),
	}
}

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
