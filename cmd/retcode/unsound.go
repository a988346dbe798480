package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// unsound is what of a program does not compile, and why.
type unsound struct {
	initial []*packages.Package
	errs    map[*packages.Package][]error // none where only an import is to blame
	broken  map[*packages.Package]bool    // what has errors, and what imports that
}

// newUnsound returns what the loader says of packages.
func newUnsound(initial []*packages.Package) *unsound {
	u := &unsound{initial: initial, errs: make(map[*packages.Package][]error)}
	packages.Visit(initial, nil, func(pkg *packages.Package) {
		for _, err := range pkg.Errors {
			u.errs[pkg] = append(u.errs[pkg], err)
		}
	})
	u.spread()
	return u
}

// spread finds what imports a package with errors.
func (u *unsound) spread() {
	u.broken = make(map[*packages.Package]bool)
	packages.Visit(u.initial, nil, func(pkg *packages.Package) {
		_, u.broken[pkg] = u.errs[pkg]
		for _, dep := range pkg.Imports {
			u.broken[pkg] = u.broken[pkg] || u.broken[dep]
		}
	})
}

// absent names what was asked for and is no package that the go command can load, as opposed to
// one that does not compile: that has a name.
func (u *unsound) absent() []string {
	var names []string
	for _, pkg := range u.initial {
		if pkg.Name == "" && slices.ContainsFunc(pkg.Errors, func(err packages.Error) bool { return err.Kind == packages.ListError && err.Pos == "" }) {
			names = append(names, pkg.PkgPath)
		}
	}
	return names
}

// sound returns the packages that compile, as all that they import does.
func (u *unsound) sound(pkgs []*packages.Package) []*packages.Package {
	return slices.DeleteFunc(slices.Clone(pkgs), func(pkg *packages.Package) bool { return u.broken[pkg] })
}

// tell prints the errors that were not told before, and which packages are left out since they
// import what does not compile. It reports whether there are errors.
func (u *unsound) tell(told map[string]bool) bool {
	if len(u.errs) == 0 {
		return false
	}
	packages.Visit(u.initial, nil, func(pkg *packages.Package) {
		for _, err := range u.errs[pkg] {
			printOnce(err, told)
		}
	})
	above, line := u.above(), ""
	switch n := len(above); {
	case n == 1:
		line = fmt.Sprintf("retcode: %s imports what does not compile, and is not analyzed", above[0])
	case n > 1:
		line = fmt.Sprintf("retcode: %d packages import what does not compile, and are not analyzed: %s", n, some(above))
	}
	if line != "" && !told[line] {
		told[line] = true
		fmt.Fprintln(os.Stderr, line)
	}
	return true
}

// above names the packages without an error of their own that are left out, and those of
// which only the tests are.
func (u *unsound) above() []string {
	names, known := make(map[string]bool), make(map[string]bool)
	for _, pkg := range u.initial {
		if !u.broken[pkg] || strings.HasSuffix(pkg.ID, ".test") {
			continue
		}
		_, tested, isTest := strings.Cut(strings.TrimSuffix(pkg.ID, ".test]"), " [")
		switch {
		case !isTest:
			names[pkg.PkgPath], known[pkg.PkgPath] = len(u.errs[pkg]) == 0, true
		case len(u.errs[pkg]) > 0:
			known[tested] = true
		default:
			names[tested+" (tests)"] = true
		}
	}
	maps.DeleteFunc(names, func(name string, above bool) bool {
		tested, isTest := strings.CutSuffix(name, " (tests)")
		return !above || isTest && known[tested]
	})
	return slices.Sorted(maps.Keys(names))
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
