package catalog

import (
	"slices"
)

// GroupOf returns the name of the group that v belongs to, documented or not, or "".
func (s *Space) GroupOf(v Value) string {
	if s.GroupLength == 0 {
		c, _ := s.Find(v)
		return c.Group
	}
	text := v.String()
	if v.kind != s.Kind || len(text) < s.GroupLength || !s.hasGroup(text[:s.GroupLength]) {
		return ""
	}
	return text[:s.GroupLength]
}

// Group returns the group of that name.
func (s *Space) Group(name string) (Group, bool) {
	for _, g := range s.Groups {
		if g.Name == name {
			return g, true
		}
	}
	return Group{}, false
}

func (s *Space) hasGroup(name string) bool {
	_, ok := s.Group(name)
	return ok
}

// GroupNames returns the names of the groups, in their order.
func (s *Space) GroupNames() []string {
	names := make([]string, len(s.Groups))
	for i, g := range s.Groups {
		names[i] = g.Name
	}
	return names
}

// InGroup returns the documented codes of a group, by value.
func (s *Space) InGroup(name string) []Code {
	var codes []Code
	for _, c := range s.Codes {
		if c.Group == name {
			codes = append(codes, c)
		}
	}
	return codes
}

// MayBe reports whether v may be answered: it is documented, or the space is open to it. What
// the program raises itself is for the caller to see, by the words of s.Open.Raised.
func (s *Space) MayBe(v Value) bool {
	if _, ok := s.Find(v); ok || s.Open.Whole || slices.Contains(s.Open.Codes, v) {
		return true
	}
	g := s.GroupOf(v)
	return s.Open.OtherGroups && g == "" || slices.Contains(s.Open.Groups, g)
}

// Means reports whether v, if it is documented, means what the table says: programs use the
// codes of s.Open.Codes for failures of their own.
func (s *Space) Means(v Value) bool { return !slices.Contains(s.Open.Codes, v) }

// Named returns the codes for which a text stands, by value: one, but for conditions, of which
// two codes may have the same. The text's case counts.
func (s *Space) Named(g Gives, text string) []Code {
	var codes []Code
	for _, c := range s.Codes {
		if text != "" && c.Text(g) == text {
			codes = append(codes, c)
		}
	}
	if g == GivesName {
		for _, a := range s.Aliases {
			if c, ok := s.Find(a.Value); ok && a.Name == text {
				codes = append(codes, c)
			}
		}
	}
	return codes
}

// Text returns what stands for the code.
func (c Code) Text(g Gives) string {
	switch g {
	case GivesCode:
		return c.Value.String()
	case GivesName:
		return c.Name
	case GivesCondition:
		return c.Condition
	case GivesGroup:
		return c.Group
	}
	return ""
}

// Apply returns the code that is derived from v.
func (d Derivation) Apply(v Value) (Value, bool) {
	n, ok := v.Int()
	if !ok || d.From == "" {
		return Value{}, false
	}
	return IntValue(n & d.Mask), true
}

// NameOf returns the name that c has in the package.
func (k *Constants) NameOf(c Code) (string, bool) {
	for _, n := range k.Named {
		if n.Value == c.Value {
			return n.Name, true
		}
	}
	base := c.Text(k.Derived)
	if base == "" || slices.Contains(k.Without, c.Value) {
		return "", false
	}
	return k.Prefix + base, true
}

// ValueOf returns the code that a name of the package has; s is the space that offers it.
func (k *Constants) ValueOf(s *Space, name string) (Value, bool) {
	for _, n := range k.Named {
		if n.Name == name {
			return n.Value, true
		}
	}
	for _, c := range s.Codes {
		if derived, ok := k.NameOf(c); ok && derived == name {
			return c.Value, true
		}
	}
	return Value{}, false
}

// OwedBy returns the sets that v is the first of, without those that the dialects remove.
func (c *Catalog) OwedBy(s *Space, v Value, dialects ...string) []Set {
	var sets []Set
	for _, set := range c.Sets {
		if set.Space == s.Name && set.First == v && !c.removed(set.Name, dialects) {
			sets = append(sets, set)
		}
	}
	return sets
}

func (c *Catalog) removed(set string, dialects []string) bool {
	return slices.ContainsFunc(c.Dialects, func(d Dialect) bool {
		return slices.Contains(dialects, d.Name) && slices.Contains(d.Removes, set)
	})
}

// Noun returns what messages call a code of a space: the API's name and the space's noun, which
// alone names a code of an API that the program declares.
func (c *Catalog) Noun(s *Space) string {
	if c.Package != "" {
		return s.Noun
	}
	return c.Title + " " + s.Noun
}

// A is Noun with its article.
func (c *Catalog) A(s *Space) string {
	if c.Package != "" {
		return s.Article + " " + s.Noun
	}
	return "a " + c.Noun(s)
}

// Class returns what is known about a retry class.
func (c *Catalog) Class(name Class) (RetryClass, bool) {
	for _, k := range c.Classes {
		if k.Name == name {
			return k, true
		}
	}
	return RetryClass{}, false
}

// Requires reports whether who tells codes apart owes c something: it is of a required class.
func (c *Catalog) Requires(code Code) bool {
	k, ok := c.Class(code.Retry)
	return ok && k.Required
}

// NoFailure returns what stands for the code of a call that did not fail: the first success
// value, or the zero value of the space's kind.
func (s *Space) NoFailure() Value {
	switch {
	case len(s.Success) > 0:
		return s.Success[0]
	case s.Kind == StringKind:
		return StringValue("")
	}
	return IntValue(0)
}

// DerivedFrom returns the space whose codes are derived from those of s.
func (c *Catalog) DerivedFrom(s *Space) (*Space, bool) {
	for _, d := range c.Spaces {
		if d.Derived.From == s.Name {
			return d, true
		}
	}
	return nil, false
}

// Uses reports whether the use of a package of that import path brings the catalog into play.
// Major versions and what is below count with a package; vendored copies do.
func (c *Catalog) Uses(importPath string) bool {
	return slices.ContainsFunc(c.Packages, func(root string) bool { return below(importPath, root) })
}

// Uses reports whether the import of a package of that path shows the dialect.
func (d Dialect) Uses(importPath string) bool {
	return slices.ContainsFunc(d.Imports, func(root string) bool { return below(importPath, root) })
}

// Uses reports whether a package of that import path is, or is below, one that opens the driver.
func (d Driver) Uses(importPath string) bool {
	return slices.ContainsFunc(d.Opens, func(o Opener) bool { return o.Value == "" && below(importPath, o.Func.Path) })
}

// Hint reports whether a string constant may bring the catalog into play: it is evidence, has
// a marker, or a prose. It holds for all for which [Catalog.Mentions] finds something.
func (c *Catalog) Hint(s string) bool {
	for _, m := range c.Markers {
		if indexFold(s, m.Before) >= 0 {
			return true
		}
	}
	for _, p := range c.Prose {
		if indexFold(s, p.Text) >= 0 {
			return true
		}
	}
	return len(c.Evidence.Hosts)+len(c.Evidence.Paths) > 0 && c.Evidence.Constant(s)
}

// Owns reports whether the package of that import path is one of the vendor's SDKs. Vendored
// copies count with what they are copies of.
func (c *Catalog) Owns(importPath string) bool {
	return slices.ContainsFunc(c.Origins.SDK, func(s SDK) bool { return below(importPath, s.Path) })
}

// Undocumented returns a code of which nothing is known but its value and a name.
func Undocumented(v Value, name string) Code {
	return Code{Value: v, Name: name}
}
