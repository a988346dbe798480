package partition

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// repeated reports whether the source's call can be reached again after its answer was
// seen, without passing a place where one of its arguments gets a new value.
func repeated(r *interp.Propagation, c ssa.CallInstruction) bool {
	_, ok := again(r.AfterCall(c), c)
	return ok
}

// again searches the way back to the call; it returns the blocks on it.
func again(r *interp.Propagation, c ssa.CallInstruction) (way map[*ssa.BasicBlock]bool, ok bool) {
	home := c.Block()
	if home == nil || !r.Live[home.Index] || r.Ends[home] != nil && r.Ends[home] != ssa.Instruction(c) {
		return nil, false
	}
	v := newVarying(r, c)
	if v.fresh {
		return nil, false
	}
	forward := make(map[*ssa.BasicBlock]bool)
	stack := []*ssa.BasicBlock{home}
	found := false
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if r.Ends[b] != nil {
			continue
		}
		for _, s := range b.Succs {
			if !r.Edges[[2]int{b.Index, s.Index}] || v.changes(b, s) {
				continue
			}
			if s == home {
				found = true
				continue
			}
			if !forward[s] && !v.blocks[s] {
				forward[s] = true
				stack = append(stack, s)
			}
		}
	}
	if !found {
		return nil, false
	}
	// Keep what leads back.
	back := map[*ssa.BasicBlock]bool{home: true}
	stack = append(stack, home)
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, p := range b.Preds {
			if (forward[p] || p == home) && !back[p] && r.Edges[[2]int{p.Index, b.Index}] && !v.changes(p, b) {
				back[p] = true
				stack = append(stack, p)
			}
		}
	}
	return back, true
}

// varying says where the arguments of a call get new values.
type varying struct {
	fresh  bool // in the block of the call itself
	blocks map[*ssa.BasicBlock]bool
	phis   map[*ssa.Phi]bool
	home   *ssa.BasicBlock
}

func newVarying(r *interp.Propagation, c ssa.CallInstruction) *varying {
	v := &varying{blocks: make(map[*ssa.BasicBlock]bool), phis: make(map[*ssa.Phi]bool), home: c.Block()}
	seen := make(map[ssa.Value]bool)
	for _, a := range ir.Args(c.Common()) {
		vary(r, v, a, seen, 0)
	}
	return v
}

func (v *varying) at(b *ssa.BasicBlock) {
	if b == v.home {
		v.fresh = true
	}
	v.blocks[b] = true
}

// vary follows what an argument is made of. Values made anew from unchanging ones are the same.
func vary(r *interp.Propagation, v *varying, x ssa.Value, seen map[ssa.Value]bool, depth int) {
	if x == nil || seen[x] || depth > 40 {
		return
	}
	seen[x] = true
	switch i := x.(type) {
	case *ssa.Phi:
		v.phis[i] = true
		for _, e := range i.Edges {
			if _, ok := e.(*ssa.Phi); ok {
				vary(r, v, e, seen, depth+1)
			}
		}
	case *ssa.Next, *ssa.Select:
		v.at(x.(ssa.Instruction).Block())
	case *ssa.UnOp:
		switch a := i.X.(type) {
		case *ssa.Alloc:
			varyAlloc(r, v, a, seen, depth)
		case *ssa.Global, *ssa.FreeVar:
		default:
			if i.Op.String() == "<-" {
				v.at(i.Block())
				return
			}
			vary(r, v, i.X, seen, depth+1)
		}
	case *ssa.Alloc:
		varyAlloc(r, v, i, seen, depth)
	case *ssa.Lookup:
		vary(r, v, i.X, seen, depth+1)
		vary(r, v, i.Index, seen, depth+1)
	case *ssa.Call:
		if pulls(r, &i.Call) {
			v.at(i.Block())
			return
		}
		for _, a := range ir.Args(&i.Call) {
			vary(r, v, a, seen, depth+1)
		}
	case ssa.Instruction:
		for _, op := range i.Operands(nil) {
			if *op != nil {
				vary(r, v, *op, seen, depth+1)
			}
		}
	}
}

// pulls reports whether a call yields something else each time: a scanner, a queue, a reader,
// a generator of names.
func pulls(r *interp.Propagation, c *ssa.CallCommon) bool {
	f := ir.Callee(c)
	if f == nil {
		_, builtin := c.Value.(*ssa.Builtin)
		fns, complete := r.Engine.G.Targets(c)
		return !builtin && len(c.Args) == 0 && (!complete || slices.ContainsFunc(fns, func(fn *ssa.Function) bool { return !r.Engine.FuncPure(fn) }))
	}
	switch f.Name() {
	case "Text", "Scan", "ReadString", "ReadBytes", "Pop", "Dequeue", "Receive", "Recv", "Next", "Get", "Take", "Poll", "Fetch", "Read", "ReadMessage", "FetchMessage", "Value", "Key", "Pick", "Choose":
		return f.Signature().Recv() != nil && !r.Engine.G.IsSDK(f)
	}
	if f.Pkg() == nil || f.Signature().Params().Len() > 0 && !strings.HasPrefix(f.Pkg().Path(), "math/rand") {
		return false
	}
	switch path := f.Pkg().Path(); {
	case ir.Std(path):
		return strings.HasPrefix(path, "math/rand")
	case f.Signature().Recv() == nil:
		return !r.Engine.IsPure(c)
	}
	fn := r.Engine.G.Local(c.StaticCallee())
	return fn != nil && !r.Engine.FuncPure(fn)
}

func varyAlloc(r *interp.Propagation, v *varying, a *ssa.Alloc, seen map[ssa.Value]bool, depth int) {
	if seen[ssa.Value(a)] && depth > 0 {
		if _, done := v.blocks[nil]; done {
			return
		}
	}
	stores := r.Engine.Stores(a)
	for _, s := range stores {
		if s.Val == nil || s.Block < 0 {
			continue
		}
		switch val := s.Val.(type) {
		case *ssa.Const, *ssa.Parameter:
		default:
			vary(r, v, val, seen, depth+1)
		}
		// A variable that is assigned again with a different value varies there.
		if len(stores) > 1 && s.Field < 0 && !s.Index && ir.DependsOn(s.Val, a, 0) {
			v.at(s.Instr.Block())
		}
	}
}

// changes reports whether going from b to s gives an argument a new value.
func (v *varying) changes(b, s *ssa.BasicBlock) bool {
	for p := range v.phis {
		if p.Block() != s {
			continue
		}
		for k, pred := range s.Preds {
			if pred != b {
				continue
			}
			e := p.Edges[k]
			if q, ok := e.(*ssa.Phi); ok && v.phis[q] && (q == p || q.Block() != s) {
				continue // where q itself changes is seen there
			}
			if !ir.SameEverywhere(p, e) {
				return true
			}
		}
	}
	return false
}

// calledAgain finds a second call with the same callee and arguments that the first can
// reach, or a call of the function itself with its own parameters.
func calledAgain(r *interp.Propagation, c ssa.CallInstruction) ssa.CallInstruction {
	home := c.Block()
	if home == nil || !r.Live[home.Index] {
		return nil
	}
	k := &interp.Canonicalizer{R: r, Memo: make(map[ssa.Value]string)}
	want := k.Callee(c.Common()) + "(" + k.Args(c.Common()) + ")"
	given := ir.PointerArgs(c.Common())
	seen := make(map[*ssa.BasicBlock]bool)
	var found ssa.CallInstruction
	var walk func(b *ssa.BasicBlock, from int)
	walk = func(b *ssa.BasicBlock, from int) {
		for _, instr := range b.Instrs[from:] {
			if store, ok := instr.(*ssa.Store); ok && given[ir.Root(store.Addr)] {
				return // what an argument points to is another
			}
			if o, ok := instr.(ssa.CallInstruction); ok && o != c && found == nil {
				if k.Callee(o.Common())+"("+k.Args(o.Common())+")" == want || recursion(r, o) {
					found = o
					return
				}
			}
			if r.Ends[b] == instr {
				return
			}
		}
		for _, s := range b.Succs {
			if found == nil && r.Edges[[2]int{b.Index, s.Index}] && !seen[s] {
				seen[s] = true
				walk(s, 0)
			}
		}
	}
	for i, instr := range home.Instrs {
		if instr == ssa.Instruction(c) {
			walk(home, i+1)
			break
		}
	}
	return found
}

// recursion reports whether a call enters the function again with its own parameters, a
// counter aside.
func recursion(r *interp.Propagation, c ssa.CallInstruction) bool {
	if r.Engine.G.Local(c.Common().StaticCallee()) != r.Fn {
		return false
	}
	same := 0
	for i, a := range ir.Args(c.Common()) {
		if i >= len(r.Fn.Params) {
			return false
		}
		p := r.Fn.Params[i]
		if a == ssa.Value(p) {
			same++
			continue
		}
		if b, ok := p.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 {
			continue
		}
		return false
	}
	return same > 0
}
