package gen

import (
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/cmd/internal/near"
)

// A schema is one of the document that lists codes, with the name by which it is chosen.
type schema struct {
	name string
	*node
}

// The extensions that say more of an enum, one entry for each of its values.
var (
	varNames     = []string{"x-enum-varnames", "x-enumNames", "x-enum-names"}
	descriptions = []string{"x-enum-descriptions", "x-enumDescriptions"}
)

// readOpenAPI reads the enum of a schema of an OpenAPI document, or its oneOf of constants.
func readOpenAPI(o *options, data []byte) (*table, error) {
	t := &table{file: o.source}
	root, err := t.parseYAML(data)
	if err != nil {
		return nil, err
	}
	if root.get("openapi", "swagger", "components", "definitions", "$schema") == nil {
		return nil, t.errorf(root.line, "this is no OpenAPI document: it has neither openapi nor components")
	}
	f := &finder{seen: make(map[*node]bool)}
	f.schema(root, "")
	var names []string
	for _, s := range f.found {
		names = append(names, s.name)
	}
	i, err := t.choose(o.typ, "enum", "enums", names)
	if err != nil {
		return nil, err
	}
	s := f.found[i]
	if j := slices.Index(names[i+1:], s.name); j >= 0 {
		return nil, t.errorf(s.line, "there is another enum %s on line %d; give it a schema of its own below components", s.name, f.found[i+1+j].line)
	}
	t.name, t.doc = s.name, text(s.get("description").scalar())
	if e := s.get("enum"); e != nil {
		return t, t.enum(s.node, e)
	}
	return t, t.oneOf(s.get("oneOf"))
}

// A finder looks for schemas with codes. A node that stands behind several aliases is seen once.
type finder struct {
	found []schema
	seen  map[*node]bool
}

// schema looks into a node that may be a schema, or hold one at any depth.
func (f *finder) schema(n *node, name string) {
	if n == nil || f.seen[n] {
		return
	}
	f.seen[n] = true
	if !n.mapping {
		for _, v := range n.list {
			f.schema(v, name)
		}
		return
	}
	if n.get("schema") != nil {
		name = firstOf(n.get("name").scalar(), name) // a parameter
	}
	if name != "" && isEnum(n) {
		f.found = append(f.found, schema{name, n})
	}
	for i, k := range n.keys {
		switch v := n.list[i]; {
		case strings.HasPrefix(k.text, "x-"), slices.Contains([]string{"enum", "const", "default", "example", "examples"}, k.text):
		case k.text == "properties" && v.mapping:
			f.named(v, name)
		case slices.Contains([]string{"schemas", "definitions", "$defs", "parameters"}, k.text) && v.mapping:
			f.named(v, "")
		default:
			f.schema(v, name)
		}
	}
}

// named looks into a mapping whose keys are names.
func (f *finder) named(n *node, outer string) {
	if f.seen[n] {
		return
	}
	f.seen[n] = true
	for i, k := range n.keys {
		name := k.text
		if outer != "" {
			name = outer + "." + name
		}
		f.schema(n.list[i], name)
	}
}

// isEnum reports whether a schema lists values.
func isEnum(n *node) bool {
	if e := n.get("enum"); e != nil && !e.mapping && e.list != nil {
		return true
	}
	one := n.get("oneOf")
	if one == nil || one.mapping || len(one.list) == 0 {
		return false
	}
	return !slices.ContainsFunc(one.list, func(v *node) bool { return v.get("const") == nil })
}

// enum reads a list of values, and what extensions say of them.
func (t *table) enum(s, values *node) error {
	for _, v := range values.list {
		if v.other && v.text == "null" {
			continue // the field may be absent, which is no code
		}
		t.rows = append(t.rows, row{line: v.line, written: v.text})
	}
	if len(t.rows) == 0 {
		return t.errorf(s.line, "the enum of %s has no values", t.name)
	}
	listed := slices.DeleteFunc(slices.Clone(values.list), func(v *node) bool { return v.other && v.text == "null" })
	if err := t.enumValues(s.get("type"), listed); err != nil {
		return err
	}
	for _, ext := range []struct {
		keys []string
		all  bool // one word may be said of all values
		set  func(*row, string)
	}{
		{varNames, false, func(r *row, s string) { r.written = s }},
		{descriptions, false, func(r *row, s string) { r.meaning = text(s) }},
		{[]string{"x-retcode-retry"}, true, func(r *row, s string) { r.retry = s }},
		{[]string{"x-retcode-group"}, true, func(r *row, s string) { r.group = s }},
	} {
		if err := t.extension(s, ext.keys, ext.all, ext.set); err != nil {
			return err
		}
	}
	if t.kind == catalog.IntKind && s.get(varNames...) == nil {
		return t.errorf(values.line, "the numbers of %s have no names; add x-enum-varnames, a list of as many", t.name)
	}
	if n := s.get("x-retcode-success"); n != nil {
		for _, v := range append(slices.Clone(n.list), n) {
			if w := v.scalar(); w != "" {
				t.success = append(t.success, word{w, v.line})
			}
		}
	}
	return nil
}

// enumValues reads the values, all of the kind that the schema's type says, or the first has.
func (t *table) enumValues(typ *node, values []*node) error {
	t.kind = catalog.StringKind
	says := []string{typ.scalar()}
	if typ != nil {
		for _, v := range typ.list {
			says = append(says, v.scalar())
		}
	}
	if slices.Contains(says, "integer") || slices.Contains(says, "number") || typ == nil && values[0].integer {
		t.kind = catalog.IntKind
	}
	for i, v := range values {
		r := &t.rows[i]
		switch {
		case v.mapping || v.list != nil || v.other:
			return t.errorf(v.line, "%s is no code; an enum of codes has integers or strings", firstOf(v.text, "this"))
		case t.kind == catalog.StringKind && v.integer:
			return t.errorf(v.line, "%s is a number in an enum of strings; put quotes around it, or write type: integer", v.text)
		case t.kind == catalog.StringKind:
			r.value = catalog.StringValue(v.text)
			continue
		case !v.integer:
			return t.errorf(v.line, "%q is a string in an enum of integers; take its quotes away, or write type: string", v.text)
		}
		n, err := integer(v.text)
		if err != nil {
			return t.errorf(v.line, "%v", err)
		}
		r.value = catalog.IntValue(n)
	}
	return nil
}

// extension gives each row what an extension says of it: a list with an entry for each value, a
// mapping from values or names, or one word for all.
func (t *table) extension(s *node, keys []string, all bool, set func(*row, string)) error {
	n := s.get(keys...)
	if n == nil {
		return nil
	}
	key := keys[slices.IndexFunc(keys, func(k string) bool { return s.get(k) != nil })]
	switch {
	case n.mapping:
		for i, k := range n.keys {
			rows := t.find(k.text)
			if len(rows) == 0 {
				var known []string
				for _, r := range t.rows {
					known = append(known, r.written, r.value.String())
				}
				return t.errorf(k.line, "%s speaks of %q, which is no value or name of %s%s", key, k.text, t.name, near.Suffix(k.text, known))
			}
			for _, r := range rows {
				set(r, n.list[i].scalar())
			}
		}
	case n.list != nil:
		if len(n.list) != len(t.rows) {
			return t.errorf(n.line, "%s is of length %d, and the enum of %s of length %d", key, len(n.list), t.name, len(t.rows))
		}
		for i, v := range n.list {
			if word := v.scalar(); !v.other {
				set(&t.rows[i], word)
			}
		}
	case all:
		for i := range t.rows {
			set(&t.rows[i], n.text)
		}
	default:
		return t.errorf(n.line, "%s is a list with an entry for each value", key)
	}
	return nil
}

// oneOf reads a list of constants with titles, as OpenAPI 3.1 has them beside enum.
func (t *table) oneOf(list *node) error {
	integers := 0
	for _, v := range list.list {
		c := v.get("const")
		if c.integer {
			integers++
		}
		t.rows = append(t.rows, row{
			line: v.line, written: firstOf(v.get("title").scalar(), c.text), meaning: text(v.get("description").scalar()),
			retry: v.get("x-retcode-retry").scalar(), group: v.get("x-retcode-group").scalar(),
		})
		if v.get("title") == nil && c.integer {
			return t.errorf(v.line, "%s has no title, which is the name of its constant", c.text)
		}
	}
	if integers > 0 && integers < len(list.list) {
		return t.errorf(list.line, "%s has integers and strings; put quotes around all, or around none", t.name)
	}
	var values []*node
	for _, v := range list.list {
		values = append(values, v.get("const"))
	}
	return t.enumValues(nil, values)
}
