package flow

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// solve runs every function until no label changes: first without what function values
// return, since labels only grow and all that they can be must be known, then with it. What the
// package alone is evidence of comes last, where no request shows whose answer it is.
func (g *Graph) solve() {
	for _, fn := range g.Funcs {
		g.seed(fn)
	}
	g.fix()
	if g.fromOutside() {
		g.fix()
	}
	g.allSeen, g.asked = true, len(g.envelopes) == 0
	g.fix()
	if len(g.envelopes) > 0 {
		g.byPackage()
		g.fix()
	}
}

// fromOutside notes the function values that importers give, as to an option that sets a hook
// or in a field of it, and reports whether there are any.
func (g *Graph) fromOutside() bool {
	found := false
	open := func(key any, t types.Type) {
		if _, ok := t.Underlying().(*types.Signature); ok {
			g.put(key, label{anyFn: true})
			found = true
		}
	}
	scope := g.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !obj.Exported() || obj.IsAlias() {
			continue
		}
		s, ok := obj.Type().Underlying().(*types.Struct)
		for i := 0; ok && i < s.NumFields(); i++ {
			// a function with results is mostly a task of this package
			if sig, ok := s.Field(i).Type().Underlying().(*types.Signature); ok && s.Field(i).Exported() && sig.Results().Len() == 0 {
				open(s.Field(i), s.Field(i).Type())
			}
		}
	}
	for _, fn := range g.Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || !obj.Exported() || len(g.callers[fn]) > 0 {
			continue
		}
		for _, p := range fn.Params {
			open(p, p.Type())
		}
	}
	return found
}

// fix runs every function until nothing changes. That ends: a round that changes something adds
// to a label, of which each part is a finite set that only grows, makes a parameter a code, or
// learns of an envelope what it was decoded from, each of which happens once.
func (g *Graph) fix() {
	for g.changed = true; g.changed; {
		g.changed = false
		for i := 0; i < len(g.Funcs); i++ {
			g.function(g.Funcs[i])
		}
		g.settleEnvelopes()
	}
}

// seed labels the parameters of fn.
func (g *Graph) seed(fn *ssa.Function) {
	obj, _ := fn.Object().(*types.Func)
	shift := 0
	if fn.Signature.Recv() != nil {
		shift = 1
	}
	for i, p := range fn.Params {
		l := label{}
		if i < 64 {
			l.from = 1 << i
		}
		if obj != nil && i >= shift {
			if s, ok := g.Origins.Param(obj, i-shift); ok {
				l.spaces = 1 << s
				g.meant[p], g.fixed[p] = true, true
			}
		}
		g.put(p, l)
	}
	if obj != nil {
		for i := range fn.Signature.Results().Len() {
			if s, ok := g.Origins.Result(obj, i); ok {
				g.put(result{fn, i}, label{spaces: 1 << s})
			}
		}
	}
	g.markSigned(fn)
}

// result is the place of a function's result.
type result struct {
	fn *ssa.Function
	i  int
}

// element is the place of one result of a call.
type element struct {
	call ssa.Value
	i    int
}

func (g *Graph) function(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			g.instr(fn, instr)
		}
	}
}

func (g *Graph) instr(fn *ssa.Function, instr ssa.Instruction) {
	switch i := instr.(type) {
	case *ssa.Store:
		g.store(i.Addr, g.get(i.Val))
		if fa, ok := i.Addr.(*ssa.FieldAddr); ok {
			if v := ir.FieldVar(fa.X, fa.Field); v != nil && g.sdk(g.Pkg.Path()) {
				if s, ok := g.Origins.Field(v); ok {
					g.forward(i.Val, s)
				}
			}
		}
	case *ssa.UnOp:
		switch {
		case i.Op == token.MUL:
			l := g.get(i.X)
			if _, ok := i.X.(*ssa.IndexAddr); ok {
				l = l.evidence().opaque()
			}
			g.put(i, l)
		default:
			g.put(i, label{other: true})
		}
	case *ssa.FieldAddr:
		// read through get
	case *ssa.Field:
		g.put(i, g.fieldLabel(i.X, i.Field))
	case *ssa.Phi:
		for _, e := range i.Edges {
			g.put(i, g.get(e))
		}
	case *ssa.Alloc: // labelled by what is stored
		if i.Comment == "complit" {
			g.leftOut(i)
		}
	case *ssa.MakeClosure:
		g.closure(i)
	case *ssa.Return:
		for k, r := range i.Results {
			g.put(result{fn, k}, g.get(r))
		}
	case *ssa.MapUpdate:
		l := g.get(i.Value)
		g.put(i.Map, l.evidence())
	case ssa.CallInstruction:
		g.call(fn, i)
	case ssa.Value:
		g.value(i)
	}
}

// closure flows between what is bound and the variables of a function literal, both ways.
func (g *Graph) closure(i *ssa.MakeClosure) {
	c := i.Fn.(*ssa.Function)
	for k, b := range i.Bindings {
		g.put(c.FreeVars[k], g.get(b))
		l := g.get(c.FreeVars[k])
		if _, ok := b.(*ssa.Alloc); ok {
			g.put(b, l)
		}
	}
	g.put(i, label{fns: []*ssa.Function{c}, other: true})
}

// value flows into what an instruction yields that is made of its operands alone.
func (g *Graph) value(v ssa.Value) {
	switch i := v.(type) {
	case *ssa.Convert:
		g.put(i, g.retyped(g.convert(i.X, i.Type()), i.Type()))
	case *ssa.MultiConvert:
		g.put(i, g.get(i.X))
	case *ssa.ChangeType:
		g.put(i, g.retyped(g.typed(i.X), i.Type()))
	case *ssa.ChangeInterface:
		g.put(i, g.get(i.X))
	case *ssa.MakeInterface:
		l := g.get(i.X)
		if _, s, ok := g.CarrierField(i.X.Type()); ok && (g.declares(i.X.Type()) || g.asked && !g.ForeignAnswer(i.X)) {
			l.own |= fact.Carrier(s)
		}
		if g.FitsAny(i.X.Type()) && ir.IsErrorType(i.X.Type()) {
			l = g.typed(i.X)
			g.put(integerError(ir.TypePath(i.X.Type())), label{spaces: l.spaces, bad: l.bad, other: l.other})
			if s, ok := l.space(); ok {
				l.own |= fact.Carrier(s)
			}
		}
		g.put(i, l)
	case *ssa.TypeAssert:
		l := g.get(i.X)
		if n, ok := g.integer(l.bits(), i.AssertedType); ok {
			l = n
		}
		g.put(i, l)
	case *ssa.Slice:
		l := g.get(i.X)
		if ir.IsString(i.X.Type()) && (i.Low != nil || i.High != nil) {
			l = l.opaque() // a part of a code is none
		}
		g.put(i, l)
	case *ssa.SliceToArrayPointer:
		g.put(i, g.get(i.X))
	case *ssa.Index:
		g.put(i, g.get(i.X).evidence().opaque())
	case *ssa.Lookup:
		g.put(i, g.lookup(i))
	case *ssa.Range:
		g.put(i, g.get(i.X).evidence())
	case *ssa.Next:
		g.put(i, g.get(i.Iter).evidence().opaque())
	case *ssa.Extract:
		g.extract(i)
	case *ssa.BinOp:
		g.binop(i)
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan:
		// labelled by what is stored
	default:
		g.put(i, label{other: true})
	}
}

// store flows into the place behind an address. A code or carrier that is stored in a
// field makes the struct a carrier.
func (g *Graph) store(addr ssa.Value, l label) {
	switch a := addr.(type) {
	case *ssa.FieldAddr:
		if v := ir.FieldVar(a.X, a.Field); v != nil {
			down := l
			down.own |= l.down
			down.down, down.from, down.asks = 0, 0, 0
			g.put(v, down)
			up := label{own: l.own & fact.Carriers, down: l.down & fact.Carriers, from: l.from, asks: l.asks}
			if s, ok := l.space(); ok {
				up.own |= fact.Carrier(s)
			}
			if v.Pkg() != g.Pkg {
				e := l.evidence()
				up.join(&e)
			}
			g.put(ir.Root(a.X), up)
		}
	case *ssa.IndexAddr:
		e := l.evidence()
		e.own |= l.own & (fact.Carriers | fact.Text)
		e.down |= l.down & fact.Carriers
		e.text = l.text
		if s, ok := l.space(); ok && ir.IsVarargs(a.X) {
			e.spaces = 1 << s
		}
		g.put(ir.Root(a.X), e)
	case *ssa.Global:
		down := l
		down.own |= l.down
		down.down, down.from, down.asks = 0, 0, 0
		g.put(a, down)
	default:
		g.put(addr, l)
	}
}

func (g *Graph) convert(x ssa.Value, to types.Type) label {
	l := g.typed(x)
	if ir.IsNumeric(x.Type()) != ir.IsNumeric(to) {
		return l.evidence().opaque()
	}
	return l
}

func (g *Graph) lookup(i *ssa.Lookup) label {
	l := g.get(i.X)
	out := l.evidence().opaque()
	if g.codeKey(i) {
		out.other = false
		if g.decodedMap(i) {
			out.spaces = 1 << g.Catalog.Index(g.Catalog.Origins.CodeSpace)
		}
	}
	return out
}

// decodedMap reports whether a lookup reads an answer of the API: by the evidence of the
// map, or because the message beside the code is read too where the package has evidence.
func (g *Graph) decodedMap(i *ssa.Lookup) bool {
	b := g.Bits(i.X)
	if b&fact.Foreign != 0 {
		return false
	}
	return b&fact.Response != 0 || b&fact.JSON != 0 && g.Evidence && g.readsBeside(i)
}

func (g *Graph) readsBeside(i *ssa.Lookup) bool {
	for _, b := range i.Parent().Blocks {
		for _, instr := range b.Instrs {
			l, ok := instr.(*ssa.Lookup)
			if !ok || !ir.IsJSONMap(l.X.Type()) {
				continue
			}
			if key, ok := ir.Text(l.Index); ok && slices.Contains(g.Catalog.Origins.Beside, key) {
				return true
			}
		}
	}
	return false
}

// codeKey reports whether a lookup reads the member that holds the code.
func (g *Graph) codeKey(i *ssa.Lookup) bool {
	key, ok := ir.Text(i.Index)
	return ok && key == g.Catalog.Origins.CodeField && ir.IsJSONMap(i.X.Type())
}

func (g *Graph) extract(i *ssa.Extract) {
	switch t := i.Tuple.(type) {
	case *ssa.TypeAssert, *ssa.Lookup:
		if i.Index == 0 {
			g.put(i, g.get(i.Tuple))
		} else {
			g.put(i, label{other: true})
		}
	case *ssa.Call:
		g.put(i, *g.peek(element{t, i.Index}))
	case *ssa.Next:
		g.put(i, g.get(t).opaque())
	default:
		g.put(i, label{other: true})
	}
}

func (g *Graph) binop(i *ssa.BinOp) {
	if _, space, ok := g.Masked(i); ok {
		g.put(i, label{spaces: 1 << space})
		return
	}
	l := label{other: true}
	if i.Op == token.ADD && ir.IsString(i.Type()) {
		x, y := g.get(i.X), g.get(i.Y)
		l.join(&x)
		l.join(&y)
		l.text = 0
	}
	g.put(i, l)
}

// forward makes a parameter that is handed on unchanged to where a code is meant one itself.
func (g *Graph) forward(v ssa.Value, space int) {
	for {
		switch x := v.(type) {
		case *ssa.Convert:
			v = x.X
			continue
		case *ssa.ChangeType:
			v = x.X
			continue
		case *ssa.Parameter:
			if !g.meant[x] && g.Fits(x.Type(), space) {
				g.meant[x] = true
				g.fixed[x] = g.sdk(g.Pkg.Path())
				g.changed = true
				if l := g.labels[x]; l != nil {
					l.bad, l.other, l.spaces = 0, false, 0
				}
				g.put(x, label{spaces: 1 << space})
			}
		}
		return
	}
}
