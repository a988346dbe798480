package gen

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// directives finds where the directives of the subject and of its constants go.
func (g *goFile) directives(o *options, s subject) error {
	if err := g.space(o, s); err != nil {
		return err
	}
	var err error
	g.specs(func(decl *ast.GenDecl, spec *ast.ValueSpec) {
		var class string
		for i, name := range spec.Names {
			k := slices.IndexFunc(g.t.rows, func(r row) bool { return r.name == name.Name })
			if c, ok := g.info.Defs[name].(*types.Const); err != nil || k < 0 || !ok || !s.of(decl, c) {
				continue
			}
			r := g.t.rows[k]
			if i > 0 && r.retry != class {
				err = g.t.errorf(r.line, "%s stands on one line with %s, and a directive speaks of both; give it a line of its own", r.name, spec.Names[0].Name)
				return
			}
			class = r.retry
		}
		if class == "" || err != nil {
			return
		}
		doc, at := spec.Doc, spec.Pos()
		if !decl.Lparen.IsValid() {
			doc, at = decl.Doc, decl.Pos()
		}
		err = g.add(at, "//retcode:retry "+class, decl.Lparen.IsValid(), doc, spec.Comment)
	})
	return err
}

// space adds the directive of the space, to the type or to the group of constants.
func (g *goFile) space(o *options, s subject) error {
	if s.typ == nil {
		return g.addSpace(o, s.group.Pos(), false, s.group.Doc)
	}
	for _, d := range g.file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.TYPE {
			continue
		}
		for _, spec := range decl.Specs {
			spec := spec.(*ast.TypeSpec)
			if g.info.Defs[spec.Name] != s.typ {
				continue
			}
			if !decl.Lparen.IsValid() {
				return g.addSpace(o, decl.Pos(), false, decl.Doc, spec.Comment)
			}
			return g.addSpace(o, spec.Pos(), true, spec.Doc, spec.Comment)
		}
	}
	at := g.fset.Position(s.typ.Pos())
	return g.t.errorf(g.t.rows[0].line, "the type %s of these constants is declared at %s:%d; its directive belongs there, so begin with that file", s.name, at.Filename, at.Line)
}

// addSpace inserts the directive of the space. One that is there holds, whatever it is called,
// unless a flag says otherwise.
func (g *goFile) addSpace(o *options, before token.Pos, within bool, docs ...*ast.CommentGroup) error {
	for _, doc := range docs {
		if doc == nil || o.space != "" {
			continue
		}
		for _, c := range doc.List {
			words := strings.Fields(c.Text)
			if len(words) < 2 || words[0] != "//retcode:space" {
				continue
			}
			if len(o.success) == 0 && !o.open && o.noun == "" {
				return nil
			}
			g.t.space = words[1]
		}
	}
	return g.add(before, g.t.directive(o), within, docs...)
}

// add inserts a directive before a declaration, unless it is there. Within a group nothing
// separates it from what a comment says; before a declaration gofmt wants a line of //.
func (g *goFile) add(before token.Pos, directive string, within bool, docs ...*ast.CommentGroup) error {
	verb, _, _ := strings.Cut(directive, " ")
	for _, doc := range docs {
		if doc == nil {
			continue
		}
		for _, c := range doc.List {
			has := strings.TrimSpace(c.Text)
			if has == directive {
				return nil
			}
			if strings.HasPrefix(has, verb+" ") {
				return g.t.errorf(g.fset.Position(c.Pos()).Line, "there is %s already, where %s would go; change it there, or remove it", has, directive)
			}
		}
	}
	offset := g.fset.Position(before).Offset
	start := bytes.LastIndexByte(g.src[:offset], '\n') + 1
	indent := g.src[start:offset]
	if len(bytes.TrimSpace(indent)) > 0 {
		return g.t.errorf(g.fset.Position(before).Line, "a directive needs a line of its own before this declaration, and something stands before it; run gofmt first, or split the line")
	}
	var lines []string
	if doc := docs[0]; doc != nil && !within {
		if last := doc.List[len(doc.List)-1].Text; !strings.HasPrefix(last, "//retcode:") && !strings.HasPrefix(last, "//go:") {
			lines = append(lines, "//")
		}
	}
	lines = append(lines, directive)
	for i := range lines {
		lines[i] = string(indent) + lines[i]
	}
	g.edits = append(g.edits, insertion{start, lines})
	return nil
}

// apply makes the insertions. The line ends are those that the file has; gofmt's form, in which
// a comment ends a block of aligned lines, is kept where it was.
func (g *goFile) apply() []byte {
	src, ends := g.src, bytes.Count(g.src, []byte("\r\n"))
	crlf := ends > 0 && ends == bytes.Count(src, []byte("\n"))
	slices.SortStableFunc(g.edits, func(a, b insertion) int { return a.offset - b.offset })
	var out []byte
	from := 0
	for _, e := range g.edits {
		out = append(out, src[from:e.offset]...)
		for _, line := range e.lines {
			out = append(out, line+"\n"...)
		}
		from = e.offset
	}
	out = append(out, src[from:]...)
	if crlf {
		src, out = unix(src), unix(out)
	}
	if clean, err := format.Source(src); err == nil && bytes.Equal(clean, src) {
		if clean, err := format.Source(out); err == nil {
			out = clean
		}
	}
	if crlf {
		out = bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n"))
	}
	return out
}

func unix(src []byte) []byte { return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")) }
