package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
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
// fields, directives and flags whether anything is to be done for it.
func (s *settings) canContainCode(pass *analysis.Pass, files []*ast.File) role {
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
		return participant
	}
	if flow.Std(pass.Pkg.Path()) {
		return bystander
	}
	if helps(pass.Pkg, files) {
		return helper
	}
	return bystander
}

// helps reports whether a package has a function that may fetch, decode, wait, retry or
// judge a number for another package. It looks at imports and signatures, not at bodies.
func helps(pkg *types.Package, files []*ast.File) bool {
	carries, waits := false, false
	for _, f := range files {
		for _, i := range f.Imports {
			switch path, _ := strconv.Unquote(i.Path.Value); path {
			case "net/http", "encoding/json", "io", "io/ioutil", "errors", "fmt":
				carries = true
			case "time", "os", "log", "golang.org/x/time/rate":
				waits = true
			}
		}
	}
	for _, f := range files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if ok && fn.Body != nil && (fn.Name.IsExported() || fn.Recv != nil) && mayHelp(fn, carries, waits) {
				return true
			}
		}
	}
	return false
}

// mayHelp judges a function by its signature.
func mayHelp(fn *ast.FuncDecl, carries, waits bool) bool {
	var errs, bytes, funcs, numbers, targets int
	count := func(list *ast.FieldList) {
		if list == nil {
			return
		}
		for _, p := range list.List {
			switch t := ast.Unparen(p.Type).(type) {
			case *ast.Ident:
				switch t.Name {
				case "error":
					errs++
				case "int", "int32", "int64":
					numbers++
				case "any":
					targets++
				}
			case *ast.ArrayType:
				if id, ok := t.Elt.(*ast.Ident); ok && id.Name == "byte" {
					bytes++
				}
			case *ast.FuncType:
				funcs++
			case *ast.InterfaceType:
				targets++
			case *ast.StarExpr:
				if sel, ok := t.X.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Request" || sel.Sel.Name == "Response") {
					bytes++
				}
			}
		}
	}
	count(fn.Type.Params)
	params := [...]int{errs, numbers, funcs, bytes, targets}
	errs, bytes, funcs, numbers, targets = 0, 0, 0, 0, 0
	count(fn.Type.Results)
	results := fn.Type.Results.NumFields()
	switch {
	case params[0] > 0 && (results > 0 || carries): // takes an error
		return true
	case params[2] > 0 && errs > 0: // runs a function that may fail
		return true
	case params[3] > 0 || bytes > 0, params[4] > 0 && errs > 0: // fetches or decodes
		return carries
	case params[1] > 0 && results == 1 && comparesNumbers(fn.Body): // judges a number
		return true
	}
	return waits && results == 0 || waits && results == 1 && errs == 1
}

// comparesNumbers reports whether a body has a literal that could be a code, or compares
// with a name, which may be a constant's.
func comparesNumbers(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			found = found || n.Kind == token.INT && len(n.Value) >= 3
		case *ast.BinaryExpr:
			found = found || n.Op == token.EQL
		case *ast.SwitchStmt:
			found = true
		}
		return !found
	})
	return found
}
