package fix

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/format"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// mostAligned bounds the bytes that are formatted for the fixes of one declaration. In a
// greater one each fix stays by itself, for whoever applies it to format the file.
const mostAligned = 1 << 20

// Align completes fixes so that each alone leaves a file in gofmt form that was in it: where
// a longer name moves what stands below each other, the fixes of those lines become one, and
// each of them carries it, so that drivers that merge fixes see the same edits again.
func Align(pass *analysis.Pass, fixes []*analysis.SuggestedFix) {
	byDecl := make(map[ast.Decl][]*analysis.SuggestedFix)
	for _, file := range pass.Files {
		for _, fix := range fixes {
			if at := fix.TextEdits[len(fix.TextEdits)-1].Pos; file.FileStart <= at && at <= file.FileEnd {
				for _, decl := range file.Decls {
					if decl.Pos() <= at && at < decl.End() {
						byDecl[decl] = append(byDecl[decl], fix)
					}
				}
			}
		}
	}
	for decl, list := range byDecl {
		if int(decl.End()-decl.Pos())*len(list) > mostAligned {
			continue
		}
		if d, ok := declarationOf(pass, decl); ok {
			d.align(list)
		}
	}
}

// A declaration is the text of one, from the start of its first line to the end of its last.
type declaration struct {
	start token.Pos
	src   []byte
	lines [][]byte
}

// declarationOf returns a declaration that is in gofmt form, and may be aligned.
func declarationOf(pass *analysis.Pass, decl ast.Decl) (*declaration, bool) {
	tok := pass.Fset.File(decl.Pos())
	if pass.ReadFile == nil {
		return nil, false
	}
	src, err := pass.ReadFile(tok.Name())
	if err != nil || len(src) != tok.Size() {
		return nil, false
	}
	start := tok.LineStart(tok.PositionFor(decl.Pos(), false).Line)
	end := len(src)
	if line := tok.PositionFor(decl.End(), false).Line; line < tok.LineCount() {
		end = tok.Offset(tok.LineStart(line + 1))
	}
	d := &declaration{start: start, src: src[tok.Offset(start):end]}
	d.lines = bytes.SplitAfter(d.src, []byte("\n"))
	clean, err := format.Source(d.src)
	return d, err == nil && bytes.Equal(clean, d.src)
}

// A group is a set of fixes whose lines are aligned with each other.
type group struct {
	fixes []*analysis.SuggestedFix
	lines map[int][]byte // what the lines become that are not as before
	moved bool           // by alignment, beside the edits themselves
}

// align makes the fixes of a declaration complete.
func (d *declaration) align(list []*analysis.SuggestedFix) {
	var groups []*group
	for _, fix := range list {
		g, ok := d.group([]*analysis.SuggestedFix{fix})
		if !ok {
			return
		}
		groups = append(groups, g)
	}
	for i := 0; i < len(groups); {
		j := slices.IndexFunc(groups[i+1:], groups[i].touches)
		if j < 0 {
			i++
			continue
		}
		both, ok := d.group(append(slices.Clone(groups[i].fixes), groups[i+1+j].fixes...))
		if !ok {
			return
		}
		groups = slices.Delete(groups, i+1+j, i+2+j)
		groups[i], i = both, 0 // it may touch one that came before
	}
	for _, g := range groups {
		if g.moved {
			d.complete(g)
		}
	}
}

// touches reports whether two groups change one line, of which one is aligned.
func (g *group) touches(h *group) bool {
	if !g.moved && !h.moved {
		return false
	}
	for line := range g.lines {
		if _, ok := h.lines[line]; ok {
			return true
		}
	}
	return false
}

// group returns what becomes of the declaration's lines with some fixes.
func (d *declaration) group(fixes []*analysis.SuggestedFix) (*group, bool) {
	var edits []analysis.TextEdit
	for _, fix := range fixes {
		edits = append(edits, d.inside(fix)...)
	}
	slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return cmp.Compare(a.Pos, b.Pos) })
	var out []byte
	at := 0
	for _, e := range edits {
		from, to := int(e.Pos-d.start), int(e.End-d.start)
		if from < at || to > len(d.src) {
			return nil, false
		}
		out = append(append(out, d.src[at:from]...), e.NewText...)
		at = to
	}
	out = append(out, d.src[at:]...)
	clean, err := format.Source(out)
	if err != nil {
		return nil, false
	}
	plain, lines := bytes.SplitAfter(out, []byte("\n")), bytes.SplitAfter(clean, []byte("\n"))
	if len(plain) != len(d.lines) || len(lines) != len(d.lines) {
		return nil, false
	}
	g := &group{fixes: fixes, lines: make(map[int][]byte), moved: !bytes.Equal(out, clean)}
	for i, line := range lines {
		if !bytes.Equal(line, d.lines[i]) || !bytes.Equal(plain[i], d.lines[i]) {
			g.lines[i] = line
		}
	}
	return g, true
}

// inside returns the edits of a fix in the declaration: the others add imports.
func (d *declaration) inside(fix *analysis.SuggestedFix) []analysis.TextEdit {
	end := d.start + token.Pos(len(d.src))
	var in []analysis.TextEdit
	for _, e := range fix.TextEdits {
		if d.start <= e.Pos && e.End <= end {
			in = append(in, e)
		}
	}
	return in
}

// complete gives every fix of a group the edits of all of them, and those of alignment.
func (d *declaration) complete(g *group) {
	var edits []analysis.TextEdit
	for _, fix := range g.fixes {
		for _, e := range fix.TextEdits {
			same := func(other analysis.TextEdit) bool { return other.Pos == e.Pos && bytes.Equal(other.NewText, e.NewText) }
			if len(d.inside(&analysis.SuggestedFix{TextEdits: []analysis.TextEdit{e}})) == 0 && !slices.ContainsFunc(edits, same) {
				edits = append(edits, e)
			}
		}
	}
	at := d.start
	for i, old := range d.lines {
		if line, ok := g.lines[i]; ok {
			from := 0
			for from < min(len(old), len(line)) && old[from] == line[from] {
				from++
			}
			to := 0
			for to < min(len(old), len(line))-from && old[len(old)-1-to] == line[len(line)-1-to] {
				to++
			}
			edits = append(edits, analysis.TextEdit{
				Pos: at + token.Pos(from), End: at + token.Pos(len(old)-to),
				NewText: bytes.Clone(line[from : len(line)-to]),
			})
		}
		at += token.Pos(len(old))
	}
	for _, fix := range g.fixes {
		if len(g.fixes) > 1 {
			fix.Message += ", and constants on the lines that are aligned with it"
		}
		fix.TextEdits = edits
	}
}
