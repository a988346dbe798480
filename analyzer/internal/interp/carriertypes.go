package interp

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/errtypes"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// A verdict says whether the carrier's type has an interface's methods.
type verdict uint8

const (
	unsure verdict = iota
	yes
	no
)

// implemented reports whether the error that is bound here implements an interface, or can be of
// a type that holds no code.
func (r *Propagation) implemented(t types.Type) verdict {
	n := ir.NamedOf(t)
	std := n != nil && n.Obj().Pkg() != nil && ir.Std(n.Obj().Pkg().Path())
	iface, ok := t.Underlying().(*types.Interface)
	if !ok && (std || n == nil || n.Obj().Pkg() == nil) {
		return no
	}
	list, known := r.carrierTypes()
	switch {
	case !known && std:
		return no // as net.Error: what holds a code is no failure of the connection
	case !known:
		return unsure // a type of the program's own may hold the code, and what is none beside
	case !ok && slices.Contains(slices.Concat(list.Outer, list.Inner), ir.TypeString(t)):
		return unsure
	case !ok:
		return no
	}
	all, some := len(list.Outer) > 0, false
	for i, name := range slices.Concat(list.Outer, list.Inner) {
		u := r.Engine.typeNamed(name)
		has := u != nil && types.Implements(u, iface)
		if u == nil {
			return unsure
		}
		some = some || has
		all = all && (has || i >= len(list.Outer))
	}
	switch {
	case all:
		return yes
	case some:
		return unsure
	}
	return no
}

// carrierTypes are the types that the bound error can have, if they are known.
func (r *Propagation) carrierTypes() (errtypes.ErrorTypes, bool) {
	if r.Src == nil {
		return errtypes.ErrorTypes{}, false
	}
	return r.Engine.CarrierTypes(r.Src)
}

// matchesNoOther reports whether the bound error is of types alone that stand for no other error.
func (r *Propagation) matchesNoOther() bool {
	list, known := r.carrierTypes()
	return known && !slices.ContainsFunc(slices.Concat(list.Outer, list.Inner), func(name string) bool {
		t := r.Engine.typeNamed(name)
		return t == nil || ir.HasMethod(t, "Is") || ir.HasMethod(t, "Unwrap")
	})
}

// typeNamed finds the type of a name that TypeString gave, or nil.
func (e *Engine) typeNamed(name string) types.Type {
	bare, pointer := strings.CutPrefix(name, "*")
	dot := strings.LastIndexByte(bare, '.')
	if dot < 0 || strings.ContainsRune(bare, '[') {
		return nil
	}
	p := e.G.Package(bare[:dot])
	if p == nil {
		return nil
	}
	obj, ok := p.Scope().Lookup(bare[dot+1:]).(*types.TypeName)
	switch {
	case !ok:
		return nil
	case pointer:
		return types.NewPointer(obj.Type())
	}
	return obj.Type()
}

// methodFact is what is told of the method that an interface's method is here, where the
// carrier is of one type alone that has it.
func (r *Propagation) methodFact(c *ssa.CallCommon, vals []Value) *fact.Func {
	if !c.IsInvoke() || vals[0].Kind != Carrier {
		return nil
	}
	list, known := r.carrierTypes()
	iface, ok := c.Value.Type().Underlying().(*types.Interface)
	if !known || !ok {
		return nil
	}
	var found *fact.Func
	for _, name := range slices.Concat(list.Outer, list.Inner) {
		t := r.Engine.typeNamed(name)
		if t == nil {
			return nil
		}
		if !types.Implements(t, iface) {
			continue
		}
		obj, _, _ := types.LookupFieldOrMethod(t, true, c.Method.Pkg(), c.Method.Name())
		m, ok := obj.(*types.Func)
		if !ok || m.Pkg() == r.Engine.G.Pkg || found != nil {
			return nil
		}
		if found = r.Engine.G.Facts(m.Pkg()).Func(ir.FuncName(m)); found == nil {
			return nil
		}
	}
	return found
}

// CarrierTypes lists the types that the error of a source can have, if all are known.
func (e *Engine) CarrierTypes(s *Source) (errtypes.ErrorTypes, bool) {
	t, known := e.SeenCarrierTypes(s)
	return t, known && t.All()
}

// typesSeen are the types of a carrier, and whether it is seen that they hold a code.
type typesSeen struct {
	errtypes.ErrorTypes
	known bool
}

// SeenCarrierTypes lists them where it is seen that the error holds a code.
func (e *Engine) SeenCarrierTypes(s *Source) (errtypes.ErrorTypes, bool) {
	if s.Kind != Err || s.From != nil {
		return errtypes.ErrorTypes{}, false
	}
	seen, ok := e.carriers[s] // each code asks again
	if !ok {
		seen = e.findCarrierTypes(s)
		e.carriers[s] = seen
	}
	return seen.ErrorTypes, seen.known
}

func (e *Engine) findCarrierTypes(s *Source) typesSeen {
	d := e.NewWalk(nil)
	if s.Call != nil {
		d.Call(s.Call, s.Result, nil, errtypes.Outside)
	} else {
		for v := range s.Roles.In(Itself) {
			d.Value(v, nil, errtypes.Outside)
		}
	}
	d.Sort()
	return typesSeen{d.ErrorTypes, d.Known && len(d.Outer)+len(d.Inner) > 0}
}
