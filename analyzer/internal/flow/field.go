package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// FixedField returns the space of a field that is an origin itself.
func (g *Graph) FixedField(v *types.Var) (int, bool) {
	if v == nil {
		return 0, false
	}
	if s, ok := g.Origins.Field(v); ok {
		return s, true
	}
	if e := g.envelopes[v.Origin()]; e != nil && e.origin {
		return g.Catalog.Index(g.Catalog.Origins.CodeSpace), true
	}
	return 0, false
}

// FieldSpace returns the space whose codes a field holds, by origin or by flow.
func (g *Graph) FieldSpace(v *types.Var) (int, bool) {
	if v == nil {
		return 0, false
	}
	if s, ok := g.FixedField(v); ok {
		return s, true
	}
	if s, ok := g.foreign[v.Origin()]; ok && s >= 0 {
		return s, true
	}
	if s, ok := g.TypeSpace(v.Type()); ok {
		return s, true
	}
	return g.peek(v).space()
}

// TypeSpace is the space of a type that a directive declares to hold codes.
func (g *Graph) TypeSpace(t types.Type) (int, bool) {
	if s, ok := g.Origins.Type(t); ok {
		return s, true
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg() == g.Pkg {
		return 0, false
	}
	f := g.Facts(n.Obj().Pkg())
	if f == nil {
		return 0, false
	}
	return fact.Lookup(f.Types, n.Obj().Name())
}

func (g *Graph) globalSpace(v *ssa.Global) (int, bool) {
	obj, ok := v.Object().(*types.Var)
	if !ok {
		return 0, false
	}
	if s, ok := g.Origins.Var(obj); ok {
		return s, true
	}
	if obj.Pkg() != g.Pkg {
		if f := g.Facts(obj.Pkg()); f != nil {
			return fact.Lookup(f.Vars, obj.Name())
		}
	}
	return 0, false
}

// CarrierField returns the field of t that holds the code, own or promoted, and its space; no
// field of a type that answers with its code by a method.
func (g *Graph) CarrierField(t types.Type) (*types.Var, int, bool) {
	if f := g.codeField(t); f != nil {
		if s, ok := g.FixedField(f); ok {
			return f, s, true
		}
		if s, ok := g.foreign[f.Origin()]; ok && s >= 0 {
			return f, s, true
		}
	}
	if s, ok := g.Origins.CarrierSpace(t); ok {
		return nil, s, true
	}
	s := ir.StructOf(t)
	if s == nil {
		return nil, 0, false
	}
	for i := range s.NumFields() {
		f := s.Field(i)
		sp, ok := g.FixedField(f)
		if !ok {
			sp, ok = g.DeclaredField(f)
		}
		if ok && g.Fits(f.Type(), sp) {
			return f, sp, true
		}
	}
	return nil, 0, false
}

// codeKind is what the code of a body is.
func (g *Graph) codeKind() catalog.Kind {
	if body := g.BodySpace(); body >= 0 {
		return g.Catalog.Spaces[body].Kind
	}
	return catalog.IntKind
}

// codeField returns the field of t that JSON decodes a code into, or nil.
func (g *Graph) codeField(t types.Type) *types.Var {
	f, ok := g.decoded[t]
	if !ok {
		f, _, _ = origin.CodeField(t, g.Catalog.Origins.CodeField, g.codeKind())
		g.decoded[t] = f
	}
	return f
}

// Fits reports whether values of a type are of the kind of a space's codes.
func (g *Graph) Fits(t types.Type, space int) bool {
	if g.Catalog.Spaces[space].Kind == catalog.StringKind {
		return ir.IsString(t)
	}
	return ir.IsInteger(t)
}

// FitsAny reports whether values of a type can be codes of some space.
func (g *Graph) FitsAny(t types.Type) bool {
	for s := range g.Catalog.Spaces {
		if g.Fits(t, s) {
			return true
		}
	}
	return false
}

// statusField reports whether a field is the HTTP status of a client's response.
func (g *Graph) statusField(x ssa.Value, v *types.Var) bool {
	if g.status < 0 || v.Pkg() == nil {
		return false
	}
	path := ir.TypePath(x.Type()) + "." + v.Name()
	for _, f := range g.Catalog.Origins.StatusFields {
		if f == path {
			return true
		}
	}
	return false
}

// fieldLabel is the label of field i of x, which is a struct or a pointer to one.
func (g *Graph) fieldLabel(x ssa.Value, i int) label {
	v := ir.FieldVar(x, i)
	if v == nil {
		return label{other: true}
	}
	if s, ok := g.Origins.Field(v); ok {
		return label{spaces: 1 << s}
	}
	if g.Origins.Message(v) {
		return label{own: fact.Text, other: true}
	}
	base := g.get(x)
	if g.statusField(x, v) {
		if base.bits()&fact.Response == 0 {
			return label{}
		}
		return label{spaces: 1 << g.status, asks: base.asks}
	}
	if s, ok := g.FixedField(v); ok {
		return g.inEnvelope(x, v, s)
	}
	if s, ok := g.foreign[v]; ok && s >= 0 {
		return g.inEnvelope(x, v, s)
	}
	l := *g.peek(v)
	if v.Pkg() == g.Pkg {
		l.from |= base.from
		l.asks |= base.asks
		return l
	}
	e := base.evidence()
	if ir.TypePath(x.Type()) == "net/http.Response" && v.Name() != "Body" && v.Name() != "Status" {
		return label{other: true} // no text of the answer
	}
	if ir.TypePath(x.Type()) == "net/http.Request" && v.Name() == "Body" {
		e.own |= fact.Foreign
	}
	l.join(&e)
	return l
}

func lookupField(pkgs map[string]*types.Package, name string) *types.Var {
	rest, field, ok := cutLast(name, ".")
	if !ok {
		return nil
	}
	path, typ, ok := cutLast(rest, ".")
	if !ok || pkgs[path] == nil {
		return nil
	}
	obj := pkgs[path].Scope().Lookup(typ)
	if obj == nil {
		return nil
	}
	s := ir.StructOf(obj.Type())
	if s == nil {
		return nil
	}
	for i := range s.NumFields() {
		if s.Field(i).Name() == field {
			return s.Field(i).Origin()
		}
	}
	return nil
}

func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// SDKType reports whether a type is declared in the vendor's SDK.
func (g *Graph) SDKType(t types.Type) bool {
	n := ir.NamedOf(t)
	return n != nil && n.Obj().Pkg() != nil && g.sdk(n.Obj().Pkg().Path())
}

// leftOut notes that a composite literal leaves the field of a code at 0: there is none.
func (g *Graph) leftOut(lit *ssa.Alloc) {
	s := ir.StructOf(lit.Type())
	if s == nil {
		return
	}
	written := make(map[int]bool)
	for _, ref := range *lit.Referrers() {
		if f, ok := ref.(*ssa.FieldAddr); ok {
			written[f.Field] = true
		}
	}
	for i := range s.NumFields() {
		f := s.Field(i).Origin()
		if l := g.peek(f); !written[i] && l.spaces != 0 && !l.zero {
			g.put(f, label{zero: true})
		}
	}
}
