package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// unsound is what of a program does not compile, and why.
type unsound struct {
	errs   map[*packages.Package][]error
	broken map[*packages.Package]bool // what has errors, and what imports that
}

// newUnsound returns what the go command says of packages.
func newUnsound(initial []*packages.Package) *unsound {
	u := &unsound{errs: make(map[*packages.Package][]error)}
	packages.Visit(initial, nil, func(pkg *packages.Package) {
		for _, err := range pkg.Errors {
			u.errs[pkg] = append(u.errs[pkg], err)
		}
	})
	u.spread(initial)
	return u
}

// spread finds what imports a package with errors.
func (u *unsound) spread(initial []*packages.Package) {
	u.broken = make(map[*packages.Package]bool)
	packages.Visit(initial, nil, func(pkg *packages.Package) {
		u.broken[pkg] = len(u.errs[pkg]) > 0
		for _, dep := range pkg.Imports {
			u.broken[pkg] = u.broken[pkg] || u.broken[dep]
		}
	})
}

// tell prints the errors, and which packages are left out since they import what does not
// compile. It reports whether there is anything to tell.
func (u *unsound) tell(initial []*packages.Package) bool {
	if len(u.errs) == 0 {
		return false
	}
	u.spread(initial)
	told := make(map[string]bool)
	packages.Visit(initial, nil, func(pkg *packages.Package) {
		for _, err := range u.errs[pkg] {
			printOnce(err, told)
		}
	})
	var above []string
	for _, pkg := range initial {
		if u.broken[pkg] && len(u.errs[pkg]) == 0 && pkg.ID == pkg.PkgPath && !strings.HasSuffix(pkg.ID, ".test") {
			above = append(above, pkg.PkgPath)
		}
	}
	slices.Sort(above)
	switch n := len(above); {
	case n == 1:
		fmt.Fprintf(os.Stderr, "retcode: %s imports what does not compile, and is not analyzed\n", above[0])
	case n > 1:
		fmt.Fprintf(os.Stderr, "retcode: %d packages import what does not compile, and are not analyzed: %s\n", n, some(above))
	}
	return true
}

// some is the beginning of a list.
func some(names []string) string {
	if len(names) > 3 {
		return strings.Join(names[:3], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// printOnce prints the lines of an error that were not told before: a package and its variant
// with tests have the same.
func printOnce(err error, told map[string]bool) {
	message := err.Error()
	if e, ok := err.(packages.Error); ok && e.Pos == "" {
		message = e.Msg
	}
	heading := ""
	for line := range strings.Lines(message) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "# "):
			heading, _, _ = strings.Cut(line, " [")
		case !told[line]:
			told[line] = true
			if heading != "" {
				fmt.Fprintln(os.Stderr, heading)
				heading = ""
			}
			fmt.Fprintln(os.Stderr, line)
		}
	}
}
