package main

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
	"github.com/go-retcode/retcode/analyzer/catalog"
)

// isPackage reports whether an argument is the path of a package, and not the name of a catalog
// or a code: a folder, or an import path with a dot in its first element.
func isPackage(arg string) bool {
	first, _, more := strings.Cut(arg, "/")
	return arg == "." || arg == ".." || more && (first == "" || strings.Contains(first, "."))
}

// declared loads a package and returns the catalog of the API that its directives declare.
func declared(pattern string) (*catalog.Catalog, error) {
	list, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, pattern)
	if err != nil {
		return nil, err
	}
	if len(list) != 1 {
		return nil, usagef("%s is %d packages; name the one that declares the API", pattern, len(list))
	}
	p := list[0]
	if len(p.Errors) > 0 {
		if e := p.Errors[0]; e.Pos == "" {
			return nil, errors.New(e.Msg)
		}
		return nil, p.Errors[0]
	}
	c, err := analyzer.Declared(p.Fset, p.Syntax, p.Types, p.TypesInfo)
	switch {
	case err != nil:
		return nil, err
	case c == nil:
		return nil, fmt.Errorf("package %s declares no API; write //retcode:space NAME on the type of its codes", p.PkgPath)
	}
	return c, nil
}
