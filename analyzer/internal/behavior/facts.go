package behavior

import (
	"cmp"
	"go/constant"
	"go/token"
	"go/types"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// decodesInto reports whether a callee decodes JSON into argument i, and whether it looks
// at the code there.
func (e *Engine) decodesInto(c *ssa.CallCommon, i int) (decodes, looks bool) {
	if f := e.G.FuncFact(c); f != nil {
		p := f.Param(i)
		return p != nil && p.Decodes, p != nil && p.Looks
	}
	fns, _ := e.G.Targets(c)
	for _, fn := range fns {
		if i < len(fn.Params) && e.G.DecodesInto(fn, i) {
			return true, e.looksAt(fn, i)
		}
	}
	return false, false
}

// looksAt reports whether fn, after it decoded into parameter i, does something else for
// failures than for success. A test of the status alone leaves the body's code to the caller.
func (e *Engine) looksAt(fn *ssa.Function, i int) bool {
	at := paramOf{fn, i}
	looks, ok := e.looks[at]
	if !ok {
		e.looks[at] = false // where fn calls itself
		looks = e.looksAfresh(fn, i)
		e.looks[at] = looks
	}
	return looks
}

func (e *Engine) looksAfresh(fn *ssa.Function, i int) bool {
	body := e.G.Catalog.Index(e.G.Catalog.Origins.CodeSpace)
	into := fn.Params[i]
	b := e.behaviourOnce(&Source{Fn: fn, Space: body, Shape: Response, vals: map[ssa.Value]bool{into: true}})
	for _, c := range b.Conditions() {
		if !whether(c.Cond, into) {
			return true
		}
	}
	for _, s := range e.Sources(fn) {
		if s.Shape == Response && s.Space == body && len(e.Behaviour(s).Conditions()) > 0 {
			return true
		}
	}
	return false
}

// whether reports whether a condition only asks if there is something to decode into.
func whether(cond, into ssa.Value) bool {
	op, ok := cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	x, _ := nilTest(op)
	return x == into
}

// looksIn lists the spaces of which a function decides something by the code of a response
// that it got from below.
func (e *Engine) looksIn(fn *ssa.Function) []int {
	if e.active[fn] > 0 {
		return nil
	}
	e.active[fn]++
	defer func() { e.active[fn]-- }()
	var out []int
	for _, s := range e.Sources(fn) {
		if s.Shape == Response && !slices.Contains(out, s.Space) && len(e.Behaviour(s).Conditions()) > 0 {
			out = append(out, s.Space)
		}
	}
	slices.Sort(out)
	return out
}

// looked reports whether the callee has looked at the code of a space in the response that
// it returns beside an error.
func (e *Engine) looked(c *ssa.CallCommon, i, space int) bool {
	if c.Signature().Results().Len() < 2 {
		return false
	}
	if f := e.G.FuncFact(c); f != nil {
		r := f.Result(i)
		return r != nil && slices.Contains(r.Looked, space)
	}
	fns, complete := e.G.Targets(c)
	if !complete || len(fns) == 0 {
		return false
	}
	for _, fn := range fns {
		if !slices.Contains(e.looksIn(fn), space) && !e.passesLooked(fn, i, space) {
			return false
		}
	}
	return true
}

// passesLooked reports whether what a function returns is made here, or comes from functions
// that have looked at the code.
func (e *Engine) passesLooked(fn *ssa.Function, i, space int) bool {
	if e.active[fn] > 0 {
		return false
	}
	e.active[fn]++
	defer func() { e.active[fn]-- }()
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if ok && b != fn.Recover && !e.isLooked(ret.Results[i], space, 0) {
			return false
		}
	}
	return len(fn.Blocks) > 0
}

func (e *Engine) isLooked(v ssa.Value, space, depth int) bool {
	if depth > maxDepth {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Alloc: // made here, not decoded
		return flow.TypePath(v.Type()) == "net/http.Response"
	case *ssa.Extract:
		c, ok := v.Tuple.(*ssa.Call)
		return ok && e.looked(&c.Call, v.Index, space)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if !e.isLooked(edge, space, depth+1) {
				return false
			}
		}
		return true
	case *ssa.UnOp:
		a, ok := v.X.(*ssa.Alloc)
		if !ok {
			return false
		}
		stores := e.reaching(a, v)
		for _, s := range stores {
			if !s.zero && (s.val == nil || !e.isLooked(s.val, space, depth+1)) {
				return false
			}
		}
		return len(stores) > 0
	}
	return false
}

// Fact is what this package tells its importers.
func (e *Engine) Fact() *fact.Package {
	p := e.G.Summary()
	index := make(map[string]int)
	for i, f := range p.Funcs {
		index[f.Name] = i
	}
	for _, fn := range e.G.Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || flow.IsWrapper(fn) || fn.Signature.Recv() == nil && !obj.Exported() {
			continue
		}
		name := flow.FuncName(obj)
		f := fact.Func{Name: name}
		if i, ok := index[name]; ok {
			f = p.Funcs[i]
		}
		e.describe(fn, &f)
		if !f.Told() {
			continue
		}
		if i, ok := index[name]; ok {
			p.Funcs[i] = f
		} else {
			index[name] = len(p.Funcs)
			p.Funcs = append(p.Funcs, f)
		}
	}
	methods := e.interfaceFacts(p, index)
	p.Codes = p.Codes || slices.ContainsFunc(methods, func(f fact.Func) bool { return f.HoldsCodes() })
	p.Funcs = append(exportedOnly(p.Funcs), methods...)
	p.Sort()
	return p
}

// exportedOnly drops what no importer can call.
func exportedOnly(funcs []fact.Func) []fact.Func {
	out := funcs[:0]
	for _, f := range funcs {
		if f.Name[0] == '(' || token.IsExported(f.Name) {
			out = append(out, f)
		}
	}
	return out
}

func (e *Engine) describe(fn *ssa.Function, f *fact.Func) {
	f.Waits = e.funcWaits(fn)
	f.Exits = e.exitsAlways(fn)
	for i, p := range fn.Params {
		if loops, asks := e.loopsOver(fn, p); loops {
			setParam(f, i, func(p *fact.Param) { p.Retries, p.Asks = true, asks })
		}
		for k := range f.Params {
			if f.Params[k].Index == i && f.Params[k].Decodes {
				f.Params[k].Looks = e.looksAt(fn, i)
			}
		}
	}
	e.tables(fn, f)
	e.ends(fn, f)
	for k := range f.Results {
		r := &f.Results[k]
		if r.Holds.Own&fact.Carriers != 0 && !e.handsResult(fn, r.Index) {
			r.Holds.Own &^= fact.Carriers
		}
		if r.Holds != (fact.Flow{}) && fn.Signature.Results().Len() > 1 {
			r.Looked = e.looksIn(fn)
			for space := range e.G.Catalog.Spaces {
				if !slices.Contains(r.Looked, space) && e.passesLooked(fn, r.Index, space) {
					r.Looked = append(r.Looked, space)
				}
			}
			slices.Sort(r.Looked)
		}
		if r.Holds.Own&fact.Carriers != 0 {
			r.Dealt = e.dealt(fn, r.Index)
		}
		e.noteFresh(fn, r)
		if isErrorLike(fn.Signature.Results().At(r.Index).Type()) {
			e.noteTypes(fn, r)
		}
	}
	e.noteRuns(fn, f)
	f.Like = e.like(fn)
	relevant := len(f.Tables) > 0 || f.HoldsCodes() || takesCarrier(fn) || makesError(fn)
	f.Quiet = relevant && e.funcQuiet(fn)
}

// like names the function of package errors that fn only hands its parameters on to.
func (e *Engine) like(fn *ssa.Function) string {
	if len(fn.Blocks) != 1 || len(fn.Params) == 0 {
		return ""
	}
	var call *ssa.Call
	for _, instr := range fn.Blocks[0].Instrs {
		switch i := instr.(type) {
		case *ssa.DebugRef:
		case *ssa.Call:
			if call != nil || !slices.EqualFunc(i.Call.Args, fn.Params, func(a ssa.Value, p *ssa.Parameter) bool { return a == ssa.Value(p) }) {
				return ""
			}
			call = i
		case *ssa.Return:
			if call == nil || len(i.Results) != 1 || i.Results[0] != ssa.Value(call) {
				return ""
			}
		default:
			return ""
		}
	}
	switch name := e.G.FullName(&call.Call); name {
	case "errors.As", "errors.Is", "errors.Unwrap", "errors.Join":
		return name
	}
	return ""
}

// makesError reports whether fn returns an error and nothing else.
func makesError(fn *ssa.Function) bool {
	res := fn.Signature.Results()
	return res.Len() == 1 && flow.IsError(res.At(0).Type())
}

func takesCarrier(fn *ssa.Function) bool {
	for _, p := range fn.Params {
		if isErrorLike(p.Type()) {
			return true
		}
	}
	return false
}

// ends notes the parameters that go nowhere else: errors, and responses that are not looked
// at either.
func (e *Engine) ends(fn *ssa.Function, f *fact.Func) {
	for i, p := range fn.Params {
		if !flow.IsError(p.Type()) && !isArguments(fn, i) {
			if e.endsResponse(fn, p) {
				setParam(f, i, func(p *fact.Param) { p.Ends = true })
			}
			continue
		}
		s := e.G.Catalog.Index(e.G.Catalog.Origins.CodeSpace)
		src := &Source{Fn: fn, Space: s, Shape: Err, Outer: true, vals: map[ssa.Value]bool{p: true}}
		k := e.runCase(src, e.G.Catalog.Spaces[s].Codes[len(e.G.Catalog.Spaces[s].Codes)-1], false)
		if k.Handed {
			continue
		}
		fatal := k.effects.exits && len(k.run.trace.named) == 0 && !k.run.trace.all && !f.Exits
		setParam(f, i, func(p *fact.Param) { p.Ends, p.Fatal = true, fatal })
	}
}

// isArguments reports whether a parameter takes anything there is, as those of a format.
func isArguments(fn *ssa.Function, i int) bool {
	s, ok := fn.Params[i].Type().Underlying().(*types.Slice)
	if !ok || !fn.Signature.Variadic() || i != len(fn.Params)-1 {
		return false
	}
	elem, ok := s.Elem().Underlying().(*types.Interface)
	return ok && elem.NumMethods() == 0
}

// endsResponse reports whether a function neither hands on nor looks at the response, or its
// bytes, that it is given.
func (e *Engine) endsResponse(fn *ssa.Function, p *ssa.Parameter) bool {
	_, s, ok := e.G.CarrierField(p.Type())
	if !ok {
		s = e.G.Catalog.Index(e.G.Catalog.Origins.CodeSpace)
	}
	if !ok && !isBytes(p.Type()) || e.G.Bits(p)&fact.JSON != 0 || len(fn.Blocks) == 0 {
		return false
	}
	b := e.behaviourOnce(&Source{Fn: fn, Space: s, Shape: Response, Outer: true, vals: map[ssa.Value]bool{p: true}})
	return len(b.Conditions()) == 0 && !slices.ContainsFunc(b.Cases, func(c *Case) bool {
		return c.Handed || c.Opaque || c.Class != b.Cases[0].Class || c.run.asksPart()
	})
}

// asksPart reports whether a condition depends on something of the carrier but its code.
func (r *run) asksPart() bool {
	return slices.ContainsFunc(r.fn.Blocks, func(b *ssa.BasicBlock) bool {
		i := r.ifAt(b)
		return i != nil && r.val(i.Cond).Part && !walks(i)
	})
}

func setParam(f *fact.Func, i int, set func(*fact.Param)) {
	for k := range f.Params {
		if f.Params[k].Index == i {
			set(&f.Params[k])
			return
		}
	}
	p := fact.Param{Index: i}
	set(&p)
	f.Params = append(f.Params, p)
}

// dealt lists the retryable codes that fn has retried before it hands the carrier on.
func (e *Engine) dealt(fn *ssa.Function, result int) []int {
	var out []int
	first := true
	for _, s := range e.Sources(fn) {
		if s.Outer || s.Shape != Err && s.Shape != Response {
			continue
		}
		b := e.Behaviour(s)
		handed := false
		for _, c := range b.Cases {
			handed = handed || !c.Success && c.Handed
		}
		if !handed {
			continue
		}
		var here []int
		for _, c := range b.Cases {
			if !c.Success && c.Code.Retryable() && (c.Retried || !c.Handed && b.Distinguished(c)) {
				here = append(here, c.Code.Number)
			}
		}
		here = union(here, e.Dealt(s))
		if first {
			out, first = here, false
		} else {
			out = intersect(out, here)
		}
	}
	return out
}

// Dealt lists the codes that were dealt with below a source.
func (e *Engine) Dealt(s *Source) []int {
	if s.Call == nil {
		return nil
	}
	given := e.G.Given(s.Call.Common(), s.Result)
	if f := e.G.FuncFact(s.Call.Common()); f != nil && given == nil {
		if r := f.Result(s.Result); r != nil {
			return r.Dealt
		}
		return nil
	}
	if given == nil {
		fns, complete := e.G.Targets(s.Call.Common())
		if !complete {
			return nil
		}
		for _, fn := range fns {
			given = append(given, flow.Given{Fn: fn, Result: s.Result})
		}
	}
	var out []int
	for i, f := range given {
		if e.active[f.Fn] > 0 {
			return nil
		}
		e.active[f.Fn]++
		d := e.dealt(f.Fn, f.Result)
		e.active[f.Fn]--
		if i == 0 {
			out = d
		} else {
			out = intersect(out, d)
		}
	}
	return out
}

func union(a, b []int) []int {
	for _, n := range b {
		if !slices.Contains(a, n) {
			a = append(a, n)
		}
	}
	return a
}

func intersect(a, b []int) []int {
	var out []int
	for _, n := range a {
		if slices.Contains(b, n) {
			out = append(out, n)
		}
	}
	return out
}

// tables evaluates a function that decides something from a code or a carrier alone, once
// for each code that it names.
func (e *Engine) tables(fn *ssa.Function, f *fact.Func) {
	if len(fn.Blocks) == 0 || fn.Signature.Results().Len() == 0 || len(fn.Blocks) > 400 {
		return
	}
	for i := range fn.Signature.Results().Len() {
		t := fn.Signature.Results().At(i).Type()
		if _, ok := t.Underlying().(*types.Basic); !ok && !flow.IsError(t) {
			return
		}
	}
	if !e.funcQuiet(fn) {
		return
	}
	for i, p := range fn.Params {
		for _, s := range e.tableSpaces(p) {
			b := e.behaviourOnce(&Source{Fn: fn, Space: s, Shape: shapeOf(p), Outer: true, vals: map[ssa.Value]bool{p: true}})
			for res := range fn.Signature.Results().Len() {
				if t := e.table(b, i, res); t != nil {
					f.Tables = append(f.Tables, *t)
				}
			}
		}
	}
}

// tableSpaces are the spaces in which a parameter can be judged.
func (e *Engine) tableSpaces(p *ssa.Parameter) []int {
	body := e.G.Catalog.Index(e.G.Catalog.Origins.CodeSpace)
	t := p.Type()
	if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 {
		if s, ok := e.G.Space(p); ok {
			return []int{s}
		}
		return []int{body}
	}
	if isErrorLike(t) {
		return []int{body}
	}
	for s := range e.G.Catalog.Spaces {
		if e.holdsCode(pointee(t), s) {
			return []int{s}
		}
	}
	return nil
}

// table tells what a result is for each code that a parameter holds, or is nil.
func (e *Engine) table(b *Behaviour, param, res int) *fact.Table {
	s := b.Source
	if len(b.Conditions()) == 0 && !b.All && len(b.names) == 0 {
		return nil // a comparison that is returned names a number, and is no condition
	}
	for _, c := range b.Cases {
		for _, ret := range c.run.returns() {
			if c.run.val(ret.Results[res]).holds() {
				return nil // it passes the carrier on
			}
		}
	}
	t := &fact.Table{Param: param, Result: res, Space: s.Space, Carrier: s.Shape == Err || s.Shape == Response}
	other := b.Other()
	if other == nil {
		return nil
	}
	t.Default = answerOf(other, res)
	known := t.Default != ""
	add := func(n int64) {
		var c *Case
		if k := b.Case(int(n)); k != nil {
			c = k
		} else {
			c = &Case{run: e.propagate(s, n, false)}
		}
		a := answerOf(c, res)
		known = known || a != ""
		if a != t.Default {
			t.Entries = append(t.Entries, fact.Entry{Code: int(n), Answer: a})
		}
	}
	var nums []int64
	for n := range b.names {
		nums = append(nums, n)
	}
	for _, c := range b.Cases {
		if !c.Success && !b.names[int64(c.Code.Number)] {
			nums = append(nums, int64(c.Code.Number))
		}
	}
	slices.Sort(nums)
	for _, n := range nums {
		add(n)
	}
	for _, c := range b.Cases {
		if !c.Success {
			continue
		}
		t.Success = answerOf(c, res)
		if s.Shape == Number && !b.names[int64(c.Code.Number)] && t.Success != t.Default {
			t.Entries = append(t.Entries, fact.Entry{Code: c.Code.Number, Answer: t.Success})
		}
	}
	slices.SortFunc(t.Entries, func(a, b fact.Entry) int { return cmp.Compare(a.Code, b.Code) })
	if !known || len(t.Entries) == 0 && t.Success == t.Default {
		return nil
	}
	t.Omits = slices.Sorted(maps.Keys(b.omits))
	e.tabled[s.Fn] = append(e.tabled[s.Fn], b)
	return t
}

// The answers of a function that returns the code itself, or its text.
const (
	theCode = "code"
	theText = "text"
)

// Omitted notes in the tables which codes were reported in the functions behind them.
func (e *Engine) Omitted(p *fact.Package, by map[*ssa.Function][]catalog.Code) {
	for fn, behaviours := range e.tabled {
		told := slices.Clone(by[fn])
		for _, b := range behaviours {
			for asked := range b.asked {
				told = append(told, by[asked]...)
			}
		}
		var omits []int
		for _, code := range told {
			omits = append(omits, code.Number)
		}
		obj, ok := fn.Object().(*types.Func)
		if !ok || len(omits) == 0 {
			continue
		}
		if f := p.Func(flow.FuncName(obj)); f != nil {
			for k := range f.Tables {
				t := &f.Tables[k]
				t.Omits = append(t.Omits, omits...)
				slices.Sort(t.Omits)
				t.Omits = slices.Compact(t.Omits)
			}
		}
	}
}

// answerOf is what a result is in a case, as an Entry writes it.
func answerOf(c *Case, res int) string {
	var out Value
	for _, ret := range c.run.returns() {
		if res < len(ret.Results) {
			out = join(out, c.run.val(ret.Results[res]))
		}
	}
	switch out.Kind {
	case Nil:
		return "nil"
	case NonNil, Top:
		if res < c.run.fn.Signature.Results().Len() && flow.IsError(c.run.fn.Signature.Results().At(res).Type()) {
			return "error " + short(c.run.resultKeys()[res])
		}
		if out.Kind == NonNil {
			return "non-nil"
		}
	case Const:
		if out.C.Kind() == constant.Bool {
			return strconv.FormatBool(constant.BoolVal(out.C))
		}
		if out.Depends && out.C.Kind() == constant.Int && constant.Compare(out.C, token.EQL, constant.MakeInt64(c.run.code)) {
			return theCode
		}
		if n, ok := parseNumber(out.C); ok && out.Depends && n == c.run.code {
			return theText
		}
		return out.C.ExactString()
	}
	return ""
}

// short is a key that stays small in a fact.
func short(key string) string {
	if len(key) <= 24 {
		return key
	}
	h := fnv.New64a()
	h.Write([]byte(key))
	return strconv.FormatUint(h.Sum64(), 36)
}
