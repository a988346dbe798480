package own

import (
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
)

// evidence reads //retcode:host and //retcode:path, and how answers have the code.
func (r *reader) evidence(api *fact.API) {
	one := func(p placed, list *[]string, ok func(string) string) {
		switch {
		case p.on == onConsts:
			r.problemf(p.directive, "this directive stands on constants; %s", where(p.verb))
		case len(p.words) != 1:
			r.problemf(p.directive, "the directive has one word; write %s, and a line for each", form(p.verb))
		case slices.Contains(*list, p.words[0]):
			r.problemf(p.directive, "%s is there twice; remove one", p.words[0])
		default:
			if wrong := ok(p.words[0]); wrong != "" {
				r.problemf(p.directive, "%s", wrong)
				return
			}
			*list = append(*list, p.words[0])
		}
	}
	r.each(verbHost, func(p placed) { one(p, &api.Hosts, catalog.BadHost) })
	r.each(verbPath, func(p placed) { one(p, &api.Paths, catalog.BadPath) })
	slices.Sort(api.Hosts)
	slices.Sort(api.Paths)
	if len(api.Spaces) == 0 {
		r.each(verbHost, r.noSpace)
		r.each(verbPath, r.noSpace)
		return
	}
	if len(api.Hosts)+len(api.Paths) > 0 {
		api.CodeField, api.Beside = r.envelope()
	}
}

func (r *reader) noSpace(p placed) {
	if !slices.ContainsFunc(r.placed, func(o placed) bool { return o.verb == verbSpace }) {
		r.problemf(p.directive, "the package declares no space whose codes could come from there; write %s", form(verbSpace))
	}
}

// envelope returns the JSON name of the code in an answer, and those of the texts beside it,
// as the package's structs have them.
func (r *reader) envelope() (field string, beside []string) {
	scope := r.in.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		s, ok := obj.Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		code, texts := "", []string(nil)
		for i := range s.NumFields() {
			tag, _, _ := strings.Cut(reflect.StructTag(s.Tag(i)).Get("json"), ",")
			if tag == "-" || !s.Field(i).Exported() {
				continue
			}
			if tag == "" {
				tag = s.Field(i).Name()
			}
			if n, ok := types.Unalias(s.Field(i).Type()).(*types.Named); ok && r.spaces[0].typ == n.Obj() {
				code = tag
			} else if kindOf(s.Field(i).Type()) == catalog.StringKind {
				texts = append(texts, tag)
			}
		}
		if code != "" {
			return code, texts
		}
	}
	return "code", []string{"message", "msg"}
}

// origin reads //retcode:origin PKG.TYPE.FIELD=SPACE.
func (r *reader) origin(api *fact.API, p placed) {
	if p.on != onFile && p.on != onType {
		r.problemf(p.directive, "this directive stands on constants; %s", where(p.verb))
		return
	}
	place, name, ok := "", "", len(p.words) == 1
	if ok {
		place, name, ok = strings.Cut(p.words[0], "=")
	}
	sym, is := catalog.ParseSymbol(place)
	if !ok || !is || sym.Type == "" || name == "" {
		r.problemf(p.directive, "the directive names no field and space; write %s, with the full import path", form(verbOrigin))
		return
	}
	var names []string
	for _, s := range api.Spaces {
		names = append(names, s.Name)
	}
	i := slices.Index(names, name)
	switch {
	case len(names) == 0:
		r.noSpace(p)
		return
	case i < 0:
		r.problemf(p.directive, "%s", unknown("space", name, names))
		return
	}
	field := fact.APIField{Path: sym.Path, Type: sym.Type, Field: sym.Name, Space: name}
	switch wrong := r.wrongField(field, api.Spaces[i].Kind); {
	case wrong != "":
		r.problemf(p.directive, "%s", wrong)
	case slices.ContainsFunc(api.Fields, func(f fact.APIField) bool {
		return f.Path == field.Path && f.Type == field.Type && f.Field == field.Field
	}):
		r.problemf(p.directive, "%s is there twice; remove one", place)
	default:
		api.Fields = append(api.Fields, field)
	}
}

// wrongField says what is wrong with a field of a package that this one imports.
func (r *reader) wrongField(f fact.APIField, kind catalog.Kind) string {
	for _, imp := range r.in.Pkg.Imports() {
		if imp.Path() != f.Path {
			continue
		}
		obj, ok := imp.Scope().Lookup(f.Type).(*types.TypeName)
		if !ok {
			return "package " + f.Path + " has no type " + f.Type
		}
		s, ok := obj.Type().Underlying().(*types.Struct)
		if !ok {
			return f.Type + " of package " + f.Path + " is no struct"
		}
		for v := range s.Fields() {
			if v.Name() != f.Field {
				continue
			}
			if kindOf(v.Type()) != kind {
				return f.Type + "." + f.Field + " is not " + kindName(kind) + ", as the codes of space " + f.Space + " are"
			}
			return ""
		}
		return f.Type + " of package " + f.Path + " has no field " + f.Field
	}
	return ""
}
