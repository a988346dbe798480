package origin

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// Gate reports whether a package can contain a code, or a directive that has
// to be judged, and why. It may say so of a package that has none, but never
// the reverse. It parses no catalog. The function importsFact, which may be
// nil, tells whether there are facts about codes for the package of that path.
func Gate(c *catalog.Catalog, pkg *types.Package, files []*ast.File, info *types.Info, specs []Spec, importsFact func(path string) bool) (why string, ok bool) {
	return gate(c, usesOf(pkg, info), pkg, files, info, specs, importsFact)
}

// Gates is [Gate] for several catalogs, of which each passes or not.
func Gates(list []*catalog.Catalog, pkg *types.Package, files []*ast.File, info *types.Info, specs []Spec, importsFact func(c *catalog.Catalog, path string) bool) []bool {
	out := make([]bool, len(list))
	uses := usesOf(pkg, info)
	for i, c := range list {
		_, out[i] = gate(c, uses, pkg, files, info, specs, func(path string) bool { return importsFact(c, path) })
	}
	return out
}

func gate(c *catalog.Catalog, uses packageUses, pkg *types.Package, files []*ast.File, info *types.Info, specs []Spec, importsFact func(path string) bool) (why string, ok bool) {
	if c.Owns(pkg.Path()) {
		return "is the SDK", true
	}
	inspected := c.Nature == catalog.Inspected
	if inspected && c.Uses(pkg.Path()) {
		return "", false // what the API's libraries do with codes, the catalog says
	}
	for _, p := range uses.packages {
		switch path := p.Path(); {
		case p != pkg && c.Owns(path):
			return "uses the SDK", true
		case p != pkg && importsFact != nil && importsFact(path):
			return "uses " + path + ", which deals with codes", true
		case slices.ContainsFunc(specs, func(s Spec) bool { _, _, ok := s.in(path); return ok }):
			return "a flag declares a code of " + path, true
		}
	}
	if inspected {
		if why, ok := touches(c, uses, info); ok {
			return why, true
		}
	}
	if slices.ContainsFunc(files, func(f *ast.File) bool { return !inspected && hasDirective(f) || inspected && declares(c, f) }) {
		return "has a directive", true
	}
	hinted := func(s string, headers map[string]bool) bool { return hinted(c, s, headers) }
	headers := make(map[string]bool)
	for _, s := range uses.constants {
		if hinted(s, headers) {
			return fmt.Sprintf("has the constant %q", s), true
		}
	}
	for _, f := range files {
		if s, ok := hintIn(f, info, func(s string) bool { return hinted(s, headers) }); ok {
			return fmt.Sprintf("has the constant %q", s), true
		}
	}
	if n := c.Evidence.FewestHeaders(); n > 0 && len(headers) >= n {
		return "names the headers of a request", true
	}
	return "", false
}

// hintIn returns a string constant of the file that may be evidence.
func hintIn(f *ast.File, info *types.Info, hinted func(string) bool) (hint string, ok bool) {
	var sumEnd token.Pos // of the constant sum whose terms are visited
	ast.Inspect(f, func(n ast.Node) bool {
		if ok {
			return false
		}
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			hint, ok = literal(n)
		case *ast.BinaryExpr:
			// What a sum begins with would be joined anew at each of its terms.
			if n.Op == token.ADD && n.Pos() >= sumEnd {
				if hint, ok = stringConst(info, n); ok {
					sumEnd = n.End()
				}
			}
		}
		ok = ok && hinted(hint)
		return !ok
	})
	return hint, ok
}

// hinted reports whether a string constant may be evidence, and collects the names of headers.
func hinted(c *catalog.Catalog, s string, headers map[string]bool) bool {
	if c.Nature == catalog.Inspected {
		return mentions(c, s)
	}
	if catalog.HeaderHint(s) {
		headers[strings.ToLower(s)] = true
	}
	return catalog.Hint(s)
}

// packageUses is what a package uses of itself and others.
type packageUses struct {
	packages  []*types.Package // by path
	constants []string         // string constants of other packages, sorted
}

// usesOf collects what pkg uses. A package that is not imported counts as
// well, for the methods and fields of its types are used without an import.
func usesOf(pkg *types.Package, info *types.Info) packageUses {
	var u packageUses
	seen := make(map[*types.Package]bool)
	add := func(p *types.Package) {
		if p != nil && !seen[p] {
			seen[p] = true
			u.packages = append(u.packages, p)
		}
	}
	add(pkg)
	for _, imp := range pkg.Imports() {
		add(imp)
	}
	for _, obj := range info.Uses {
		p := obj.Pkg()
		if p == pkg {
			continue
		}
		add(p)
		if s, ok := stringObject(obj); ok {
			u.constants = append(u.constants, s)
		}
	}
	slices.SortFunc(u.packages, func(a, b *types.Package) int { return cmp.Compare(a.Path(), b.Path()) })
	slices.Sort(u.constants)
	return u
}
