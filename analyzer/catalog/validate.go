package catalog

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// A validator collects the faults of a data file.
type validator struct {
	name string
	tree *ast.File
	errs []error
}

// fault records a fault at a YAML path such as $.spaces[0].codes[1].
func (v *validator) fault(at, format string, args ...any) {
	where := v.name
	if line := v.line(at); line > 0 {
		where = fmt.Sprintf("%s:%d", v.name, line)
	}
	v.errs = append(v.errs, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

// line returns the line of the node at a path or, where the file has none, of
// the nearest node around it.
func (v *validator) line(at string) int {
	for at != "$" {
		if path, err := yaml.PathString(at); err == nil {
			if node, err := path.FilterFile(v.tree); err == nil && node != nil {
				return firstLine(node)
			}
		}
		at = at[:strings.LastIndexAny(at, ".[")]
	}
	return firstLine(v.tree.Docs[0].Body)
}

// firstLine returns the line on which a node begins; the token of a mapping is
// its first colon, that of a block sequence its first dash.
func firstLine(node ast.Node) int {
	if m, ok := node.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return firstLine(m.Values[0].Key)
	}
	if tok := node.GetToken(); tok != nil && tok.Position != nil {
		return tok.Position.Line
	}
	return 0
}

func (v *validator) file(f *file) {
	if f.Format != 1 {
		v.fault("$.format", "format is %d; this version reads format: 1", f.Format)
	}
	v.required("$.name", f.Name)
	v.required("$.title", f.Title)
	v.classes(f)
	if len(f.Spaces) == 0 {
		v.fault("$.spaces", "no spaces; describe at least one table of codes")
	}
	seen := map[string]bool{}
	for i := range f.Spaces {
		at := fmt.Sprintf("$.spaces[%d]", i)
		name := f.Spaces[i].Name
		if v.required(at+".name", name) && seen[name] {
			v.fault(at+".name", "space %q is there twice; give each space its own name", name)
		}
		seen[name] = true
		v.space(at, f, &f.Spaces[i])
	}
	for i := range f.Pairs {
		v.pair(fmt.Sprintf("$.pairs[%d]", i), f, &f.Pairs[i])
	}
	v.evidence(f)
	v.origins(f)
}

// required records a fault if a text is empty.
func (v *validator) required(at, value string) bool {
	if strings.TrimSpace(value) != "" {
		return true
	}
	v.fault(at, "%s is missing or empty; write one", at[strings.LastIndexByte(at, '.')+1:])
	return false
}

func (v *validator) classes(f *file) {
	known := []string{string(RateLimit), string(Transient), string(Poll)}
	var seen []string
	for i, k := range f.Classes {
		at := fmt.Sprintf("$.classes[%d]", i)
		switch {
		case !slices.Contains(known, k.Name):
			v.fault(at+".name", "unknown retry class %q; use one of %s", k.Name, strings.Join(known, ", "))
		case slices.Contains(seen, k.Name):
			v.fault(at+".name", "class %q is there twice; remove one", k.Name)
		}
		seen = append(seen, k.Name)
		v.required(at+".advice", k.Advice)
	}
	v.required("$.permanent", f.Permanent)
}

func (v *validator) space(at string, f *file, s *fileSpace) {
	v.required(at+".noun", s.Noun)
	if s.Kind != "int" {
		v.fault(at+".kind", "unknown kind of value %q; the only kind so far is int", s.Kind)
	}
	if len(s.Codes) == 0 {
		v.fault(at+".codes", "space %q has no codes; list them", s.Name)
	}
	if len(s.Success) == 0 {
		v.fault(at+".success", "space %q has no success value; list at least one", s.Name)
	}
	numbers, names, last := map[number]bool{}, map[string]number{}, number(0)
	for i, c := range s.Codes {
		at := fmt.Sprintf("%s.codes[%d]", at, i)
		switch {
		case c.Code <= 0:
			v.fault(at, "code is %d or missing; write a number above 0", c.Code)
		case numbers[c.Code]:
			v.fault(at, "code %d is there twice; remove one", c.Code)
		case c.Code < last:
			v.fault(at, "code %d stands after %d; sort the codes by number", c.Code, last)
		}
		numbers[c.Code], last = true, max(last, c.Code)
		v.code(at, f, s, c)
		if other, ok := names[c.Name]; ok && c.Name != "" {
			v.fault(at, "code %d has the name %s, as has %d; give each code its own name", c.Code, c.Name, other)
		}
		names[c.Name] = c.Code
	}
	for i, n := range s.Success {
		if !numbers[n] {
			v.fault(fmt.Sprintf("%s.success[%d]", at, i), "success value %d is no code of space %q; add it to codes", n, s.Name)
		}
	}
	for i, n := range s.Constants.Without {
		if !numbers[n] {
			v.fault(fmt.Sprintf("%s.constants.without[%d]", at, i), "%d is no code of space %q; remove it", n, s.Name)
		}
	}
}

func (v *validator) code(at string, f *file, s *fileSpace, c fileCode) {
	if !token.IsIdentifier(c.Name) || !token.IsExported(c.Name) {
		v.fault(at, "code %d has the name %q; use an exported Go identifier", c.Code, c.Name)
	} else if !strings.HasPrefix(c.Name, s.Constants.Prefix) {
		v.fault(at, "code %d has the name %s; names of space %q begin with %s", c.Code, c.Name, s.Name, s.Constants.Prefix)
	}
	if !slices.Contains(s.Groups, c.Group) {
		v.fault(at, "code %d is in the unknown group %q; use one of %s, or add it to groups", c.Code, c.Group, strings.Join(s.Groups, ", "))
	}
	if c.Retry != "" && !slices.ContainsFunc(f.Classes, func(k fileClass) bool { return k.Name == c.Retry }) {
		v.fault(at, "code %d has the unknown retry class %q; use one that classes lists, or leave retry out", c.Code, c.Retry)
	}
	if c.Retry != "" && slices.Contains(s.Success, c.Code) {
		v.fault(at, "code %d is a success value and has a retry class; leave retry out", c.Code)
	}
	if strings.TrimSpace(c.Meaning) == "" || strings.ContainsAny(c.Meaning, "\n\r") {
		v.fault(at, "code %d needs a meaning of one line; write what the vendor documents", c.Code)
	}
}

func (v *validator) pair(at string, f *file, p *filePair) {
	if p.From == p.To {
		v.fault(at, "pair joins space %q to itself; name two spaces", p.From)
		return
	}
	if len(p.Codes) == 0 {
		v.fault(at, "pair has no codes; list those that mean the same as %d", p.Code)
	}
	v.documented(at, f, p.From, p.Code)
	for _, n := range p.Codes {
		v.documented(at, f, p.To, n)
	}
}

// documented records a fault if space has no failure code n.
func (v *validator) documented(at string, f *file, space string, n number) {
	i := slices.IndexFunc(f.Spaces, func(s fileSpace) bool { return s.Name == space })
	switch {
	case i < 0:
		v.fault(at, "unknown space %q; use one that spaces lists", space)
	case !slices.ContainsFunc(f.Spaces[i].Codes, func(c fileCode) bool { return c.Code == n }):
		v.fault(at, "%d is no code of space %q; correct the pair or add the code", n, space)
	case slices.Contains(f.Spaces[i].Success, n):
		v.fault(at, "%d is a success value of space %q; pairs join failures", n, space)
	}
}

func (v *validator) evidence(f *file) {
	for i, h := range f.Evidence.Hosts {
		if foldHost(h) != h || splitURL(h).host != h || h == "" {
			v.fault(fmt.Sprintf("$.evidence.hosts[%d]", i), "host %q is no bare host; write it in lower case without scheme, port and path", h)
		}
	}
	for i, set := range f.Evidence.Headers {
		if len(set) < 2 {
			v.fault(fmt.Sprintf("$.evidence.headers[%d]", i), "a set of headers needs two names or more; one header alone is no evidence")
		}
	}
	for i, p := range f.Evidence.Paths {
		at := fmt.Sprintf("$.evidence.paths[%d]", i)
		base, suffixed := (&Evidence{Suffixes: f.Evidence.Suffixes}).trimSuffix(p)
		switch {
		case !strings.HasPrefix(p, "/") || splitURL(p).path != p || strings.ContainsAny(p, "%"):
			v.fault(at, "path %q is no endpoint path; begin it with / and write {} for a segment that varies", p)
		case suffixed:
			v.fault(at, "path %q has a suffix; write %q, suffixes has the rest", p, base)
		case slices.Index(f.Evidence.Paths, p) < i:
			v.fault(at, "path %q is there twice; remove one", p)
		}
	}
}

func (v *validator) origins(f *file) {
	o := &f.Origins
	for i, path := range o.SDK {
		if path == "" || strings.Trim(path, "/") != path || strings.ContainsAny(path, " \t") {
			v.fault(fmt.Sprintf("$.origins.sdk[%d]", i), "%q is no module path; write it without its major version", path)
		}
	}
	hasSpace := func(at, name string) {
		if !slices.ContainsFunc(f.Spaces, func(s fileSpace) bool { return s.Name == name }) {
			v.fault(at, "unknown space %q; use one that spaces lists", name)
		}
	}
	if o.Body.Space != "" || o.Body.Field != "" || len(o.SDK) > 0 {
		hasSpace("$.origins.body.space", o.Body.Space)
		v.required("$.origins.body.field", o.Body.Field)
	}
	if o.Status.Space != "" || len(o.Status.Fields)+len(o.Status.Methods) > 0 {
		hasSpace("$.origins.status.space", o.Status.Space)
	}
	v.members("$.origins.status.fields", o.Status.Fields)
	v.members("$.origins.status.methods", o.Status.Methods)
}

// members records a fault for each name that is not of the form PKG.TYPE.NAME.
func (v *validator) members(at string, names []string) {
	for i, name := range names {
		parts := strings.Split(name[strings.LastIndexByte(name, '/')+1:], ".")
		n := len(parts)
		if n < 3 || !token.IsIdentifier(parts[n-1]) || !token.IsIdentifier(parts[n-2]) {
			v.fault(fmt.Sprintf("%s[%d]", at, i), "%q is no field or method; write PKG.TYPE.NAME with the full import path", name)
		}
	}
}
