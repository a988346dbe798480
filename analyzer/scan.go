package analyzer

import (
	"go/scanner"
	"go/token"
	"strconv"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// MayContainCode is canContainCode for a driver that has not loaded a package yet: it
// reports whether a package of that path and source can contain a code by itself, and not
// only through what it imports. It asks no more of the source than its words.
func MayContainCode(path string, imports []string, sources [][]byte) bool {
	if catalog.SDKPath(path) {
		return true
	}
	for _, i := range imports {
		if catalog.SDKPath(i) {
			return true
		}
	}
	for _, src := range sources {
		if mayHint(src) {
			return true
		}
	}
	return false
}

// mayHint looks for string constants and directives. A sum of literals counts whole.
func mayHint(src []byte) bool {
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", -1, len(src)), src, nil, scanner.ScanComments)
	sum, open := "", false // the literals so far, and whether a plus came last
	for {
		switch _, tok, text := s.Scan(); tok {
		case token.EOF:
			return false
		case token.COMMENT:
			if strings.Contains(text, "retcode:") {
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
			if catalog.HeaderHint(v) || catalog.Hint(v) || catalog.Hint(sum) {
				return true
			}
		case token.ADD:
			open = sum != ""
		case token.LPAREN, token.RPAREN:
		default:
			sum, open = "", false
		}
	}
}
