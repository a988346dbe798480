package fix

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/build/constraint"
	"go/token"
	"go/types"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// file is what a file's fixes need to know about it.
type file struct {
	c         *Candidates
	syntax    *ast.File
	tok       *token.File
	scope     *types.Scope
	test      bool
	condition string
	fixed     bool   // not to be edited: generated, or from cgo
	eol       string // how its lines end
	deps      []dependency
	declares  map[string]bool // every name that some scope in the file declares
	plans     map[string]plan // the import to add, by path
}

// dependency is a package that the file, or else its package, imports.
type dependency struct {
	pkg    *types.Package
	path   string
	byFile bool
}

func (c *Candidates) file(syntax *ast.File) *file {
	if f, ok := c.files[syntax]; ok {
		return f
	}
	tok := c.pass.Fset.File(syntax.FileStart)
	f := &file{
		c:         c,
		syntax:    syntax,
		tok:       tok,
		scope:     c.pass.TypesInfo.Scopes[syntax],
		test:      strings.HasSuffix(tok.Name(), "_test.go"),
		condition: condition(tok.Name(), syntax),
	}
	f.eol = c.lineEnd(tok)
	f.fixed = f.scope == nil || ast.IsGenerated(syntax) || !f.plain(syntax.Package)
	c.files[syntax] = f
	return f
}

// lineEnd returns how the lines of a file end: as its first one does.
func (c *Candidates) lineEnd(tok *token.File) string {
	if c.pass.ReadFile == nil || tok.LineCount() < 2 {
		return "\n"
	}
	src, err := c.pass.ReadFile(tok.Name())
	if end := tok.Offset(tok.LineStart(2)); err == nil && end <= len(src) && bytes.HasSuffix(src[:end], []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// plain reports whether pos is where it seems to be: no line directive, as cgo
// writes them, moves it to another file.
func (f *file) plain(pos token.Pos) bool {
	return f.tok.PositionFor(pos, true).Filename == f.tok.Name()
}

// sees reports whether the build of f always has obj, which its package declares.
func (f *file) sees(obj types.Object) bool {
	for _, syntax := range f.c.pass.Files {
		if syntax.FileStart <= obj.Pos() && obj.Pos() <= syntax.FileEnd {
			g := f.c.file(syntax)
			return g == f || (f.test || !g.test) && (g.condition == "" || g.condition == f.condition)
		}
	}
	return false
}

// imports returns what f may use of what it and the rest of the package import.
func (c *Candidates) imports(f *file) []dependency {
	if f.deps != nil {
		return f.deps
	}
	f.deps = []dependency{}
	seen := make(map[string]bool)
	add := func(syntax *ast.File, byFile bool) {
		for _, spec := range syntax.Imports {
			name := c.pass.TypesInfo.PkgNameOf(spec)
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil || name == nil || path == "C" || path == "unsafe" || seen[path] {
				continue
			}
			if byFile && name.Name() == "_" {
				continue
			}
			seen[path] = true
			f.deps = append(f.deps, dependency{name.Imported(), path, byFile})
		}
	}
	add(f.syntax, true)
	for _, syntax := range c.pass.Files {
		if f.test || !c.file(syntax).test {
			add(syntax, false)
		}
	}
	return f.deps
}

// qualify returns how con is written at pos, with the import to add if it needs one.
func (f *file) qualify(con named, pos token.Pos) (name string, imp *analysis.TextEdit, ok bool) {
	if con.pkg == "" {
		return con.name, nil, f.lookup(con.name, pos) == con.obj
	}
	if name, ok := f.imported(con.pkg, con.name, con.obj, pos); ok {
		return name, nil, true
	}
	p := f.plan(con)
	return p.name + "." + con.name, &p.edit, p.ok
}

// imported returns how the object of a package is written at pos with the
// imports that the file has.
func (f *file) imported(path, object string, obj types.Object, pos token.Pos) (string, bool) {
	for _, spec := range f.syntax.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != path {
			continue
		}
		name := f.c.pass.TypesInfo.PkgNameOf(spec)
		switch {
		case name == nil || name.Name() == "_":
		case name.Name() == ".":
			if obj != nil && f.lookup(object, pos) == obj {
				return object, true
			}
		case f.lookup(name.Name(), pos) == name:
			return name.Name() + "." + object, true
		}
	}
	return "", false
}

// lookup returns what name means at pos.
func (f *file) lookup(name string, pos token.Pos) types.Object {
	_, obj := f.scope.Innermost(pos).LookupParent(name, pos)
	return obj
}

// commented reports whether a comment overlaps the range.
func (f *file) commented(pos, end token.Pos) bool {
	for _, group := range f.syntax.Comments {
		for _, comment := range group.List {
			if comment.Pos() < end && pos < comment.End() {
				return true
			}
		}
	}
	return false
}

// importsStay reports whether every import that lit uses is used elsewhere in f
// by something that no fix replaces.
func (c *Candidates) importsStay(f *file, lit ast.Expr) bool {
	needed := make(map[types.Object]bool)
	stays := true
	ast.Inspect(lit, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			switch obj := c.pass.TypesInfo.Uses[id].(type) {
			case *types.PkgName:
				needed[obj] = true
			case *types.Const:
				// A dot import shows itself only here.
				_, in := f.scope.Innermost(lit.Pos()).LookupParent(id.Name, lit.Pos())
				stays = stays && (in != obj || obj.Pkg() == nil || obj.Pkg() == c.pass.Pkg)
			}
		}
		return true
	})
	if len(needed) == 0 || !stays {
		return stays
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				if _, constant := c.pass.TypesInfo.Uses[sel.Sel].(*types.Const); !constant {
					delete(needed, c.pass.TypesInfo.Uses[id])
				}
			}
		}
		return true
	})
	return len(needed) == 0
}

// indexes reports whether e is the index of an element of an array that is written out: that has
// to be a constant.
func (f *file) indexes(e ast.Expr) bool {
	found := false
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if n == nil || found || e.Pos() < n.Pos() || n.End() <= e.Pos() {
			return false
		}
		if lit, ok := n.(*ast.CompositeLit); ok {
			switch f.c.pass.TypesInfo.TypeOf(lit).Underlying().(type) {
			case *types.Array, *types.Slice:
				for _, element := range lit.Elts {
					kv, ok := element.(*ast.KeyValueExpr)
					found = found || ok && kv.Key.Pos() <= e.Pos() && e.Pos() < kv.Key.End()
				}
			}
		}
		return true
	})
	return found
}

// convert returns what to write in place of lit: con by its name, converted
// where that alone would change the type.
func (c *Candidates) convert(f *file, lit ast.Expr, con named, name string) (string, bool) {
	want := c.pass.TypesInfo.TypeOf(lit)
	if want == nil {
		return "", false
	}
	want = types.Unalias(want)
	if basic, ok := want.(*types.Basic); ok && basic.Info()&types.IsUntyped != 0 {
		return name, types.Identical(want, con.typ)
	}
	basic, ok := want.Underlying().(*types.Basic)
	named, isBasic := con.typ.Underlying().(*types.Basic)
	if !ok || !isBasic || basic.Info()&(types.IsNumeric|types.IsString) == 0 || (basic.Info()^named.Info())&types.IsString != 0 {
		return "", false
	}
	if con.typ == types.Typ[types.UntypedInt] && c.untypedInt(lit) || con.typ == types.Typ[types.UntypedString] || types.Identical(want, con.typ) {
		return name, true
	}
	switch want := want.(type) {
	case *types.Basic:
		ok := f.lookup(want.Name(), lit.Pos()) == types.Universe.Lookup(want.Name())
		return want.Name() + "(" + name + ")", ok
	case *types.Named:
		obj := want.Obj()
		if want.TypeArgs() != nil || want.TypeParams() != nil {
			return "", false
		}
		if f.lookup(obj.Name(), lit.Pos()) == obj {
			return obj.Name() + "(" + name + ")", true
		}
		if obj.Pkg() != nil && obj.Exported() && obj.Pkg() != c.pass.Pkg {
			if t, ok := f.imported(obj.Pkg().Path(), obj.Name(), obj, lit.Pos()); ok {
				return t + "(" + name + ")", true
			}
		}
	}
	return "", false
}

// untypedInt reports whether e is an untyped integer before its context gives it a type.
func (c *Candidates) untypedInt(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Kind == token.INT
	case *ast.ParenExpr:
		return c.untypedInt(e.X)
	case *ast.UnaryExpr:
		return c.untypedInt(e.X)
	case *ast.BinaryExpr:
		return c.untypedInt(e.X) && c.untypedInt(e.Y)
	case *ast.SelectorExpr:
		return c.untypedInt(e.Sel)
	case *ast.Ident:
		con, ok := c.pass.TypesInfo.Uses[e].(*types.Const)
		return ok && con.Type() == types.Typ[types.UntypedInt]
	}
	return false
}

// condition says under which build constraints a file is compiled, "" if always.
func condition(name string, file *ast.File) string {
	var lines []string
	// No system is called "-", so the name matches only if it names none.
	ctx := build.Context{GOOS: "-", GOARCH: "-", Compiler: "gc", OpenFile: func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("package p\n")), nil
	}}
	base := filepath.Base(name)
	if match, err := ctx.MatchFile(".", base); err != nil || !match {
		lines = append(lines, base)
	}
	for _, group := range file.Comments {
		if group.Pos() > file.Package {
			break
		}
		for _, line := range group.List {
			if constraint.IsGoBuild(line.Text) || constraint.IsPlusBuild(line.Text) {
				lines = append(lines, line.Text)
			}
		}
	}
	return strings.Join(lines, "\n")
}
