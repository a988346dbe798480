package analyzer

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

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

// canContainCode decides from a package's imports and facts, string constants, struct
// fields, directives and flags whether anything is to be done for it, and with which of its
// files.
func (s *settings) canContainCode(pass *analysis.Pass, files []*ast.File) (role, []*ast.File) {
	module := ""
	if pass.Module != nil {
		module = pass.Module.Path
	}
	if len(s.specs) == 0 && Standard(pass.Pkg.Path(), module) {
		return bystander, nil
	}
	importsFact := func(path string) bool {
		for _, p := range pass.Pkg.Imports() {
			if p.Path() == path {
				var f fact.Package
				return pass.ImportPackageFact(p, &f) && f.Codes
			}
		}
		return false
	}
	if _, ok := origin.Gate(pass.Pkg, files, pass.TypesInfo, s.specs, importsFact); ok {
		return participant, pass.Files
	}
	// Nothing imports a main package.
	if ir.Std(pass.Pkg.Path()) || pass.Pkg.Name() == "main" {
		return bystander, nil
	}
	h := helping{pkg: pass.Pkg, files: files, all: pass.Files, info: pass.TypesInfo, facts: factsOf(pass)}
	if files, ok := h.help(); ok {
		return helper, files
	}
	return bystander, nil
}
