package catalog

import (
	"cmp"
	"slices"
)

// catalog returns the catalog that a valid file describes.
func (f *file) catalog() *Catalog {
	c := &Catalog{
		Name: f.Name, Title: f.Title, URL: f.URL,
		Nature:           f.Nature,
		Take:             f.Take,
		PermanentAdvice:  f.Permanent,
		ConstantsPackage: f.ConstantsPackage,
		Packages:         f.Packages,
		Sets:             f.Sets,
		Dialects:         f.Dialects,
		Evidence:         f.evidence(),
		Origins: Origins{
			CodeSpace:     f.Origins.Body.Space,
			CodeField:     f.Origins.Body.Field,
			Beside:        f.Origins.Body.Beside,
			StatusSpace:   f.Origins.Status.Space,
			StatusFields:  f.Origins.Status.Fields,
			StatusMethods: f.Origins.Status.Methods,
		},
		Carriers:     f.Carriers,
		Prose:        f.Prose,
		Drivers:      f.Drivers,
		Transactions: f.Transactions,
		Retriers:     f.Retriers,
	}
	for _, path := range f.Origins.SDK {
		c.Origins.SDK = append(c.Origins.SDK, SDK{Path: path})
	}
	for _, k := range f.Checks {
		if len(k.Variants) == 0 {
			k.Variants = Variants(k.Name)
		}
		c.Checks = append(c.Checks, Check(k))
	}
	for _, k := range f.Classes {
		c.Classes = append(c.Classes, RetryClass{Class(k.Name), k.Advice, k.Scope, k.Pause, k.Required})
	}
	for i := range f.Spaces {
		c.Spaces = append(c.Spaces, f.Spaces[i].space(c.Classes))
	}
	for _, p := range f.Pairs {
		c.Pairs = append(c.Pairs, Pair(p))
	}
	for _, m := range f.Markers {
		before, g, after, _ := parseMarker(m.Form)
		c.Markers = append(c.Markers, Marker{m.Space, before, g, after})
	}
	return c
}

func (f *file) evidence() Evidence {
	e := Evidence{
		Hosts:        f.Evidence.Hosts,
		Paths:        f.Evidence.Paths,
		Suffixes:     f.Evidence.Suffixes,
		HeaderPrefix: f.Evidence.HeaderPrefix,
		HeaderSets:   slices.Clone(f.Evidence.Headers),
	}
	if e.HeaderPrefix != "" {
		for _, set := range f.Evidence.Headers {
			var prefixed []string
			for _, name := range set {
				prefixed = append(prefixed, e.HeaderPrefix+name)
			}
			e.HeaderSets = append(e.HeaderSets, prefixed)
		}
	}
	e.Headers = slices.Concat(e.HeaderSets...)
	return e
}

func (s *fileSpace) space(classes []RetryClass) *Space {
	space := &Space{
		Name: s.Name, Noun: s.Noun, Article: s.Article,
		Kind:        kindNamed(s.Kind),
		Form:        s.Form,
		Success:     s.Success,
		GroupLength: s.GroupLength,
		General:     s.General,
		Open:        s.Open,
		Derived:     s.Derived,
	}
	for _, k := range s.Constants {
		space.Constants = append(space.Constants, k.constants())
	}
	for _, g := range s.Groups {
		space.Groups = append(space.Groups, Group(g))
	}
	for _, k := range s.Codes {
		code := Code{
			Value: k.Code, Name: k.Name, Condition: k.Condition, Group: k.Group,
			Retry: Class(k.Retry), Scope: k.Scope, Meaning: k.Meaning,
		}
		if s.GroupLength > 0 {
			code.Group = k.Code.String()[:s.GroupLength]
		}
		i := slices.IndexFunc(classes, func(c RetryClass) bool { return c.Name == code.Retry })
		if code.Scope == "" && i >= 0 {
			code.Scope = classes[i].Scope
		}
		space.Codes = append(space.Codes, code)
		for _, name := range k.Aliases {
			space.Aliases = append(space.Aliases, Alias{name, k.Code})
		}
	}
	return space
}

func (k *fileConstants) constants() Constants {
	c := Constants{
		Package: k.Package, Variables: k.Variables, Derived: k.Derived, Prefix: k.Prefix, Begin: k.Begin, Without: k.Without,
	}
	for _, n := range k.Names {
		c.Named = append(c.Named, Named(n))
	}
	slices.SortFunc(c.Named, func(a, b Named) int { return cmp.Or(a.Value.Compare(b.Value), cmp.Compare(a.Name, b.Name)) })
	return c
}
