package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// Summary is what the labels of this package tell its importers. Behaviour adds to it.
func (g *Graph) Summary() *fact.Package {
	p := &fact.Package{}
	g.symbols(p)
	for _, fn := range g.Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || ir.IsWrapper(fn) {
			continue
		}
		if f := g.summary(fn, obj); f != nil {
			p.Funcs = append(p.Funcs, *f)
		}
	}
	for i := range p.Funcs {
		p.Codes = p.Codes || p.Funcs[i].HoldsCodes()
	}
	p.Codes = p.Codes || len(p.Fields)+len(p.Types)+len(p.Vars) > 0
	return p
}

func (g *Graph) summary(fn *ssa.Function, obj *types.Func) *fact.Func {
	f := &fact.Func{Name: ir.FuncName(obj)}
	for i, p := range fn.Params {
		out := fact.Param{Index: i, Gains: g.gains(p, i)}
		if s, ok := g.Space(p); ok && g.Fits(p.Type(), s) {
			out.Code = s + 1
			out.Declared = g.meant[p]
		}
		out.Decodes = out.Gains.Own&fact.JSON != 0
		if out.Code != 0 || (out.Gains != fact.Flow{}) {
			f.Params = append(f.Params, out)
		}
	}
	for i := range fn.Signature.Results().Len() {
		l := g.peek(result{fn, i})
		t := fn.Signature.Results().At(i).Type()
		out := fact.Result{Index: i, Holds: l.flow()}
		out.Holds.Own &^= fact.Text
		if !carries(t) {
			out.Holds = fact.Flow{}
		}
		if ir.IsError(t) && ir.Std(g.Pkg.Path()) {
			out.Holds.Own &^= fact.Carriers // net/http fails where nothing answered
		}
		s, ok := l.space()
		if typ, typed := g.TypeSpace(t); typed && l.spaces == 0 {
			s, ok = typ, true
		}
		if ok && g.Fits(t, s) {
			out.Code, out.Zero = s+1, l.zero
			out.Holds.Asks = l.asks // whose code it is
			_, out.Declared = g.Origins.Result(obj, i)
		}
		if out.Code != 0 || (out.Holds != fact.Flow{}) {
			f.Results = append(f.Results, out)
		}
	}
	if len(f.Params)+len(f.Results) == 0 {
		return nil
	}
	return f
}

// carries reports whether a value of type t can hold a response, a request or a carrier.
func carries(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Signature, *types.Chan:
		return false
	}
	return true
}

func (g *Graph) symbols(p *fact.Package) {
	scope := g.Pkg.Scope()
	for _, name := range scope.Names() {
		switch obj := scope.Lookup(name).(type) {
		case *types.TypeName:
			if s, ok := g.Origins.Type(obj.Type()); ok {
				p.Types = append(p.Types, fact.Symbol{Name: name, Space: s})
			}
			if path := ir.TypePath(obj.Type()); !obj.IsAlias() && g.FitsAny(obj.Type()) {
				if s, ok := g.peek(integerError(path)).space(); ok {
					p.Errors = append(p.Errors, fact.Symbol{Name: path, Space: s})
				}
			}
			if !g.sdk(g.Pkg.Path()) {
				g.fieldSymbols(p, obj)
			}
		case *types.Const:
			if s, ok := g.Origins.Const(obj); ok {
				p.Consts = append(p.Consts, fact.Symbol{Name: name, Space: s})
			}
		case *types.Var:
			if s, ok := g.Origins.Var(obj); ok {
				p.Vars = append(p.Vars, fact.Symbol{Name: name, Space: s})
			} else if v, ok := g.SSA.Members[name].(*ssa.Global); ok {
				if s, ok := g.peek(v).space(); ok && g.Fits(obj.Type(), s) {
					p.Vars = append(p.Vars, fact.Symbol{Name: name, Space: s})
				}
			}
		}
	}
	g.foundFields(p)
}

// fieldSymbols lists the code fields of a type declared here.
func (g *Graph) fieldSymbols(p *fact.Package, obj *types.TypeName) {
	s := ir.StructOf(obj.Type())
	if s == nil || obj.IsAlias() {
		return
	}
	for i := range s.NumFields() {
		f := s.Field(i)
		if f.Pkg() != g.Pkg {
			continue
		}
		for sp := range g.Catalog.Spaces {
			if g.FieldBits(f)&fact.Carrier(sp) != 0 {
				p.Holds = append(p.Holds, fact.Symbol{Name: g.Pkg.Path() + "." + obj.Name() + "." + f.Name(), Space: sp})
			}
		}
		if !ir.IsNumeric(f.Type()) && !g.FitsAny(f.Type()) {
			continue
		}
		if sp, ok := g.FieldSpace(f); ok {
			p.Fields = append(p.Fields, fact.Symbol{
				Name: g.Pkg.Path() + "." + obj.Name() + "." + f.Name(), Space: sp,
				Declared: g.Origins.FieldKind(f) != origin.None,
			})
		}
	}
}

// foundFields lists envelopes of other packages that this one decodes the API's answers into.
func (g *Graph) foundFields(p *fact.Package) {
	for _, imp := range g.Pkg.Imports() {
		if g.sdk(imp.Path()) {
			continue
		}
		scope := imp.Scope()
		for _, name := range scope.Names() {
			obj, ok := scope.Lookup(name).(*types.TypeName)
			if !ok || obj.IsAlias() {
				continue
			}
			s := ir.StructOf(obj.Type())
			for i := 0; s != nil && i < s.NumFields(); i++ {
				f := s.Field(i).Origin()
				if e := g.envelopes[f]; e != nil && e.origin && f.Pkg() == imp {
					p.Fields = append(p.Fields, fact.Symbol{Name: imp.Path() + "." + name + "." + f.Name(), Space: g.Catalog.Index(g.Catalog.Origins.CodeSpace)})
				} else if sp, ok := g.peek(f).space(); ok && g.Fits(f.Type(), sp) && f.Pkg() == imp {
					p.Fields = append(p.Fields, fact.Symbol{Name: imp.Path() + "." + name + "." + f.Name(), Space: sp})
				}
			}
		}
	}
}
