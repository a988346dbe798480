package catalog

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
)

// kindNamed returns the kind with this name in a data file, or NoKind.
func kindNamed(name string) Kind {
	switch name {
	case "int":
		return IntKind
	case "string":
		return StringKind
	}
	return NoKind
}

func (v *validator) space(at string, f *file, s *fileSpace) {
	v.required(at+".noun", s.Noun)
	if s.Article != "a" && s.Article != "an" {
		v.fault(at+".article", "article is %q; write a or an, as it stands before %q", s.Article, s.Noun)
	}
	if kindNamed(s.Kind) == NoKind {
		v.fault(at+".kind", "unknown kind of value %q; use int or string", s.Kind)
		return
	}
	if s.Form.Length < 0 || strings.ContainsAny(s.Form.Characters, " \t") {
		v.fault(at+".form", "form is {length: number of characters, characters: ranges such as 0-9A-Z}; correct it")
	}
	if len(s.Codes) == 0 {
		v.fault(at+".codes", "space %q has no codes; list them", s.Name)
	}
	if len(s.Success) == 0 && f.Nature == Called {
		v.fault(at+".success", "space %q has no success value; list at least one", s.Name)
	}
	v.groups(at, s)
	v.codes(at, f, s)
	for i, n := range s.Success {
		if !s.has(n) {
			v.fault(fmt.Sprintf("%s.success[%d]", at, i), "success value %v is no code of space %q; add it to codes", n, s.Name)
		}
	}
	for i := range s.Constants {
		v.constants(fmt.Sprintf("%s.constants[%d]", at, i), s, i)
	}
	v.listed(at+".open.codes", s, s.Open.Codes)
	for _, g := range s.Open.Groups {
		if !s.hasGroup(g) {
			v.fault(at+".open.groups", "the open group %q is unknown; use one of %s", g, s.groupNames())
		}
	}
	for i, word := range s.Open.Raised {
		if strings.TrimSpace(word) == "" {
			v.fault(fmt.Sprintf("%s.open.raised[%d]", at, i), "an empty word shows nothing; remove it")
		}
	}
	v.derived(at, f, s)
}

func (s *fileSpace) has(n Value) bool {
	return slices.ContainsFunc(s.Codes, func(c fileCode) bool { return c.Code == n })
}

// groupsKnown reports whether the groups of s can be told from its codes at all.
func (s *fileSpace) groupsKnown() bool {
	return s.GroupLength >= 0 && (s.Form.Length <= 0 || s.GroupLength < s.Form.Length)
}

func (v *validator) groups(at string, s *fileSpace) {
	if !s.groupsKnown() {
		v.fault(at+".group_length", "group_length is %d; write how many characters of a code name its group", s.GroupLength)
		return
	}
	for i, g := range s.Groups {
		at := fmt.Sprintf("%s.groups[%d]", at, i)
		switch {
		case g.Name == "":
			v.fault(at, "a group without a name; write one")
		case slices.IndexFunc(s.Groups, func(o fileGroup) bool { return o.Name == g.Name }) < i:
			v.fault(at, "group %q is there twice; remove one", g.Name)
		case s.GroupLength > 0 && len(g.Name) != s.GroupLength:
			v.fault(at, "group %q has not the %d characters that begin a code; correct it or group_length", g.Name, s.GroupLength)
		}
	}
	if s.General != "" && !s.hasGroup(s.General) {
		v.fault(at+".general", "the general group %q is unknown; use one of %s", s.General, s.groupNames())
	}
}

func (s *fileSpace) hasGroup(name string) bool {
	return slices.ContainsFunc(s.Groups, func(g fileGroup) bool { return g.Name == name })
}

func (s *fileSpace) groupNames() string {
	var names []string
	for _, g := range s.Groups {
		names = append(names, g.Name)
	}
	return strings.Join(names, ", ")
}

// codes records faults of the list of codes and of each code.
func (v *validator) codes(at string, f *file, s *fileSpace) {
	values, names, last := map[Value]bool{}, map[string]Value{}, Value{}
	for i, c := range s.Codes {
		at := fmt.Sprintf("%s.codes[%d]", at, i)
		switch {
		case c.Code.IsZero():
			v.fault(at, "code is missing; write one")
			continue
		case !v.value(at, s, c.Code):
			continue
		case values[c.Code]:
			v.fault(at, "code %v is there twice; remove one", c.Code)
		case c.Code.Compare(last) < 0:
			v.fault(at, "code %v stands after %v; sort the codes", c.Code, last)
		}
		values[c.Code] = true
		if c.Code.Compare(last) > 0 {
			last = c.Code
		}
		v.code(at, f, s, c)
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			if other, ok := names[name]; ok && name != "" {
				v.fault(at, "code %v has the name %s, as has %v; give each code its own name", c.Code, name, other)
			}
			names[name] = c.Code
		}
	}
}

// value records a fault if n is not of the kind and form of s.
func (v *validator) value(at string, s *fileSpace, n Value) bool {
	want := kindNamed(s.Kind)
	switch {
	case n.kind != want && want == IntKind:
		v.fault(at, "%s is a string; codes of space %q are integers: write it without quotes", n.Literal(), s.Name)
	case n.kind != want:
		v.fault(at, "%s is a number; codes of space %q are strings: write it in quotes", n.Literal(), s.Name)
	case s.Form.Length > 0 && len(n.String()) != s.Form.Length:
		v.fault(at, "code %s has %d characters; those of space %q have %d", n.Literal(), len(n.String()), s.Name, s.Form.Length)
	case !s.Form.fits(n.String(), want, false):
		v.fault(at, "code %s has a character that those of space %q have not; they are made of %s", n.Literal(), s.Name, s.Form.Characters)
	default:
		return true
	}
	return false
}

func (v *validator) code(at string, f *file, s *fileSpace, c fileCode) {
	for _, name := range append([]string{c.Name}, c.Aliases...) {
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			v.fault(at, "code %v has the name %q; use an exported Go identifier", c.Code, name)
		}
	}
	for _, k := range s.Constants {
		if token.IsIdentifier(c.Name) && k.Derived == GivesName && !strings.HasPrefix(k.Prefix+c.Name, k.Begin) {
			v.fault(at, "code %v has the name %s; names of space %q begin with %s", c.Code, c.Name, s.Name, k.Begin)
		}
	}
	switch {
	case !s.groupsKnown():
	case s.GroupLength > 0 && c.Group != "":
		v.fault(at, "code %v names its group; group_length says it already, so leave group out", c.Code)
	case s.GroupLength > 0 && len(c.Code.String()) < s.GroupLength, s.GroupLength > 0 && !s.hasGroup(c.Code.String()[:s.GroupLength]):
		v.fault(at, "code %v is in no known group; add its first %d characters to groups", c.Code, s.GroupLength)
	case s.GroupLength <= 0 && !s.hasGroup(c.Group) && (c.Group != "" || len(s.Groups) > 0):
		v.fault(at, "code %v is in the unknown group %q; use one of %s, or add it to groups", c.Code, c.Group, s.groupNames())
	}
	if c.Retry != "" && !slices.ContainsFunc(f.Classes, func(k fileClass) bool { return k.Name == c.Retry }) {
		v.fault(at, "code %v has the unknown retry class %q; use one that classes lists, or leave retry out", c.Code, c.Retry)
	}
	if c.Retry != "" && slices.Contains(s.Success, c.Code) {
		v.fault(at, "code %v is a success value and has a retry class; leave retry out", c.Code)
	}
	if c.Retry == "" && c.Scope != "" {
		v.fault(at, "code %v has a scope and no retry class; a permanent code is not called again, so leave scope out", c.Code)
	}
	v.scope(at+".scope", c.Scope)
	if strings.ContainsAny(c.Condition, " \n\r\t") {
		v.fault(at, "code %v has the condition %q; write one word", c.Code, c.Condition)
	}
	needed := f.Nature == Called || c.Retry != ""
	if needed && strings.TrimSpace(c.Meaning) == "" || strings.ContainsAny(c.Meaning, "\n\r") {
		v.fault(at, "code %v needs a meaning of one line; write what the vendor documents", c.Code)
	}
}

func (v *validator) constants(at string, s *fileSpace, index int) {
	k := &s.Constants[index]
	v.path(at+".package", k.Package)
	if slices.IndexFunc(s.Constants, func(o fileConstants) bool { return o.Package == k.Package }) < index {
		v.fault(at+".package", "package %q is there twice; remove one", k.Package)
	}
	switch {
	case k.Derived != "" && k.Derived != GivesName && k.Derived != GivesCondition:
		v.fault(at+".derived", "names cannot be derived from a code's %q; use name or condition", k.Derived)
	case k.Derived == "" && len(k.Names) == 0:
		v.fault(at, "package %q has no names for the codes; write derived: name or condition, or list names", k.Package)
	case k.Derived == "" && (k.Prefix != "" || len(k.Without) > 0):
		v.fault(at, "prefix and without are about names that are derived; write derived: name or condition, or leave them out")
	}
	v.listed(at+".without", s, k.Without)
	seen := map[string]bool{}
	for i, n := range k.Names {
		at := fmt.Sprintf("%s.names[%d]", at, i)
		switch {
		case !token.IsExported(n.Name) || !token.IsIdentifier(n.Name):
			v.fault(at, "%q is no exported Go identifier; correct it", n.Name)
		case !strings.HasPrefix(n.Name, k.Begin):
			v.fault(at, "%s does not begin with %s, as all names of the package do; correct one of them", n.Name, k.Begin)
		case seen[n.Name]:
			v.fault(at, "%s is there twice; remove one", n.Name)
		case !s.has(n.Value):
			v.fault(at, "%s is no code of space %q; correct it or add the code", literal(n.Value), s.Name)
		}
		seen[n.Name] = true
	}
}

// literal returns n for a message, also if it is missing.
func literal(n Value) string {
	if n.IsZero() {
		return "nothing"
	}
	return n.Literal()
}

func (v *validator) derived(at string, f *file, s *fileSpace) {
	d := s.Derived
	if d == (Derivation{}) {
		return
	}
	at += ".derived"
	from := slices.IndexFunc(f.Spaces, func(o fileSpace) bool { return o.Name == d.From })
	switch {
	case from < 0:
		v.fault(at, "unknown space %q; use one that spaces lists", d.From)
	case d.From == s.Name, f.Spaces[from].Derived != Derivation{}:
		v.fault(at, "space %q is derived from %q, which is derived itself; derive both from one table", s.Name, d.From)
	case kindNamed(s.Kind) != IntKind || kindNamed(f.Spaces[from].Kind) != IntKind:
		v.fault(at, "a mask makes an integer of an integer; space %q or %q has strings", s.Name, d.From)
	case d.Mask <= 0:
		v.fault(at, "mask is %d; write the bits that are kept, such as 0xff", d.Mask)
	default:
		for i, c := range s.Codes {
			if n, ok := c.Code.Int(); ok && n&d.Mask != n {
				v.fault(fmt.Sprintf("%s.codes[%d]", strings.TrimSuffix(at, ".derived"), i), "code %d can never come of mask %#x; remove it, or correct the mask", n, d.Mask)
			}
		}
		for i, c := range f.Spaces[from].Codes {
			if n, ok := c.Code.Int(); ok && !s.has(IntValue(n&d.Mask)) {
				v.fault(fmt.Sprintf("$.spaces[%d].codes[%d]", from, i), "code %d becomes %d in space %q, which has no such code; add it", n, n&d.Mask, s.Name)
			}
		}
	}
}

func (v *validator) pair(at string, f *file, p *filePair) {
	if p.From == p.To {
		v.fault(at, "pair joins space %q to itself; name two spaces", p.From)
		return
	}
	if len(p.Codes) == 0 {
		v.fault(at, "pair has no codes; list those that mean the same as %v", p.Code)
	}
	v.documented(at, f, p.From, p.Code)
	for _, n := range p.Codes {
		v.documented(at, f, p.To, n)
	}
}

// spaceNamed records a fault if there is no space of that name.
func (v *validator) spaceNamed(f *file, at, name string) *fileSpace {
	i := slices.IndexFunc(f.Spaces, func(s fileSpace) bool { return s.Name == name })
	if i < 0 {
		v.fault(at, "unknown space %q; use one that spaces lists", name)
		return nil
	}
	return &f.Spaces[i]
}

// documented records a fault if space has no failure code n.
func (v *validator) documented(at string, f *file, space string, n Value) {
	s := v.spaceNamed(f, at, space)
	switch {
	case s == nil:
	case !s.has(n):
		v.fault(at, "%s is no code of space %q; correct it or add the code", literal(n), space)
	case slices.Contains(s.Success, n):
		v.fault(at, "%v is a success value of space %q; a failure is meant here", n, space)
	}
}

func (v *validator) sets(f *file) {
	seen := map[string]bool{}
	for i, s := range f.Sets {
		at := fmt.Sprintf("$.sets[%d]", i)
		if v.required(at+".name", s.Name) && seen[s.Name] {
			v.fault(at+".name", "set %q is there twice; give each set its own name", s.Name)
		}
		seen[s.Name] = true
		v.required(at+".why", s.Why)
		if v.spaceNamed(f, at+".space", s.Space) == nil {
			continue
		}
		v.documented(at+".first", f, s.Space, s.First)
		if len(s.Owes) == 0 {
			v.fault(at, "set %q has one code; list what who retries %v owes", s.Name, s.First)
		}
		for n, owed := range s.Owes {
			at := fmt.Sprintf("%s.owes[%d]", at, n)
			switch {
			case owed == s.First || slices.Index(s.Owes, owed) < n:
				v.fault(at, "code %v is in set %q twice; remove one", owed, s.Name)
			default:
				v.documented(at, f, s.Space, owed)
			}
		}
	}
}

func (v *validator) dialects(f *file) {
	seen := map[string]bool{}
	for i, d := range f.Dialects {
		at := fmt.Sprintf("$.dialects[%d]", i)
		if v.required(at+".name", d.Name) && seen[d.Name] {
			v.fault(at+".name", "dialect %q is there twice; give each its own name", d.Name)
		}
		seen[d.Name] = true
		v.required(at+".title", d.Title)
		v.paths(at+".imports", d.Imports)
		if len(d.Codes) > 0 {
			if s := v.spaceNamed(f, at+".space", d.Space); s != nil && kindNamed(s.Kind) != NoKind {
				for n, code := range d.Codes {
					v.value(fmt.Sprintf("%s.codes[%d]", at, n), s, code)
				}
			}
		}
		for n, set := range d.Removes {
			if !slices.ContainsFunc(f.Sets, func(s Set) bool { return s.Name == set }) {
				v.fault(fmt.Sprintf("%s.removes[%d]", at, n), "unknown set %q; use one that sets lists", set)
			}
		}
	}
}
