package interp

import (
	"go/constant"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// call is what a call returns; the results of several stand in tuples.
func (r *Propagation) call(c *ssa.Call) Value {
	results := r.results(c)
	n := c.Call.Signature().Results().Len()
	for len(results) < n {
		results = append(results, topValue)
	}
	switch n {
	case 0:
		return topValue
	case 1:
		return results[0]
	}
	r.setTuple(c, results[:n])
	return topValue
}

func (r *Propagation) put(c ssa.Instruction, v Value) {
	old := r.content[c]
	x := Join(old, v)
	if _, ok := r.content[c]; !ok || !x.equal(old) {
		r.content[c] = x
		r.changed = true
	}
}

func (r *Propagation) results(c *ssa.Call) []Value {
	common := &c.Call
	if r.Src != nil && r.Src.Instr == ssa.Instruction(c) && r.Src.Decoded {
		r.put(c, r.Src.value(r))
		if ir.IsDecode(c) {
			return []Value{null}
		}
		return nil
	}
	if b, ok := common.Value.(*ssa.Builtin); ok {
		return []Value{r.builtin(b.Name(), common)}
	}
	args := ir.Args(common)
	vals := make([]Value, len(args))
	touched := false
	for i, a := range args {
		vals[i] = r.Val(a)
		if vals[i].Kind == Bottom {
			return bottoms(common)
		}
		if !vals[i].Interesting() && vals[i].List == nil && ir.IsList(a.Type()) {
			vals[i].List = r.Engine.LiteralOf(a)
		}
		touched = touched || vals[i].Interesting()
	}
	name := r.Engine.G.FullName(common)
	if out, ok := r.model(c, name, args, vals); ok {
		return out
	}
	if out, ok := r.clientMethod(common, vals); ok {
		return out
	}
	if fns, complete := r.Engine.G.Targets(common); len(fns) > 0 && len(fns) <= maxTargets && complete {
		return r.follow(c, fns, args, vals, touched)
	}
	if !touched {
		return nil
	}
	if f := r.methodFact(common, vals); f != nil {
		return r.byFact(c, f, vals)
	}
	if f := r.Engine.G.FuncFact(common); f != nil {
		return r.byFact(c, f, vals)
	}
	f := ir.Callee(common)
	if f != nil && f.Pkg() != nil && ir.Std(f.Pkg().Path()) {
		if library.FillsFirst(f) && slices.ContainsFunc(vals[1:], Value.Holds) {
			r.put(c, Value{Kind: Carrier})
		}
		return r.std(common, vals)
	}
	return r.unknown(common, vals)
}

func bottoms(c *ssa.CallCommon) []Value {
	return make([]Value, c.Signature().Results().Len())
}

// unknown is what an opaque function returns when it is given the carrier or its code:
// anything, decided by the code.
func (r *Propagation) unknown(c *ssa.CallCommon, vals []Value) []Value {
	n := c.Signature().Results().Len()
	out := make([]Value, n)
	depends, part := false, false
	for _, v := range vals {
		depends = depends || v.ByCode || v.Holds() || v.Text
		part = part || v.Beside
	}
	for i := range out {
		out[i] = Value{Kind: Top, ByCode: depends, Beside: part}
	}
	return out
}

// std passes the carrier through a function of the standard library: bytes, readers, text.
func (r *Propagation) std(c *ssa.CallCommon, vals []Value) []Value {
	n := c.Signature().Results().Len()
	out := make([]Value, n)
	holds, depends, part, text := false, false, false, false
	for _, v := range vals {
		holds = holds || v.Holds()
		depends = depends || v.ByCode
		part = part || v.Beside
		text = text || v.Text
	}
	for i := range out {
		t := c.Signature().Results().At(i).Type()
		switch {
		case ir.IsError(t) && holds:
			out[i] = null
		case ir.IsError(t):
			out[i] = topValue
		case text || ir.IsBasicType(t) && !ir.IsString(t):
			out[i] = Value{Kind: Top, ByCode: depends || text, Beside: part || holds, Text: text}
		case holds:
			out[i] = Value{Kind: Carrier}
		default:
			out[i] = Value{Kind: Top, ByCode: depends, Beside: part}
		}
	}
	return out
}

func (r *Propagation) builtin(name string, c *ssa.CallCommon) Value {
	switch name {
	case "append":
		for _, a := range c.Args {
			if v := r.Val(a); v.Holds() || v.Code() {
				return Value{Kind: Carrier}
			}
		}
		return nonNil
	case "len", "cap":
		v := r.Val(c.Args[0])
		return Value{Kind: Top, Beside: v.Beside || v.Holds(), ByCode: v.ByCode}
	case "recover":
		return topValue
	}
	depends := false
	for _, a := range c.Args {
		depends = depends || r.Val(a).ByCode
	}
	return Value{Kind: Top, ByCode: depends}
}

// model evaluates the functions whose meaning matters here.
func (r *Propagation) model(c *ssa.Call, name string, args []ssa.Value, vals []Value) ([]Value, bool) {
	for _, m := range []func(*ssa.Call, string, []ssa.Value, []Value) ([]Value, bool){r.vendorModel, r.errorModel, r.formModel, r.lookupModel} {
		if out, ok := m(c, name, args, vals); ok {
			return out, true
		}
	}
	f := ir.Callee(&c.Call)
	if c.Call.IsInvoke() && len(args) == 1 && vals[0].Holds() {
		if s, ok := r.Engine.G.MethodSpace(f.Name()); ok && s == r.space {
			return []Value{r.codeOf(vals[0])}, true
		}
	}
	if f != nil && f.Name() == "Error" && len(args) == 1 && vals[0].Holds() {
		return []Value{{Kind: Top, ByCode: true, Text: true}}, true
	}
	return nil, false
}

// errorModel evaluates what makes, wraps, unwraps and asks errors.
func (r *Propagation) errorModel(c *ssa.Call, name string, args []ssa.Value, vals []Value) ([]Value, bool) {
	switch name {
	case "errors.As":
		return []Value{r.as(c, vals[0], ir.Pointee(ir.UnderInterface(args[1]).Type()))}, true
	case "errors.AsType":
		t := c.Call.Signature().Results().At(0).Type()
		v, ok := r.matches(vals[0], t, false)
		return []Value{v, ok}, true
	case "errors.Is":
		if vals[0].Kind == Nil && vals[0].ByCode {
			return []Value{boolVal(false)}, true
		}
		if space, code, ok := r.Engine.LiteralCode(args[1]); ok && space == r.space && vals[0].Holds() {
			return []Value{r.sameCode(code, vals[0])}, true
		}
		if vals[0].Kind == Carrier && !vals[0].Beside && !vals[0].Wrapped && r.otherError(args[1]) {
			// An error that holds a code is none of the standard library's.
			return []Value{constVal(constant.MakeBool(false))}, true
		}
		return []Value{{Kind: Top, Beside: vals[0].Holds(), ByCode: (vals[0].Holds() || len(vals[0].Answers) > 0) && r.mayBeMapped(args[1])}}, true
	case "errors.New":
		return []Value{nonNil}, true
	case "fmt.Errorf":
		for _, w := range ir.WrappedBy(&c.Call) {
			if r.Val(w).Holds() {
				return []Value{{Kind: Carrier, Wrapped: true}}, true
			}
		}
		return []Value{nonNil}, true
	case "errors.Join":
		if vals[0].Holds() {
			return []Value{{Kind: vals[0].Kind, Wrapped: true}}, true
		}
		return []Value{topValue}, true
	case "cmp.Or":
		if vals[0].Holds() && len(args) == 1 && ir.IsError(c.Type()) {
			return []Value{{Kind: vals[0].Kind}}, true
		}
	case "errors.Unwrap":
		if vals[0].Holds() {
			return []Value{{Kind: vals[0].Kind}}, true
		}
		return []Value{topValue}, true
	}
	return nil, false
}

// formModel evaluates what decodes an answer, and what brings a code into another form.
func (r *Propagation) formModel(c *ssa.Call, name string, args []ssa.Value, vals []Value) ([]Value, bool) {
	if ir.IsDecoding(name) {
		if !vals[0].Holds() {
			return []Value{topValue}, true
		}
		r.put(c, Value{Kind: Carrier, Beside: !r.Engine.decodesCode(args[1], r.space)})
		return []Value{null}, true
	}
	switch name {
	case "strconv.Itoa":
		return []Value{textForm(vals[0])}, true
	case "strconv.FormatInt":
		if base, ok := vals[1].IsInt(); ok && base == 10 {
			return []Value{textForm(vals[0])}, true
		}
	case "fmt.Sprint", "fmt.Sprintf":
		last := vals[len(vals)-1]
		if v := ir.PrintedAlone(&c.Call); v != nil && r.Val(v).Code() {
			return []Value{textForm(r.Val(v))}, true
		}
		if r.holdsText(args[len(args)-1]) {
			return []Value{{Kind: Carrier}}, true
		}
		if last.Holds() {
			return []Value{{Kind: Top, ByCode: true, Text: true}}, true
		}
		return []Value{{Kind: Top, Beside: last.Beside}}, true
	case "strconv.Atoi":
		if n, ok := ir.ParseNumber(vals[0].C); vals[0].Kind == Const && ok {
			return []Value{{Kind: Const, C: constant.MakeInt64(n), ByCode: vals[0].ByCode}, null}, true
		}
	case "(encoding/json.Number).Int64":
		if vals[0].Code() {
			return []Value{vals[0], null}, true
		}
	}
	return nil, false
}

// lookupModel evaluates what looks a code up, and what asks a text for its parts.
func (r *Propagation) lookupModel(_ *ssa.Call, name string, args []ssa.Value, vals []Value) ([]Value, bool) {
	if name == "slices.Contains" && vals[1].Code() {
		return []Value{r.contains(args[0], vals[1])}, true
	}
	if v, ok := r.textModel(name, vals); ok {
		return []Value{v}, true
	}
	return nil, false
}

func textForm(v Value) Value {
	if n, ok := v.IsInt(); ok {
		v.C = constant.MakeString(strconv.FormatInt(n, 10))
		return v
	}
	if v.Kind == Const && v.C.Kind() == constant.String {
		return v
	}
	return v.unknown()
}

// mayBeMapped reports whether what errors.Is looks for may stand for a code: a variable of
// the program, unless the carrier comes straight from the SDK, whose errors hold no other.
func (r *Propagation) mayBeMapped(target ssa.Value) bool {
	g := ir.GlobalRead(target)
	return g != nil && !ir.Std(g.Pkg.Pkg.Path()) && !r.fromSDK()
}

// otherError reports whether the bound error is not the one that target is read from: a
// variable of the standard library, or of the libraries of an API that is inspected.
func (r *Propagation) otherError(target ssa.Value) bool {
	g := ir.GlobalRead(target)
	switch {
	case g == nil:
		return false
	case r.Engine.G.Inspected() && r.Engine.G.Catalog.Uses(g.Pkg.Pkg.Path()):
		return true
	case !ir.Std(g.Pkg.Pkg.Path()):
		return false
	case r.prefix != nil && g.Pkg.Pkg.Path() == "context":
		return false // a loop may end by its context the next time
	}
	return r.fromSDK() || r.matchesNoOther()
}

// fromSDK reports whether the carrier comes straight from the SDK.
func (r *Propagation) fromSDK() bool {
	return r.Src != nil && r.Src.Call != nil && r.Engine.G.IsSDK(r.Engine.G.Runs(r.Src.Call.Common()))
}

// follow evaluates functions of this package with the arguments at hand.
func (r *Propagation) follow(c *ssa.Call, fns []*ssa.Function, args []ssa.Value, vals []Value, touched bool) []Value {
	frees := r.captured(c.Call.Value)
	for _, f := range frees {
		touched = touched || f.Interesting()
	}
	if !touched {
		return nil
	}
	n := c.Call.Signature().Results().Len()
	out := make([]Value, n)
	var all *calleeResult
	for _, fn := range fns {
		o := r.Engine.evaluate(r, fn, vals, frees)
		if o == nil {
			return r.unknown(&c.Call, vals)
		}
		r.Observed.Merge(o.trace)
		r.Observed.Asked[fn] = true
		r.Observed.Below = r.Observed.Below || o.converts
		for i := range n {
			out[i] = Join(out[i], o.results[i])
		}
		if o.filled {
			r.put(c, Value{Kind: Carrier})
		}
		all = all.merge(o)
	}
	r.inner[c] = all
	return out
}

// captured are the values of the variables that a closure called here captured.
func (r *Propagation) captured(v ssa.Value) []Value {
	m, ok := v.(*ssa.MakeClosure)
	if !ok {
		return nil
	}
	out := make([]Value, len(m.Bindings))
	for i, b := range m.Bindings {
		out[i] = topValue
		if a, ok := b.(*ssa.Alloc); ok {
			out[i] = r.contentOf(a, nil, nil)
		} else {
			out[i] = r.Val(b)
		}
	}
	return out
}

// exits reports whether a call does not return here.
func (r *Propagation) exits(c *ssa.Call) bool {
	if o := r.inner[c]; o != nil {
		return o.exits
	}
	return r.Engine.NeverReturns(&c.Call) || r.fatal(&c.Call)
}

// fatal reports whether a function of another package does not return for what it is given.
func (r *Propagation) fatal(c *ssa.CallCommon) bool {
	f := r.Engine.G.FuncFact(c)
	if f == nil {
		return false
	}
	args := ir.Args(c)
	for _, p := range f.Params {
		if p.Fatal && p.Index < len(args) && r.Val(args[p.Index]).Kind == Carrier {
			return true
		}
	}
	return false
}
