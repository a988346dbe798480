package check

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

var (
	letters = regexp.MustCompile(`[0-9A-Za-z_]+`)
	digits  = regexp.MustCompile(`[0-9]+`)
	escapes = regexp.MustCompile(`\\[A-Za-z]`)
)

func text(c *Context) {
	for _, f := range c.Report.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				c.textCall(n)
			case *ast.BinaryExpr:
				if n.Op == token.EQL || n.Op == token.NEQ {
					c.textPair(n, n.X, n.Y)
					c.textPair(n, n.Y, n.X)
				}
			case *ast.SwitchStmt:
				for _, s := range n.Body.List {
					for _, e := range s.(*ast.CaseClause).List {
						if n.Tag != nil {
							c.textPair(e, n.Tag, e)
						}
					}
				}
			}
			return true
		})
	}
}

func (c *Context) textPair(at ast.Node, text, con ast.Expr) {
	if n, ok := ast.Unparen(con).(*ast.CallExpr); ok && len(n.Args) == 1 && c.Pass.TypesInfo.Types[n.Fun].IsType() {
		con = n.Args[0] // []byte("1008")
	}
	v := c.writtenOut(con)
	if v == nil {
		if texts := c.rangedTexts(con); len(texts) > 0 {
			c.textsFound(at, text, texts)
			return
		}
		c.textHelper(text, con)
		return
	}
	if v.Kind() == constant.String {
		c.textFound(at, text, constant.StringVal(v))
	}
}

// writtenOut is the value of a constant, or of a format that is filled with constants.
func (c *Context) writtenOut(e ast.Expr) constant.Value {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || c.Graph.NameOf(calleeOf(c.Pass.TypesInfo, call)) != "fmt.Sprintf" {
		return c.constant(e)
	}
	var parts []any
	for _, a := range call.Args {
		v := c.constant(a)
		if v == nil {
			return nil
		}
		parts = append(parts, constant.Val(v))
	}
	if format, ok := parts[0].(string); ok {
		return constant.MakeString(fmt.Sprintf(format, parts[1:]...))
	}
	return nil
}

func (c *Context) textCall(n *ast.CallExpr) {
	f := calleeOf(c.Pass.TypesInfo, n)
	if f == nil || f.Pkg() == nil || len(n.Args) == 0 {
		return
	}
	switch f.Pkg().Path() {
	case "strings", "bytes":
		switch f.Name() {
		case "Contains", "Equal", "HasPrefix", "HasSuffix", "Index", "LastIndex", "EqualFold", "Count", "Cut", "Split", "TrimPrefix", "CutPrefix", "CutSuffix":
			if len(n.Args) == 2 {
				c.textPair(n, n.Args[0], n.Args[1])
				c.textPair(n, n.Args[1], n.Args[0])
			}
		}
	case "regexp":
		c.textRegexp(n, f)
	}
}

// textRegexp judges a match of a constant expression against the text of a carrier.
func (c *Context) textRegexp(n *ast.CallExpr, f *types.Func) {
	if f.Signature().Recv() == nil {
		if (f.Name() == "MatchString" || f.Name() == "Match") && len(n.Args) == 2 {
			if v := c.writtenOut(n.Args[0]); v != nil {
				c.textFound(n, n.Args[1], wordsOf(constant.StringVal(v)))
				return
			}
			c.textPair(n, n.Args[1], n.Args[0])
		}
		return
	}
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	if pattern, ok := c.Engine.Pattern(c.Graph.Value(sel.X)); ok {
		c.textFound(n, n.Args[0], wordsOf(pattern))
	}
}

// wordsOf is a regular expression without its escapes, which would stick to the words beside
// them: what stands for a part of a word goes on with it, and all others end it.
func wordsOf(pattern string) string {
	return escapes.ReplaceAllStringFunc(pattern, func(e string) string {
		switch e[1] {
		case 'd':
			return "0"
		case 'w', 'S':
			return "_"
		}
		return " "
	})
}

// textFound reports a documented number in what is looked for in the text of a carrier.
func (c *Context) textFound(at ast.Node, text ast.Expr, pattern string) {
	v := c.Graph.Value(text)
	if v == nil || c.Graph.Bits(v)&fact.Text == 0 && !c.Graph.API(v) {
		return
	}
	if code, ok := c.lookedFor(pattern); ok {
		c.textReport(at, nil, v, code)
	}
}

// lookedFor is the first documented failure that stands in what is looked for: by a marker or
// prose of the API, or as a whole word or number.
func (c *Context) lookedFor(pattern string) (catalog.Code, bool) {
	for _, s := range c.Catalog.Spaces {
		for _, m := range c.Catalog.Mentions(s, pattern) {
			if m.Known && !s.Succeeds(m.Code.Value) && (!m.Prose || c.Graph.Reaches() && !c.isOthers(m, pattern)) {
				return m.Code, true
			}
		}
	}
	if !c.Catalog.Speaks("text", "words") || c.Graph.Inspected() && !c.Graph.Reaches() {
		return catalog.Code{}, false
	}
	for _, w := range letters.FindAllString(pattern, -1) {
		for _, candidate := range append(digits.FindAllString(w, -1), w) {
			if code, ok := c.documented(candidate); ok {
				return code, true
			}
		}
	}
	return c.successField(pattern)
}

// isOthers reports whether a prose goes on in another way than the longer ones of its code: a duplicate
// key name is not what a duplicate key value is.
func (c *Context) isOthers(m catalog.Mention, pattern string) bool {
	begins := func(text, with string) bool {
		return len(text) >= len(with) && strings.EqualFold(text[:len(with)], with)
	}
	rest := pattern[m.Start:]
	return slices.ContainsFunc(c.Catalog.Prose, func(l catalog.Prose) bool {
		return l.Code == m.Code.Value && len(l.Text) > len(m.Text) && begins(l.Text, m.Text) && !begins(l.Text, rest[:min(len(rest), len(l.Text))])
	})
}

// successField is the success that a pattern spells out as the code of an answer: "code":200.
func (c *Context) successField(pattern string) (catalog.Code, bool) {
	_, after, ok := strings.Cut(pattern, `"`+c.Catalog.Origins.CodeField+`"`)
	body := c.Graph.BodySpace()
	if !ok || body < 0 {
		return catalog.Code{}, false
	}
	space := c.Catalog.Spaces[body]
	v, ok := catalog.ParseValue(strings.Trim(after, `:, "}`), space.Kind)
	if !ok || !space.Succeeds(v) {
		return catalog.Code{}, false
	}
	return space.Find(v)
}

// textReport reports that codes are looked for in a carrier or its text.
func (c *Context) textReport(at analysis.Range, related []analysis.RelatedInformation, v ssa.Value, codes ...catalog.Code) {
	for _, s := range c.sourcesOf(v) {
		for _, k := range c.Engine.Partition(s).Cases {
			if !k.Success && (k.IsText(v) || k.Holds(v)) {
				c.once(s)
			}
		}
	}
	if c.Graph.Inspected() {
		c.libraryText(at, related, v, codes)
		return
	}
	where, instead := c.taken(v)
	if len(codes) > 1 {
		c.report(at, related, nil, "the codes %s are looked for in the text of %s, which may say them otherwise: %s the %s", list(codes), where, instead, numberOf(codes[0]))
		return
	}
	c.report(at, related, nil, "the code %s is looked for in the text of %s, which may say it otherwise: %s the %s", codes[0], where, instead, numberOf(codes[0]))
}

// taken is what a text is one of, and how to take the code from that.
func (c *Context) taken(v ssa.Value) (where, instead string) {
	x := ir.UnderConversion(v)
	if bytes, ok := x.(*ssa.Convert); ok {
		x = ir.UnderConversion(bytes.X)
	}
	if load, ok := x.(*ssa.UnOp); ok {
		if f, ok := load.X.(*ssa.FieldAddr); ok && ir.TypePath(f.X.Type()) == "net/http.Response" {
			return "a status", "compare StatusCode with"
		}
	}
	if ir.IsBytes(x.Type()) {
		return "an answer", "decode it and compare"
	}
	return "an error", "take it with errors.As into " + c.carrierName(v) + " and compare"
}

// numberOf is what a code is, for a message.
func numberOf(code catalog.Code) string {
	if code.Value.Kind() == catalog.StringKind {
		return "code"
	}
	return "number"
}

// documented is the failure that a word names; that of the code in a body goes first. A
// number of one or two digits names none.
func (c *Context) documented(word string) (catalog.Code, bool) {
	body := c.Graph.BodySpace()
	for i := range c.Catalog.Spaces {
		space := c.Catalog.Spaces[(body+i)%len(c.Catalog.Spaces)]
		v, ok := catalog.ParseValue(word, space.Kind)
		if !ok || len(word) < 3 || space.Kind == catalog.StringKind && isProse(word) {
			continue
		}
		if code, ok := space.Find(v); ok && !space.Succeeds(v) {
			return code, true
		}
	}
	return catalog.Code{}, false
}

// isProse reports whether a word is made of small letters alone, so that it says nothing of a code.
func isProse(word string) bool { return strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == "" }

// sourcesOf are the sources of the function that a value stands in.
func (c *Context) sourcesOf(v ssa.Value) []*interp.Source {
	if v.Parent() == nil {
		return nil
	}
	return c.Engine.Sources(v.Parent())
}

// carrierName is the type that holds the code, for a message.
func (c *Context) carrierName(v ssa.Value) string {
	for _, s := range c.sourcesOf(v) {
		for _, k := range c.Engine.Partition(s).Cases {
			if k.Success || !k.IsText(v) && !k.Holds(v) {
				continue
			}
			if types, ok := c.Engine.SeenCarrierTypes(s); ok {
				return short(slices.Concat(types.Outer, types.Inner)[0])
			}
		}
	}
	return "the type that the API returns"
}

// short drops the directories of an import path in a type's name.
func short(name string) string {
	star := ""
	if name != "" && name[0] == '*' {
		star, name = "*", name[1:]
	}
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' {
			return star + name[i+1:]
		}
	}
	return star + name
}
