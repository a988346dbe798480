package partition

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// draws reports whether a call yields something else each time: a random, unique or counted
// value, or what a function of this package makes of one.
func draws(r *interp.Propagation, c *ssa.CallCommon, depth int) bool {
	if library.Draws(ir.Callee(c)) {
		return true
	}
	fn := r.Engine.G.Local(c.StaticCallee())
	if fn == nil || depth > interp.MaxDepth {
		return false
	}
	seen := make(map[ssa.Value]bool)
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			for _, v := range ret.Results {
				if drawn(r, fn, v, seen, depth) {
					return true
				}
			}
		}
	}
	return false
}

// drawn reports whether a value of a function is another one at each call of it.
func drawn(r *interp.Propagation, fn *ssa.Function, v ssa.Value, seen map[ssa.Value]bool, depth int) bool {
	if v == nil || seen[v] {
		return false
	}
	seen[v] = true
	switch i := v.(type) {
	case *ssa.Call:
		if draws(r, &i.Call, depth+1) {
			return true
		}
	case *ssa.Alloc, *ssa.MakeSlice:
		for _, ref := range *v.Referrers() {
			switch use := ref.(type) {
			case *ssa.Call:
				if library.Draws(ir.Callee(&use.Call)) {
					return true
				}
			case *ssa.Store:
				if use.Addr == v && drawn(r, fn, use.Val, seen, depth) {
					return true
				}
			}
		}
	case *ssa.UnOp:
		if keeps(fn, i.X) {
			return true
		}
	}
	instr, ok := v.(ssa.Instruction)
	return ok && slices.ContainsFunc(instr.Operands(nil), func(op *ssa.Value) bool { return drawn(r, fn, *op, seen, depth) })
}

// keeps reports whether a function stores to a place that outlives it, and that it reads: a
// counter.
func keeps(fn *ssa.Function, addr ssa.Value) bool {
	same := func(x ssa.Value) bool {
		if g, ok := addr.(*ssa.Global); ok {
			return x == ssa.Value(g)
		}
		a, ok := addr.(*ssa.FieldAddr)
		b, ok2 := x.(*ssa.FieldAddr)
		return ok && ok2 && a.Field == b.Field && base(a.X) == base(b.X) && !ir.IsLocal(a)
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if s, ok := instr.(*ssa.Store); ok && same(s.Addr) {
				return true
			}
		}
	}
	return false
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
