package interp

import (
	"go/constant"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// vendorModel evaluates the functions and methods of the API's libraries by what the catalog
// says of them.
func (r *Propagation) vendorModel(c *ssa.Call, _ string, args []ssa.Value, vals []Value) ([]Value, bool) {
	f := ir.Callee(&c.Call)
	if f == nil || len(vals) == 0 {
		return nil, false
	}
	o := r.Engine.G.Origins
	if fn, ok := o.Function(f); ok && fn.Arg < len(vals) {
		return r.taken(c, fn, vals[fn.Arg], args)
	}
	if space, ok := o.Method(f); ok {
		return []Value{r.codeBy(space, vals[0])}, vals[0].Interesting()
	}
	if p, ok := o.Predicate(f); ok && p.Arg < len(vals) {
		return r.predicate(p, vals[p.Arg])
	}
	if gives, ok := o.Text(f); ok && vals[0].Code() && r.isCode(vals[0]) {
		return []Value{r.otherText(gives)}, true
	}
	return nil, false
}

// taken is what a function takes from an error: the code, or what carries it.
func (r *Propagation) taken(c *ssa.Call, fn *catalog.Function, err Value, args []ssa.Value) ([]Value, bool) {
	if !err.Interesting() {
		return nil, false
	}
	n := c.Call.Signature().Results().Len()
	out := make([]Value, n)
	for i := range out {
		out[i] = Value{Kind: Top, Beside: true}
	}
	set := func(v Value, ok Value) ([]Value, bool) {
		out[0] = v
		if fn.OK > 0 && fn.OK < n {
			out[fn.OK] = ok
		}
		return out, true
	}
	space := r.Engine.G.Catalog.Index(fn.Space)
	switch {
	case err.Kind == Nil && space >= 0:
		return set(codeVal(fn.Nil), boolVal(true))
	case err.Kind == Nil:
		return set(Value{Kind: Nil, ByCode: err.ByCode}, boolVal(true))
	case !err.Holds():
		return set(Value{Kind: Top, ByCode: true}, Value{Kind: Top, ByCode: true})
	case err.Wrapped && !fn.Unwraps:
		return set(Value{Kind: Top}, boolVal(false))
	case space >= 0:
		return set(r.codeBy(space, err), boolVal(true))
	case fn.Codes > 0:
		return set(r.oneOf(fn, err, args), boolVal(true))
	}
	return set(Value{Kind: err.Kind}, boolVal(true))
}

// oneOf is the error where it has one of the codes that a call names, else nil.
func (r *Propagation) oneOf(fn *catalog.Function, err Value, args []ssa.Value) Value {
	found, all := false, true
	for _, a := range args[min(fn.Codes, len(args)):] {
		if k, ok := a.(*ssa.Const); ok && k.IsNil() {
			return Value{Kind: err.Kind} // without a code, any error of the API will do
		}
		list := r.Engine.LiteralOf(a)
		if list == nil {
			all = false
			continue
		}
		found = found || r.inList(codeVal(r.Code), list)
	}
	switch {
	case found:
		return Value{Kind: Carrier}
	case all:
		return Value{Kind: Nil, ByCode: true}
	}
	r.Observed.All = true
	return Value{Kind: Maybe, ByCode: true}
}

// codeBy is the code of a space with which a carrier answers, or another carrier if space is -1.
func (r *Propagation) codeBy(space int, base Value) Value {
	switch {
	case base.Kind == Nil && base.ByCode && space == r.space:
		if s := r.Engine.G.Catalog.Spaces[space]; len(s.Success) > 0 {
			return codeVal(s.Success[0])
		}
		return Value{Kind: Top, ByCode: true}
	case space < 0:
		return base
	case !base.Holds():
		return Value{Kind: Top, Beside: true}
	case space != r.space:
		return r.otherCode(space, base)
	}
	return r.codeOf(base)
}

// LiteralCode is the code in the literal of an error that errors.Is takes for another with the
// same code, and its space, where nothing else is stored there.
func (e *Engine) LiteralCode(v ssa.Value) (space int, code catalog.Value, ok bool) {
	a, isLiteral := ir.UnderInterface(v).(*ssa.Alloc)
	if !isLiteral {
		return 0, code, false
	}
	t, known := e.G.Origins.CarrierType(a.Type())
	if !known || t.Is != catalog.IsCode {
		return 0, code, false
	}
	uses := 0 // of the code's field
	for _, ref := range *a.Referrers() {
		switch i := ref.(type) {
		case *ssa.MakeInterface, *ssa.DebugRef:
		case *ssa.FieldAddr:
			at, isCode := e.G.FieldSpace(ir.FieldVar(i.X, i.Field))
			if !isCode {
				continue
			}
			uses++
			if values := ir.Stored(i); len(values) == 1 {
				if k, isConst := values[0].(*ssa.Const); isConst && k.Value != nil {
					space = at
					code, ok = catalog.ValueOf(k.Value, e.G.Catalog.Spaces[at].Kind)
				}
			}
		default:
			return 0, code, false // somebody else may change it
		}
	}
	return space, code, ok && uses == 1
}

// sameCode decides whether a carrier has a code.
func (r *Propagation) sameCode(code catalog.Value, v Value) Value {
	r.Observed.Named[code] = true
	switch {
	case code != r.Code:
		return boolVal(false)
	case v.Kind == Carrier:
		return boolVal(true)
	}
	return Value{Kind: Top, ByCode: true}
}

// predicate decides a function that is true for some codes, and notes those that are worth a
// look on both sides: what may be retried, and one of each group.
func (r *Propagation) predicate(p *catalog.Predicate, v Value) ([]Value, bool) {
	space := r.Engine.G.Catalog.Spaces[r.space]
	code := r.Code
	switch {
	case p.Space != space.Name:
		return nil, false
	case p.Error && !v.Holds():
		return nil, false
	case !p.Error:
		n, ok := r.asCode(v.C)
		if v.Kind != Const || !ok || !v.ByCode {
			return nil, false
		}
		code = n
	}
	in := func(n catalog.Value) bool {
		return !slices.Contains(p.Except, n) && (slices.Contains(p.Codes, n) || slices.Contains(p.Groups, space.GroupOf(n)))
	}
	for _, g := range p.Groups {
		codes := space.InGroup(g)
		for i, c := range codes {
			if i == 0 || c.Retryable() {
				r.Observed.Named[c.Value] = true
			}
		}
	}
	for _, n := range p.Codes {
		r.Observed.Named[n] = true
	}
	return []Value{boolVal(in(code))}, true
}

// otherText is another text of the bound code, such as its condition.
func (r *Propagation) otherText(g catalog.Gives) Value {
	space := r.Engine.G.Catalog.Spaces[r.space]
	text := space.GroupOf(r.Code)
	r.Observed.All = r.Observed.All || g == catalog.GivesGroup
	if c, ok := space.Find(r.Code); ok && g != catalog.GivesGroup {
		text = c.Text(g)
	}
	return Value{Kind: Const, C: constant.MakeString(text), ByCode: true}
}
