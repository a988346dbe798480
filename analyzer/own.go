package analyzer

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/fix"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
	"github.com/go-retcode/retcode/analyzer/internal/origin/own"
)

// own adds the catalogs of APIs that the package, or one that it imports over any number of
// steps, declares by directives, and tells importers of them. It returns what is wrong with
// the package's own directives.
func (s *settings) own(pass *analysis.Pass, files []*ast.File) []origin.Problem {
	var all fact.APIs
	api, problems := own.Read(own.Input{
		Fset: pass.Fset, Files: files, Pkg: pass.Pkg, Info: pass.TypesInfo, Quiet: origin.IsGenerated,
	})
	var faults []origin.Problem
	for _, p := range problems {
		faults = append(faults, origin.Problem(p))
	}
	if api != nil {
		all.Add(*api)
		faults = append(faults, s.unmet(api, files)...)
	}
	for _, p := range pass.Pkg.Imports() {
		var told fact.APIs
		if pass.ImportPackageFact(p, &told) {
			for _, api := range told.List {
				all.Add(api)
			}
		}
	}
	if len(all.List) == 0 {
		return faults
	}
	pass.ExportPackageFact(&all)
	for i := range all.List {
		s.catalogs = append(s.catalogs, own.Catalog(&all.List[i]))
	}
	return faults
}

// Declared returns the catalog of the API that the directives of a package declare, or nil if
// there are none. The error lists what is wrong with them, each with its place; what is left
// makes the catalog all the same.
func Declared(fset *token.FileSet, files []*ast.File, pkg *types.Package, info *types.Info) (*catalog.Catalog, error) {
	byName := func(a, b *ast.File) int {
		return strings.Compare(fset.File(a.FileStart).Name(), fset.File(b.FileStart).Name())
	}
	api, problems := own.Read(own.Input{Fset: fset, Files: slices.SortedFunc(slices.Values(files), byName), Pkg: pkg, Info: info})
	var errs []error
	for _, p := range problems {
		errs = append(errs, fmt.Errorf("%s: %s", fset.Position(p.Pos), p.Message))
	}
	if api == nil {
		return nil, errors.Join(errs...)
	}
	return own.Catalog(api), errors.Join(errs...)
}

// HasConstants reports whether the package of Config.Constants has one that fixes may use.
func HasConstants(fset *token.FileSet, files []*ast.File, pkg *types.Package, info *types.Info) bool {
	api, _ := own.Read(own.Input{Fset: fset, Files: files, Pkg: pkg, Info: info})
	return api != nil || fix.Names(&analysis.Pass{Fset: fset, Files: files, Pkg: pkg, TypesInfo: info}, catalog.All())
}

// gateOwn says which of the APIs that packages declare by directives a package has to do with.
func (s *settings) gateOwn(pass *analysis.Pass, files []*ast.File) map[*catalog.Catalog]bool {
	var list []*catalog.Catalog
	for _, c := range s.catalogs {
		if c.Package != "" {
			list = append(list, c)
		}
	}
	out := make(map[*catalog.Catalog]bool)
	for i, ok := range origin.GateOwn(list, pass.Pkg, files, pass.TypesInfo, s.specs, importsCodes(pass)) {
		out[list[i]] = ok
	}
	return out
}

// before lists the APIs that packages declare whose fixes go before those of another.
func (s *settings) before(c *catalog.Catalog) []*catalog.Catalog {
	var out []*catalog.Catalog
	for _, o := range s.catalogs {
		if o == c {
			break
		}
		if o.Package != "" {
			out = append(out, o)
		}
	}
	return out
}

// unmet says which flags name something of an API that it does not have. Only the package that
// declares the API can tell; a flag has no place of its own.
func (s *settings) unmet(api *fact.API, files []*ast.File) []origin.Problem {
	if len(files) == 0 {
		return nil
	}
	c := own.Catalog(api)
	clause := files[0].Name
	var out []origin.Problem
	add := func(format string, args ...any) {
		out = append(out, origin.Problem{Pos: clause.Pos(), End: clause.End(), Message: fmt.Sprintf(format, args...)})
	}
	for _, spec := range s.specs {
		if pkg, name, ok := origin.OwnName(spec.Space); ok && pkg == c.Name {
			if _, has := c.Space(name); !has {
				add("-origin %s: package %s has no space %s", spec, c.Name, name)
			}
		}
	}
	for _, r := range s.require {
		if pkg, name, ok := origin.OwnName(r.space); ok && pkg == c.Name {
			space, has := c.Space(name)
			if !has {
				add("-require %s: package %s has no space %s", r, c.Name, name)
			} else if !slices.ContainsFunc(space.Codes, func(code catalog.Code) bool { return r.matches(c, space, code) }) {
				add("-require %s: space %s has no such code that stands for a failure", r, name)
			}
		}
	}
	return out
}

// isOwn reports whether a space is written as those are that packages declare by directives:
// import/path/NAME.
func isOwn(catalogs []*catalog.Catalog, space string) bool {
	pkg, _, ok := origin.OwnName(space)
	return ok && checkImportPath(pkg) == nil && !slices.ContainsFunc(catalogs, func(c *catalog.Catalog) bool { return c.Name == pkg })
}

// splitOwn reads import/path/SPACE/VALUE, where VALUE may be a constant's name, group:NAME or
// class:NAME. What it means is known where the package is.
func splitOwn(catalogs []*catalog.Catalog, s string) (requirement, bool) {
	i := strings.LastIndexByte(s, '/')
	if i <= 0 || i == len(s)-1 || !isOwn(catalogs, s[:i]) {
		return requirement{}, false
	}
	r := requirement{space: s[:i]}
	if g, ok := strings.CutPrefix(s[i+1:], "group:"); ok {
		r.group = g
	} else if c, ok := strings.CutPrefix(s[i+1:], "class:"); ok {
		r.class = c
	} else {
		r.code = s[i+1:]
	}
	return r, true
}

// String is the requirement as it is written.
func (r requirement) String() string {
	text := r.code
	switch {
	case r.group != "":
		text = "group:" + r.group
	case r.class != "":
		text = "class:" + r.class
	}
	if r.space != "" {
		text = r.space + "/" + text
	}
	return text
}
