package behavior

import (
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// call is what a call returns; the results of several stand in tuples.
func (r *run) call(c *ssa.Call) Value {
	results := r.results(c)
	n := c.Call.Signature().Results().Len()
	for len(results) < n {
		results = append(results, top)
	}
	switch n {
	case 0:
		return top
	case 1:
		return results[0]
	}
	old := r.tuples[c]
	if old == nil {
		old = make([]Value, n)
	}
	for i := range n {
		x := join(old[i], results[i])
		if !x.equal(old[i]) {
			old[i] = x
			r.changed = true
		}
	}
	r.tuples[c] = old
	return top
}

func (r *run) put(c ssa.Instruction, v Value) {
	old := r.content[c]
	x := join(old, v)
	if _, ok := r.content[c]; !ok || !x.equal(old) {
		r.content[c] = x
		r.changed = true
	}
}

func (r *run) results(c *ssa.Call) []Value {
	common := &c.Call
	if r.src != nil && r.src.Instr == ssa.Instruction(c) && r.src.Decoded {
		r.put(c, r.src.value(r))
		if isDecode(c) {
			return []Value{null}
		}
		return nil
	}
	if b, ok := common.Value.(*ssa.Builtin); ok {
		return []Value{r.builtin(b.Name(), common)}
	}
	args := flow.Args(common)
	vals := make([]Value, len(args))
	touched := false
	for i, a := range args {
		vals[i] = r.val(a)
		if vals[i].Kind == Bottom {
			return bottoms(common)
		}
		if !vals[i].interesting() && vals[i].List == nil && isList(a.Type()) {
			vals[i].List = r.e.literalOf(a)
		}
		touched = touched || vals[i].interesting()
	}
	name := r.e.G.FullName(common)
	if out, ok := r.model(c, name, args, vals); ok {
		return out
	}
	if out, ok := r.clientMethod(common, vals); ok {
		return out
	}
	if fns, complete := r.e.G.Targets(common); len(fns) > 0 && len(fns) <= maxTargets && complete {
		return r.follow(c, fns, args, vals, touched)
	}
	if !touched {
		return nil
	}
	if f := r.methodFact(common, vals); f != nil {
		return r.byFact(c, f, vals)
	}
	if f := r.e.G.FuncFact(common); f != nil {
		return r.byFact(c, f, vals)
	}
	f := flow.Callee(common)
	if f != nil && f.Pkg() != nil && flow.Std(f.Pkg().Path()) {
		if fillsFirst(f) && slices.ContainsFunc(vals[1:], Value.holds) {
			r.put(c, Value{Kind: Carrier})
		}
		return r.std(common, vals)
	}
	return r.unknown(common, vals)
}

// fillsFirst reports whether a function of the standard library copies what it is given into
// its first argument, as a buffer does.
func fillsFirst(f *types.Func) bool {
	switch f.Pkg().Path() {
	case "bytes", "strings":
		return f.Signature().Recv() != nil && (f.Name() == "ReadFrom" || strings.HasPrefix(f.Name(), "Write") && f.Name() != "WriteTo")
	case "io":
		return strings.HasPrefix(f.Name(), "Copy")
	}
	return false
}

func bottoms(c *ssa.CallCommon) []Value {
	return make([]Value, c.Signature().Results().Len())
}

// unknown is what an opaque function returns when it is given the carrier or its code:
// anything, decided by the code.
func (r *run) unknown(c *ssa.CallCommon, vals []Value) []Value {
	n := c.Signature().Results().Len()
	out := make([]Value, n)
	depends, part := false, false
	for _, v := range vals {
		depends = depends || v.Depends || v.holds() || v.Text
		part = part || v.Part
	}
	for i := range out {
		out[i] = Value{Kind: Top, Depends: depends, Part: part}
	}
	return out
}

// std passes the carrier through a function of the standard library: bytes, readers, text.
func (r *run) std(c *ssa.CallCommon, vals []Value) []Value {
	n := c.Signature().Results().Len()
	out := make([]Value, n)
	holds, depends, part, text := false, false, false, false
	for _, v := range vals {
		holds = holds || v.holds()
		depends = depends || v.Depends
		part = part || v.Part
		text = text || v.Text
	}
	for i := range out {
		t := c.Signature().Results().At(i).Type()
		switch {
		case flow.IsError(t) && holds:
			out[i] = null
		case flow.IsError(t):
			out[i] = top
		case text || isBasic(t):
			out[i] = Value{Kind: Top, Depends: depends || text, Part: part || holds, Text: text}
		case holds:
			out[i] = Value{Kind: Carrier}
		default:
			out[i] = Value{Kind: Top, Depends: depends, Part: part}
		}
	}
	return out
}

// isList reports whether a type is one that a list of codes can be written out in.
func isList(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Slice, *types.Array, *types.Map:
		return true
	}
	return false
}

func isBasic(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString == 0
}

func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

func isBoolean(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

func (r *run) builtin(name string, c *ssa.CallCommon) Value {
	switch name {
	case "append":
		for _, a := range c.Args {
			if v := r.val(a); v.holds() || v.code() {
				return Value{Kind: Carrier}
			}
		}
		return nonNil
	case "len", "cap":
		v := r.val(c.Args[0])
		return Value{Kind: Top, Part: v.Part || v.holds(), Depends: v.Depends}
	case "recover":
		return top
	}
	depends := false
	for _, a := range c.Args {
		depends = depends || r.val(a).Depends
	}
	return Value{Kind: Top, Depends: depends}
}

// model evaluates the functions whose meaning matters here.
func (r *run) model(c *ssa.Call, name string, args []ssa.Value, vals []Value) ([]Value, bool) {
	switch name {
	case "errors.As":
		return []Value{r.as(c, vals[0], pointee(underInterface(args[1]).Type()))}, true
	case "errors.AsType":
		t := c.Call.Signature().Results().At(0).Type()
		v, ok := r.matches(vals[0], t, false)
		return []Value{v, ok}, true
	case "errors.Is":
		if vals[0].Kind == Nil && vals[0].Depends {
			return []Value{boolVal(false)}, true
		}
		if vals[0].Kind == Carrier && !vals[0].Part && !vals[0].Wrapped && r.otherError(args[1]) {
			// An error that holds a code is none of the standard library's.
			return []Value{constVal(constant.MakeBool(false))}, true
		}
		return []Value{{Kind: Top, Part: vals[0].holds(), Depends: (vals[0].holds() || vals[0].Tag != "") && r.mayBeMapped(args[1])}}, true
	case "errors.New":
		return []Value{nonNil}, true
	case "fmt.Errorf":
		for _, w := range flow.WrappedBy(&c.Call) {
			if r.val(w).holds() {
				return []Value{{Kind: Carrier, Wrapped: true}}, true
			}
		}
		return []Value{nonNil}, true
	case "errors.Join":
		if vals[0].holds() {
			return []Value{{Kind: vals[0].Kind, Wrapped: true}}, true
		}
		return []Value{top}, true
	case "cmp.Or":
		if vals[0].holds() && len(args) == 1 && flow.IsError(c.Type()) {
			return []Value{{Kind: vals[0].Kind}}, true
		}
	case "errors.Unwrap":
		if vals[0].holds() {
			return []Value{{Kind: vals[0].Kind}}, true
		}
		return []Value{top}, true
	case "encoding/json.Unmarshal", "(*encoding/json.Decoder).Decode":
		if vals[0].holds() {
			r.put(c, Value{Kind: Carrier, Part: !r.e.decodesCode(args[1], r.space)})
		}
		if vals[0].holds() {
			return []Value{null}, true
		}
		return []Value{top}, true
	case "strconv.Itoa":
		return []Value{textForm(vals[0])}, true
	case "strconv.FormatInt":
		if base, ok := vals[1].isInt(); ok && base == 10 {
			return []Value{textForm(vals[0])}, true
		}
	case "fmt.Sprint", "fmt.Sprintf":
		if v := flow.PrintedAlone(&c.Call); v != nil && r.val(v).code() {
			return []Value{textForm(r.val(v))}, true
		}
		if r.holdsText(args[len(args)-1]) {
			return []Value{{Kind: Carrier}}, true
		}
		if vals[len(vals)-1].holds() {
			return []Value{{Kind: Top, Depends: true, Text: true}}, true
		}
		return []Value{{Kind: Top, Part: vals[len(vals)-1].Part}}, true
	case "strconv.Atoi":
		if n, ok := parseNumber(vals[0].C); vals[0].Kind == Const && ok {
			return []Value{{Kind: Const, C: constant.MakeInt64(n), Depends: vals[0].Depends}, null}, true
		}
	case "(encoding/json.Number).Int64":
		if vals[0].code() {
			return []Value{vals[0], null}, true
		}
	case "slices.Contains":
		if vals[1].code() {
			return []Value{r.contains(args[0], vals[1])}, true
		}
	}
	f := flow.Callee(&c.Call)
	if c.Call.IsInvoke() && len(args) == 1 && vals[0].holds() {
		if s, ok := r.e.G.MethodSpace(f.Name()); ok && s == r.space {
			return []Value{r.codeOf(vals[0])}, true
		}
	}
	if f != nil && f.Name() == "Error" && len(args) == 1 && vals[0].holds() {
		return []Value{{Kind: Top, Depends: true, Text: true}}, true
	}
	return nil, false
}

func textForm(v Value) Value {
	if n, ok := v.isInt(); ok {
		return Value{Kind: Const, C: constant.MakeString(strconv.FormatInt(n, 10)), Depends: v.Depends}
	}
	return Value{Kind: Top, Depends: v.Depends, Part: v.Part}
}

// parseNumber reads a quoted number.
func parseNumber(c constant.Value) (int64, bool) {
	if c == nil || c.Kind() != constant.String {
		return 0, false
	}
	n, err := strconv.ParseInt(constant.StringVal(c), 10, 64)
	return n, err == nil
}

// mayBeMapped reports whether what errors.Is looks for may stand for a code: a variable of
// the program, unless the carrier comes straight from the SDK, whose errors hold no other.
func (r *run) mayBeMapped(target ssa.Value) bool {
	g := globalRead(target)
	return g != nil && !flow.Std(g.Pkg.Pkg.Path()) && !r.fromSDK()
}

// otherError reports whether the bound error is not the one that target is read from: a
// variable of the standard library.
func (r *run) otherError(target ssa.Value) bool {
	g := globalRead(target)
	switch {
	case g == nil || !flow.Std(g.Pkg.Pkg.Path()):
		return false
	case r.first != nil && g.Pkg.Pkg.Path() == "context":
		return false // a loop may end by its context the next time
	}
	return r.fromSDK() || r.plain()
}

// globalRead is the package variable that a value is read from, or nil.
func globalRead(v ssa.Value) *ssa.Global {
	u, ok := underInterface(v).(*ssa.UnOp)
	if !ok {
		return nil
	}
	g, ok := u.X.(*ssa.Global)
	if !ok || g.Pkg == nil {
		return nil
	}
	return g
}

// fromSDK reports whether the carrier comes straight from the SDK.
func (r *run) fromSDK() bool {
	return r.src != nil && r.src.Call != nil && r.e.G.IsSDK(r.e.G.Runs(r.src.Call.Common()))
}

func underInterface(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		default:
			return v
		}
	}
}

// follow evaluates functions of this package with the arguments at hand.
func (r *run) follow(c *ssa.Call, fns []*ssa.Function, args []ssa.Value, vals []Value, touched bool) []Value {
	frees := r.captured(c.Call.Value)
	for _, f := range frees {
		touched = touched || f.interesting()
	}
	if !touched {
		return nil
	}
	n := c.Call.Signature().Results().Len()
	out := make([]Value, n)
	var all *outcome
	for _, fn := range fns {
		o := r.e.outcome(r, fn, vals, frees)
		if o == nil {
			return r.unknown(&c.Call, vals)
		}
		r.trace.merge(o.trace)
		r.trace.asked[fn] = true
		r.trace.below = r.trace.below || o.converts
		for i := range n {
			out[i] = join(out[i], o.results[i])
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
func (r *run) captured(v ssa.Value) []Value {
	m, ok := v.(*ssa.MakeClosure)
	if !ok {
		return nil
	}
	out := make([]Value, len(m.Bindings))
	for i, b := range m.Bindings {
		out[i] = top
		if a, ok := b.(*ssa.Alloc); ok {
			out[i] = r.behind(a, nil, nil)
		} else {
			out[i] = r.val(b)
		}
	}
	return out
}

// exits reports whether a call does not return here.
func (r *run) exits(c *ssa.Call) bool {
	if o := r.inner[c]; o != nil {
		return o.exits
	}
	return r.e.neverReturns(&c.Call) || r.fatal(&c.Call)
}

// fatal reports whether a function of another package does not return for what it is given.
func (r *run) fatal(c *ssa.CallCommon) bool {
	f := r.e.G.FuncFact(c)
	if f == nil {
		return false
	}
	args := flow.Args(c)
	for _, p := range f.Params {
		if p.Fatal && p.Index < len(args) && r.val(args[p.Index]).Kind == Carrier {
			return true
		}
	}
	return false
}
