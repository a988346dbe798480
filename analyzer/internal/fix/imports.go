package fix

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// plan is the import that a file would need for a package.
type plan struct {
	name string // what the file would call the package
	edit analysis.TextEdit
	ok   bool
}

// plan returns the import of con's package. It is the same for every fix of the
// file, so that fixes merge, and no two packages share a position, so that the
// drivers, which drop only neighbouring repeats, never write one twice.
func (f *file) plan(con named) plan {
	if f.plans == nil {
		f.plans = make(map[string]plan)
		f.declares = make(map[string]bool)
		f.declared(f.scope)
		gaps := make(map[int][]string)
		texts := make(map[string]insertion)
		for _, dep := range f.mayNeed() {
			name := f.free(dep.pkgName)
			f.declares[name] = true
			if edit, ok := f.unblank(dep.pkg, name, dep.pkgName); ok {
				f.plans[dep.pkg] = plan{name: name, edit: edit, ok: true}
				continue
			}
			in := f.insertion(dep.pkg, name, dep.pkgName)
			f.plans[dep.pkg] = plan{name: name}
			texts[dep.pkg] = in
			gaps[in.line] = append(gaps[in.line], dep.pkg)
		}
		for line, paths := range gaps {
			f.place(line, paths, texts)
		}
	}
	return f.plans[con.pkg]
}

// mayNeed returns one constant of each other package that fixes of the file may
// need, by path.
func (f *file) mayNeed() []named {
	need := make(map[string]named)
	for i, space := range f.c.cat.Spaces {
		for _, code := range space.Codes {
			if con, ok := f.c.resolve(f, number{i, code.Value}, nil); ok && con.pkg != "" && !f.always(con.pkg) {
				need[con.pkg] = con
			}
		}
	}
	list := make([]named, 0, len(need))
	for _, con := range need {
		list = append(list, con)
	}
	slices.SortFunc(list, func(a, b named) int { return cmp.Compare(a.pkg, b.pkg) })
	return list
}

// always reports whether an import of the file serves path wherever it is needed.
func (f *file) always(path string) bool {
	for _, spec := range f.syntax.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil && p == path {
			name := f.c.pass.TypesInfo.PkgNameOf(spec)
			if name != nil && name.Name() != "_" && name.Name() != "." && !f.shadows(f.scope, name.Name()) {
				return true
			}
		}
	}
	return false
}

// shadows reports whether a scope inside s declares name.
func (f *file) shadows(s *types.Scope, name string) bool {
	for i := range s.NumChildren() {
		if child := s.Child(i); child.Lookup(name) != nil || f.shadows(child, name) {
			return true
		}
	}
	return false
}

// declared collects the names that s and the scopes inside it declare.
func (f *file) declared(s *types.Scope) {
	for _, name := range s.Names() {
		f.declares[name] = true
	}
	for i := range s.NumChildren() {
		f.declared(s.Child(i))
	}
}

// free returns a name like the preferred one that means nothing yet in the file.
func (f *file) free(preferred string) string {
	name := preferred
	for i := 2; f.declares[name] || f.c.taken[name] || f.c.pass.Pkg.Scope().Lookup(name) != nil || types.Universe.Lookup(name) != nil; i++ {
		name = preferred + strconv.Itoa(i)
	}
	return name
}

// unblank returns the edit that gives a blank import a name: it was there to let the constants be
// seen. One that a comment explains serves something else, and in a group with comments behind
// its lines another width would move them.
func (f *file) unblank(pkgPath, name, pkgName string) (analysis.TextEdit, bool) {
	if name += " "; name == pkgName+" " {
		name = ""
	}
	for _, decl := range f.syntax.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT {
			break
		}
		explained := gen.Doc != nil || slices.ContainsFunc(gen.Specs, func(s ast.Spec) bool { return s.(*ast.ImportSpec).Comment != nil })
		for _, spec := range gen.Specs {
			spec := spec.(*ast.ImportSpec)
			if !explained && spec.Doc == nil && importPath(spec) == pkgPath && specName(spec) == "_" && !f.commented(spec.Pos(), spec.Path.Pos()) {
				return analysis.TextEdit{Pos: spec.Pos(), End: spec.Path.Pos(), NewText: []byte(name)}, true
			}
		}
	}
	return analysis.TextEdit{}, false
}

// insertion is an import to add before a line.
type insertion struct {
	line          int
	text          string
	before, after string // the line feed that makes it a paragraph of its own
}

// rank orders the insertions before one line: a paragraph before what is there,
// what goes with it, a paragraph behind it.
func (in insertion) rank() int { return len(in.before) - len(in.after) }

// place turns the insertions before one line into edits: there is room for one
// at the end of the line above, and for one at the start of the line.
func (f *file) place(line int, paths []string, texts map[string]insertion) {
	if line > f.tok.LineCount() {
		return
	}
	start := f.tok.LineStart(line)
	slices.SortFunc(paths, func(a, b string) int {
		return cmp.Or(cmp.Compare(texts[a].rank(), texts[b].rank()), cmp.Compare(a, b))
	})
	for i, path := range paths {
		in := texts[path]
		p := f.plans[path]
		switch {
		case len(paths)-i > 2:
			continue
		case len(paths)-i == 2:
			above := start - token.Pos(len(f.eol))
			p.edit = analysis.TextEdit{Pos: above, End: above, NewText: f.text(in.before + "\n" + in.text + in.after)}
		default:
			p.edit = analysis.TextEdit{Pos: start, End: start, NewText: f.text(in.before + in.text + "\n" + in.after)}
		}
		p.ok = !f.commented(p.edit.Pos, p.edit.Pos) && !f.begun(p.edit.Pos)
		f.plans[path] = p
	}
}

// text is a text with the line ends of the file.
func (f *file) text(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", f.eol)) }

// begun reports whether a declaration that is no import stands before pos.
func (f *file) begun(pos token.Pos) bool {
	for _, decl := range f.syntax.Decls {
		if gen, ok := decl.(*ast.GenDecl); !ok || gen.Tok != token.IMPORT {
			return decl.Pos() < pos
		}
	}
	return false
}

// insertion says where and how the file imports a package that it does not import.
func (f *file) insertion(pkgPath, name, pkgName string) insertion {
	spec := strconv.Quote(pkgPath)
	if name != pkgName {
		spec = name + " " + spec
	} else {
		name = "" // it is not written
	}
	var last *ast.GenDecl
	for _, decl := range f.syntax.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT {
			break
		}
		if in, ok := f.inGroup(gen, pkgPath, name, "\t"+spec); ok {
			return in
		}
		last = gen
	}
	if last != nil {
		return insertion{line: f.line(last.End()) + 1, text: "import " + spec}
	}
	return insertion{line: f.line(f.syntax.Name.End()) + 1, before: "\n", text: "import " + spec}
}

// inGroup finds the place in a grouped declaration: in gofmt's order among the
// imports that are most like it, else in a paragraph of its own.
func (f *file) inGroup(group *ast.GenDecl, pkgPath, name, text string) (insertion, bool) {
	if !group.Lparen.IsValid() || len(group.Specs) == 0 {
		return insertion{}, false
	}
	lines := []int{f.line(group.Lparen)}
	best, likeness := -1, 0
	for i, spec := range group.Specs {
		spec := spec.(*ast.ImportSpec)
		lines = append(lines, f.line(spec.Pos()))
		if n := alike(importPath(spec), pkgPath); n > likeness {
			best, likeness = i, n
		}
	}
	lines = append(lines, f.line(group.Rparen))
	for i := range lines[1:] {
		if lines[i] == lines[i+1] {
			return insertion{}, false
		}
	}
	top := group.Specs[0].(*ast.ImportSpec)
	if best < 0 && standard(pkgPath) && top.Doc == nil {
		return insertion{line: f.line(top.Pos()), text: text, after: "\n"}, true
	}
	if best < 0 {
		return insertion{line: f.line(group.Rparen), before: "\n", text: text}, true
	}
	// lines[i+1] is the line of spec i.
	first := best
	for first > 0 && lines[first] == lines[first+1]-1 {
		first--
	}
	for i := first; i < len(group.Specs); i++ {
		spec := group.Specs[i].(*ast.ImportSpec)
		if i > first && lines[i+1] != lines[i]+1 {
			return insertion{line: lines[i] + 1, text: text}, true
		}
		if order := cmp.Compare(importPath(spec), pkgPath); order > 0 || order == 0 && specName(spec) > name {
			// Between two comments behind imports, a line without one would move them.
			between := i > first && spec.Comment != nil && group.Specs[i-1].(*ast.ImportSpec).Comment != nil
			if spec.Doc != nil || between {
				return insertion{line: f.line(group.Rparen), before: "\n", text: text}, true
			}
			return insertion{line: lines[i+1], text: text}, true
		}
	}
	return insertion{line: lines[len(group.Specs)] + 1, text: text}, true
}

func (f *file) line(pos token.Pos) int { return f.tok.PositionFor(pos, false).Line }

func importPath(spec *ast.ImportSpec) string {
	p, _ := strconv.Unquote(spec.Path.Value)
	return p
}

func specName(spec *ast.ImportSpec) string {
	if spec.Name == nil {
		return ""
	}
	return spec.Name.Name
}

// standard reports whether a path looks like one of the standard library.
func standard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return !strings.Contains(first, ".")
}

// alike counts how far two paths agree: 0 if only one is standard.
func alike(a, b string) int {
	if standard(a) != standard(b) || a == "C" {
		return 0
	}
	n := 1
	for a != "." && !strings.HasPrefix(b+"/", a+"/") {
		a = path.Dir(a)
	}
	if a != "." {
		n += 1 + strings.Count(a, "/")
	}
	return n
}
