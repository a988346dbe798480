package fix

import (
	"cmp"
	"go/types"
	"path"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// ownNames are names that matter for the constants of packages which declare their codes.
type ownNames struct {
	taken map[string]bool       // those that fixes for other APIs give to imports
	types map[string]types.Type // named types of other packages that something here has
}

// ofOwn returns a constant of a package that declares its codes by directives. It is below
// this one, so that no cycle comes of the import.
func (c *Candidates) ofOwn(space *catalog.Space, pkg, name string) (named, bool) {
	if !mayImport(c.pass.Pkg.Path(), pkg) || plain(c.pass.Pkg.Path()) == c.cat.Package {
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

// plain is an import path without what go vet adds for tests.
func plain(path string) string {
	path, _, _ = strings.Cut(path, " [")
	return path
}

// typeOf returns a named type of another package that something here has. Drivers differ in what
// else they show of packages that are not imported.
func (c *Candidates) typeOf(pkg, name string) (types.Type, bool) {
	if c.types == nil {
		c.types = make(map[string]types.Type)
		for _, tv := range c.pass.TypesInfo.Types {
			if n, ok := types.Unalias(tv.Type).(*types.Named); ok && n.Obj().Pkg() != nil && n.TypeArgs() == nil {
				c.types[n.Obj().Pkg().Path()+"."+n.Obj().Name()] = n
			}
		}
	}
	t, ok := c.types[pkg+"."+name]
	return t, ok
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
