package fix

import (
	"cmp"
	"go/ast"
	"go/types"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Candidates are the constants that may name codes in the package of one pass.
type Candidates struct {
	pass        *analysis.Pass
	cat         *catalog.Catalog
	declared    map[types.Object]int
	compared    map[types.Object]int
	constants   string // import path of the configured constants package
	shared      *fact.Constants
	sharedKnown bool
	told        bool // the pass has the fact of the configured package
	byPackage   map[*types.Package]map[number][]named
	files       map[*ast.File]*file
	offering
	ownNames
}

// offering is what is known of the build.
type offering struct {
	offers map[number]bool // codes for which a constant could be put
	deps   map[string]bool // paths of the packages that the pass knows
}

// number is a code of a space.
type number struct {
	space int
	n     catalog.Value
}

// named is a constant, or a variable that nobody assigns, that names a code.
type named struct {
	name    string
	pkg     string // import path, "" if it is the package of the pass
	pkgName string
	typ     types.Type
	obj     types.Object // nil if only the catalog knows the constant
	catalog bool         // bears the name that the catalog has for the code
	own     bool         // stands in the package whose constants the catalog names
}

func (con named) constant() bool {
	_, variable := con.obj.(*types.Var)
	return !variable
}

// New collects the constants that may name codes in pass: declared are those
// known by a directive, here or in another package, to be of the space with that
// index, and compared are those seen compared with a code of a space.
// constantsPkg is the import path of the configured constants package, or "";
// it counts where [Share] was called for the packages between.
func New(pass *analysis.Pass, cat *catalog.Catalog, declared, compared map[types.Object]int, constantsPkg string) *Candidates {
	return &Candidates{
		pass:      pass,
		cat:       cat,
		declared:  declared,
		compared:  compared,
		constants: constantsPkg,
		byPackage: make(map[*types.Package]map[number][]named),
		files:     make(map[*ast.File]*file),
		offering:  offering{offers: make(map[number]bool)},
	}
}

// Choose returns the constant to put for the code n of a space at the
// expression lit in file, as it is written there, and the edits that put it,
// or ok=false if there is none.
func (c *Candidates) Choose(file *ast.File, lit ast.Expr, space int, n catalog.Value) (name string, edits []analysis.TextEdit, ok bool) {
	f := c.file(file)
	if f.fixed || !f.plain(lit.Pos()) || f.commented(lit.Pos(), lit.End()) || !c.importsStay(f, lit) {
		return "", nil, false
	}
	con, ok := c.resolve(f, number{space, n}, c.pass.TypesInfo.TypeOf(lit))
	if !ok {
		return "", nil, false
	}
	name, imp, ok := f.qualify(con, lit.Pos())
	if !ok {
		return "", nil, false
	}
	text, ok := c.convert(f, lit, con, name)
	if !ok || !con.constant() && f.indexes(lit) {
		return "", nil, false
	}
	if imp != nil {
		edits = append(edits, *imp)
	}
	return name, append(edits, analysis.TextEdit{Pos: lit.Pos(), End: lit.End(), NewText: []byte(text)}), true
}

// Offers reports whether a constant could be put for the code n of a space
// somewhere in the package.
func (c *Candidates) Offers(space int, n catalog.Value) bool {
	key := number{space, n}
	offer, seen := c.offers[key]
	if !seen {
		offer = slices.ContainsFunc(c.pass.Files, func(file *ast.File) bool {
			f := c.file(file)
			_, ok := c.resolve(f, key, nil)
			return ok && !f.fixed
		})
		c.offers[key] = offer
	}
	return offer
}

// resolve returns the one constant that names key for f: from the package, else
// from what the file imports, else from what the package imports, else from the
// configured package, else from the one that the catalog names. Of several, those of the type
// that is wanted go first.
func (c *Candidates) resolve(f *file, key number, want types.Type) (named, bool) {
	var own, inFile, inPackage []named
	for _, con := range c.of(c.pass.Pkg)[key] {
		if f.sees(con.obj) {
			own = append(own, con)
		}
	}
	if len(own) > 0 {
		return pick(own, want)
	}
	for _, dep := range c.imports(f) {
		list := &inPackage
		if dep.byFile {
			list = &inFile
		}
		for _, con := range c.of(dep.pkg)[key] {
			con.pkg = dep.path
			*list = append(*list, con)
		}
	}
	if len(inFile) > 0 {
		return pick(inFile, want)
	}
	if len(inPackage) > 0 {
		return pick(inPackage, want)
	}
	if list := c.configured(key); len(list) > 0 {
		return pick(list, want)
	}
	return c.fromCatalog(key)
}

// pick returns the only constant of a list, or the only one that bears the
// catalog's name. One of the type that is wanted goes first, then a constant before a variable.
func pick(list []named, want types.Type) (named, bool) {
	for _, better := range []func(named) bool{
		func(con named) bool { return want != nil && types.Identical(con.typ, want) },
		named.constant,
	} {
		if slices.ContainsFunc(list, better) {
			list = slices.DeleteFunc(slices.Clone(list), func(con named) bool { return !better(con) })
		}
	}
	if len(list) == 1 {
		return list[0], true
	}
	for _, fits := range []func(named) bool{
		func(con named) bool { return con.catalog },
		func(con named) bool { return con.catalog && con.own },
	} {
		var only []named
		for _, con := range list {
			if fits(con) {
				only = append(only, con)
			}
		}
		if len(only) == 1 {
			return only[0], true
		}
	}
	return named{}, false
}

// fromCatalog returns the constant of the package that the catalog names for
// the space, though nothing here imports that package yet.
func (c *Candidates) fromCatalog(key number) (named, bool) {
	space := c.cat.Spaces[key.space]
	code, ok := space.Find(key.n)
	if !ok {
		return named{}, false
	}
	pkg, name, ok := c.constant(space, code)
	if !ok || pkg == c.pass.Pkg.Path() {
		return named{}, false
	}
	if c.cat.Package != "" {
		return c.ofOwn(space, pkg, name)
	}
	// What the standard library's own builds on cannot import it: only in a module of
	// somebody else is there no cycle for certain.
	if m := c.pass.Module; m == nil || m.Path == "" || m.Path == "std" || m.Path == "cmd" {
		return named{}, false
	}
	return named{
		name:    name,
		pkg:     pkg,
		pkgName: path.Base(pkg),
		typ:     untyped(space.Kind),
	}, true
}

// constant returns the name of a code in the first of the packages that the catalog names which
// every build has, or that this one is known to have.
func (c *Candidates) constant(space *catalog.Space, code catalog.Code) (pkg, name string, ok bool) {
	for i := range space.Constants {
		k := &space.Constants[i]
		name, ok := k.NameOf(code)
		// One that declares its codes is below, since a fact tells of it.
		if ok && !k.Variables && (ir.Std(k.Package) || k.Package == c.cat.Package || c.built(k.Package)) {
			return k.Package, name, true
		}
	}
	return "", "", false
}

// built reports whether the package of the pass imports another over any number of steps.
func (c *Candidates) built(path string) bool {
	if c.deps == nil {
		c.deps = make(map[string]bool)
		var walk func(*types.Package)
		walk = func(p *types.Package) {
			for _, q := range p.Imports() {
				if !c.deps[q.Path()] {
					c.deps[q.Path()] = true
					walk(q)
				}
			}
		}
		walk(c.pass.Pkg)
	}
	return c.deps[path]
}

// of returns the constants of pkg that name codes, and the variables of which the catalog says so.
func (c *Candidates) of(pkg *types.Package) map[number][]named {
	if list, ok := c.byPackage[pkg]; ok {
		return list
	}
	list := make(map[number][]named)
	c.byPackage[pkg] = list
	seen := make(map[types.Object]bool)
	add := func(obj types.Object, space int) {
		if obj != nil && !seen[obj] && c.mayName(obj, pkg, space) {
			seen[obj] = true
			if n, ok := value(obj); ok {
				list[number{space, n}] = append(list[number{space, n}], c.named(obj, space, n))
			}
		}
	}
	for _, known := range []map[types.Object]int{c.declared, c.compared} {
		for obj, space := range known {
			add(obj, space)
		}
	}
	for i, space := range c.cat.Spaces {
		for _, code := range space.Codes {
			names := []string{code.Name}
			for k := range space.Constants {
				name, ok := space.Constants[k].NameOf(code)
				if !ok || space.Constants[k].Package != pkg.Path() {
					continue
				}
				names = []string{name}
				if v, ok := pkg.Scope().Lookup(name).(*types.Var); ok && space.Constants[k].Variables && pkg != c.pass.Pkg {
					list[number{i, code.Value}] = append(list[number{i, code.Value}], c.named(v, i, code.Value))
				}
			}
			if pkg == c.pass.Pkg {
				names = append(names, lowerFirst(code.Name))
			}
			for _, name := range names {
				obj := pkg.Scope().Lookup(name)
				if n, ok := value(obj); ok && n == code.Value {
					add(obj, i)
				}
			}
		}
	}
	for _, cons := range list {
		slices.SortFunc(cons, func(a, b named) int { return cmp.Compare(a.name, b.name) })
	}
	return list
}

// mayName reports whether obj, a constant of pkg, may stand for codes of a space.
func (c *Candidates) mayName(obj types.Object, pkg *types.Package, space int) bool {
	if _, ok := value(obj); !ok || obj.Pkg() != pkg || obj.Parent() != pkg.Scope() || obj.Name() == "_" {
		return false
	}
	if pkg != c.pass.Pkg && !obj.Exported() {
		return false
	}
	if declared, ok := c.declared[obj]; ok && declared != space {
		return false
	}
	return !slices.ContainsFunc(c.cat.Spaces, func(s *catalog.Space) bool {
		return s.Offers(pkg.Path()) && !c.cat.Spaces[space].Offers(pkg.Path())
	})
}

func (c *Candidates) named(obj types.Object, space int, n catalog.Value) named {
	s := c.cat.Spaces[space]
	code, documented := s.Find(n)
	con := named{
		name:    obj.Name(),
		typ:     obj.Type(),
		obj:     obj,
		catalog: documented && (obj.Name() == code.Name || obj.Name() == lowerFirst(code.Name)),
		own:     s.Offers(obj.Pkg().Path()),
	}
	if obj.Pkg() != c.pass.Pkg {
		con.pkg, con.pkgName = obj.Pkg().Path(), obj.Pkg().Name()
	}
	return con
}

// value returns the code that obj is, if it is a constant that can be one.
func value(obj types.Object) (catalog.Value, bool) {
	con, ok := obj.(*types.Const)
	if !ok {
		return catalog.Value{}, false
	}
	basic, ok := con.Type().Underlying().(*types.Basic)
	switch {
	case !ok || basic.Kind() == types.UntypedRune:
		return catalog.Value{}, false
	case basic.Info()&types.IsInteger != 0:
		return catalog.ValueOf(con.Val(), catalog.IntKind)
	case basic.Info()&types.IsString != 0:
		return catalog.ValueOf(con.Val(), catalog.StringKind)
	}
	return catalog.Value{}, false
}

// untyped is the type of an untyped constant that is a code.
func untyped(kind catalog.Kind) types.Type {
	if kind == catalog.StringKind {
		return types.Typ[types.UntypedString]
	}
	return types.Typ[types.UntypedInt]
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[size:]
}

// mayImport reports whether the rule of internal packages lets a package import another.
func mayImport(from, to string) bool {
	i := strings.LastIndex("/"+to+"/", "/internal/")
	if i < 0 {
		return true
	}
	parent := strings.TrimSuffix(to[:max(i-1, 0)], "/")
	from = strings.TrimSuffix(from, "_test")
	return from == parent || strings.HasPrefix(from, parent+"/")
}
