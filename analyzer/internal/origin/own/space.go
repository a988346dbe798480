package own

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
)

const (
	maxSpaces = 32   // a carrier has one bit for each
	maxCodes  = 5000 // importers at any distance are told of all
)

// A space is a table of codes that a directive declares.
type space struct {
	placed
	name, noun string
	typ        *types.TypeName // nil for untyped constants
	kind       catalog.Kind
	open       bool
	succeeds   []string // what success= says
	success    []catalog.Value
	codes      []*code // the first constant of each value
	classed    bool    // some code has a retry class
}

// space reads //retcode:space NAME [success=V,…] [open] [noun="…"] [type=NAME].
func (r *reader) space(p placed) {
	s := &space{placed: p}
	if len(p.words) == 0 {
		r.problemf(p.directive, "the directive names no space; write %s", form(verbSpace))
		return
	}
	s.name = p.words[0]
	if !isName(s.name) {
		r.problemf(p.directive, "%q is no name of a space; write %s", s.name, form(verbSpace))
		return
	}
	if !r.options(s, p.words[1:]) || !r.subject(s) {
		return
	}
	for _, o := range r.spaces {
		switch {
		case o.name == s.name:
			r.problemf(p.directive, "the package has a space %s already, at %s; give this one another name", s.name, r.at(o.pos))
			return
		case s.typ != nil && o.typ == s.typ:
			r.problemf(p.directive, "%s is the type of space %s already; remove one of the directives", s.typ.Name(), o.name)
			return
		}
	}
	if len(r.spaces) == maxSpaces {
		r.problemf(p.directive, "the package has more than %d spaces; put some into a package of their own", maxSpaces)
		return
	}
	r.spaces = append(r.spaces, s)
}

// options reads what stands behind the name of a space.
func (r *reader) options(s *space, words []string) bool {
	for _, w := range words {
		key, value, has := strings.Cut(w, "=")
		switch {
		case key == "open" && !has:
			s.open = true
		case key == "success" && value != "":
			s.succeeds = append(s.succeeds, strings.Split(value, ",")...)
		case key == "noun" && value != "":
			s.noun = strings.TrimSpace(strings.Trim(value, `"`))
			if s.noun == "" || strings.Count(value, `"`)%2 != 0 {
				r.problemf(s.directive, "the noun is not in quotes that end; write noun=\"refund code\"")
				return false
			}
		case key == "type" && value != "":
			if s.on != onFile {
				r.problemf(s.directive, "type= stands above a package clause alone; here it is clear what is meant, so leave it out")
				return false
			}
			if s.typ, _ = r.in.Pkg.Scope().Lookup(value).(*types.TypeName); s.typ == nil {
				r.problemf(s.directive, "%s", unknown("type", value, r.types()))
				return false
			}
		case has && value == "":
			r.problemf(s.directive, "%s= has no value; write %s", key, form(verbSpace))
			return false
		default:
			r.problemf(s.directive, "%s", unknown("option", key, []string{"success=", "open", "noun=", "type="}))
			return false
		}
	}
	return true
}

// types lists the types of the package that can be codes.
func (r *reader) types() []string {
	var out []string
	for _, name := range r.in.Pkg.Scope().Names() {
		if t, ok := r.in.Pkg.Scope().Lookup(name).(*types.TypeName); ok && kindOf(t.Type()) != catalog.NoKind {
			out = append(out, name)
		}
	}
	return out
}

// subject finds the type or constants that a space is of.
func (r *reader) subject(s *space) bool {
	switch s.on {
	case onFile:
		if s.typ == nil {
			r.problemf(s.directive, "above a package clause the directive has to name the type of the codes; add type=NAME")
			return false
		}
	case onType:
		s.typ, _ = s.object.(*types.TypeName)
	case onConsts:
		return r.untyped(s)
	}
	if s.typ == nil {
		return false
	}
	if s.typ.IsAlias() {
		r.problemf(s.directive, "%s is an alias, which a value does not remember; put the directive on the type itself, in its package", s.typ.Name())
		return false
	}
	if s.kind = kindOf(s.typ.Type()); s.kind == catalog.NoKind {
		r.problemf(s.directive, "%s is neither an integer nor a string type: its underlying type is %s", s.typ.Name(),
			types.TypeString(s.typ.Type().Underlying(), types.RelativeTo(r.in.Pkg)))
		return false
	}
	return true
}

// untyped finds the codes of a space on a group of constants.
func (r *reader) untyped(s *space) bool {
	for _, obj := range s.consts {
		if n, ok := types.Unalias(obj.Type()).(*types.Named); ok {
			r.problemf(s.directive, "the constants here are of type %s; put the directive on that type", n.Obj().Name())
			return false
		}
		kind := kindOf(obj.Type())
		switch {
		case kind == catalog.NoKind:
			r.problemf(s.directive, "%s is neither an integer nor a string, so it is no code; move it out of the group", obj.Name())
			return false
		case s.kind == catalog.NoKind:
			s.kind = kind
		case s.kind != kind:
			r.problemf(s.directive, "%s is %s and the constants before it are not; make two groups of them", obj.Name(), kindName(kind))
			return false
		}
	}
	if len(s.consts) == 0 {
		r.problemf(s.directive, "the directive stands on no constants of the package; %s", where(verbSpace))
		return false
	}
	return true
}

func kindName(k catalog.Kind) string {
	if k == catalog.IntKind {
		return "an integer"
	}
	return "a string"
}

// A code is a constant that is a code of a space.
type code struct {
	obj         types.Object
	space       *space
	value       catalog.Value
	first       *code // of the same value, or itself
	aliases     []string
	group       string
	groupDirect bool // a directive on the constant itself says so
	class       catalog.Class
	classed     bool      // a directive says so
	by          directive // the directive that gives the class
	direct      bool      // on the constant itself
	owes        []catalog.Value
}

// constants finds the codes of all spaces, in the order of the source.
func (r *reader) constants() {
	scope := r.in.Pkg.Scope()
	var all []*types.Const
	for _, name := range scope.Names() {
		if c, ok := scope.Lookup(name).(*types.Const); ok && r.counts(c) {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b *types.Const) int { return r.compare(a.Pos(), b.Pos()) })
	for _, c := range all {
		if s := r.spaceOf(c); s != nil {
			r.enter(s, c)
		}
	}
	for _, s := range slices.Clone(r.spaces) {
		if len(s.codes) == 0 || len(s.codes) > maxCodes {
			if len(s.codes) == 0 {
				r.problemf(s.directive, "the package has no constants of space %s; declare its codes as constants of type %s", s.name, s.typ.Name())
			} else {
				r.problemf(s.directive, "space %s has %d codes, more than the %d that importers are told of", s.name, len(s.codes), maxCodes)
			}
			r.spaces = slices.DeleteFunc(r.spaces, func(o *space) bool { return o == s })
			continue
		}
		r.succeed(s)
	}
}

// counts reports whether a constant stands in one of the files that count.
func (r *reader) counts(c *types.Const) bool {
	for _, f := range r.in.Files {
		if f.FileStart <= c.Pos() && c.Pos() <= f.FileEnd {
			return true
		}
	}
	return false
}

// spaceOf returns the space that a constant is a code of, or nil.
func (r *reader) spaceOf(c *types.Const) *space {
	for _, s := range r.spaces {
		if s.typ != nil {
			if n, ok := types.Unalias(c.Type()).(*types.Named); ok && n.Obj() == s.typ {
				return s
			}
		} else if slices.Contains(s.consts, types.Object(c)) {
			return s
		}
	}
	return nil
}

func (r *reader) enter(s *space, c *types.Const) {
	v, ok := catalog.ValueOf(c.Val(), s.kind)
	if !ok {
		r.problemf(s.directive, "%s is %s, which is no code: it does not fit in 64 bits", c.Name(), c.Val().ExactString())
		return
	}
	k := &code{obj: c, space: s, value: v}
	k.first = k
	for _, o := range s.codes {
		if o.value == v {
			k.first = o
			o.aliases = append(o.aliases, c.Name())
		}
	}
	if k.first == k {
		s.codes = append(s.codes, k)
	}
	r.codes[c] = k
	r.ordered = append(r.ordered, k)
}

// succeed finds the values that mean success. Without a word on it that is a constant which
// says so, or the zero value, if no constant has it.
func (r *reader) succeed(s *space) {
	for _, w := range s.succeeds {
		if k := r.constant(s, w); k != nil {
			s.success = append(s.success, k.value)
			continue
		}
		v, ok := parseValue(w, s.kind)
		if !ok {
			r.problemf(s.directive, "success=%s is neither a constant of space %s nor %s", w, s.name, kindName(s.kind))
			continue
		}
		s.success = append(s.success, v)
	}
	if len(s.succeeds) > 0 {
		return
	}
	zero := catalog.IntValue(0)
	if s.kind == catalog.StringKind {
		zero = catalog.StringValue("")
	}
	taken := false
	for _, k := range s.codes {
		taken = taken || k.value == zero
		switch strings.ToLower(bare(k.obj)) {
		case "ok", "success", "succeeded", "none", "noerror", "no_error":
			s.success = append(s.success, k.value)
		}
	}
	if len(s.success) == 0 && !taken {
		s.success = []catalog.Value{zero}
	}
}

// bare is the name of a constant without that of its type before it: Busy of CodeBusy, BUSY of
// Status_STATUS_BUSY.
func bare(c types.Object) string {
	name := c.Name()
	n, ok := types.Unalias(c.Type()).(*types.Named)
	if !ok {
		return name
	}
	typ := n.Obj().Name()
	for _, prefix := range []string{typ + "_", typ, strings.ReplaceAll(strings.ToUpper(spoken(typ)), " ", "_") + "_"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && token.IsExported(rest) {
			name = rest
		}
	}
	return name
}

func parseValue(w string, kind catalog.Kind) (catalog.Value, bool) {
	if kind == catalog.StringKind {
		return catalog.ParseValue(strings.Trim(w, `"`), kind)
	}
	n, err := strconv.ParseInt(w, 0, 64)
	return catalog.IntValue(n), err == nil
}

// constant returns the code of a space, or of any, whose constant has a name; that of a
// protobuf enum may be written without the type before it.
func (r *reader) constant(s *space, name string) *code {
	for _, k := range r.ordered {
		if s != nil && k.space != s {
			continue
		}
		if k.obj.Name() == name || k.space.typ != nil && k.obj.Name() == k.space.typ.Name()+"_"+name {
			return k
		}
	}
	return nil
}

// names lists the constants of a space, or of all.
func (r *reader) names(s *space) []string {
	var out []string
	for _, k := range r.ordered {
		if s == nil || k.space == s {
			out = append(out, k.obj.Name())
		}
	}
	return out
}

// api is what importers are told.
func (r *reader) api() *fact.API {
	api := &fact.API{Path: path(r.in.Pkg), Name: r.in.Pkg.Name()}
	texts := r.texts()
	for _, s := range r.spaces {
		out := fact.APISpace{Name: s.name, Noun: s.noun, Kind: s.kind, Open: s.open}
		if s.typ != nil {
			out.Type = s.typ.Name()
		}
		for _, k := range s.codes {
			c := fact.APICode{Value: k.value, Name: k.obj.Name(), Aliases: k.aliases, Group: k.group, Retry: k.class, Meaning: texts[k.obj]}
			if c.Group == "" {
				c.Group = general
			}
			success := slices.Contains(s.success, k.value)
			if !success && (!s.classed || isUnset(k)) {
				c.Retry = catalog.Unsure
			}
			out.Codes = append(out.Codes, c)
			if len(k.owes) > 0 {
				out.Sets = append(out.Sets, fact.APISet{First: k.value, Owes: k.owes})
			}
		}
		for i, v := range s.success {
			if slices.Index(s.success, v) < i {
				continue
			}
			out.Success = append(out.Success, v)
			if !slices.ContainsFunc(out.Codes, func(c fact.APICode) bool { return c.Value == v }) {
				out.Codes = append(out.Codes, fact.APICode{Value: v, Name: "success", Unnamed: true, Group: general, Meaning: "the call succeeded"})
			}
		}
		slices.SortFunc(out.Codes, func(a, b fact.APICode) int { return a.Value.Compare(b.Value) })
		slices.SortFunc(out.Sets, func(a, b fact.APISet) int { return a.First.Compare(b.First) })
		api.Spaces = append(api.Spaces, out)
	}
	return api
}

// isUnset reports whether a code is what an enum has for no code at all.
func isUnset(k *code) bool {
	name := strings.ToLower(k.obj.Name())
	return !k.classed && k.value == catalog.IntValue(0) && (strings.HasSuffix(name, "unspecified") || strings.HasSuffix(name, "unknown"))
}

// path is the import path of a package, without what go vet adds for tests.
func path(pkg *types.Package) string {
	path, _, _ := strings.Cut(pkg.Path(), " [")
	return path
}
