package gen

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// A goFile is a file with constants that are codes already, and the package around it.
type goFile struct {
	t     *table
	src   []byte
	fset  *token.FileSet
	file  *ast.File
	pkg   *types.Package
	info  *types.Info
	edits []insertion
}

// An insertion is a line of its own before the line that an offset is on.
type insertion struct {
	offset int
	lines  []string
}

// annotate adds directives to the constants of a Go file: it shows what would change, or with
// -w writes it. With -o they go into another file, which names the constants.
func annotate(o *options, stdout io.Writer) error {
	g, err := load(o)
	if err != nil {
		return err
	}
	subject, err := g.subject(o)
	if err != nil {
		return err
	}
	if err := g.rows(subject); err != nil {
		return err
	}
	t := g.t
	if t.typ = subject.name; subject.typ == nil {
		t.typ = "Code"
	}
	t.space = firstOf(o.space, spaceName(t.typ, g.pkg.Name()))
	for _, step := range []func(*options) error{t.values, t.flags, t.classes} {
		if err := step(o); err != nil {
			return err
		}
	}
	if o.out != "" {
		return g.beside(o, subject)
	}
	if err := g.directives(o, subject); err != nil {
		return err
	}
	after := g.apply()
	if _, err := parser.ParseFile(token.NewFileSet(), t.file, after, parser.SkipObjectResolution); err != nil {
		return err
	}
	switch {
	case bytes.Equal(after, g.src):
		_, err = fmt.Fprintf(stdout, "%s has these directives already\n", t.file)
		return err
	case o.write:
		return os.WriteFile(t.file, after, 0o666)
	}
	_, err = stdout.Write(diff.Diff(t.file, g.src, t.file, after))
	return err
}

// load reads the file, and the rest of its package as far as it can be read without imports.
func load(o *options) (*goFile, error) {
	src, err := os.ReadFile(o.source)
	if err != nil {
		return nil, err
	}
	g := &goFile{t: &table{file: o.source, aliases: true}, src: src, fset: token.NewFileSet()}
	g.file, err = parser.ParseFile(g.fset, o.source, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	if ast.IsGenerated(g.file) && o.out == "" {
		return nil, g.t.errorf(1, "the file is generated, and would lose the directives; write them into a file beside it with -o %s", filepath.Join(filepath.Dir(o.source), "retcode.go"))
	}
	files := []*ast.File{g.file}
	others, err := filepath.Glob(filepath.Join(filepath.Dir(o.source), "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range others {
		if filepath.Base(name) == filepath.Base(o.source) {
			continue
		}
		f, err := parser.ParseFile(g.fset, name, nil, parser.SkipObjectResolution)
		if err == nil && f.Name.Name == g.file.Name.Name {
			files = append(files, f)
		}
	}
	g.info = &types.Info{Defs: make(map[*ast.Ident]types.Object)}
	conf := types.Config{
		Error:       func(error) {}, // what is not known without imports is no code
		Importer:    noImports{},
		FakeImportC: true,
	}
	g.pkg, _ = conf.Check(g.file.Name.Name, g.fset, files, g.info)
	return g, nil
}

type noImports struct{}

func (noImports) Import(string) (*types.Package, error) { return nil, errors.New("not here") }

// A subject is what a space is of: a named type, or a group of untyped constants.
type subject struct {
	name  string
	typ   *types.TypeName // nil for constants without a type
	group *ast.GenDecl    // of those
}

// subject finds what -type names, or the only one that can be meant.
func (g *goFile) subject(o *options) (subject, error) {
	var typed, untyped []subject
	for _, d := range g.file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.CONST {
			continue
		}
		plain := subject{group: decl}
		for _, s := range decl.Specs {
			for _, name := range s.(*ast.ValueSpec).Names {
				c, ok := g.info.Defs[name].(*types.Const)
				if !ok || name.Name == "_" || kindOfType(c.Type()) == catalog.NoKind {
					continue
				}
				if n, ok := types.Unalias(c.Type()).(*types.Named); !ok {
					plain.name = firstOf(plain.name, name.Name)
				} else if n.Obj().Pkg() == g.pkg && !slices.ContainsFunc(typed, func(s subject) bool { return s.typ == n.Obj() }) {
					typed = append(typed, subject{name: n.Obj().Name(), typ: n.Obj()})
				}
			}
		}
		if plain.name != "" && decl.Lparen.IsValid() {
			untyped = append(untyped, plain)
		}
	}
	all := append(typed, untyped...)
	if o.typ == "" && len(typed) == 1 {
		return typed[0], nil
	}
	var names []string
	for _, s := range all {
		if s.group != nil && g.declares(s.group, o.typ) {
			return s, nil
		}
		names = append(names, s.name)
	}
	i, err := g.t.choose(o.typ, "type or group of constants", "types and groups of constants", names)
	if err != nil {
		return subject{}, err
	}
	return all[i], nil
}

// declares reports whether a group of constants has one of that name.
func (g *goFile) declares(decl *ast.GenDecl, name string) bool {
	for _, s := range decl.Specs {
		for _, n := range s.(*ast.ValueSpec).Names {
			if n.Name == name && name != "_" {
				return true
			}
		}
	}
	return false
}

func kindOfType(t types.Type) catalog.Kind {
	b, ok := t.Underlying().(*types.Basic)
	switch {
	case !ok || b.Kind() == types.UntypedRune:
		return catalog.NoKind
	case b.Info()&types.IsInteger != 0:
		return catalog.IntKind
	case b.Info()&types.IsString != 0:
		return catalog.StringKind
	}
	return catalog.NoKind
}

// specs calls yield for each line of constants, with the declaration that it stands in.
func (g *goFile) specs(yield func(*ast.GenDecl, *ast.ValueSpec)) {
	for _, d := range g.file.Decls {
		if decl, ok := d.(*ast.GenDecl); ok && decl.Tok == token.CONST {
			for _, s := range decl.Specs {
				yield(decl, s.(*ast.ValueSpec))
			}
		}
	}
}

// bare is the name of a constant without that of its type: OK of CodeOK and of CODE_OK.
func bare(name, typ string) string {
	if rest, ok := strings.CutPrefix(name, common([]string{name}, typ)); ok && rest != name {
		return rest
	}
	return strings.TrimPrefix(strings.TrimPrefix(name, typ), "_")
}

// of reports whether a constant is a code of the subject.
func (s subject) of(decl *ast.GenDecl, c *types.Const) bool {
	if s.typ == nil {
		return decl == s.group
	}
	n, ok := types.Unalias(c.Type()).(*types.Named)
	return ok && n.Obj() == s.typ
}

// rows reads the constants of the subject in this file.
func (g *goFile) rows(s subject) (err error) {
	g.specs(func(decl *ast.GenDecl, spec *ast.ValueSpec) {
		for _, name := range spec.Names {
			c, ok := g.info.Defs[name].(*types.Const)
			if !ok || name.Name == "_" || !s.of(decl, c) || err != nil {
				continue
			}
			line := g.fset.Position(name.Pos()).Line
			kind := kindOfType(c.Type())
			v, ok := catalog.ValueOf(c.Val(), kind)
			switch {
			case !ok:
				err = g.t.errorf(line, "the value of %s is not known from its package alone, or does not fit in 64 bits", name.Name)
			case g.t.kind != catalog.NoKind && kind != g.t.kind:
				err = g.t.errorf(line, "%s and the constants before it are not of one kind; make two groups of them", name.Name)
			}
			g.t.kind = kind
			r := row{line: line, written: strings.TrimPrefix(name.Name, s.name+"_"), name: name.Name, value: v}
			if s.typ != nil && saysSuccess(bare(r.written, s.name)) && !saysSuccess(r.name) {
				g.t.success = append(g.t.success, word{r.name, line})
			}
			g.t.rows = append(g.t.rows, r)
		}
	})
	return err
}
