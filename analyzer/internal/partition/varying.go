package partition

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// varying says where a call gets new values: its arguments, and what it reads through them.
type varying struct {
	e      *Engine
	r      *interp.Propagation
	call   ssa.CallInstruction
	home   *ssa.BasicBlock
	fresh  bool // in the block of the call itself
	blocks map[*ssa.BasicBlock]bool
	phis   map[*ssa.Phi]bool
	seen   map[ssa.Value]bool
	bases  map[ssa.Value]bool // of the pointers that the call is given
	given  *places            // what of them is read here
	reads  *places            // what the call reads through them, and of package variables
}

func (e *Engine) newVarying(r *interp.Propagation, c ssa.CallInstruction) *varying {
	v := &varying{
		e: e, r: r, call: c, home: c.Block(),
		blocks: make(map[*ssa.BasicBlock]bool), phis: make(map[*ssa.Phi]bool),
		seen: make(map[ssa.Value]bool), bases: make(map[ssa.Value]bool), given: newPlaces(), reads: e.reads(c),
	}
	for _, a := range ir.Args(c.Common()) {
		v.vary(a, 0)
		if _, ok := a.Type().Underlying().(*types.Pointer); ok {
			v.bases[base(a)] = true
		}
	}
	for _, b := range r.Fn.Blocks {
		if r.Live[b.Index] && slices.ContainsFunc(b.Instrs, v.renews) {
			v.at(b)
		}
	}
	return v
}

// base is the variable that an address belongs to, whatever is read through it.
func base(v ssa.Value) ssa.Value {
	v = ir.Root(v)
	if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
		switch u.X.(type) {
		case *ssa.FreeVar, *ssa.Global, *ssa.Alloc:
			return u.X
		}
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
func (v *varying) vary(x ssa.Value, depth int) {
	if x == nil || v.seen[x] || depth > 40 {
		return
	}
	v.seen[x] = true
	switch i := x.(type) {
	case *ssa.Phi:
		v.phis[i] = true
		for _, e := range i.Edges {
			if _, ok := e.(*ssa.Phi); ok {
				v.vary(e, depth+1)
			}
		}
	case *ssa.Next, *ssa.Select:
		v.at(x.(ssa.Instruction).Block())
	case *ssa.UnOp:
		v.load(i, depth)
	case *ssa.Alloc:
		v.variable(i, depth)
		v.filled(i)
	case *ssa.MakeSlice:
		v.filled(i)
	case *ssa.Lookup:
		v.vary(i.X, depth+1)
		v.vary(i.Index, depth+1)
	case *ssa.Call:
		if pulls(v.r, &i.Call) || draws(v.r, &i.Call, 0) {
			v.at(i.Block())
			return
		}
		for _, a := range ir.Args(&i.Call) {
			v.vary(a, depth+1)
		}
	case ssa.Instruction:
		for _, op := range i.Operands(nil) {
			if *op != nil {
				v.vary(*op, depth+1)
			}
		}
	}
}

// load follows what is read: a variable, a field, a channel.
func (v *varying) load(i *ssa.UnOp, depth int) {
	switch a := i.X.(type) {
	case *ssa.Alloc:
		v.variable(a, depth)
	case *ssa.Global:
		v.given.globals[a] = true
	case *ssa.FreeVar:
	default:
		if i.Op == token.ARROW {
			v.at(i.Block())
			return
		}
		if f, ok := i.X.(*ssa.FieldAddr); ok {
			if field := ir.FieldVar(f.X, f.Field); field != nil {
				v.given.fields[field] = true
				v.bases[base(f.X)] = true
			}
		}
		v.vary(i.X, depth+1)
	}
}

// filled notes where a buffer is filled with something else each time.
func (v *varying) filled(buffer ssa.Value) {
	visit := func(ref ssa.Instruction) {
		if c, ok := ref.(*ssa.Call); ok && library.Draws(ir.Callee(&c.Call)) {
			v.at(c.Block())
		}
	}
	for _, ref := range *buffer.Referrers() {
		visit(ref)
		if s, ok := ref.(*ssa.Slice); ok {
			for _, ref := range *s.Referrers() {
				visit(ref)
			}
		}
	}
}

func (v *varying) variable(a *ssa.Alloc, depth int) {
	stores := v.r.Engine.Stores(a)
	for _, s := range stores {
		if s.Val == nil || s.Block < 0 {
			continue
		}
		switch val := s.Val.(type) {
		case *ssa.Const, *ssa.Parameter:
		default:
			v.vary(val, depth+1)
		}
		// A variable that is assigned again with a different value varies there.
		if len(stores) > 1 && s.Field < 0 && !s.Index && ir.DependsOn(s.Val, a, 0) {
			v.at(s.Instr.Block())
		}
	}
}

// renews reports whether an instruction changes what the call reads: a store to a field of
// what it is given or to a package variable, here or in a function of this package.
func (v *varying) renews(instr ssa.Instruction) bool {
	switch i := instr.(type) {
	case *ssa.Store:
		return !fillsLiteral(i) && v.stores(i)
	case *ssa.Call:
		if ssa.CallInstruction(i) == v.call || ir.SameCallee(&i.Call, v.call.Common()) {
			return false
		}
		fn := v.r.Engine.G.Local(i.Call.StaticCallee())
		return fn != nil && v.renewedBy(fn, ir.Args(&i.Call))
	}
	return false
}

// fillsLiteral reports whether a store fills a composite literal that is made anew there, with what
// no call gives: it is the same each time, unless what it is made of varies, which is followed.
func fillsLiteral(s *ssa.Store) bool {
	f, ok := s.Addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	a, ok := f.X.(*ssa.Alloc)
	return ok && a.Comment == "complit" && a.Block() == s.Block() && !madeByCall(s.Val, 0)
}

// madeByCall reports whether a call may have a part in a value.
func madeByCall(v ssa.Value, depth int) bool {
	switch x := v.(type) {
	case *ssa.Const, *ssa.Parameter, *ssa.Global, *ssa.FreeVar:
		return false
	case *ssa.UnOp:
		return depth > 4 || x.Op != token.MUL || madeByCall(x.X, depth+1)
	case *ssa.FieldAddr:
		return depth > 4 || madeByCall(x.X, depth+1)
	}
	from := ir.Preserved(v)
	return depth > 4 || from == nil || madeByCall(from, depth+1)
}

// stores reports whether a store here changes what the call reads.
func (v *varying) stores(s *ssa.Store) bool {
	switch a := s.Addr.(type) {
	case *ssa.Global:
		return v.readsGlobal(a)
	case *ssa.FieldAddr:
		f := ir.FieldVar(a.X, a.Field)
		return f != nil && v.readsField(f) && v.bases[base(a.X)]
	}
	return false
}

// renewedBy reports whether a function, given these arguments, changes what the call reads.
func (v *varying) renewedBy(fn *ssa.Function, args []ssa.Value) bool {
	for w := range v.e.writes(fn) {
		switch {
		case w.field == nil:
			if v.readsGlobal(w.global) {
				return true
			}
		case !v.readsField(w.field):
		case w.global != nil && v.bases[w.global], w.global == nil && w.param < len(args) && v.bases[base(args[w.param])]:
			return true
		}
	}
	return false
}

func (v *varying) readsGlobal(g *ssa.Global) bool { return v.reads.globals[g] || v.given.globals[g] }

func (v *varying) readsField(f *types.Var) bool {
	return v.reads.all || v.reads.fields[f] || v.given.fields[f]
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
