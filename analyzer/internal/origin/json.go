package origin

import (
	"cmp"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// maxEmbedding bounds the depth of embedded structs that is looked at, for
// types that do not check may embed without end.
const maxEmbedding = 32

// CodeField returns the field, own or promoted, into which encoding/json
// decodes the member of that name when it decodes into a value of type t or
// *t. It must be of the kind of a code and, of an integer, be written as a number. The index is
// the path to the field, as in reflect.StructField. In an instance of a
// generic type the field is the instance's.
func CodeField(t types.Type, name string, kind catalog.Kind) (field *types.Var, index []int, ok bool) {
	f, ok := member(jsonFields(t), name)
	if !ok || f.quoted || !isKind(f.field.Type(), kind) {
		return nil, nil, false
	}
	return f.field, f.index, true
}

// HasStringField reports whether encoding/json decodes a member of one of the
// names into a string field of t or *t.
func HasStringField(t types.Type, names ...string) bool {
	fields := jsonFields(t)
	return slices.ContainsFunc(names, func(name string) bool {
		f, ok := member(fields, name)
		if !ok || f.quoted {
			return false
		}
		b, ok := f.field.Type().Underlying().(*types.Basic)
		return ok && b.Info()&types.IsString != 0
	})
}

// A jsonField is a field of a struct as encoding/json sees it.
type jsonField struct {
	field  *types.Var
	index  []int
	name   string
	tagged bool // the name comes from a tag
	quoted bool // the tag has the option string
}

// member returns the field for a member's name: that of the very name, else
// the first whose name differs in case only.
func member(fields []jsonField, name string) (jsonField, bool) {
	i := slices.IndexFunc(fields, func(f jsonField) bool { return f.name == name })
	if i < 0 {
		i = slices.IndexFunc(fields, func(f jsonField) bool { return strings.EqualFold(f.name, name) })
	}
	if i < 0 {
		return jsonField{}, false
	}
	return fields[i], true
}

// jsonFields returns the fields of t that encoding/json decodes into, in the
// order of their declaration.
func jsonFields(t types.Type) []jsonField {
	t = deref(t)
	if _, ok := t.Underlying().(*types.Struct); !ok || decodesItself(t) {
		return nil
	}
	type embedded struct {
		typ   types.Type
		index []int
		count int // structs of this type at this depth
	}
	var (
		all     []jsonField
		visited typeutil.Map
	)
	for level := []*embedded{{typ: t, count: 1}}; len(level) > 0 && len(level[0].index) < maxEmbedding; {
		var (
			next   []*embedded
			byType typeutil.Map
		)
		for _, e := range level {
			if visited.Set(e.typ, true) != nil {
				continue
			}
			st := e.typ.Underlying().(*types.Struct)
			for i := range st.NumFields() {
				f, ok := ownField(st, i)
				if !ok {
					continue
				}
				f.index = append(slices.Clone(e.index), i)
				inner := f.field.Type()
				if f.field.Embedded() {
					inner = deref(inner)
				}
				if _, ok := inner.Underlying().(*types.Struct); !ok || f.tagged || !f.field.Embedded() {
					// Of two structs of one type neither one's fields count.
					all = append(all, slices.Repeat([]jsonField{f}, min(e.count, 2))...)
				} else if twin, ok := byType.At(inner).(*embedded); ok {
					twin.count++
				} else {
					e := &embedded{typ: inner, index: f.index, count: 1}
					byType.Set(inner, e)
					next = append(next, e)
				}
			}
		}
		level = next
	}
	return dominant(all)
}

// dominant keeps, of the fields of one name, the one that is least deep, or
// among those the only one that is tagged; if there are several, none.
func dominant(all []jsonField) []jsonField {
	rank := func(a, b jsonField) int {
		tagged := func(f jsonField) int {
			if f.tagged {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(len(a.index), len(b.index)), cmp.Compare(tagged(a), tagged(b)))
	}
	slices.SortStableFunc(all, func(a, b jsonField) int {
		return cmp.Or(cmp.Compare(a.name, b.name), rank(a, b))
	})
	var kept []jsonField
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].name == all[0].name {
			n++
		}
		if n == 1 || rank(all[0], all[1]) < 0 {
			kept = append(kept, all[0])
		}
		all = all[n:]
	}
	slices.SortFunc(kept, func(a, b jsonField) int { return slices.Compare(a.index, b.index) })
	return kept
}

// ownField returns field i of st under its JSON name, or false if
// encoding/json skips it.
func ownField(st *types.Struct, i int) (jsonField, bool) {
	v := st.Field(i)
	if !v.Exported() {
		// What an unexported embedded struct promotes may be exported.
		if _, ok := deref(v.Type()).Underlying().(*types.Struct); !ok || !v.Embedded() {
			return jsonField{}, false
		}
	}
	tag := reflect.StructTag(st.Tag(i)).Get("json")
	if tag == "-" {
		return jsonField{}, false
	}
	name, options, _ := strings.Cut(tag, ",")
	f := jsonField{field: v, name: name, tagged: true}
	f.quoted = slices.Contains(strings.Split(options, ","), "string")
	if !validName(name) {
		f.name, f.tagged = v.Name(), false
	}
	return f, true
}

// validName reports whether encoding/json takes name from a tag.
func validName(name string) bool {
	for _, r := range name {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return name != ""
}

// decodesItself reports whether t has its own idea of its JSON form: a method
// UnmarshalJSON, maybe promoted. types.LookupFieldOrMethod would tell, but need
// not end where types are invalid.
func decodesItself(t types.Type) bool {
	level := []types.Type{t}
	for range maxEmbedding {
		found := 0
		var next []types.Type
		for _, t := range level {
			if hasMethod(t, "UnmarshalJSON") {
				found++
			}
			st, ok := t.Underlying().(*types.Struct)
			for i := 0; ok && i < st.NumFields(); i++ {
				if v := st.Field(i); v.Embedded() {
					next = append(next, deref(v.Type()))
				}
			}
		}
		if found > 0 || len(next) == 0 || len(next) > maxEmbedding {
			return found == 1
		}
		level = next
	}
	return false
}

// hasMethod reports whether t itself declares a method of that name.
func hasMethod(t types.Type, name string) bool {
	if iface, ok := t.Underlying().(*types.Interface); ok {
		for i := range iface.NumMethods() {
			if iface.Method(i).Name() == name {
				return true
			}
		}
		return false
	}
	named, ok := t.(*types.Named)
	if !ok {
		return false
	}
	for i := range named.NumMethods() {
		if named.Method(i).Name() == name {
			return true
		}
	}
	return false
}

func deref(t types.Type) types.Type {
	for range maxEmbedding {
		ptr, ok := types.Unalias(t).(*types.Pointer)
		if !ok {
			break
		}
		t = ptr.Elem()
	}
	return types.Unalias(t)
}

// isKind reports whether values of t are of a kind of codes, or t is a type parameter that
// only such types can stand for.
func isKind(t types.Type, kind catalog.Kind) bool {
	if param, ok := types.Unalias(t).(*types.TypeParam); ok {
		return onlyKind(param.Constraint(), kind)
	}
	b, ok := t.Underlying().(*types.Basic)
	if kind == catalog.StringKind {
		return ok && b.Info()&types.IsString != 0
	}
	return ok && b.Info()&types.IsInteger != 0
}

func onlyKind(constraint types.Type, kind catalog.Kind) bool {
	switch t := types.Unalias(constraint).(type) {
	case *types.Union:
		for i := range t.Len() {
			if !onlyKind(t.Term(i).Type(), kind) {
				return false
			}
		}
		return true
	default:
		iface, ok := t.Underlying().(*types.Interface)
		if !ok {
			return isKind(t, kind)
		}
		// The elements of an interface all hold, so one of them suffices.
		for i := range iface.NumEmbeddeds() {
			if onlyKind(iface.EmbeddedType(i), kind) {
				return true
			}
		}
		return false
	}
}
