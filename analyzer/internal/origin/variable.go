package origin

import (
	"go/types"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// A variable is the code that a package variable names; space is -1 if it names none.
type variable struct {
	space int
	code  catalog.Value
}

// Variable returns the code that a package variable of the API's libraries names by the catalog, and
// its space. Nobody assigns those: they are variables only for want of constants of their type.
func (t *Table) Variable(obj types.Object) (space int, code catalog.Value, ok bool) {
	v, isVar := obj.(*types.Var)
	if !isVar || v.IsField() || v.Pkg() == nil || v.Pkg() == t.in.Pkg {
		return 0, code, false
	}
	known, seen := t.vendor.variables[v]
	if !seen {
		known = t.findVariable(v)
		t.vendor.variables[v] = known
	}
	return known.space, known.code, known.space >= 0
}

func (t *Table) findVariable(v *types.Var) variable {
	path := plain(v.Pkg().Path())
	for i, s := range t.in.Catalog.Spaces {
		for k := range s.Constants {
			if c := &s.Constants[k]; c.Variables && c.Package == path && isKind(v.Type(), s.Kind) {
				if code, ok := c.ValueOf(s, v.Name()); ok {
					return variable{i, code}
				}
			}
		}
	}
	return variable{space: -1}
}
