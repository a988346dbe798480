package interp

import (
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// region is the code that can run behind an event, up to the next time that it happens.
type region struct {
	All    bool
	home   *ssa.BasicBlock
	event  int // index in home
	blocks map[*ssa.BasicBlock]bool
	Again  bool // home is reached again
}

func (g *region) has(b *ssa.BasicBlock, n int) bool {
	switch {
	case g.All:
		return true
	case b == g.home:
		return n > g.event || g.Again && n < g.event
	}
	return g.blocks[b]
}

// AfterEvent is what can run once the carrier is there: the whole function for one that
// comes from outside.
func (r *Propagation) AfterEvent() *region {
	if r.Src == nil || r.Src.Outer || r.Src.Instr == nil {
		return &region{All: true}
	}
	g := &region{home: r.Src.Instr.Block()}
	for n, instr := range g.home.Instrs {
		if instr == r.Src.Instr {
			g.event = n
		}
	}
	g.blocks = r.Reach(g.home, func(b, s *ssa.BasicBlock) bool {
		goes := r.Ends[b] == nil
		g.Again = g.Again || goes && s == g.home
		return goes
	})
	return g
}

// IfAt is the condition at the end of a block that is reached.
func (r *Propagation) IfAt(blk *ssa.BasicBlock) *ssa.If {
	if !r.Live[blk.Index] || len(blk.Instrs) == 0 {
		return nil
	}
	i, _ := blk.Instrs[len(blk.Instrs)-1].(*ssa.If)
	return i
}

// Reachable returns the blocks that can be executed behind one, itself included.
func (r *Propagation) Reachable(from *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	return r.Reach(from, func(_, _ *ssa.BasicBlock) bool { return true })
}

// Leading is [ir.Leading] over the edges that can be executed.
func (r *Propagation) Leading(to *ssa.BasicBlock, follow func(from, to *ssa.BasicBlock) bool) map[*ssa.BasicBlock]bool {
	return ir.Leading(to, func(b, s *ssa.BasicBlock) bool { return r.Edges[[2]int{b.Index, s.Index}] && follow(b, s) })
}

// Reach is [ir.Reach] over the edges that can be executed.
func (r *Propagation) Reach(from *ssa.BasicBlock, follow func(from, to *ssa.BasicBlock) bool) map[*ssa.BasicBlock]bool {
	return ir.Reach(from, func(b, s *ssa.BasicBlock) bool { return r.Edges[[2]int{b.Index, s.Index}] && follow(b, s) })
}
