package behavior

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// Fact is what this package tells its importers.
func (e *Engine) Fact() *fact.Package {
	p := e.G.Summary()
	index := make(map[string]int)
	for i, f := range p.Funcs {
		index[f.Name] = i
	}
	for _, fn := range e.G.Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || ir.IsWrapper(fn) || fn.Signature.Recv() == nil && !obj.Exported() {
			continue
		}
		name := ir.FuncName(obj)
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
	if e.G.Inspected() {
		// Who asks a predicate has an error of the API, whatever it came from.
		p.Codes = p.Codes || slices.ContainsFunc(p.Funcs, func(f fact.Func) bool { return len(f.Tables) > 0 })
	} else {
		p.Made = e.Made()
	}
	// A failure that has lost its code is one of the API for who drops it.
	p.Codes = p.Codes || slices.ContainsFunc(p.Funcs, func(f fact.Func) bool { return f.Fails() })
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
	f.Waits = e.FuncWaits(fn)
	f.Exits = e.ExitsAlways(fn)
	for i, p := range fn.Params {
		if loops, asks := e.LoopsOver(fn, p); loops {
			setParam(f, i, func(p *fact.Param) { p.Retries, p.Asks = true, asks })
		}
		if ir.IsFuncType(p.Type()) && e.RetriesParamByCode(fn, i) {
			setParam(f, i, func(p *fact.Param) { p.ByCode = true })
		}
		for k := range f.Params {
			if f.Params[k].Index == i && f.Params[k].Decodes {
				f.Params[k].Examines = e.ExaminesParam(fn, i)
			}
		}
	}
	e.tables(fn, f)
	e.ends(fn, f)
	for k := range f.Results {
		r := &f.Results[k]
		if r.Holds.Own&fact.Carriers != 0 && !e.HandsResult(fn, r.Index) {
			r.Holds.Own &^= fact.Carriers
		}
		if r.Holds != (fact.Flow{}) && fn.Signature.Results().Len() > 1 {
			r.Examined = e.ExaminedSpaces(fn)
			for space := range e.G.Catalog.Spaces {
				if !slices.Contains(r.Examined, space) && e.PassesExamined(fn, r.Index, space) {
					r.Examined = append(r.Examined, space)
				}
			}
			slices.Sort(r.Examined)
		}
		if r.Holds.Own&fact.Carriers != 0 {
			r.HandledBelow = e.handledBelow(fn, r.Index).list
		}
		e.NoteUnexamined(fn, r)
		if ir.IsErrorLike(fn.Signature.Results().At(r.Index).Type()) {
			e.NoteTypes(fn, r)
		}
	}
	e.NoteRuns(fn, f)
	e.NoteFailures(fn, f)
	f.Like = e.like(fn)
	relevant := len(f.Tables) > 0 || f.HoldsCodes() || ir.TakesError(fn) || ir.MakesError(fn)
	f.Pure = relevant && e.FuncPure(fn)
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

// ends notes the parameters that go nowhere else: errors, and responses that are not looked
// at either.
func (e *Engine) ends(fn *ssa.Function, f *fact.Func) {
	for i, p := range fn.Params {
		if !ir.IsError(p.Type()) && !ir.IsArguments(fn, i) {
			if e.endsResponse(fn, p) {
				setParam(f, i, func(p *fact.Param) { p.Ends = true })
			}
			continue
		}
		if ends, fatal := e.endsError(fn, p); ends {
			setParam(f, i, func(q *fact.Param) { q.Ends, q.Fatal = true, fatal && !f.Exits })
		}
	}
}

// endsError reports whether a function does not hand on the error that it is given, and whether
// it does not return for one.
func (e *Engine) endsError(fn *ssa.Function, p *ssa.Parameter) (ends, fatal bool) {
	fatal = true
	for _, s := range e.G.ErrorSpaces() {
		src := &interp.Source{Fn: fn, Space: s, Kind: interp.Err, Outer: true, Roles: interp.As(interp.Itself, map[ssa.Value]bool{p: true})}
		k := e.RunCase(src, e.G.Catalog.Spaces[s].Codes[len(e.G.Catalog.Spaces[s].Codes)-1], false)
		if k.Escapes {
			return false, false
		}
		fatal = fatal && k.Effects.Exits && len(k.Propagation.Observed.Named) == 0 && !k.Propagation.Observed.All
	}
	return true, fatal
}

// endsResponse reports whether a function neither hands on nor looks at the response, or its
// bytes, that it is given.
func (e *Engine) endsResponse(fn *ssa.Function, p *ssa.Parameter) bool {
	_, s, ok := e.G.CarrierField(p.Type())
	if !ok {
		s = e.G.BodySpace()
	}
	if !ok && !ir.IsBytes(p.Type()) || e.G.Bits(p)&fact.JSON != 0 || len(fn.Blocks) == 0 {
		return false
	}
	b := e.PartitionOnce(&interp.Source{Fn: fn, Space: s, Kind: interp.Response, Outer: true, Roles: interp.As(interp.Itself, map[ssa.Value]bool{p: true})})
	return len(b.Conditions()) == 0 && !slices.ContainsFunc(b.Cases, func(c *partition.CodeCase) bool {
		return c.Escapes || c.Opaque || c.Class != b.Cases[0].Class || asksPart(c.Propagation)
	})
}

// asksPart reports whether a condition depends on something of the carrier but its code.
func asksPart(r *interp.Propagation) bool {
	return slices.ContainsFunc(r.Fn.Blocks, func(b *ssa.BasicBlock) bool {
		i := r.IfAt(b)
		return i != nil && r.Val(i.Cond).Beside && !ir.IsRangeCondition(i)
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

// codes are those that were dealt with: every one below a function that only calls itself.
type codes struct {
	every bool
	list  []catalog.Value
}

func (c codes) common(d codes) codes {
	switch {
	case c.every:
		return d
	case d.every:
		return c
	}
	return codes{list: intersect(c.list, d.list)}
}

func (c codes) same(d codes) bool { return c.every == d.every && slices.Equal(c.list, d.list) }

// handledBelow lists the retryable codes that fn has retried before it hands the carrier on.
func (e *Engine) handledBelow(fn *ssa.Function, result int) codes {
	return e.handled.Get(flow.Given{Fn: fn, Result: result}, func() codes { return e.findHandled(fn) })
}

func (e *Engine) findHandled(fn *ssa.Function) codes {
	out := codes{every: true}
	for _, s := range e.Sources(fn) {
		if s.Outer || s.Kind != interp.Err && s.Kind != interp.Response {
			continue
		}
		b := e.Partition(s)
		handed := false
		for _, c := range b.Cases {
			handed = handed || !c.Success && c.Escapes
		}
		if !handed {
			continue
		}
		here := e.codesBelow(s)
		for _, c := range b.Cases {
			if !here.every && !c.Success && c.Code.Retryable() && (c.Retried || !c.Escapes && b.Distinguished(c)) {
				here.list = union(here.list, []catalog.Value{c.Code.Value})
			}
		}
		out = out.common(here)
	}
	return out
}

// HandledBelow lists the codes that were dealt with below a source.
func (e *Engine) HandledBelow(s *interp.Source) []catalog.Value { return e.codesBelow(s).list }

func (e *Engine) codesBelow(s *interp.Source) codes {
	if s.Call == nil {
		return codes{}
	}
	given := e.G.Given(s.Call.Common(), s.Result)
	if f := e.G.FuncFact(s.Call.Common()); f != nil && given == nil {
		if r := f.Result(s.Result); r != nil {
			return codes{list: r.HandledBelow}
		}
		return codes{}
	}
	if given == nil {
		fns, complete := e.G.Targets(s.Call.Common())
		if !complete {
			return codes{}
		}
		for _, fn := range fns {
			given = append(given, flow.Given{Fn: fn, Result: s.Result})
		}
	}
	out := codes{every: true}
	for _, f := range given {
		out = out.common(e.handledBelow(f.Fn, f.Result))
	}
	return out
}

func union(a, b []catalog.Value) []catalog.Value {
	for _, n := range b {
		if !slices.Contains(a, n) {
			a = append(a, n)
		}
	}
	return a
}

func intersect(a, b []catalog.Value) []catalog.Value {
	var out []catalog.Value
	for _, n := range a {
		if slices.Contains(b, n) {
			out = append(out, n)
		}
	}
	return out
}
