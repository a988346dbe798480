package check

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// ofNetHTTP reports whether a constant is declared in net/http.
func ofNetHTTP(obj types.Object) bool {
	return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "net/http"
}

// other returns the other space in which a number is documented. A constant of net/http is a
// status also where the API has no space of them.
func (c *Context) other(m *sink) *catalog.Space {
	here := c.spaceOf(m)
	status := ofNetHTTP(m.object) && !here.Offers("net/http")
	for _, s := range c.Catalog.Spaces {
		if status && s.Offers("net/http") {
			return s
		}
	}
	if _, ok := here.Find(m.code); status && !ok {
		return &catalog.Space{Name: "http", Noun: "HTTP status", Article: "an"}
	}
	for _, s := range c.Catalog.Spaces {
		if _, ok := s.Find(m.code); ok && s != here {
			return s
		}
	}
	return nil
}

// isMixed reports whether a constant is one of the other space.
func (c *Context) isMixed(m *sink) (*catalog.Space, bool) {
	s := c.spaceOf(m)
	other := c.other(m)
	if other == nil || !c.Catalog.Speaks("mixed", "spaces") {
		return nil, false
	}
	if ofNetHTTP(m.object) && !s.Offers("net/http") {
		if s.Succeeds(m.code) && other.Succeeds(m.code) && !c.Options.SuccessLiterals {
			return nil, false
		}
		return other, true
	}
	if _, ok := s.Find(m.code); ok || s.NamedByOther(m.code) {
		return nil, false
	}
	return other, true
}

func a(noun string) string {
	if noun != "" && (noun[0] == 'H' || noun[0] == 'a' || noun[0] == 'e' || noun[0] == 'i' || noun[0] == 'o' || noun[0] == 'u') {
		return "an " + noun
	}
	return "a " + noun
}

// place says what stands there: "the body's return code", "the HTTP status".
func (c *Context) place(s *catalog.Space) string {
	if s.Name == c.Catalog.Origins.CodeSpace {
		return "the body's " + s.Noun
	}
	return "the " + s.Noun
}

func mixed(c *Context) {
	if c.Catalog.Speaks("mixed", "derived") {
		c.derived()
	}
	if c.Catalog.Speaks("mixed", "masks") {
		c.masks()
	}
	if !c.Catalog.Speaks("mixed", "spaces") {
		return
	}
	for _, m := range c.sinks() {
		other, ok := c.isMixed(m)
		if !ok {
			continue
		}
		m.judged = true
		s := c.spaceOf(m)
		msg := fmt.Sprintf("%s is %s, and this is %s", m.shown(), a(other.Noun), c.place(s))
		twins := c.twins(m, s, other)
		if own, ok := s.Find(m.code); ok {
			msg += fmt.Sprintf(": here the number means %s", own)
			if len(twins) > 0 {
				msg += "; the status's failure is " + list(twins)
			}
		} else if len(twins) > 0 {
			msg += ": the same failure is " + list(twins)
		}
		var fixes []analysis.SuggestedFix
		if own, ok := s.Find(m.code); ok && !m.quoted {
			fixes = c.fix(m, own)
		}
		c.report(m.expr, c.declaration(m), fixes, "%s", msg)
	}
}

// twins are the codes of s that mean the same failure as a number of other.
func (c *Context) twins(m *sink, s, other *catalog.Space) []catalog.Code {
	var out []catalog.Code
	for _, t := range c.Catalog.Twins(other, m.code) {
		if own, ok := s.Find(t.Value); ok && own == t {
			out = append(out, t)
		}
	}
	return out
}
