package interp

import (
	"go/constant"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

func (t *Observed) Merge(o *Observed) {
	if o == nil {
		return
	}
	maps.Copy(t.Named, o.Named)
	maps.Copy(t.Bounds, o.Bounds)
	maps.Copy(t.Asked, o.Asked)
	maps.Copy(t.Omits, o.Omits)
	t.All = t.All || o.All
	t.Opaque = t.Opaque || o.Opaque
	t.Below = t.Below || o.Below
}

// codeKind is what the codes of the space that is judged are.
func (r *Propagation) codeKind() catalog.Kind { return r.Engine.G.Catalog.Spaces[r.space].Kind }

// asCode is the code that a constant is in the space that is judged, as its value, as another
// text of it or, of a number, as its text.
func (r *Propagation) asCode(c constant.Value) (catalog.Value, bool) {
	space := r.Engine.G.Catalog.Spaces[r.space]
	if n, ok := catalog.ValueOf(c, r.codeKind()); ok {
		if n.Kind() == catalog.StringKind && !space.Fits(n) {
			if codes := space.Named(catalog.GivesCondition, n.String()); len(codes) > 0 {
				return codes[0].Value, true
			}
		}
		return n, true
	}
	if n, ok := ir.ParseNumber(c); ok && r.codeKind() == catalog.IntKind {
		return catalog.IntValue(n), true
	}
	return catalog.Value{}, false
}

// isCode reports whether a value is the bound code, or its text.
func (r *Propagation) isCode(v Value) bool {
	n, ok := r.asCode(v.C)
	return v.Kind == Const && ok && n == r.Code
}

// The forms in which a function returns the code that it is given.
const (
	TheCode = "code" // as it is
	TheText = "text" // as the text of a number
)

// Form says whether a value is the bound code, as it is or as its text; else it is "".
func (r *Propagation) Form(v Value) string {
	switch {
	case !v.ByCode || !r.isCode(v):
		return ""
	case v.C.Kind() == constant.String && r.codeKind() == catalog.IntKind:
		return TheText
	}
	return TheCode
}

// IsCode reports whether a value of the program is the bound code, or its text, here.
func (r *Propagation) IsCode(v ssa.Value) bool {
	x := r.Val(v)
	return x.Code() && r.isCode(x)
}

// IsTold reports whether a value is what a function that was followed answers of the bound code.
func (r *Propagation) IsTold(v ssa.Value) bool {
	c, ok := v.(*ssa.Call)
	return ok && r.inner[c] != nil && slices.ContainsFunc(ir.Args(&c.Call), func(a ssa.Value) bool { return r.Val(a).Code() })
}

// Observed collects what a propagation names and cannot decide.
type Observed struct {
	Named  map[catalog.Value]bool // codes that the code is compared with for equality
	Bounds map[catalog.Value]bool // bounds of ranges
	All    bool                   // arithmetic or something opaque: every code matters
	Below  bool                   // a function that turns the code into an error decides something of it
	Opaque bool                   // a condition depends on the code and cannot be decided
	Asked  map[*ssa.Function]bool // functions of this package that are given the carrier or its code
	Omits  map[catalog.Value]bool // codes that were reported in functions of other packages that are asked
}

func NewObserved() *Observed {
	return &Observed{
		Named: make(map[catalog.Value]bool), Bounds: make(map[catalog.Value]bool),
		Asked: make(map[*ssa.Function]bool), Omits: make(map[catalog.Value]bool),
	}
}
