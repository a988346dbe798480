package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// call flows arguments into targets and results out of them.
func (g *Graph) call(_ *ssa.Function, instr ssa.CallInstruction) {
	c := instr.Common()
	v, _ := instr.(*ssa.Call)
	if b, ok := c.Value.(*ssa.Builtin); ok {
		g.builtin(b, c, v)
		return
	}
	if c.IsInvoke() {
		g.invoked(c)
	}
	fns, complete := g.Targets(c)
	for _, fn := range fns {
		g.enter(fn, instr)
	}
	switch {
	case !g.allSeen && !c.IsInvoke() && c.StaticCallee() == nil:
		return // more functions may flow to the value
	case len(fns) > 0:
		g.leave(fns, complete, c, v)
		return
	}
	args := ir.Args(c)
	if g.vendor(c, args, v) {
		return
	}
	if f := g.FuncFact(c); f != nil && !f.OnlyRuns() {
		g.byFact(f, c, args, v)
	} else {
		g.model(c, args, v)
	}
	g.given(c, v)
}

// invoked flows into the parameters that an interface of this package declares to be codes.
func (g *Graph) invoked(c *ssa.CallCommon) {
	for i, a := range c.Args {
		if s, ok := g.Origins.Param(c.Method, i); ok {
			g.forward(a, s)
		}
	}
}

// FuncFact returns what another package told of the callee, or nil.
func (g *Graph) FuncFact(c *ssa.CallCommon) *fact.Func {
	return g.told(g.Runs(c))
}

// Runs returns the function that a call names or, where that is a method of an interface of
// this package, the one of another package that it runs, if that is known.
func (g *Graph) Runs(c *ssa.CallCommon) *types.Func {
	f := ir.Callee(c)
	if f != nil && f.Pkg() == g.Pkg && c.IsInvoke() {
		if m := g.implementation(c); m != nil {
			return m
		}
	}
	return f
}

// Told is what a package tells of a function of its, or nil.
func (g *Graph) Told(fn *ssa.Function) *fact.Func {
	f, _ := fn.Object().(*types.Func)
	return g.told(f)
}

func (g *Graph) told(f *types.Func) *fact.Func {
	if f == nil || f.Pkg() == nil || f.Pkg() == g.Pkg || g.documented(f) {
		return nil
	}
	p := g.Facts(f.Pkg())
	if p == nil {
		return nil
	}
	return p.Func(ir.FuncName(f.Origin()))
}

// entry is a call that can reach a function.
type entry struct {
	fn    *ssa.Function
	instr ssa.CallInstruction
}

func (g *Graph) enter(fn *ssa.Function, instr ssa.CallInstruction) {
	if e := (entry{fn, instr}); !g.entered[e] {
		g.entered[e] = true
		g.callers[fn] = append(g.callers[fn], instr)
	}
	args := ir.Args(instr.Common())
	for i, p := range fn.Params {
		if i >= len(args) {
			break
		}
		a := g.get(args[i])
		in := label{spaces: a.spaces, bad: a.bad, other: a.other, zero: a.zero, text: a.text, down: a.own | a.down, fns: a.fns, anyFn: a.anyFn}
		if g.meant[p] {
			in.spaces, in.other = 0, false
			if g.fixed[p] {
				in.bad = 0
			}
			if l := g.peek(p); l.spaces != 0 {
				if s, ok := l.space(); ok {
					g.forward(args[i], s)
				}
			}
		}
		g.put(p, in)
		if gains := g.gains(p, i); gains != none.flow() {
			g.gain(args[i], gains, args, dataArg(instr.Common()))
		}
	}
}

// flow is the part of a label that facts carry.
func (l *label) flow() fact.Flow { return fact.Flow{Own: l.own, From: l.from, Asks: l.asks} }

// gains is what a parameter's pointee holds after the call that it did not hold before.
func (g *Graph) gains(p *ssa.Parameter, i int) fact.Flow {
	l := g.peek(p)
	f := l.flow()
	if i < 64 {
		f.From &^= 1 << i
	}
	if !ir.IsReference(p.Type()) {
		return fact.Flow{}
	}
	return f
}

// DecodesInto reports whether fn itself decodes JSON into what parameter i points to; that
// callers hand it something decoded is not enough.
func (g *Graph) DecodesInto(fn *ssa.Function, i int) bool {
	return g.gains(fn.Params[i], i).Own&fact.JSON != 0
}

// gain labels what an argument points to; decoded JSON is a decoding here.
func (g *Graph) gain(arg ssa.Value, f fact.Flow, args []ssa.Value, data int) {
	l := g.substitute(f, args, data)
	target := ir.UnderConversion(arg)
	if l.own&fact.JSON != 0 {
		g.decode(l, nil, target)
		return
	}
	g.mark(ir.Root(target), l.own, 8)
	g.put(ir.Root(target), l)
	if u, ok := target.(*ssa.UnOp); ok {
		g.mark(u, l.own, 6)
	}
}

// asksItself reports whether what has such labels comes from a function that by itself asks
// the API: the address of a picture that it is given does not make it ask somebody else.
func asksItself(own fact.Bits) bool {
	return own&(fact.Request|fact.Response) != 0 && own&fact.Foreign == 0
}

// AnswersItself reports whether result i of fn answers a request of the API that fn makes.
func (g *Graph) AnswersItself(fn *ssa.Function, i int) bool {
	return asksItself(g.peek(result{fn, i}).own)
}

// substitute puts the labels of arguments where a flow names parameters; one of them may be
// data that a request sends.
func (g *Graph) substitute(f fact.Flow, args []ssa.Value, data int) label {
	out := label{own: f.Own}
	itself := asksItself(f.Own)
	for i, a := range args {
		if i >= 64 {
			break
		}
		bit := uint64(1) << i
		if f.From&bit != 0 {
			l := g.get(a)
			add := l.evidence()
			add.own |= l.own & (fact.Carriers | fact.Text)
			add.down |= l.down & (fact.Carriers | fact.Text)
			add.fns, add.anyFn, add.via = nil, false, l.via
			if ir.IsError(a.Type()) {
				add.own &^= fact.JSON // what wraps an error was not decoded from one
				add.down &^= fact.JSON
			}
			if itself || i == data {
				add = add.native()
			}
			if s, ok := l.space(); ok {
				add.own |= fact.Carrier(s)
			} else if _, s, ok := g.CarrierField(a.Type()); ok {
				add.own |= fact.Carrier(s)
			}
			out.join(&add)
		}
		if f.Asks&bit != 0 {
			add := g.get(a).asked()
			if itself || i == data {
				add = add.native()
			}
			out.join(&add)
		}
	}
	return out
}

// leave flows the results of the targets out of a call. Labels count where all agree; one that
// hands on what the call itself answers, as a decorator does, agrees with the others: what all
// have is a greatest fixed point.
func (g *Graph) leave(fns []*ssa.Function, complete bool, c *ssa.CallCommon, v *ssa.Call) {
	if v == nil {
		return
	}
	args := ir.Args(c)
	n := ir.ResultCount(c)
	for i := range n {
		var out label
		bits := ^fact.Bits(0)
		for _, fn := range fns {
			r := g.peek(result{fn, i})
			l := g.substitute(r.flow(), args, dataArg(c))
			if !slices.Contains(r.via, c.Method) {
				bits &= l.own | l.down
			}
			l.via = append(l.via[:len(l.via):len(l.via)], r.via...)
			if r.asks != 0 && l.foreign() {
				l.other = g.asked // a code for who asks the API; before, that may still show
			} else {
				l.spaces, l.bad, l.other, l.zero, l.text = r.spaces, r.bad, r.other, r.zero, r.text
			}
			l.fns, l.anyFn = r.fns, r.anyFn
			out.join(&l)
		}
		if len(fns) > 1 {
			out.own &= bits
			out.down &= bits
			if c.IsInvoke() {
				out.via = append(out.via, c.Method)
			}
		}
		if !complete {
			out.other = true
		}
		g.setResult(v, i, n, out)
	}
}

// setResult labels result i of n of a call; an answer of a type with a code is a decoding.
func (g *Graph) setResult(v *ssa.Call, i, n int, l label) {
	if v.Call.IsInvoke() {
		if s, ok := g.Origins.Result(v.Call.Method, i); ok {
			l.spaces, l.bad, l.other = 1<<s, 0, false
		}
	}
	if n == 1 {
		g.put(v, l)
	} else {
		g.put(element{v, i}, l)
	}
	if l.bits()&(fact.Response|fact.JSON) == fact.Response|fact.JSON {
		g.decodeType(l, nil, ir.ResultType(&v.Call, i))
	}
}

// byFact flows through a function of another package as its fact says.
func (g *Graph) byFact(f *fact.Func, c *ssa.CallCommon, args []ssa.Value, v *ssa.Call) {
	for _, p := range f.Params {
		if p.Index < len(args) && p.Declared && p.Code > 0 {
			g.forward(args[p.Index], p.Code-1)
		}
		if p.Index < len(args) && (p.Gains != fact.Flow{}) {
			g.gain(args[p.Index], p.Gains, args, dataArg(c))
		}
	}
	if v == nil {
		return
	}
	n := ir.ResultCount(c)
	for i := range n {
		r := f.Result(i)
		if r == nil {
			g.setResult(v, i, n, label{other: true})
			continue
		}
		l := g.substitute(r.Holds, args, dataArg(c))
		switch {
		case r.Code == 0:
			l.other = true
		case r.Holds.Asks != 0 && l.foreign():
			l.other = g.asked
		default:
			l.spaces, l.zero = 1<<(r.Code-1), r.Zero
		}
		g.setResult(v, i, n, l)
	}
}

func (g *Graph) builtin(b *ssa.Builtin, c *ssa.CallCommon, v *ssa.Call) {
	if v == nil {
		return
	}
	var l label
	switch b.Name() {
	case "append":
		for _, a := range c.Args {
			x := g.get(a)
			l.join(&x)
		}
		l.spaces, l.other = 0, true
	case "min", "max":
		for _, a := range c.Args {
			x := g.get(a)
			l.join(&x)
		}
	case "copy":
		g.put(ir.Root(c.Args[0]), g.get(c.Args[1]).evidence())
		l.other = true
	default:
		l.other = true
	}
	g.put(v, l)
}

// IsSDK reports whether a function is declared in the vendor's SDK.
func (g *Graph) IsSDK(f *types.Func) bool {
	return f != nil && f.Pkg() != nil && g.sdk(f.Pkg().Path())
}

// ResultBits returns the labels of result i of a call.
func (g *Graph) ResultBits(v *ssa.Call, i int) fact.Bits {
	l := g.peek(v)
	if ir.ResultCount(&v.Call) > 1 {
		l = g.peek(element{v, i})
	}
	return l.bits()
}

// ResultSpace returns the space whose codes result i of a call holds.
func (g *Graph) ResultSpace(v *ssa.Call, i int) (int, bool) {
	if s, ok := g.TypeSpace(ir.ResultType(&v.Call, i)); ok {
		return s, true
	}
	if ir.ResultCount(&v.Call) > 1 {
		return g.peek(element{v, i}).space()
	}
	return g.peek(v).space()
}

// AnswerBits returns the labels of result i of a function of this package.
func (g *Graph) AnswerBits(fn *ssa.Function, i int) fact.Bits {
	l := g.peek(result{fn, i})
	return l.bits()
}

// DeferredBits returns the labels that result i of a go or defer call would have.
func (g *Graph) DeferredBits(c *ssa.CallCommon, i int) fact.Bits {
	args := ir.Args(c)
	if f := g.FuncFact(c); f != nil {
		if r := f.Result(i); r != nil {
			l := g.substitute(r.Holds, args, dataArg(c))
			return l.bits()
		}
		return 0
	}
	var bits fact.Bits
	fns, _ := g.Targets(c)
	for _, fn := range fns {
		r := g.peek(result{fn, i})
		l := g.substitute(r.flow(), args, dataArg(c))
		bits |= l.bits()
	}
	return bits
}

// IntegerError reports whether a type is an error made of a code, as type errCode int.
func (g *Graph) IntegerError(t types.Type) bool {
	l := g.codeError(t)
	_, ok := l.space()
	return ok
}
