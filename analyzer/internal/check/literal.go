package check

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/behavior"
)

// ofNetHTTP reports whether a constant is declared in net/http.
func ofNetHTTP(obj types.Object) bool {
	return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "net/http"
}

// other returns the other space in which a number is documented.
func (c *Context) other(m *meant) *catalog.Space {
	for i, s := range c.Catalog.Spaces {
		if i == m.space {
			continue
		}
		if _, ok := s.Lookup(m.number); ok {
			return s
		}
		if ofNetHTTP(m.object) && s.Constants == "net/http" {
			return s
		}
	}
	return nil
}

// isMixed reports whether a constant is one of the other space.
func (c *Context) isMixed(m *meant) (*catalog.Space, bool) {
	s := c.spaceOf(m)
	other := c.other(m)
	if other == nil {
		return nil, false
	}
	if ofNetHTTP(m.object) && s.Constants != "net/http" {
		if s.IsSuccess(m.number) && other.IsSuccess(m.number) && !c.Options.SuccessLiterals {
			return nil, false
		}
		return other, true
	}
	if _, ok := s.Lookup(m.number); ok || s.NamedByHTTP(m.number) {
		return nil, false
	}
	return other, true
}

func (c *Context) declaration(m *meant) []analysis.RelatedInformation {
	if m.object == nil || !m.object.Pos().IsValid() || m.object.Pkg() != c.Pass.Pkg {
		return nil
	}
	return []analysis.RelatedInformation{{Pos: m.object.Pos(), Message: m.object.Name() + " is declared here"}}
}

func (m *meant) shown() string { return fmt.Sprint(m.number) }

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
	for _, m := range c.constants() {
		other, ok := c.isMixed(m)
		if !ok {
			continue
		}
		m.judged = true
		s := c.spaceOf(m)
		msg := fmt.Sprintf("%s is %s, and this is %s", m.shown(), a(other.Noun), c.place(s))
		twins := c.twins(m, s, other)
		if own, ok := s.Lookup(m.number); ok {
			msg += fmt.Sprintf(": here the number means %s", own)
			if len(twins) > 0 {
				msg += "; the status's failure is " + list(twins)
			}
		} else if len(twins) > 0 {
			msg += ": the same failure is " + list(twins)
		}
		var fixes []analysis.SuggestedFix
		if own, ok := s.Lookup(m.number); ok && !m.quoted {
			fixes = c.fix(m, own)
		}
		c.report(m.expr, c.declaration(m), fixes, "%s", msg)
	}
}

// twins are the codes of s that mean the same failure as a number of other.
func (c *Context) twins(m *meant, s, other *catalog.Space) []catalog.Code {
	var out []catalog.Code
	for _, t := range c.Catalog.Twins(other, m.number) {
		if own, ok := s.Lookup(int64(t.Number)); ok && own == t {
			out = append(out, t)
		}
	}
	return out
}

// fix offers the constant for a code, if there is one.
func (c *Context) fix(m *meant, code catalog.Code) []analysis.SuggestedFix {
	name, edits, ok := c.candidates().Choose(m.file, m.expr, m.space, int64(code.Number))
	if !ok {
		return nil
	}
	return []analysis.SuggestedFix{{Message: "Use " + name, TextEdits: edits}}
}

func unknown(c *Context) {
	for _, m := range c.constants() {
		s := c.spaceOf(m)
		if m.judged || m.number < 0 || s.NamedByHTTP(m.number) {
			continue
		}
		if _, ok := s.Lookup(m.number); ok {
			continue
		}
		if _, ok := c.isMixed(m); ok {
			continue
		}
		if m.number == 0 && (!m.compared || m.absent || c.comparesSuccess(m)) {
			continue
		}
		m.judged = true
		msg := fmt.Sprintf("%s is no documented %s %s", m.shown(), c.Catalog.Title, s.Noun)
		if near, ok := s.Nearest(m.number); ok {
			msg += fmt.Sprintf("; did you mean %s?", near)
		}
		c.report(m.expr, c.declaration(m), nil, "%s", msg)
	}
}

// comparesSuccess reports whether the same declaration compares a code of the space or the
// error that holds it with success, or has a limit for it: 0 is then no success, but an answer that never came.
func (c *Context) comparesSuccess(m *meant) bool {
	if c.divided[division{m.decl, m.space}] {
		return true
	}
	for _, o := range c.constants() {
		if o.decl == m.decl && o.space == m.space && o.compared && c.spaceOf(o).IsSuccess(o.number) {
			return true
		}
	}
	return c.comparesNil(m)
}

// comparesNil reports whether the same declaration compares an error that holds a code of
// the space with nil, which is its success.
func (c *Context) comparesNil(m *meant) bool {
	for _, s := range c.sources() {
		if s.Shape != behavior.Err || s.Space != m.space || s.Instr == nil {
			continue
		}
		if at := s.Instr.Pos(); at < m.decl.Pos() || m.decl.End() <= at {
			continue
		}
		for _, v := range c.Engine.Behaviour(s).Comparisons() {
			if b, ok := v.(*ssa.BinOp); ok && behavior.IsNilTest(b) {
				return true
			}
		}
	}
	return false
}

func magic(c *Context) {
	type key struct {
		space  int
		number int64
	}
	first := make(map[key]*meant)
	count := make(map[key]int)
	var order []key
	for _, m := range c.constants() {
		s := c.spaceOf(m)
		code, ok := s.Lookup(m.number)
		if !ok || !m.literal || m.judged || s.IsSuccess(m.number) && !c.Options.SuccessLiterals {
			continue
		}
		if _, ok := c.isMixed(m); ok {
			continue
		}
		if !m.quoted {
			if fixes := c.fix(m, code); fixes != nil {
				c.report(m.expr, nil, fixes, "magic %s %s: %s; use %s", s.Noun, trimmed(code), code.Brief()+")", fixes[0].Message[len("Use "):])
				continue
			}
		}
		if c.silenced(m.expr.Pos(), c.category) {
			continue // the next use stands for the others
		}
		k := key{m.space, m.number}
		if first[k] == nil {
			first[k] = m
			order = append(order, k)
		}
		count[k]++
	}
	for i, k := range order {
		m := first[k]
		s := c.spaceOf(m)
		code, _ := s.Lookup(m.number)
		places := ""
		if n := count[k]; n > 1 {
			places = fmt.Sprintf(" (%d places)", n)
		}
		unseen := ""
		if path := c.candidates().Unseen(); path != "" && i == 0 {
			unseen = fmt.Sprintf("; no fix uses %s, the package of -constants, since nothing that package %s imports imports it", path, c.Pass.Pkg.Name())
		}
		c.report(m.expr, nil, nil, "magic %s %s: %s)%s; use a named constant%s", s.Noun, trimmed(code), code.Brief(), places, unseen)
	}
}

// trimmed is a code without its closing parenthesis: "1008 (RateLimited".
func trimmed(code catalog.Code) string {
	s := code.String()
	return s[:len(s)-1]
}
