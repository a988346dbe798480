package origin

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// sdkFields returns the code fields of all structs that a package of the SDK
// declares.
func (t *Table) sdkFields(pkg *types.Package) map[*types.Var]bool {
	w := structWalk{pkg: pkg, name: t.in.Catalog.Origins.CodeField, kind: t.in.Catalog.Spaces[t.sdkSpace].Kind, seen: make(map[types.Type]bool), fields: make(map[*types.Var]bool)}
	for _, name := range pkg.Scope().Names() {
		w.visit(pkg.Scope().Lookup(name).Type())
	}
	if pkg == t.in.Pkg {
		// Structs inside functions are no part of the scope.
		for _, f := range t.in.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				if n, ok := n.(*ast.StructType); ok {
					w.visit(t.in.Info.TypeOf(n))
				}
				return true
			})
		}
	}
	return w.fields
}

// A structWalk collects the code fields of the structs that belong to pkg.
type structWalk struct {
	pkg    *types.Package
	name   string
	kind   catalog.Kind
	seen   map[types.Type]bool
	fields map[*types.Var]bool
}

func (w *structWalk) visit(t types.Type) {
	if t == nil || w.seen[t] {
		return
	}
	w.seen[t] = true
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if t = t.Origin(); t.Obj().Pkg() != w.pkg {
			return
		}
		w.visit(t.Underlying())
		for i := range t.NumMethods() {
			w.visit(t.Method(i).Type())
		}
	case *types.Struct:
		for i := range t.NumFields() {
			f, ok := ownField(t, i)
			if ok && strings.EqualFold(f.name, w.name) && !f.quoted && isKind(f.field.Type(), w.kind) {
				w.fields[f.field.Origin()] = true
			}
			w.visit(t.Field(i).Type())
		}
	case *types.Signature:
		w.visit(t.Params())
		w.visit(t.Results())
	case *types.Tuple:
		for i := range t.Len() {
			w.visit(t.At(i).Type())
		}
	case *types.Interface:
		for i := range t.NumExplicitMethods() {
			w.visit(t.ExplicitMethod(i).Type())
		}
	case *types.Map:
		w.visit(t.Key())
		w.visit(t.Elem())
	case interface{ Elem() types.Type }:
		w.visit(t.Elem())
	}
}
