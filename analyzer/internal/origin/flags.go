package origin

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// flags enters the places that flags declare, in the package and in all that
// it imports.
func (t *Table) flags() {
	if len(t.in.Specs) == 0 || t.in.Pkg == nil {
		return
	}
	direct := t.in.Pkg.Imports()
	seen := make(map[*types.Package]bool)
	var visit func(pkg *types.Package)
	visit = func(pkg *types.Package) {
		if seen[pkg] {
			return
		}
		seen[pkg] = true
		for _, spec := range t.in.Specs {
			err := t.flag(spec, pkg)
			if err != nil && (pkg == t.in.Pkg || slices.Contains(direct, pkg)) {
				t.flagProblem(spec, err)
			}
		}
		for _, imp := range pkg.Imports() {
			visit(imp)
		}
	}
	visit(t.in.Pkg)
}

// flag enters what spec means in pkg, which may be nothing.
func (t *Table) flag(spec Spec, pkg *types.Package) error {
	typ, name, ok := spec.in(pkg.Path())
	if !ok {
		return nil
	}
	space, err := t.spaceNamed(spec.Space)
	if _, _, own := OwnName(spec.Space); own && space < 0 {
		return nil // this package may not see the one that declares the space
	}
	if space < 0 {
		return err
	}
	kind := t.in.Catalog.Spaces[space].Kind
	obj := pkg.Scope().Lookup(name)
	if typ != "" {
		obj = nil
		if tn, ok := pkg.Scope().Lookup(typ).(*types.TypeName); ok {
			obj, _, _ = types.LookupFieldOrMethod(tn.Type(), true, pkg, name)
		}
	}
	if obj == nil {
		// Export data leaves out what other packages cannot name.
		if pkg != t.in.Pkg && (!token.IsExported(name) || typ != "" && !token.IsExported(typ)) {
			return nil
		}
		return fmt.Errorf("package %s declares no %s", pkg.Path(), joined(typ, name))
	}
	if obj.Pkg() != pkg {
		// The gate knows the packages that flags name, and no others.
		return fmt.Errorf("%s is declared in package %s; name it there", joined(typ, name), obj.Pkg().Path())
	}
	p := place{object: obj}
	switch obj := obj.(type) {
	case *types.Var:
		p.object = obj.Origin()
		p.role = Var
		if obj.IsField() {
			p.role = Field
		}
	case *types.Const:
		p.role = Const
	case *types.TypeName:
		p.role = Type
		if obj.IsAlias() {
			return fmt.Errorf("%s is an alias; name the type itself", name)
		}
	case *types.Func:
		i, err := onlyResult(obj, kind)
		if err != nil {
			return err
		}
		p = place{obj.Origin(), Result, i}
	}
	if p.role != Result && !isKind(obj.Type(), kind) {
		return notOfKind(obj, kind)
	}
	if _, ok := t.places[p]; !ok {
		t.places[p] = origin{space, Flag}
	}
	return nil
}

// flagProblem reports a fault of a flag at the package clause, for a flag has
// no position.
func (t *Table) flagProblem(spec Spec, err error) {
	if len(t.in.Files) > 0 {
		clause := t.in.Files[0].Name
		t.problems = append(t.problems, Problem{clause.Pos(), clause.End(), fmt.Sprintf("-origin %s: %v", spec, err)})
	}
}

func joined(typ, name string) string {
	if typ == "" {
		return name
	}
	return typ + "." + name
}

// onlyResult returns the index of the one result of fn that is of a kind of codes.
func onlyResult(fn *types.Func, kind catalog.Kind) (int, error) {
	results := fn.Type().(*types.Signature).Results()
	index := -1
	for i := range results.Len() {
		if !isKind(results.At(i).Type(), kind) {
			continue
		}
		if index >= 0 {
			return 0, fmt.Errorf("%s has several %s results; name one of them in a directive: //retcode:code SPACE NAME", fn.Name(), kind.Noun())
		}
		index = i
	}
	if index < 0 {
		return 0, fmt.Errorf("%s has no %s result", fn.Name(), kind.Noun())
	}
	return index, nil
}

func notOfKind(obj types.Object, kind catalog.Kind) error {
	qualifier := types.RelativeTo(obj.Pkg())
	if tn, ok := obj.(*types.TypeName); ok {
		if _, ok := tn.Type().Underlying().(*types.Struct); ok {
			return fmt.Errorf("%s is a struct; declare its field that holds the code", obj.Name())
		}
		return fmt.Errorf("%s is no %s type: its underlying type is %s", obj.Name(), kind.Noun(), types.TypeString(tn.Type().Underlying(), qualifier))
	}
	return fmt.Errorf("%s is no %s: its type is %s", obj.Name(), kind.Noun(), types.TypeString(obj.Type(), qualifier))
}
