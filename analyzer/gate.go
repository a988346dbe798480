package analyzer

import (
	"go/ast"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// A role is what a package can have to do with codes.
type role int

const (
	bystander   role = iota // nothing: neither SSA nor the catalog is needed
	helper                  // it cannot contain a code, but its functions may carry one for others
	participant             // it can contain a code
)

// A step is what is done in one package for one catalog.
type step struct {
	catalog *catalog.Catalog
	role    role
}

// A plan is what is done in one package, and with which of its files.
type plan struct {
	steps   []step
	sources []*ast.File
}

// plan decides from a package's imports and facts, string constants, struct fields,
// directives and flags which catalogs are in play there.
func (s *settings) plan(pass *analysis.Pass, files []*ast.File) plan {
	module := ""
	if pass.Module != nil {
		module = pass.Module.Path
	}
	if len(s.specs) == 0 && Standard(pass.Pkg.Path(), module) {
		return plan{}
	}
	var p plan
	helping := s.helps(pass, files)
	own := s.gateOwn(pass, files)
	var known []*catalog.Catalog // those of the linter that may be in play
	for _, c := range s.catalogs {
		if c.Package == "" && s.uses(c) && !(c.Nature == catalog.Inspected && Standard(pass.Pkg.Path(), module)) {
			known = append(known, c)
		}
	}
	in := origin.Gates(known, pass.Pkg, files, pass.TypesInfo, s.specs, importsCodes(pass))
	for _, c := range s.catalogs {
		if i := slices.Index(known, c); own[c] || i >= 0 && in[i] {
			p.steps = append(p.steps, step{c, participant})
			p.sources = pass.Files
		}
	}
	// What functions do whatever the codes are is told by the API that is called: of the others,
	// only where an error is asked something counts.
	for _, c := range s.catalogs {
		if c.Nature != catalog.Called || c.Package != "" || slices.ContainsFunc(p.steps, func(d step) bool { return d.catalog == c }) {
			continue
		}
		if sources, ok := helping(c); ok {
			p.steps = append(p.steps, step{c, helper})
			if p.sources == nil {
				p.sources = sources
			}
		}
	}
	return p
}

// importsCodes tells whether a package that is imported told of codes of a catalog.
func importsCodes(pass *analysis.Pass) func(c *catalog.Catalog, path string) bool {
	return func(c *catalog.Catalog, path string) bool {
		for _, p := range pass.Pkg.Imports() {
			if p.Path() == path {
				var f fact.Facts
				return pass.ImportPackageFact(p, &f) && f.Of(c.Name).Codes
			}
		}
		return false
	}
}

// helps returns whether a package that cannot contain a code has functions that may carry
// one for others, and the files that they need.
func (s *settings) helps(pass *analysis.Pass, files []*ast.File) func(*catalog.Catalog) ([]*ast.File, bool) {
	return func(c *catalog.Catalog) ([]*ast.File, bool) {
		// Nothing imports a main package.
		if ir.Std(pass.Pkg.Path()) || pass.Pkg.Name() == "main" {
			return nil, false
		}
		h := helping{pkg: pass.Pkg, files: files, all: pass.Files, info: pass.TypesInfo, facts: factsOf(pass, c.Name)}
		return h.help()
	}
}
