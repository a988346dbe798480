package origin

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// categoryDirective is what no directive silences: it would be its own subject.
const categoryDirective = "directive"

type placedIgnore struct {
	directive
	group *ast.CommentGroup
}

// enterIgnores enters the ignore directives of the file.
func (f *fileDirectives) enterIgnores(list []placedIgnore) {
	docs := make(map[*ast.CommentGroup]*ast.FuncDecl)
	for _, decl := range f.file.Decls {
		if decl, ok := decl.(*ast.FuncDecl); ok && decl.Doc != nil {
			docs[decl.Doc] = decl
		}
	}
	starts := f.lineStarts()
	for _, d := range list {
		categories, reason, err := f.parseIgnore(d.words)
		if err != nil {
			f.problemf(d.directive, "%v", err)
			continue
		}
		at := f.position(d.pos)
		ig := &Ignore{
			Pos: d.pos, End: d.end,
			Categories: categories, Reason: reason,
			File: at.Filename, From: at.Line, To: at.Line,
		}
		if fn := docs[d.group]; fn != nil {
			ig.From, ig.To = f.position(fn.Pos()).Line, f.position(fn.End()).Line
		} else if d.group.End() <= f.file.Package {
			// Above the package clause it speaks for the file.
			ig.From, ig.To = 1, f.position(f.file.FileEnd).Line
		} else if start, ok := starts[at.Line]; !ok || start > at.Offset {
			// The line behind all comments that belong together.
			ig.From = f.position(d.group.End()).Line + 1
			ig.To = ig.From
		}
		f.ignores = append(f.ignores, ig)
	}
}

// parseIgnore reads CATEGORY[,CATEGORY] reason.
func (f *fileDirectives) parseIgnore(words []string) (categories []string, reason string, err error) {
	known := slices.DeleteFunc(slices.Clone(f.in.Categories), func(s string) bool { return s == categoryDirective })
	if len(words) == 0 {
		return nil, "", fmt.Errorf("the directive names no category; write //retcode:ignore CATEGORY reason with one of %s", list(known))
	}
	for category := range strings.SplitSeq(words[0], ",") {
		switch {
		case category == "":
			return nil, "", fmt.Errorf("a list of categories holds nothing but commas between them: //retcode:ignore magic,unknown reason")
		case category == categoryDirective && slices.Contains(f.in.Categories, category):
			return nil, "", fmt.Errorf("what directive reports cannot be silenced; mend or remove the directive that it reports")
		case !slices.Contains(known, category):
			return nil, "", fmt.Errorf("%s", unknownWord("category", "", category, known))
		}
		categories = append(categories, category)
	}
	if len(words) == 1 {
		return nil, "", fmt.Errorf("the directive has no reason and silences nothing; write //retcode:ignore %s and then why", words[0])
	}
	return categories, strings.Join(words[1:], " "), nil
}

// lineStarts returns, for each line with code, the offset where that begins.
func (f *fileDirectives) lineStarts() map[int]int {
	starts := make(map[int]int)
	mark := func(pos token.Pos) {
		p := f.position(pos)
		if start, ok := starts[p.Line]; !ok || p.Offset < start {
			starts[p.Line] = p.Offset
		}
	}
	mark(f.file.Package)
	ast.Inspect(f.file, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.CommentGroup:
			return false
		case *ast.File:
			return true
		}
		if n.Pos().IsValid() && n.End() > n.Pos() {
			mark(n.Pos())
			mark(n.End() - 1)
		}
		return true
	})
	return starts
}
