package fix

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
)

// Share exports what importers of the package have to know of the configured
// constants package, if it is the package itself or one below it.
func Share(pass *analysis.Pass, constantsPkg string) {
	switch {
	case constantsPkg == "":
	case pass.Pkg.Path() == constantsPkg:
		pass.ExportPackageFact(constantsOf(pass))
	default:
		if f := imported(pass, constantsPkg); f != nil {
			pass.ExportPackageFact(f)
		}
	}
}

// imported returns what other packages tell of the configured package: the imports of the
// package, or whatever else the driver shows it.
func imported(pass *analysis.Pass, constantsPkg string) *fact.Constants {
	for _, told := range pass.AllPackageFacts() {
		if f, ok := told.Fact.(*fact.Constants); ok && f.Path == constantsPkg {
			return f
		}
	}
	return nil
}

// constantsOf lists the constants that a package exports.
func constantsOf(pass *analysis.Pass) *fact.Constants {
	f := &fact.Constants{Path: pass.Pkg.Path(), Name: pass.Pkg.Name()}
	declared := spaces(pass)
	for _, name := range pass.Pkg.Scope().Names() {
		obj := pass.Pkg.Scope().Lookup(name)
		if n, ok := value(obj); ok && obj.Exported() && obj.Type() == untyped(n.Kind()) {
			f.List = append(f.List, fact.Constant{Name: name, Value: n, Space: declared[obj]})
		}
	}
	return f
}

// Names reports whether a package has a constant that fixes may use for a code of one of the
// catalogs, if the package is the configured one: a directive or its name says which code it is.
func Names(pass *analysis.Pass, catalogs []*catalog.Catalog) bool {
	list := constantsOf(pass).List
	for _, c := range catalogs {
		for _, s := range c.Spaces {
			if s.Offers(pass.Pkg.Path()) || slices.ContainsFunc(list, func(con fact.Constant) bool {
				code, ok := s.Find(con.Value)
				return con.Space != "" || ok && con.Name == code.Name
			}) {
				return true
			}
		}
	}
	return false
}

// spaces reads the directives of constant groups.
func spaces(pass *analysis.Pass) map[types.Object]string {
	declared := make(map[types.Object]string)
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Doc == nil {
				continue
			}
			for _, line := range group.Doc.List {
				space, ok := strings.CutPrefix(line.Text, "//retcode:code ")
				for _, spec := range group.Specs {
					if spec, isValue := spec.(*ast.ValueSpec); isValue && ok {
						for _, name := range spec.Names {
							declared[pass.TypesInfo.Defs[name]] = strings.TrimSpace(space)
						}
					}
				}
			}
		}
	}
	return declared
}

// share looks once for what is told of the configured package.
func (c *Candidates) share() {
	if c.sharedKnown {
		return
	}
	c.sharedKnown = true
	f := imported(c.pass, c.constants)
	c.told = f != nil
	if f != nil && f.Name != "main" && mayImport(c.pass.Pkg.Path(), f.Path) {
		c.shared = f
	}
}

// Unseen returns the import path of the configured package of constants if nothing is told
// of it here, so that no fix can use it.
func (c *Candidates) Unseen() string {
	if c.constants == "" || c.constants == c.pass.Pkg.Path() {
		return ""
	}
	if c.share(); c.told {
		return ""
	}
	return c.constants
}

// configured returns the constants of the configured package that name key.
func (c *Candidates) configured(key number) []named {
	if c.constants == "" || c.constants == c.pass.Pkg.Path() {
		return nil
	}
	c.share()
	if c.shared == nil {
		return nil
	}
	space := c.cat.Spaces[key.space]
	code, documented := space.Find(key.n)
	var list []named
	for _, con := range c.shared.List {
		name := documented && con.Name == code.Name
		here := con.Space == space.Name || con.Space == c.cat.Name+"/"+space.Name
		if con.Value != key.n || !here && (con.Space != "" || !name) {
			continue
		}
		list = append(list, named{
			name:    con.Name,
			pkg:     c.shared.Path,
			pkgName: c.shared.Name,
			typ:     untyped(con.Value.Kind()),
			catalog: name,
		})
	}
	return list
}
