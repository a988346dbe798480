package behavior

import (
	"go/types"
	"slices"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// interfaceFacts tells of the methods of this package's interfaces what all types of the
// package that implement them agree on.
func (e *Engine) interfaceFacts(p *fact.Package, index map[string]int) []fact.Func {
	byName := make(map[string]fact.Func)
	for _, f := range p.Funcs {
		byName[f.Name] = f
	}
	var out []fact.Func
	scope := e.G.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		iface, ok := obj.Type().Underlying().(*types.Interface)
		if !ok {
			continue
		}
		for i := range iface.NumMethods() {
			m := iface.Method(i)
			f, ok := e.agreed(iface, m, byName)
			f.Params = errorsEnd(f.Params, m)
			if e.declared(m, &f) || ok {
				f.Name = "(" + name + ")." + m.Name()
				if _, known := index[f.Name]; !known && f.Told() {
					out = append(out, f)
				}
			}
		}
	}
	return out
}

// declared adds what directives say of a method of an interface.
func (e *Engine) declared(m *types.Func, f *fact.Func) bool {
	found := false
	for i := range m.Signature().Params().Len() {
		if s, ok := e.G.Origins.Param(m, i); ok {
			setParam(f, i+1, func(p *fact.Param) { p.Code, p.Declared = s+1, true })
			found = true
		}
	}
	for i := range m.Signature().Results().Len() {
		s, ok := e.G.Origins.Result(m, i)
		if !ok {
			continue
		}
		found = true
		if r := f.Result(i); r != nil {
			r.Code, r.Declared = s+1, true
		} else {
			f.Results = append(f.Results, fact.Result{Index: i, Code: s + 1, Declared: true})
		}
	}
	return found
}

// agreed is what the implementations of a method have in common.
func (e *Engine) agreed(iface *types.Interface, m *types.Func, byName map[string]fact.Func) (fact.Func, bool) {
	var out fact.Func
	found := false
	for _, fn := range e.G.Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || obj.Name() != m.Name() || obj.Signature().Recv() == nil {
			continue
		}
		recv := obj.Signature().Recv().Type()
		if !types.Implements(recv, iface) && !types.Implements(types.NewPointer(recv), iface) {
			continue
		}
		f := byName[ir.FuncName(obj)]
		if !found {
			out, found = f, true
			out.Results = slices.Clone(f.Results)
			continue
		}
		out = common(out, f)
	}
	return out, found
}

// errorsEnd keeps of where a carrier ends what is said of errors: a response that is handed
// to an interface may be kept by who else implements it.
func errorsEnd(list []fact.Param, m *types.Func) []fact.Param {
	var out []fact.Param
	for _, p := range list {
		at := p.Index - 1 // the receiver comes first
		p.Ends = p.Ends && at >= 0 && at < m.Signature().Params().Len() && ir.IsError(m.Signature().Params().At(at).Type())
		if p != (fact.Param{Index: p.Index}) {
			out = append(out, p)
		}
	}
	return out
}

// common is what two functions have in common.
func common(a, b fact.Func) fact.Func {
	out := fact.Func{Waits: a.Waits && b.Waits, Exits: a.Exits && b.Exits, Pure: a.Pure && b.Pure}
	for _, r := range a.Results {
		s := b.Result(r.Index)
		if s == nil || s.Code != r.Code {
			continue
		}
		r.Holds.Own &= s.Holds.Own
		r.Holds.From &= s.Holds.From
		r.Holds.Asks &= s.Holds.Asks
		if r.Unexamined != s.Unexamined {
			r.Unexamined = 0
		}
		r.Runs &= s.Runs
		r.Fails = r.Fails && s.Fails
		r.HandledBelow = intersect(r.HandledBelow, s.HandledBelow)
		r.Types, r.Inner, r.Passes, r.Wraps, r.Opens = commonTypes(&r, s)
		r.UnseenOuter, r.UnseenInner = false, false
		out.Results = append(out.Results, r)
	}
	for _, p := range a.Params {
		q := b.Param(p.Index)
		if q != nil && q.Gains == p.Gains && q.Code == p.Code {
			p.Ends = p.Ends && q.Ends
			p.Fatal = p.Fatal && q.Fatal
			p.Examines = p.Examines && q.Examines
			p.Retries = p.Retries && q.Retries
			p.Asks = p.Asks || q.Asks
			p.ByCode = p.ByCode && q.ByCode
			out.Params = append(out.Params, p)
		}
	}
	return out
}

// commonTypes are the types that either of two results can have, if both are known.
func commonTypes(a, b *fact.Result) (types, inner []string, passes, wraps, opens uint64) {
	if !a.Typed() || !b.Typed() {
		return nil, nil, 0, 0, 0
	}
	types = slices.Concat(a.Types, b.Types)
	slices.Sort(types)
	types = slices.Compact(types)
	outer := func(r *fact.Result, t string) bool {
		return slices.Contains(r.Types, t) && !slices.Contains(r.Inner, t)
	}
	for _, t := range types {
		if !outer(a, t) && !outer(b, t) {
			inner = append(inner, t)
		}
	}
	return types, inner, a.Passes | b.Passes, a.Wraps | b.Wraps, a.Opens | b.Opens
}
