package origin

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
)

const (
	tool       = "retcode"
	verbCode   = "code"
	verbIgnore = "ignore"
)

// misspelt matches a comment of one line that was meant as a directive.
var misspelt = regexp.MustCompile(`^(?://|/\*)[ \t]*(?i:` + tool + `)[ \t]*:[ \t]*(?i:(` + verbCode + "|" + verbIgnore + `))(?:[ \t]+([^\n]*?))?[ \t]*(?:\*/)?$`)

// An Ignore is a well-formed directive //retcode:ignore CATEGORY[,CATEGORY]
// reason. It silences the lines From to To of File.
type Ignore struct {
	Pos, End   token.Pos
	Categories []string
	Reason     string
	File       string
	From, To   int
	Used       bool // set by whoever is silenced
}

// Silences reports whether a finding of that category at that place, as
// [token.FileSet.PositionFor] gives it without adjustment, is silenced.
func (ig *Ignore) Silences(category string, at token.Position) bool {
	return at.Filename == ig.File && ig.From <= at.Line && at.Line <= ig.To && slices.Contains(ig.Categories, category)
}

// A directive is one //retcode: line.
type directive struct {
	pos, end token.Pos
	verb     string
	words    []string
}

// parseDirective parses a comment. What stands behind a second // in it is a
// comment on the directive.
func parseDirective(c *ast.Comment) (directive, bool) {
	d := directive{pos: c.Pos(), end: c.End()}
	text := c.Text
	rest, ok := strings.CutPrefix(text, "//"+tool+":")
	if !ok {
		return directive{}, false
	}
	if parsed, ok := ast.ParseDirective(c.Slash, text); ok {
		d.verb, d.words = parsed.Name, strings.Fields(parsed.Args)
	} else if words := strings.Fields(rest); len(words) > 0 {
		d.verb, d.words = words[0], words[1:]
	}
	if i := slices.IndexFunc(d.words, func(w string) bool { return strings.HasPrefix(w, "//") }); i >= 0 {
		d.words = d.words[:i]
	}
	return d, true
}

// Begins reports whether the text of a comment begins with the tool's name, however that is
// written, and so may be a directive.
func Begins(comment string) bool {
	text := strings.TrimLeft(comment, "/* \t")
	return len(text) > len(tool) && strings.EqualFold(text[:len(tool)], tool)
}

// meantDirective returns what a comment was meant to be that is no directive for its blanks,
// capitals or kind, or false for prose.
func meantDirective(c *ast.Comment) (directive, bool) {
	if _, ok := parseDirective(c); ok || !Begins(c.Text) {
		return directive{}, false
	}
	m := misspelt.FindStringSubmatch(c.Text)
	if m == nil {
		return directive{}, false
	}
	return directive{c.Pos(), c.End(), strings.ToLower(m[1]), strings.Fields(m[2])}, true
}

// plausible reports whether a directive's first word is one that it may have, or missing:
// prose about directives has another.
func (f *fileDirectives) plausible(d directive) bool {
	switch {
	case len(d.words) == 0:
		return true
	case d.verb == verbCode:
		return slices.Contains(f.spaceNames(), d.words[0])
	}
	return !slices.ContainsFunc(strings.Split(d.words[0], ","), func(s string) bool { return !slices.Contains(f.in.Categories, s) })
}

// A fileDirectives places the directives of one file.
type fileDirectives struct {
	*Table
	file     *ast.File
	quiet    bool // a generated file: nothing is reported in it
	problems []Problem

	pending map[*ast.CommentGroup][]directive // code directives not yet placed
}

// directives enters the directives of a file.
func (t *Table) directives(file *ast.File) {
	f := fileDirectives{
		Table:   t,
		file:    file,
		quiet:   ast.IsGenerated(file),
		pending: make(map[*ast.CommentGroup][]directive),
	}
	var ignores []placedIgnore
	for _, group := range file.Comments {
		for _, c := range group.List {
			d, ok := parseDirective(c)
			if meant, near := meantDirective(c); near && f.plausible(meant) {
				f.problemf(meant, "this comment is no directive, for its blanks, capitals or kind; write %s", strings.TrimSpace("//"+tool+":"+meant.verb+" "+strings.Join(meant.words, " ")))
			}
			switch {
			case !ok:
			case d.verb == verbCode:
				f.pending[group] = append(f.pending[group], d)
			case d.verb == verbIgnore:
				ignores = append(ignores, placedIgnore{d, group})
			default:
				f.problemf(d, "%s", unknownWord("directive", "//retcode:", d.verb, []string{verbCode, verbIgnore}))
			}
		}
	}
	if len(f.pending) > 0 {
		ast.Inspect(file, f.visit)
	}
	for _, group := range file.Comments {
		for _, d := range f.pending[group] {
			f.problemf(d, "this directive stands on nothing that can be declared a code; put it on a struct field, a named type, constants, a package variable or a function")
		}
	}
	if len(ignores) > 0 && !f.quiet {
		f.enterIgnores(ignores)
	}
	slices.SortStableFunc(f.problems, func(a, b Problem) int { return int(a.Pos - b.Pos) })
	t.problems = append(t.problems, f.problems...)
}

func (f *fileDirectives) problemf(d directive, format string, args ...any) {
	if !f.quiet {
		f.problems = append(f.problems, Problem{d.pos, d.end, fmt.Sprintf(format, args...)})
	}
}

// take returns the code directives of the comments, which are thereby placed.
func (f *fileDirectives) take(groups ...*ast.CommentGroup) []directive {
	var list []directive
	for _, g := range groups {
		if g != nil {
			list = append(list, f.pending[g]...)
			delete(f.pending, g)
		}
	}
	return list
}

// visit enters the code directives at a node.
func (f *fileDirectives) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		if n.Tok != token.IMPORT {
			f.genDecl(n)
		}
	case *ast.FuncDecl:
		if dirs := f.take(n.Doc); len(dirs) > 0 {
			f.function(dirs, n.Name)
		}
	case *ast.StructType:
		for _, field := range n.Fields.List {
			if dirs := f.take(field.Doc, field.Comment); len(dirs) > 0 {
				f.declare(dirs, f.objects(fieldNames(field)...))
			}
		}
	case *ast.InterfaceType:
		for _, method := range n.Methods.List {
			if len(method.Names) != 1 {
				continue
			}
			if dirs := f.take(method.Doc, method.Comment); len(dirs) > 0 {
				f.function(dirs, method.Names[0])
			}
		}
	}
	return true
}

// genDecl enters the directives of a declaration: of each spec its own, of the
// others the group's.
func (f *fileDirectives) genDecl(decl *ast.GenDecl) {
	group := f.take(decl.Doc)
	var rest []types.Object
	for _, spec := range decl.Specs {
		var (
			dirs []directive
			objs []types.Object
		)
		switch spec := spec.(type) {
		case *ast.ValueSpec:
			dirs, objs = f.take(spec.Doc, spec.Comment), f.objects(spec.Names...)
		case *ast.TypeSpec:
			dirs, objs = f.take(spec.Doc, spec.Comment), f.objects(spec.Name)
		}
		if len(dirs) > 0 {
			f.declare(dirs, objs)
		} else {
			rest = append(rest, objs...)
		}
	}
	switch {
	case len(group) == 0:
	case len(decl.Specs) == 0:
		f.problemf(group[0], "this directive stands on an empty group and declares nothing; remove it, or put it where the constants are")
	case len(rest) == 0:
		f.problemf(group[0], "this directive declares nothing, since all that stands in its group has one of its own; remove it")
	default:
		f.declare(group, rest)
	}
}

// declare enters the objects, of which those that are no integers are left
// out, unless all are.
func (f *fileDirectives) declare(dirs []directive, objs []types.Object) {
	d := dirs[0]
	for _, extra := range dirs[1:] {
		f.problemf(extra, "a second //retcode:code stands on the same declaration; keep one of them")
	}
	space, ok := f.space(d)
	if !ok {
		return
	}
	if len(d.words) > 1 {
		f.problemf(d, "%q is one word too many: a name stands in the directive of a function only", d.words[1])
		return
	}
	var firstErr error
	placed := false
	for _, obj := range objs {
		role, err := f.role(obj)
		if err == nil {
			placed = true
			f.places[place{object: obj, role: role}] = origin{space, Declared}
		} else if firstErr == nil {
			firstErr = err
		}
	}
	if !placed && firstErr != nil {
		f.problemf(d, "%v", firstErr)
	}
}

// role returns what obj is declared as, or why it cannot be.
func (f *fileDirectives) role(obj types.Object) (Role, error) {
	if tn, ok := obj.(*types.TypeName); ok && tn.IsAlias() {
		return 0, fmt.Errorf("%s is an alias, which a value does not remember; declare a type of its own: type %[1]s int", obj.Name())
	}
	if !isInteger(obj.Type()) {
		return 0, notInteger(obj)
	}
	switch obj := obj.(type) {
	case *types.TypeName:
		return Type, nil
	case *types.Const:
		return Const, nil
	case *types.Var:
		if obj.IsField() {
			return Field, nil
		}
		if obj.Parent() == f.in.Pkg.Scope() {
			return Var, nil
		}
	}
	return 0, fmt.Errorf("%s is a local variable, which takes its space from its value; declare the field, type or function that the value comes from", obj.Name())
}

// function enters directives on a function: each names a parameter or result,
// or none if there is one integer result.
func (f *fileDirectives) function(dirs []directive, name *ast.Ident) {
	fn, _ := f.in.Info.Defs[name].(*types.Func)
	if fn == nil {
		return
	}
	entered := make(map[place]bool)
	for _, d := range dirs {
		space, ok := f.space(d)
		if !ok {
			continue
		}
		if len(d.words) > 2 {
			f.problemf(d, "%q is one word too many: a directive names one parameter or result; write a line for each", d.words[2])
			continue
		}
		p, err := functionPlace(fn, d.words[1:])
		if err == nil && entered[p] {
			err = fmt.Errorf("a second //retcode:code names the same parameter or result; keep one of them")
		}
		if err != nil {
			f.problemf(d, "%v", err)
			continue
		}
		entered[p] = true
		f.places[p] = origin{space, Declared}
	}
}

// functionPlace returns the parameter or result of fn with that name.
func functionPlace(fn *types.Func, name []string) (place, error) {
	if len(name) == 0 {
		i, err := onlyIntegerResult(fn)
		if err != nil {
			return place{}, fmt.Errorf("%v: name the parameter or result that is the code: //retcode:code SPACE NAME", err)
		}
		return place{fn, Result, i}, nil
	}
	sig := fn.Type().(*types.Signature)
	for _, list := range []struct {
		role Role
		vars *types.Tuple
	}{{Param, sig.Params()}, {Result, sig.Results()}} {
		for i := range list.vars.Len() {
			v := list.vars.At(i)
			if v.Name() != name[0] {
				continue
			}
			if !isInteger(v.Type()) {
				return place{}, notInteger(v)
			}
			return place{fn, list.role, i}, nil
		}
	}
	return place{}, fmt.Errorf("%s has no parameter or result named %s", fn.Name(), name[0])
}

// space returns the space that d names.
func (f *fileDirectives) space(d directive) (int, bool) {
	if len(d.words) == 0 {
		f.problemf(d, "the directive names no space; write //retcode:code SPACE with one of %s", list(f.spaceNames()))
		return 0, false
	}
	space := f.in.Catalog.Index(d.words[0])
	if space < 0 {
		f.problemf(d, "%v", f.unknownSpace(d.words[0]))
	}
	return space, space >= 0
}

// objects returns what the names define.
func (f *fileDirectives) objects(names ...*ast.Ident) []types.Object {
	var objs []types.Object
	for _, name := range names {
		if obj := f.in.Info.Defs[name]; obj != nil {
			objs = append(objs, obj)
		}
	}
	return objs
}

// fieldNames returns the identifiers that define a field, also an embedded one.
func fieldNames(field *ast.Field) []*ast.Ident {
	if field.Names != nil {
		return field.Names
	}
	for e := field.Type; ; {
		switch t := e.(type) {
		case *ast.Ident:
			return []*ast.Ident{t}
		case *ast.StarExpr:
			e = t.X
		case *ast.SelectorExpr:
			e = t.Sel
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.ParenExpr:
			e = t.X
		default:
			return nil
		}
	}
}
