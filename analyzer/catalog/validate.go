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
	if f.Format != 2 {
		v.fault("$.format", "format is %d; this version reads format: 2", f.Format)
	}
	v.required("$.name", f.Name)
	v.required("$.title", f.Title)
	if f.Nature != Called && f.Nature != Inspected {
		v.fault("$.nature", "unknown nature %q; use called or inspected", f.Nature)
	}
	v.paths("$.packages", f.Packages)
	v.checks(f.Checks)
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
	v.sets(f)
	v.dialects(f)
	v.evidence(f)
	v.origins(f)
	v.carriers(f)
	v.texts(f)
	v.surroundings(f)
}

// required records a fault if a text is empty.
func (v *validator) required(at, value string) bool {
	if strings.TrimSpace(value) != "" {
		return true
	}
	v.fault(at, "%s is missing or empty; write one", at[strings.LastIndexByte(at, '.')+1:])
	return false
}

// checks records faults of the list of checks that speak.
func (v *validator) checks(checks []fileCheck) {
	if len(checks) == 0 {
		v.fault("$.checks", "no checks; list those that speak for this API, of %s", strings.Join(CheckNames(), ", "))
	}
	var seen []string
	for i, k := range checks {
		at, variants := fmt.Sprintf("$.checks[%d]", i), Variants(k.Name)
		switch {
		case !slices.Contains(CheckNames(), k.Name):
			v.fault(at, "unknown check %q; use one of %s", k.Name, strings.Join(CheckNames(), ", "))
			continue
		case slices.Contains(seen, k.Name):
			v.fault(at, "check %q is there twice; write it once with all its variants", k.Name)
		}
		seen = append(seen, k.Name)
		for n, variant := range k.Variants {
			switch {
			case !slices.Contains(variants, variant):
				v.fault(at, "check %s has no variant %q; use one of %s", k.Name, variant, list(variants))
			case slices.Index(k.Variants, variant) < n:
				v.fault(at, "variant %s of check %s is there twice; remove one", variant, k.Name)
			}
		}
	}
}

var (
	knownClasses = []Class{RateLimit, Transient, Poll, Transaction, Unsure}
	knownScopes  = []Scope{ScopeCall, ScopeStatement, ScopeTransaction}
)

func (v *validator) classes(f *file) {
	var seen []string
	for i, k := range f.Classes {
		at := fmt.Sprintf("$.classes[%d]", i)
		switch {
		case !slices.Contains(knownClasses, Class(k.Name)) || k.Name == "":
			v.fault(at+".name", "unknown retry class %q; use one of %s", k.Name, list(knownClasses))
		case slices.Contains(seen, k.Name):
			v.fault(at+".name", "class %q is there twice; remove one", k.Name)
		case k.Name == string(Unsure) && (k.Required || k.Pause):
			v.fault(at, "class unsure is required or has to pause; nothing is owed for a code that nobody knows to be worth a retry")
		}
		seen = append(seen, k.Name)
		v.scope(at+".scope", k.Scope)
		v.required(at+".advice", k.Advice)
	}
	v.required("$.permanent", f.Permanent)
}

func (v *validator) scope(at string, s Scope) {
	if s != "" && !slices.Contains(knownScopes, s) {
		v.fault(at, "unknown scope %q; use one of %s", s, list(knownScopes))
	}
}

// list joins words for a message.
func list[S ~string](words []S) string {
	var out []string
	for _, w := range words {
		out = append(out, string(w))
	}
	return strings.Join(out, ", ")
}

// paths records a fault for each text that is no import path.
func (v *validator) paths(at string, paths []string) {
	for i, path := range paths {
		v.path(fmt.Sprintf("%s[%d]", at, i), path)
		if slices.Index(paths, path) < i {
			v.fault(fmt.Sprintf("%s[%d]", at, i), "package %q is there twice; remove one", path)
		}
	}
}

func (v *validator) path(at, path string) {
	if path == "" || strings.Trim(path, "/") != path || strings.ContainsAny(path, " \t\"") {
		v.fault(at, "%q is no import path; write it in full", path)
	}
}

func (v *validator) evidence(f *file) {
	for i, h := range f.Evidence.Hosts {
		if wrong := BadHost(h); wrong != "" {
			v.fault(fmt.Sprintf("$.evidence.hosts[%d]", i), "%s", wrong)
		}
	}
	for i, set := range f.Evidence.Headers {
		if len(set) < 2 {
			v.fault(fmt.Sprintf("$.evidence.headers[%d]", i), "a set of headers needs two names or more; one header alone is no evidence")
		}
	}
	if f.Evidence.HeaderPrefix != "" && len(f.Evidence.Headers) == 0 {
		v.fault("$.evidence.header_prefix", "a prefix of headers without headers; list them, or leave it out")
	}
	for i, p := range f.Evidence.Paths {
		at := fmt.Sprintf("$.evidence.paths[%d]", i)
		base, suffixed := (&Evidence{Suffixes: f.Evidence.Suffixes}).trimSuffix(p)
		switch {
		case BadPath(p) != "":
			v.fault(at, "%s", BadPath(p))
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
	if o.Body.Space != "" || o.Body.Field != "" || len(o.SDK) > 0 {
		v.spaceNamed(f, "$.origins.body.space", o.Body.Space)
		v.required("$.origins.body.field", o.Body.Field)
	}
	if o.Status.Space != "" || len(o.Status.Fields)+len(o.Status.Methods) > 0 {
		v.spaceNamed(f, "$.origins.status.space", o.Status.Space)
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
