package own

import (
	"go/token"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
)

// classes are those that a directive may name, with what to do about them.
var classes = [...]catalog.RetryClass{
	{Name: catalog.RateLimit, Advice: "wait, then call again, and send fewer requests", Scope: catalog.ScopeCall, Pause: true, Required: true},
	{Name: catalog.Transient, Advice: "call again after a short delay, a bounded number of times", Scope: catalog.ScopeCall, Pause: true, Required: true},
	{Name: catalog.Poll, Advice: "not ready yet; ask again later", Scope: catalog.ScopeCall, Pause: true, Required: true},
	{Name: catalog.Transaction, Advice: "make the whole sequence of calls again, a bounded number of times", Scope: catalog.ScopeTransaction, Required: true},
	{Name: catalog.Unsure, Advice: "whether to call again depends on what the caller knows", Scope: catalog.ScopeCall},
}

// general is the group of codes without one.
const general = "general"

// Catalog returns the catalog of an API. Its name is the path of the package, so that the
// same space in two packages is two.
func Catalog(api *fact.API) *catalog.Catalog {
	c := &catalog.Catalog{
		Name:            api.Path,
		Title:           api.Name,
		Package:         api.Path,
		Nature:          catalog.Called,
		Classes:         classes[:],
		PermanentAdvice: "the same call fails again; mend the request or the state that it depends on",
		Evidence:        catalog.Evidence{Hosts: api.Hosts, Paths: api.Paths},
		Packages:        []string{api.Path},
	}
	for _, name := range catalog.CheckNames() {
		variants := catalog.Variants(name)
		if name == "unchecked" {
			variants = []catalog.Variant{"passed"} // a team knows which of its own failures it drops with _
		}
		c.Checks = append(c.Checks, catalog.Check{Name: name, Variants: variants})
	}
	if len(api.Spaces) == 1 {
		c.Title = api.Spaces[0].Name
	}
	for i := range api.Spaces {
		s := &api.Spaces[i]
		c.Spaces = append(c.Spaces, table(api, s))
		if s.Type != "" {
			c.Carriers.CodeTypes = append(c.Carriers.CodeTypes, catalog.CodeType{Type: catalog.Symbol{Path: api.Path, Name: s.Type}, Space: s.Name})
		}
		for _, set := range s.Sets {
			first, _ := c.Spaces[i].Find(set.First)
			c.Sets = append(c.Sets, catalog.Set{Name: s.Name + "/" + first.Name, Space: s.Name, First: set.First, Owes: set.Owes, Why: "//retcode:owes says so"})
		}
	}
	for _, f := range api.Fields {
		c.Carriers.Types = append(c.Carriers.Types, catalog.CarrierType{
			Type:   catalog.Symbol{Path: f.Path, Name: f.Type},
			Fields: []catalog.Member{{Name: f.Field, Space: f.Space}},
		})
	}
	if len(api.Hosts)+len(api.Paths) > 0 {
		c.Origins = catalog.Origins{CodeSpace: api.Spaces[0].Name, CodeField: api.CodeField, Beside: api.Beside}
	}
	return c
}

func table(api *fact.API, s *fact.APISpace) *catalog.Space {
	out := &catalog.Space{
		Name: s.Name, Noun: noun(s), Article: article(noun(s)),
		Kind: s.Kind, Success: s.Success, General: general,
		Open:   catalog.Open{Whole: s.Open},
		Groups: []catalog.Group{{Name: general}},
	}
	names := catalog.Constants{Package: api.Path, PackageName: api.Name, Type: s.Type, Derived: catalog.GivesName}
	for _, k := range s.Codes {
		out.Codes = append(out.Codes, catalog.Code{Value: k.Value, Name: k.Name, Group: k.Group, Retry: k.Retry, Meaning: k.Meaning})
		for _, a := range k.Aliases {
			out.Aliases = append(out.Aliases, catalog.Alias{Name: a, Value: k.Value})
		}
		if _, ok := out.Group(k.Group); !ok {
			out.Groups = append(out.Groups, catalog.Group{Name: k.Group})
		}
		if k.Unnamed || !token.IsExported(k.Name) {
			names.Without = append(names.Without, k.Value)
		}
	}
	for i, k := range out.Codes {
		if class, ok := classOf(k.Retry); ok {
			out.Codes[i].Scope = class.Scope
		}
	}
	if api.Name != "main" {
		out.Constants = []catalog.Constants{names}
	}
	return out
}

func classOf(name catalog.Class) (catalog.RetryClass, bool) {
	for _, k := range classes {
		if k.Name == name {
			return k, true
		}
	}
	return catalog.RetryClass{}, false
}

// noun is what messages call a code of a space that has no word of its own.
func noun(s *fact.APISpace) string {
	if s.Noun != "" {
		return s.Noun
	}
	word := strings.ReplaceAll(s.Name, "-", " ")
	for _, end := range []string{"code", "status", "error", "errno"} {
		if strings.HasSuffix(strings.ToLower(word), end) {
			return word
		}
	}
	return word + " code"
}

// article is the one that stands before a noun.
func article(noun string) string {
	if noun != "" && strings.ContainsRune("aeioAEIO", rune(noun[0])) {
		return "an"
	}
	return "a"
}
