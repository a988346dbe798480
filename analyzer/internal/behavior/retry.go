package behavior

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// repeated reports whether the source's call can be reached again after its answer was
// seen, without passing a place where one of its arguments gets a new value.
func (r *run) repeated(c ssa.CallInstruction) bool {
	_, ok := r.behindCall(c).again(c)
	return ok
}

// again searches the way back to the call; it returns the blocks on it.
func (r *run) again(c ssa.CallInstruction) (way map[*ssa.BasicBlock]bool, ok bool) {
	home := c.Block()
	if home == nil || !r.live[home.Index] || r.ends[home] != nil && r.ends[home] != ssa.Instruction(c) {
		return nil, false
	}
	v := r.varying(c)
	if v.fresh {
		return nil, false
	}
	forward := make(map[*ssa.BasicBlock]bool)
	stack := []*ssa.BasicBlock{home}
	found := false
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if r.ends[b] != nil {
			continue
		}
		for _, s := range b.Succs {
			if !r.edges[[2]int{b.Index, s.Index}] || v.changes(b, s) {
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
			if (forward[p] || p == home) && !back[p] && r.edges[[2]int{p.Index, b.Index}] && !v.changes(p, b) {
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

func (r *run) varying(c ssa.CallInstruction) *varying {
	v := &varying{blocks: make(map[*ssa.BasicBlock]bool), phis: make(map[*ssa.Phi]bool), home: c.Block()}
	seen := make(map[ssa.Value]bool)
	for _, a := range flow.Args(c.Common()) {
		r.vary(v, a, seen, 0)
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
func (r *run) vary(v *varying, x ssa.Value, seen map[ssa.Value]bool, depth int) {
	if x == nil || seen[x] || depth > 40 {
		return
	}
	seen[x] = true
	switch i := x.(type) {
	case *ssa.Phi:
		v.phis[i] = true
		for _, e := range i.Edges {
			if _, ok := e.(*ssa.Phi); ok {
				r.vary(v, e, seen, depth+1)
			}
		}
	case *ssa.Next, *ssa.Select:
		v.at(x.(ssa.Instruction).Block())
	case *ssa.UnOp:
		switch a := i.X.(type) {
		case *ssa.Alloc:
			r.varyAlloc(v, a, seen, depth)
		case *ssa.Global, *ssa.FreeVar:
		default:
			if i.Op.String() == "<-" {
				v.at(i.Block())
				return
			}
			r.vary(v, i.X, seen, depth+1)
		}
	case *ssa.Alloc:
		r.varyAlloc(v, i, seen, depth)
	case *ssa.Lookup:
		r.vary(v, i.X, seen, depth+1)
		r.vary(v, i.Index, seen, depth+1)
	case *ssa.Call:
		if r.pulls(&i.Call) {
			v.at(i.Block())
			return
		}
		for _, a := range flow.Args(&i.Call) {
			r.vary(v, a, seen, depth+1)
		}
	case ssa.Instruction:
		for _, op := range i.Operands(nil) {
			if *op != nil {
				r.vary(v, *op, seen, depth+1)
			}
		}
	}
}

// pulls reports whether a call yields something else each time: a scanner, a queue, a reader,
// a generator of names.
func (r *run) pulls(c *ssa.CallCommon) bool {
	f := flow.Callee(c)
	if f == nil {
		_, builtin := c.Value.(*ssa.Builtin)
		fns, complete := r.e.G.Targets(c)
		return !builtin && len(c.Args) == 0 && (!complete || slices.ContainsFunc(fns, func(fn *ssa.Function) bool { return !r.e.funcQuiet(fn) }))
	}
	switch f.Name() {
	case "Text", "Scan", "ReadString", "ReadBytes", "Pop", "Dequeue", "Receive", "Recv", "Next", "Get", "Take", "Poll", "Fetch", "Read", "ReadMessage", "FetchMessage", "Value", "Key", "Pick", "Choose":
		return f.Signature().Recv() != nil && !r.e.G.IsSDK(f)
	}
	if f.Pkg() == nil || f.Signature().Params().Len() > 0 && !strings.HasPrefix(f.Pkg().Path(), "math/rand") {
		return false
	}
	switch path := f.Pkg().Path(); {
	case flow.Std(path):
		return strings.HasPrefix(path, "math/rand")
	case f.Signature().Recv() == nil:
		return !r.e.isQuiet(c)
	}
	fn := r.e.G.Local(c.StaticCallee())
	return fn != nil && !r.e.funcQuiet(fn)
}

func (r *run) varyAlloc(v *varying, a *ssa.Alloc, seen map[ssa.Value]bool, depth int) {
	if seen[ssa.Value(a)] && depth > 0 {
		if _, done := v.blocks[nil]; done {
			return
		}
	}
	stores := r.e.stores(a)
	for _, s := range stores {
		if s.val == nil || s.block < 0 {
			continue
		}
		switch val := s.val.(type) {
		case *ssa.Const, *ssa.Parameter:
		default:
			r.vary(v, val, seen, depth+1)
		}
		// A variable that is assigned again with a different value varies there.
		if len(stores) > 1 && s.field < 0 && !s.index && dependsOn(s.val, a, 0) {
			v.at(s.instr.Block())
		}
	}
}

// dependsOn reports whether a value is computed from the variable itself, as i+1 is.
func dependsOn(x ssa.Value, a *ssa.Alloc, depth int) bool {
	if depth > 6 || x == nil {
		return false
	}
	if u, ok := x.(*ssa.UnOp); ok && u.X == a {
		return true
	}
	i, ok := x.(ssa.Instruction)
	if !ok {
		return false
	}
	for _, op := range i.Operands(nil) {
		if *op != nil && dependsOn(*op, a, depth+1) {
			return true
		}
	}
	return false
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
			if !sameEverywhere(p, e) {
				return true
			}
		}
	}
	return false
}

// sameEverywhere reports whether an edge of a phi brings what every other edge brings.
func sameEverywhere(p *ssa.Phi, e ssa.Value) bool {
	for _, o := range p.Edges {
		if o == e || o == ssa.Value(p) {
			continue
		}
		if q, ok := o.(*ssa.Phi); ok && q != p {
			continue
		}
		return false
	}
	return true
}

// calledAgain finds a second call with the same callee and arguments that the first can
// reach, or a call of the function itself with its own parameters.
func (r *run) calledAgain(c ssa.CallInstruction) ssa.CallInstruction {
	home := c.Block()
	if home == nil || !r.live[home.Index] {
		return nil
	}
	k := &keyer{r: r, memo: make(map[ssa.Value]string)}
	want := k.callee(c.Common()) + "(" + k.args(c.Common()) + ")"
	given := pointed(c.Common())
	seen := make(map[*ssa.BasicBlock]bool)
	var found ssa.CallInstruction
	var walk func(b *ssa.BasicBlock, from int)
	walk = func(b *ssa.BasicBlock, from int) {
		for _, instr := range b.Instrs[from:] {
			if store, ok := instr.(*ssa.Store); ok && given[flow.Root(store.Addr)] {
				return // what an argument points to is another
			}
			if o, ok := instr.(ssa.CallInstruction); ok && o != c && found == nil {
				if k.callee(o.Common())+"("+k.args(o.Common())+")" == want || r.recursion(o) {
					found = o
					return
				}
			}
			if r.ends[b] == instr {
				return
			}
		}
		for _, s := range b.Succs {
			if found == nil && r.edges[[2]int{b.Index, s.Index}] && !seen[s] {
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

// pointed lists the pointers among the arguments of a call, its receiver aside.
func pointed(c *ssa.CallCommon) map[ssa.Value]bool {
	out := make(map[ssa.Value]bool)
	args := c.Args
	if !c.IsInvoke() && c.Signature().Recv() != nil {
		args = args[1:]
	}
	for _, a := range args {
		if _, ok := a.Type().Underlying().(*types.Pointer); ok {
			out[a] = true
		}
	}
	return out
}

// recursion reports whether a call enters the function again with its own parameters, a
// counter aside.
func (r *run) recursion(c ssa.CallInstruction) bool {
	if r.e.G.Local(c.Common().StaticCallee()) != r.fn {
		return false
	}
	same := 0
	for i, a := range flow.Args(c.Common()) {
		if i >= len(r.fn.Params) {
			return false
		}
		p := r.fn.Params[i]
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
