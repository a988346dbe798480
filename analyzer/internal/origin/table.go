package origin

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// Input is a package as a pass sees it. Files are the files that count: leave
// out tests that are not asked for. Info may know of more files.
type Input struct {
	Fset       *token.FileSet
	Files      []*ast.File
	Pkg        *types.Package
	Info       *types.Info
	Catalog    *catalog.Catalog
	Others     []*catalog.Catalog // whose spaces directives and flags may name too
	Specs      []Spec
	Categories []string // what //retcode:ignore may name
}

// A Kind says what made something an origin.
type Kind int

// The kinds of origins.
const (
	None     Kind = iota
	SDK           // a field that the vendor's SDK or libraries declare
	Declared      // a directive in this package
	Flag          // a Spec
)

// A Role says which part of an object holds the code.
type Role int

// The roles, in the order in which they are listed.
const (
	Field Role = iota
	Type
	Const
	Var
	Param
	Result
)

// A Declaration is an object of the package that a directive declares to hold
// codes of a space. Index counts the parameters or results of a function.
type Declaration struct {
	Object types.Object
	Role   Role
	Index  int
	Space  int // in the catalog's Spaces
}

// A Problem is a fault in a directive or flag, to be reported there.
type Problem struct {
	Pos, End token.Pos
	Message  string
}

// A Table holds the fixed origins that one package sees, in all packages, and
// the directives in it. It is not safe for concurrent use.
type Table struct {
	in       Input
	places   map[place]origin
	sdkSpace int
	sdk      map[*types.Package]map[*types.Var]bool
	named    map[string]int // the spaces of types whose values are codes, by "import/path.Name"
	vendor   vendor
	ignores  []*Ignore
	problems []Problem
}

type place struct {
	object types.Object
	role   Role
	index  int
}

type origin struct {
	space int
	kind  Kind
}

// Resolve finds the fixed origins of a package. The catalog must be set.
func Resolve(in Input) *Table {
	t := &Table{
		in:       in,
		places:   make(map[place]origin),
		sdkSpace: in.Catalog.Index(in.Catalog.Origins.CodeSpace),
		sdk:      make(map[*types.Package]map[*types.Var]bool),
		named:    codeTypes(in.Catalog),
		vendor:   newVendor(in.Catalog),
	}
	t.own()
	for _, f := range in.Files {
		t.directives(f)
	}
	t.flags()
	return t
}

// Field returns the space of the codes that a field holds by its declaration:
// one of the SDK's, or declared by directive or flag.
func (t *Table) Field(v *types.Var) (space int, ok bool) {
	o, ok := t.field(v)
	return o.space, ok
}

// FieldKind returns what makes a field an origin.
func (t *Table) FieldKind(v *types.Var) Kind {
	o, _ := t.field(v)
	return o.kind
}

func (t *Table) field(v *types.Var) (origin, bool) {
	if v == nil || !v.IsField() {
		return origin{}, false
	}
	v = v.Origin()
	if o, ok := t.places[place{object: v, role: Field}]; ok {
		return o, true
	}
	if s, ok := t.ofType(v.Type()); ok && t.in.Catalog.Nature == catalog.Called {
		return origin{s, SDK}, true
	}
	if s, ok := t.vendorField(v); ok && s != messageField {
		return origin{s, SDK}, true
	}
	if t.sdkSpace < 0 || v.Pkg() == nil {
		return origin{}, false
	}
	fields, ok := t.sdk[v.Pkg()]
	if !ok {
		if t.in.Catalog.Owns(v.Pkg().Path()) {
			fields = t.sdkFields(v.Pkg())
		}
		t.sdk[v.Pkg()] = fields // none of a package that is not the SDK's
	}
	if !fields[v] {
		return origin{}, false
	}
	return origin{t.sdkSpace, SDK}, true
}

// Type returns the space of a named type that is declared to be a code.
func (t *Table) Type(typ types.Type) (space int, ok bool) {
	named, ok := types.Unalias(typ).(*types.Named)
	if !ok {
		return 0, false
	}
	if s, ok := t.lookup(place{object: named.Origin().Obj(), role: Type}); ok {
		return s, ok
	}
	return t.ofType(named)
}

// Const returns the space of a constant that is declared to be a code.
func (t *Table) Const(c *types.Const) (space int, ok bool) {
	return t.lookup(place{object: c, role: Const})
}

// Var returns the space of a package variable that is declared to hold codes.
func (t *Table) Var(v *types.Var) (space int, ok bool) {
	return t.lookup(place{object: v, role: Var})
}

// Param returns the space of a function's parameter, counted without the
// receiver, that is declared to take codes.
func (t *Table) Param(fn *types.Func, i int) (space int, ok bool) {
	if fn == nil {
		return 0, false
	}
	return t.lookup(place{object: fn.Origin(), role: Param, index: i})
}

// Result returns the space of a function's result that is declared to be a
// code.
func (t *Table) Result(fn *types.Func, i int) (space int, ok bool) {
	if fn == nil {
		return 0, false
	}
	return t.lookup(place{object: fn.Origin(), role: Result, index: i})
}

func (t *Table) lookup(p place) (space int, ok bool) {
	o, ok := t.places[p]
	return o.space, ok
}

// Declared lists what directives of the package declare, in the order of the
// source.
func (t *Table) Declared() []Declaration {
	var list []Declaration
	for p, o := range t.places {
		if o.kind == Declared {
			list = append(list, Declaration{p.object, p.role, p.index, o.space})
		}
	}
	// Files are parsed in any order, so positions of two files do not compare.
	slices.SortFunc(list, func(a, b Declaration) int {
		p, q := t.position(a.Object.Pos()), t.position(b.Object.Pos())
		return cmp.Or(
			cmp.Compare(p.Filename, q.Filename),
			cmp.Compare(p.Offset, q.Offset),
			cmp.Compare(a.Role, b.Role),
			cmp.Compare(a.Index, b.Index))
	})
	return list
}

// Ignores returns the package's well-formed ignore directives, in the order of
// the files.
func (t *Table) Ignores() []*Ignore { return t.ignores }

// Problems returns what is wrong with the package's directives, in the order
// of the files, and with the flags that mean it or a package that it imports.
func (t *Table) Problems() []Problem { return t.problems }

// position returns where pos really is, whatever //line directives say.
func (t *Table) position(pos token.Pos) token.Position {
	return t.in.Fset.PositionFor(pos, false)
}
