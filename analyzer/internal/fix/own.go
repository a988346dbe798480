package fix

import (
	"cmp"
	"go/types"
	"path"
	"slices"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// ofOwn returns a constant of a package that declares its codes by directives. It is below
// this one, so that no cycle comes of the import.
func (c *Candidates) ofOwn(space *catalog.Space, pkg, name string) (named, bool) {
	if !mayImport(c.pass.Pkg.Path(), pkg) || c.cat.Package == c.pass.Pkg.Path() {
		return named{}, false
	}
	for _, k := range space.Constants {
		if k.Package != pkg {
			continue
		}
		con := named{name: name, pkg: pkg, pkgName: k.PackageName, typ: untyped(space.Kind), own: true, catalog: true}
		if con.pkgName == "" {
			con.pkgName = path.Base(pkg)
		}
		if k.Type == "" {
			return con, true
		}
		t, ok := c.typeOf(pkg, k.Type)
		con.typ = t
		return con, ok
	}
	return named{}, false
}

// typeOf returns a named type of a package that the pass imports over any number of steps.
func (c *Candidates) typeOf(pkg, name string) (types.Type, bool) {
	seen := make(map[*types.Package]bool)
	todo := c.pass.Pkg.Imports()
	for len(todo) > 0 {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[p] {
			continue
		}
		seen[p] = true
		if p.Path() == pkg {
			if obj, ok := p.Scope().Lookup(name).(*types.TypeName); ok {
				return obj.Type(), true
			}
		}
		todo = append(todo, p.Imports()...)
	}
	return nil, false
}

// Leave leaves the names of packages that catalogs have constants in to those, so that an import
// which a fix of this one adds has another.
func (c *Candidates) Leave(catalogs []*catalog.Catalog) {
	c.taken = make(map[string]bool)
	for _, other := range catalogs {
		for _, s := range other.Spaces {
			for _, k := range s.Constants {
				if !slices.ContainsFunc(c.cat.Spaces, func(s *catalog.Space) bool { return s.Offers(k.Package) }) {
					c.taken[cmp.Or(k.PackageName, path.Base(k.Package))] = true
				}
			}
		}
	}
}
