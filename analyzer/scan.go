package analyzer

import (
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// A Scan is what the words of a package tell before it is loaded.
type Scan struct {
	May     bool            // the package can contain a code by itself
	Headers map[string]bool // the names of request headers that it has
}

// Headers returns how many of them a package must have, with those of its imports, to be one
// that can contain a code.
func Headers() int { return catalog.Embedded().Evidence.FewestHeaders() }

// ScanPackage is canContainCode for a driver that has not loaded the package yet. It errs
// on the side of May, and leaves out what a package can contain through its imports.
func ScanPackage(path string, imports []string, sources [][]byte) Scan {
	s := Scan{May: catalog.SDKPath(path) || slices.ContainsFunc(imports, catalog.SDKPath), Headers: make(map[string]bool)}
	libraries := origin.NewLibraries(catalog.All())
	s.May = s.May || libraries.Used(path, imports)
	for _, src := range sources {
		s.May = s.May || mayHint(src, libraries, s.Headers)
	}
	return s
}

// Standard reports whether a package of that path, of a module of that path, is of the
// standard library. One has neither codes nor facts, unless a flag declares an origin.
func Standard(path, module string) bool { return module == "" && ir.Std(path) }

// mayHint looks for string constants and directives. A sum of literals counts whole.
func mayHint(src []byte, libraries origin.Libraries, headers map[string]bool) bool {
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", -1, len(src)), src, nil, scanner.ScanComments)
	sum, open := "", false // the literals so far, and whether a plus came last
	for {
		switch _, tok, text := s.Scan(); tok {
		case token.EOF:
			return false
		case token.COMMENT:
			if origin.Begins(text) {
				return true
			}
		case token.IDENT:
			if libraries.Asks(text) {
				return true
			}
		case token.STRING:
			v, err := strconv.Unquote(text)
			if err != nil {
				return true
			}
			if !open {
				sum = ""
			}
			sum, open = sum+v, false
			for _, w := range []string{v, sum} {
				if catalog.HeaderHint(w) {
					headers[strings.ToLower(w)] = true
				}
				if catalog.Hint(w) || libraries.Hints(w) {
					return true
				}
			}
		case token.ADD:
			open = sum != ""
		case token.LPAREN, token.RPAREN:
		default:
			sum, open = "", false
		}
	}
}
