package own

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

const tool = "retcode"

// The directives.
const (
	verbSpace  = "space"
	verbRetry  = "retry"
	verbGroup  = "group"
	verbOwes   = "owes"
	verbHost   = "host"
	verbPath   = "path"
	verbOrigin = "origin"
)

// Verbs lists the directives that declare an API.
func Verbs() []string {
	return []string{verbSpace, verbRetry, verbGroup, verbOwes, verbHost, verbPath, verbOrigin}
}

// usage is how each of them is written.
var usage = [...]struct{ verb, form string }{
	{verbSpace, "//retcode:space NAME [success=V,…] [open] [noun=\"…\"]"},
	{verbRetry, "//retcode:retry CLASS"},
	{verbGroup, "//retcode:group NAME"},
	{verbOwes, "//retcode:owes NAME,…"},
	{verbHost, "//retcode:host api.example.com"},
	{verbPath, "//retcode:path /v1/charges"},
	{verbOrigin, "//retcode:origin PKG.TYPE.FIELD=SPACE"},
}

func form(verb string) string {
	for _, u := range usage {
		if u.verb == verb {
			return u.form
		}
	}
	return ""
}

// A directive is one line that declares something of an API.
type directive struct {
	pos, end token.Pos
	verb     string
	words    []string
	quiet    bool // in a generated file, where nothing is reported
}

// parse reads a comment as a directive. What stands behind a second // is a comment on it.
func parse(c *ast.Comment) (directive, bool) {
	if !strings.HasPrefix(c.Text, "//"+tool+":") {
		return directive{}, false
	}
	parsed, ok := ast.ParseDirective(c.Slash, c.Text)
	if !ok || !slices.Contains(Verbs(), parsed.Name) {
		return directive{}, false
	}
	return directive{pos: c.Pos(), end: c.End(), verb: parsed.Name, words: split(parsed.Args)}, true
}

// split cuts text at blanks that stand in no quotes, up to a comment.
func split(text string) []string {
	var words []string
	word, quoted, in := "", false, false
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
			fallthrough
		case quoted || r != ' ' && r != '\t':
			word, in = word+string(r), true
		case in:
			words = append(words, word)
			word, in = "", false
		}
	}
	if in {
		words = append(words, word)
	}
	if i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "//") }); i >= 0 {
		words = words[:i]
	}
	return words
}

// near matches a comment that was meant as one of the directives that prose hardly has.
var near = regexp.MustCompile(`^//[ \t]*([A-Za-z]+)[ \t]*[:=._-][ \t]*((?i:space|retry|owes|host|origin))[ \t]+([^\n]+)$`)

// meant returns the directive that a comment was meant to be, if its spelling, blanks or capitals
// alone make it none.
func meant(c *ast.Comment) (string, bool) {
	if _, ok := parse(c); ok {
		return "", false
	}
	m := near.FindStringSubmatch(c.Text)
	if m == nil || catalog.Closest(m[1], []string{tool}) == "" {
		return "", false
	}
	verb, words := strings.ToLower(m[2]), split(m[3])
	ok := false
	switch verb {
	case verbSpace:
		ok = isName(words[0]) && !slices.ContainsFunc(words[1:], func(w string) bool { return w != "open" && !strings.Contains(w, "=") })
	case verbRetry:
		ok = slices.Contains(classNames(), words[0])
	case verbHost:
		ok = len(words) == 1 && strings.Contains(words[0], ".")
	case verbOrigin:
		ok = len(words) == 1 && strings.Contains(words[0], "=")
	case verbOwes:
		ok = len(words) == 1 && token.IsExported(words[0])
	}
	return strings.TrimSpace("//" + tool + ":" + verb + " " + strings.Join(words, " ")), ok
}

// isName reports whether a word can name a space or group.
func isName(s string) bool {
	return token.IsIdentifier(strings.ReplaceAll(s, "-", "_")) && s[0] != '-'
}

func classNames() []string {
	var names []string
	for _, k := range classes {
		names = append(names, string(k.Name))
	}
	return append(names, "permanent")
}

// unknown says that a word is none of the known, and which one was meant.
func unknown(what, word string, known []string) string {
	if best := catalog.Closest(word, known); best != "" {
		return fmt.Sprintf("unknown %s %s; did you mean %s?", what, word, best)
	}
	if len(known) > 12 {
		known = append(slices.Clone(known[:12]), "…")
	}
	return fmt.Sprintf("unknown %s %s; use one of %s", what, word, strings.Join(known, ", "))
}
