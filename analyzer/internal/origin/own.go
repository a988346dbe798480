package origin

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// verbs are all directives. Those behind the first two declare an API, and room own reads them.
var verbs = [...]string{verbCode, verbIgnore, "space", "retry", "group", "owes", "host", "path", "origin"}

// codeTypes are the spaces of the types whose values the catalog says to be codes.
func codeTypes(c *catalog.Catalog) map[string]int {
	if len(c.Carriers.CodeTypes) == 0 {
		return nil
	}
	named := make(map[string]int)
	for _, t := range c.Carriers.CodeTypes {
		if !t.Group {
			named[t.Type.String()] = c.Index(t.Space)
		}
	}
	return named
}

// ofType returns the space of a type whose values the catalog says to be codes.
func (t *Table) ofType(typ types.Type) (space int, ok bool) {
	if len(t.named) == 0 {
		return 0, false
	}
	n, ok := types.Unalias(typ).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return 0, false
	}
	space, ok = t.named[plain(n.Obj().Pkg().Path())+"."+n.Obj().Name()]
	return space, ok
}

// plain is an import path without what go vet adds for tests.
func plain(path string) string {
	path, _, _ = strings.Cut(path, " [")
	return path
}

// own enters what the directives of a package declare of an API: in that package its constants
// without a type of their own, elsewhere the fields of other packages that hold its codes.
func (t *Table) own() {
	c := t.in.Catalog
	if c.Package == "" || t.in.Pkg == nil {
		return
	}
	for _, k := range c.Carriers.Types {
		for _, m := range k.Fields {
			t.in.Specs = append(slices.Clone(t.in.Specs), Spec{Pkg: k.Type.Path, Type: k.Type.Name, Name: m.Name, Space: c.Name + "/" + m.Space})
		}
	}
	if plain(t.in.Pkg.Path()) != c.Package {
		return
	}
	for i, s := range c.Spaces {
		if slices.ContainsFunc(c.Carriers.CodeTypes, func(k catalog.CodeType) bool { return k.Space == s.Name }) {
			continue
		}
		names := make([]string, 0, len(s.Codes)+len(s.Aliases))
		for _, k := range s.Codes {
			names = append(names, k.Name)
		}
		for _, a := range s.Aliases {
			names = append(names, a.Name)
		}
		for _, name := range names {
			if obj, ok := t.in.Pkg.Scope().Lookup(name).(*types.Const); ok {
				t.places[place{object: obj, role: Const}] = origin{i, Declared}
			}
		}
	}
}

// GateOwn reports for each of the APIs that packages declare by directives whether a package
// can contain a code of it: it declares it, uses what has its codes, or names it.
func GateOwn(list []*catalog.Catalog, pkg *types.Package, files []*ast.File, info *types.Info, specs []Spec, importsFact func(c *catalog.Catalog, path string) bool) []bool {
	out := make([]bool, len(list))
	if len(list) == 0 {
		return out
	}
	uses := usesOf(pkg, info)
	addTypes(&uses, info)
	for i, c := range list {
		out[i] = plain(pkg.Path()) == c.Package ||
			slices.ContainsFunc(uses.packages, func(p *types.Package) bool {
				path := plain(p.Path())
				return path == c.Package || p != pkg && importsFact(c, p.Path()) ||
					slices.ContainsFunc(c.Carriers.Types, func(k catalog.CarrierType) bool { return k.Type.Path == path }) ||
					slices.ContainsFunc(specs, func(s Spec) bool { _, _, ok := s.in(p.Path()); return ok && hasSpace(c, s.Space) })
			}) ||
			slices.ContainsFunc(files, func(f *ast.File) bool { return declares(c, f) }) ||
			len(c.Evidence.Hosts)+len(c.Evidence.Paths) > 0 && shows(c, uses, files, info)
	}
	return out
}

// addTypes adds the packages of the types that something in the package has, though nothing
// there names them.
func addTypes(u *packageUses, info *types.Info) {
	seen := make(map[*types.Package]bool)
	for _, p := range u.packages {
		seen[p] = true
	}
	for _, tv := range info.Types {
		if n, ok := types.Unalias(tv.Type).(*types.Named); ok && n.Obj().Pkg() != nil && !seen[n.Obj().Pkg()] {
			seen[n.Obj().Pkg()] = true
			u.packages = append(u.packages, n.Obj().Pkg())
		}
	}
}

// hasSpace reports whether a word names a space of the catalog.
func hasSpace(c *catalog.Catalog, name string) bool {
	return slices.ContainsFunc(c.Spaces, func(s *catalog.Space) bool { return name == s.Name || name == c.Name+"/"+s.Name })
}

// declares reports whether a file has a directive that declares a code of the catalog.
func declares(c *catalog.Catalog, f *ast.File) bool {
	for _, group := range f.Comments {
		for _, line := range group.List {
			if d, ok := parseDirective(line); ok && d.verb == verbCode && len(d.words) > 0 && hasSpace(c, d.words[0]) {
				return true
			}
		}
	}
	return false
}

// shows reports whether a string constant of the files is evidence.
func shows(c *catalog.Catalog, uses packageUses, files []*ast.File, info *types.Info) bool {
	if slices.ContainsFunc(uses.constants, c.Evidence.Constant) {
		return true
	}
	found := false
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.BasicLit, *ast.BinaryExpr:
				if s, ok := stringConst(info, n.(ast.Expr)); ok {
					found = found || c.Evidence.Constant(s)
				}
			}
			return !found
		})
	}
	return found
}

// OwnName returns the full name of a space that a package declares by directives, which has a
// path in it, or false for a name of another form.
func OwnName(space string) (pkg, name string, ok bool) {
	i := strings.LastIndexByte(space, '/')
	if i <= 0 || i == len(space)-1 {
		return "", "", false
	}
	return space[:i], space[i+1:], true
}
