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
	_, ok := r.again(c)
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

// pulls reports whether a call yields something else each time: a scanner, a queue, a reader.
func (r *run) pulls(c *ssa.CallCommon) bool {
	f := flow.Callee(c)
	if f == nil {
		return false
	}
	switch f.Name() {
	case "Text", "Scan", "ReadString", "ReadBytes", "Pop", "Dequeue", "Receive", "Recv", "Next", "Get", "Take", "Poll", "Fetch", "Read", "ReadMessage", "FetchMessage", "Value", "Key", "Pick", "Choose":
		return f.Signature().Recv() != nil && !r.e.G.IsSDK(f)
	}
	return false
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
			if q, ok := e.(*ssa.Phi); ok && v.phis[q] {
				continue
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
	seen := make(map[*ssa.BasicBlock]bool)
	var found ssa.CallInstruction
	var walk func(b *ssa.BasicBlock, from int)
	walk = func(b *ssa.BasicBlock, from int) {
		for _, instr := range b.Instrs[from:] {
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

// Waits reports whether a call sleeps, or waits for a timer or a limiter.
func (e *Engine) Waits(c *ssa.CallCommon) bool {
	f := flow.Callee(c)
	if f != nil && f.Pkg() != nil {
		if isWait(f) {
			return true
		}
		if fact := e.G.FuncFact(c); fact != nil {
			return fact.Waits
		}
		if f.Pkg() != e.G.Pkg && e.isRetryPath(f.Pkg().Path()) {
			return true
		}
	}
	if f == nil && !c.IsInvoke() {
		// A clock that tests replace: func(time.Duration).
		sig := c.Signature()
		if sig.Results().Len() <= 1 && sig.Params().Len() >= 1 && sig.Params().Len() <= 2 &&
			flow.TypePath(sig.Params().At(sig.Params().Len()-1).Type()) == "time.Duration" {
			return true
		}
	}
	if c.IsInvoke() && (c.Method.Name() == "Sleep" || c.Method.Name() == "Wait") {
		return true
	}
	fns, _ := e.G.Targets(c)
	for _, fn := range fns {
		if e.funcWaits(fn) {
			return true
		}
	}
	return false
}

func isWait(f *types.Func) bool {
	name := f.Name()
	switch path := f.Pkg().Path(); path {
	case "time":
		switch name {
		case "Sleep", "After", "Tick", "NewTimer", "NewTicker", "AfterFunc", "Reset":
			return true
		}
		return false
	case "golang.org/x/time/rate":
		return strings.HasPrefix(name, "Wait") || strings.HasPrefix(name, "Reserve")
	default:
		if flow.Std(path) {
			return false
		}
		switch name {
		case "Sleep", "Wait", "WaitN", "Take", "Backoff", "NextBackOff":
			return true
		}
		return false
	}
}

// isRetryPath reports whether an element of an import path is that of a retry library. The
// elements that the package under analysis shares say nothing: they are its module's.
func (e *Engine) isRetryPath(path string) bool {
	elements, own := strings.Split(path, "/"), strings.Split(e.G.Pkg.Path(), "/")
	for i, el := range elements {
		if i < len(own) && own[i] == el && slices.Equal(own[:i], elements[:i]) {
			continue
		}
		switch strings.TrimPrefix(strings.TrimSuffix(el, "-go"), "go-") {
		case "retry", "backoff", "retryablehttp":
			return true
		}
	}
	return false
}

func (e *Engine) funcWaits(fn *ssa.Function) bool {
	if v, ok := e.waits[fn]; ok {
		return v
	}
	e.waits[fn] = false
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if e.instrWaits(instr) {
				e.waits[fn] = true
				return true
			}
		}
	}
	return false
}

// instrWaits reports whether an instruction waits for time to pass.
func (e *Engine) instrWaits(instr ssa.Instruction) bool {
	switch i := instr.(type) {
	case *ssa.Call:
		return e.Waits(&i.Call)
	case *ssa.UnOp:
		return i.Op.String() == "<-" && timeChan(i.X.Type())
	case *ssa.Select:
		for _, s := range i.States {
			if timeChan(s.Chan.Type()) {
				return true
			}
		}
	}
	return false
}

func timeChan(t types.Type) bool {
	c, ok := t.Underlying().(*types.Chan)
	return ok && flow.TypePath(c.Elem()) == "time.Time"
}

// inRetryHelper reports whether a closure is handed to a helper that calls it again: one
// that a fact or this package says so of, or one of a retry or backoff package.
func (e *Engine) inRetryHelper(fn *ssa.Function) bool {
	if fn.Parent() == nil {
		return false
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			var v ssa.Value
			switch i := instr.(type) {
			case *ssa.MakeClosure:
				if i.Fn == fn {
					v = i
				}
			case ssa.CallInstruction:
				for n, a := range i.Common().Args {
					if underInterface(a) == ssa.Value(fn) && e.retriesParam(i.Common(), n) {
						return true
					}
				}
			}
			if v == nil {
				continue
			}
			for _, ref := range *v.Referrers() {
				if c, ok := ref.(ssa.CallInstruction); ok && e.handsToRetry(c, v) {
					return true
				}
				if ct, ok := ref.(*ssa.ChangeType); ok {
					for _, ref := range *ct.Referrers() {
						if c, ok := ref.(ssa.CallInstruction); ok && e.handsToRetry(c, ct) {
							return true
						}
					}
				}
			}
		}
	}
	return false
}

func (e *Engine) handsToRetry(c ssa.CallInstruction, v ssa.Value) bool {
	for n, a := range flow.Args(c.Common()) {
		if underInterface(a) == v && e.retriesParam(c.Common(), n) {
			return true
		}
	}
	return false
}

func (e *Engine) retriesParam(c *ssa.CallCommon, n int) bool {
	f := flow.Callee(c)
	if f == nil || f.Pkg() == nil {
		return false
	}
	if f.Pkg() != e.G.Pkg && e.isRetryPath(f.Pkg().Path()) {
		return true
	}
	if fact := e.G.FuncFact(c); fact != nil {
		return fact.Retries
	}
	fns, _ := e.G.Targets(c)
	for _, fn := range fns {
		if n < len(fn.Params) && e.loopsOver(fn, fn.Params[n]) {
			return true
		}
	}
	return false
}

// loopsOver reports whether fn calls a function parameter in a loop that success leaves.
func (e *Engine) loopsOver(fn *ssa.Function, p *ssa.Parameter) bool {
	if _, ok := p.Type().Underlying().(*types.Signature); !ok {
		return false
	}
	for _, ref := range *p.Referrers() {
		c, ok := ref.(*ssa.Call)
		if !ok || c.Call.Value != ssa.Value(p) {
			continue
		}
		n := c.Call.Signature().Results().Len()
		if n == 0 || !isErrorLike(c.Call.Signature().Results().At(n-1).Type()) {
			continue
		}
		s := &Source{Fn: fn, Shape: Err, Instr: c, Call: c, Result: n - 1, vals: resultValues(c, n-1, n)}
		if e.propagate(s, 1, false).repeated(c) && !e.propagate(s, 0, true).repeated(c) {
			return true
		}
	}
	return false
}
