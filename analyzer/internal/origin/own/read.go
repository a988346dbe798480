package own

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
)

// Input is a package as a pass sees it. Files are those that count, by name.
type Input struct {
	Fset  *token.FileSet
	Files []*ast.File
	Pkg   *types.Package
	Info  *types.Info
	Quiet func(*ast.File) bool // files in which nothing is reported
}

// A Problem is a fault in a directive, to be reported there.
type Problem struct {
	Pos, End token.Pos
	Message  string
}

// Read returns the API that the directives of a package declare, or nil if there are none,
// and what is wrong with them. What is wrong is left out.
func Read(in Input) (*fact.API, []Problem) {
	r := &reader{in: in, codes: make(map[types.Object]*code)}
	for _, f := range in.Files {
		r.collect(f)
	}
	if len(r.placed) == 0 && len(r.problems) == 0 {
		return nil, nil
	}
	r.each(verbSpace, r.space)
	r.constants()
	r.each(verbRetry, r.retry)
	r.each(verbGroup, r.group)
	r.each(verbOwes, r.owes)
	api := r.api()
	r.evidence(api)
	r.each(verbOrigin, func(p placed) { r.origin(api, p) })
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return r.compare(a.Pos, b.Pos) })
	if len(api.Spaces) == 0 {
		return nil, r.problems
	}
	return api, r.problems
}

// A reader reads the directives of one package.
type reader struct {
	in       Input
	placed   []placed
	spaces   []*space
	codes    map[types.Object]*code // constants that are codes
	ordered  []*code                // in the order of the source
	problems []Problem
}

// A placed is a directive and what it stands on.
type placed struct {
	directive
	on     target
	object types.Object   // of a type
	consts []types.Object // of constants
	direct bool           // on constants themselves, not on their group
}

// A target is a kind of place.
type target int

const (
	onNothing target = iota
	onFile           // above a package clause
	onType
	onConsts
)

func (r *reader) problemf(d directive, format string, args ...any) {
	if !d.quiet {
		r.problems = append(r.problems, Problem{d.pos, d.end, fmt.Sprintf(format, args...)})
	}
}

// compare orders two places: files are parsed in any order.
func (r *reader) compare(a, b token.Pos) int {
	p, q := r.in.Fset.PositionFor(a, false), r.in.Fset.PositionFor(b, false)
	return cmp.Or(cmp.Compare(p.Filename, q.Filename), cmp.Compare(p.Offset, q.Offset))
}

// each calls do for the directives of a verb.
func (r *reader) each(verb string, do func(placed)) {
	for _, p := range r.placed {
		if p.verb == verb {
			do(p)
		}
	}
}

// collect finds the directives of a file and what they stand on.
func (r *reader) collect(f *ast.File) {
	quiet := r.in.Quiet != nil && r.in.Quiet(f)
	found := make(map[*ast.CommentGroup][]directive)
	for _, group := range f.Comments {
		for _, c := range group.List {
			if len(c.Text) < len("//"+tool) || c.Text[1] != '/' {
				continue
			}
			if d, ok := parse(c); ok {
				d.quiet = quiet
				found[group] = append(found[group], d)
			} else if as, ok := meant(c); ok {
				r.problemf(directive{pos: c.Pos(), end: c.End(), quiet: quiet}, "this comment is no directive, for its spelling, blanks or capitals; write %s", as)
			}
		}
	}
	if len(found) == 0 {
		return
	}
	take := func(p placed, groups ...*ast.CommentGroup) {
		for _, g := range groups {
			for _, d := range found[g] {
				p.directive = d
				r.placed = append(r.placed, p)
			}
			delete(found, g)
		}
	}
	for _, decl := range f.Decls {
		if decl, ok := decl.(*ast.GenDecl); ok {
			r.decl(decl, take)
		}
	}
	for _, group := range f.Comments {
		p := placed{on: onNothing}
		if group.End() <= f.Package {
			p.on = onFile
		}
		take(p, group)
	}
	slices.SortStableFunc(r.placed, func(a, b placed) int { return r.compare(a.pos, b.pos) })
	for i := 0; i < len(r.placed); i++ {
		if p := r.placed[i]; p.on == onNothing {
			r.problemf(p.directive, "this directive stands on nothing that it can speak of; %s", where(p.verb))
			r.placed = slices.Delete(r.placed, i, i+1)
			i--
		}
	}
}

// where says where a directive may stand.
func where(verb string) string {
	switch verb {
	case verbSpace:
		return "put it on a named type, on a group of constants, or above the package clause with type=NAME"
	case verbHost, verbPath:
		return "put it on the type of the codes or above the package clause"
	case verbOrigin:
		return "put it above the package clause"
	}
	return "put it on a constant or a group of constants, or above the package clause with the names of constants"
}

// decl finds the directives of a declaration.
func (r *reader) decl(decl *ast.GenDecl, take func(placed, ...*ast.CommentGroup)) {
	switch decl.Tok {
	case token.TYPE:
		for _, s := range decl.Specs {
			s := s.(*ast.TypeSpec)
			p := placed{on: onType, object: r.in.Info.Defs[s.Name]}
			take(p, s.Doc, s.Comment)
			if len(decl.Specs) == 1 {
				take(p, decl.Doc)
			}
		}
	case token.CONST:
		var all []types.Object
		for _, s := range decl.Specs {
			s := s.(*ast.ValueSpec)
			p := placed{on: onConsts, direct: true}
			for _, name := range s.Names {
				if obj := r.in.Info.Defs[name]; obj != nil && name.Name != "_" && obj.Parent() == r.in.Pkg.Scope() {
					p.consts = append(p.consts, obj)
				}
			}
			all = append(all, p.consts...)
			take(p, s.Doc, s.Comment)
		}
		take(placed{on: onConsts, consts: all, direct: !decl.Lparen.IsValid()}, decl.Doc)
	}
}

// texts finds what the comments of the package say of its constants.
func (r *reader) texts() map[types.Object]string {
	out := make(map[types.Object]string)
	for _, f := range r.in.Files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.CONST {
				continue
			}
			for _, s := range decl.Specs {
				s := s.(*ast.ValueSpec)
				text := s.Comment.Text()
				if text == "" {
					text = s.Doc.Text()
				}
				if text == "" && !decl.Lparen.IsValid() {
					text = decl.Doc.Text()
				}
				for _, name := range s.Names {
					if obj := r.in.Info.Defs[name]; obj != nil {
						out[obj] = meaning(obj, text)
					}
				}
			}
		}
	}
	return out
}

// longest is how many bytes a meaning may have: importers at any distance are told of it.
const longest = 80

// meaning is the first sentence of a comment, or what the name says.
func meaning(c types.Object, text string) string {
	name := c.Name()
	text = strings.Join(strings.Fields(text), " ")
	if i := strings.Index(text, ". "); i >= 0 {
		text = text[:i]
	}
	text = strings.TrimSuffix(text, ".")
	for _, verb := range []string{"means that", "means", "is when", "is returned when", "is returned if", "says that", "is"} {
		if rest, ok := strings.CutPrefix(text, name+" "+verb+" "); ok {
			text = rest
			break
		}
	}
	if text == "" || text == name {
		text = spoken(bare(c))
	}
	if len(text) > longest {
		cut := strings.LastIndexByte(text[:longest], ' ')
		if cut < 0 {
			cut = strings.LastIndexFunc(text[:longest], func(rune) bool { return true })
		}
		text = text[:cut] + " …"
	}
	return text
}

// spoken splits a name into words: too many requests.
func spoken(name string) string {
	var b strings.Builder
	lower := false
	for _, r := range name {
		switch {
		case r == '_':
			b.WriteByte(' ')
			lower = false
			continue
		case r >= 'A' && r <= 'Z' && lower:
			b.WriteByte(' ')
		}
		lower = r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		b.WriteRune(r)
	}
	return strings.ToLower(strings.TrimSpace(b.String()))
}

// kindOf returns the kind of codes that values of a type are.
func kindOf(t types.Type) catalog.Kind {
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
