package interp

import (
	"golang.org/x/tools/go/ssa"
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
	g := &region{home: r.Src.Instr.Block(), blocks: make(map[*ssa.BasicBlock]bool)}
	for n, instr := range g.home.Instrs {
		if instr == r.Src.Instr {
			g.event = n
		}
	}
	stack := []*ssa.BasicBlock{g.home}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if r.Ends[b] != nil {
			continue
		}
		for _, s := range b.Succs {
			switch {
			case !r.Edges[[2]int{b.Index, s.Index}]:
			case s == g.home:
				g.Again = true
			case !g.blocks[s]:
				g.blocks[s] = true
				stack = append(stack, s)
			}
		}
	}
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

func Reachable(r *Propagation, from *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	seen := map[*ssa.BasicBlock]bool{from: true}
	stack := []*ssa.BasicBlock{from}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, s := range b.Succs {
			if r.Edges[[2]int{b.Index, s.Index}] && !seen[s] {
				seen[s] = true
				stack = append(stack, s)
			}
		}
	}
	return seen
}
