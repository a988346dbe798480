package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/cmd/internal/choice"
	"github.com/go-retcode/retcode/cmd/internal/cmdline"
	"github.com/go-retcode/retcode/cmd/internal/near"
)

// A found is a code with the space and the catalog that it stands in.
type found struct {
	catalog *catalog.Catalog
	space   *catalog.Space
	code    catalog.Code
}

// path is what explain takes for this very code.
func (f found) path() string {
	if f.catalog.Package != "" {
		return fmt.Sprintf("%s/%v", f.space.Name, f.code.Value)
	}
	return fmt.Sprintf("%s/%s/%v", f.catalog.Name, f.space.Name, f.code.Value)
}

// explain writes what is known about one code, given by its value or a name, in each space
// that has it.
func explain(args []string, stdout io.Writer) error {
	fs := flag.NewFlagSet("explain", flag.ContinueOnError)
	spaces := fs.String("spaces", "", "")
	format := fs.String("format", "text", "")
	rest, err := cmdline.Parse(fs, args)
	if err != nil {
		return err
	}
	switch {
	case len(rest) == 0:
		return usagef("it needs a code, such as 1008, 40001, postgresql/40001 or UniqueViolation")
	case len(rest) > 1 && !isPackage(rest[0]) || len(rest) > 2:
		return usagef("it explains one code; what is %q for?", rest[len(rest)-1])
	}
	if err := near.OneOf("-format", *format, formats); err != nil {
		return usagef("%v", err)
	}
	rest = ownCode(rest)
	known := catalogs()
	if len(rest) == 2 {
		c, err := declared(rest[0])
		if err != nil {
			return err
		}
		known = []*catalog.Catalog{c}
	}
	all, asked, word, err := scope(known, rest[len(rest)-1], *spaces)
	if err != nil {
		return err
	}
	list := lookUp(all, word)
	chosen := slices.DeleteFunc(slices.Clone(list), func(f found) bool { return !asked(f.catalog, f.space) })
	if len(chosen) == 0 {
		return notFound(all, asked, list, word)
	}
	out, err := explained(chosen, *format)
	if err != nil {
		return err
	}
	_, err = stdout.Write(out)
	return err
}

// ownCode splits IMPORT/PATH/SPACE/CODE, as -require has it, into the package and the code.
func ownCode(args []string) []string {
	parts := strings.Split(args[0], "/")
	n := len(parts) - 2
	if len(args) > 1 || slices.Contains(parts, "") || n < 1 || n == 1 && !isPackage(args[0]) {
		return args
	}
	return []string{strings.Join(parts[:n], "/"), strings.Join(parts[n:], "/")}
}

// scope reads CATALOG/SPACE/CODE, of which the first or the first two may be missing, and a
// list of spaces. It returns the catalogs that are meant, which of their spaces are asked
// for, and the code.
func scope(known []*catalog.Catalog, arg, list string) (all []*catalog.Catalog, asked func(*catalog.Catalog, *catalog.Space) bool, word string, err error) {
	parts := strings.Split(arg, "/")
	if len(parts) > 3 || slices.Contains(parts, "") {
		return nil, nil, "", usagef("%q is no code; write CODE, CATALOG/CODE, SPACE/CODE or CATALOG/SPACE/CODE", arg)
	}
	all, word = known, parts[len(parts)-1]
	names := choice.Words(list)
	if list != "" && len(names) == 0 {
		return nil, nil, "", usagef("-spaces %q names no space", list)
	}
	if len(parts) > 1 {
		if c, ok := catalogNamed(known, parts[0]); ok {
			all, parts = []*catalog.Catalog{c}, parts[1:]
		} else if len(parts) == 3 {
			return nil, nil, "", usagef("unknown catalog %q%s; there is %s", parts[0], near.Suffix(parts[0], namesOf(known)), strings.Join(namesOf(known), ", "))
		}
	}
	if len(parts) > 1 {
		names = append(names, parts[0])
	}
	if len(names) > 1 && len(parts) > 1 {
		return nil, nil, "", usagef("%q names its space: -spaces has no effect", arg)
	}
	var have []string
	for _, c := range all {
		have = append(have, choice.SpaceNames(c)...)
	}
	what := "space"
	if len(parts) > 1 && len(all) > 1 {
		what, have = "catalog or space", append(namesOf(all), have...)
	}
	for _, name := range names {
		if err := near.OneOf(what, name, have); err != nil {
			return nil, nil, "", usagef("%v", err)
		}
	}
	asked = func(_ *catalog.Catalog, s *catalog.Space) bool {
		return len(names) == 0 || slices.Contains(names, s.Name)
	}
	return all, asked, word, nil
}

// valueIn reads a code of a space as people write it: a number, also as 0x1f, or a text in
// capitals or not. Of numbers only a text begins with zeros: 01004.
func valueIn(s *catalog.Space, word string) (catalog.Value, bool) {
	if s.Kind == catalog.StringKind {
		if s.Form.Length != 0 && len(word) != s.Form.Length {
			return catalog.Value{}, false
		}
		return catalog.StringValue(strings.ToUpper(word)), true
	}
	if len(word) > 1 && word[0] == '0' && '0' <= word[1] && word[1] <= '9' {
		return catalog.Value{}, false
	}
	n, err := strconv.ParseInt(word, 0, 64)
	return catalog.IntValue(n), err == nil
}

// isValue reports whether a word looks like a code, and not like the name of one.
func isValue(word string) bool { return word != "" && strings.ContainsAny(word[:1], "-0123456789") }

// flat is a name without what its spellings differ in: UniqueViolation, unique_violation.
func flat(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

// namesIn are the names of a code: the catalog's, and those of packages of constants.
func namesIn(s *catalog.Space, c catalog.Code) []string {
	names := []string{c.Name}
	if c.Condition != "" {
		names = append(names, c.Condition)
	}
	for _, a := range s.Aliases {
		if a.Value == c.Value {
			names = append(names, a.Name)
		}
	}
	for i := range s.Constants {
		if name, ok := s.Constants[i].NameOf(c); ok {
			names = append(names, name)
		}
	}
	return names
}

// lookUp finds a code by value or name in every space: two codes may share a name.
func lookUp(all []*catalog.Catalog, word string) []found {
	var out []found
	for _, c := range all {
		for _, s := range c.Spaces {
			if v, ok := valueIn(s, word); ok {
				if code, ok := s.Find(v); ok {
					out = append(out, found{c, s, code})
					continue
				}
			}
			for _, code := range s.Codes {
				if slices.ContainsFunc(namesIn(s, code), func(name string) bool { return flat(name) == flat(word) }) {
					out = append(out, found{c, s, code})
				}
			}
		}
	}
	return out
}

// notFound says why there is nothing to explain: the code is one of another space, or
// misspelt, or none.
func notFound(all []*catalog.Catalog, asked func(*catalog.Catalog, *catalog.Space) bool, elsewhere []found, word string) error {
	var titles, nouns, names []string
	suggestion := ""
	for _, c := range all {
		titles = append(titles, c.Title)
		for _, s := range c.Spaces {
			if !asked(c, s) {
				continue
			}
			nouns = append(nouns, c.Noun(s))
			for _, code := range s.Codes {
				names = append(names, namesIn(s, code)...)
			}
			v, ok := valueIn(s, word)
			if nearest, near := s.Nearest(v); ok && near && suggestion == "" {
				suggestion = fmt.Sprintf("; did you mean the %s %v?", c.Noun(s), nearest)
			}
		}
	}
	if len(elsewhere) > 0 {
		f := elsewhere[0]
		return fmt.Errorf("%s is no documented %s; it is %s: retcode explain %s", word, oneOf(nouns), f.catalog.A(f.space), f.path())
	}
	what := "code of " + oneOf(titles)
	if len(nouns) == 1 || len(all) == 1 && all[0].Package != "" {
		what = oneOf(nouns)
	}
	if suggestion != "" || isValue(word) {
		return fmt.Errorf("%s is no documented %s%s", word, what, suggestion)
	}
	return fmt.Errorf("%q is neither a documented %s nor the name of one%s", word, what, near.Suffix(word, names))
}

// explained shows codes in one of the forms.
func explained(list []found, format string) ([]byte, error) {
	var b bytes.Buffer
	if format == "json" {
		var out []jsonExplained
		for _, f := range list {
			out = append(out, jsonExplained{f.catalog.Name, f.space.Name, jsonCodeOf(f.catalog, f.space, f.code), f.advice(), first(f.constants())})
		}
		return marshal(out)
	}
	for i, f := range list {
		if i > 0 {
			b.WriteByte('\n')
		}
		if format == "markdown" {
			fmt.Fprintf(&b, "### %v\n\n", f.code)
			f.lines(func(label, value string) { fmt.Fprintf(&b, "- %s: %s\n", label, value) })
			continue
		}
		fmt.Fprintf(&b, "%v %s\n", f.code.Value, f.code.Name)
		f.lines(func(label, value string) { fmt.Fprintf(&b, "  %-8s %s\n", label, value) })
	}
	return b.Bytes(), nil
}

type jsonExplained struct {
	Catalog string `json:"catalog"`
	Space   string `json:"space"`
	jsonCode
	Advice   string `json:"advice"`
	Constant string `json:"constant,omitempty"`
}

// first returns the first of some words, or nothing.
func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

func (f found) success() bool { return f.space.Succeeds(f.code.Value) }

// advice says what to do about the code.
func (f found) advice() string {
	decides := f.catalog.Origins.CodeSpace
	switch {
	case !f.success():
		return f.catalog.Advice(f.code.Retry)
	case decides != "" && f.catalog.Package == "" && f.space.Name != decides:
		return "look at the code of the body; this value alone does not mean success"
	}
	return "nothing"
}

// constants are the names of the code in packages that the catalog knows.
func (f found) constants() []string {
	var names []string
	for _, k := range f.space.Constants {
		if name, ok := k.NameOf(f.code); ok {
			names = append(names, k.Package+"."+name)
		}
	}
	return names
}

// group is the name of the code's group, and what the vendor calls it.
func (f found) group() string {
	if g, ok := f.space.Group(f.code.Group); ok && g.Title != "" {
		return fmt.Sprintf("%s (%s)", g.Name, g.Title)
	}
	return f.code.Group
}

// lines calls line for each fact about the code.
func (f found) lines(line func(label, value string)) {
	class := "permanent"
	switch {
	case f.success():
		class = "success"
	case f.code.Retry != catalog.Permanent:
		class = string(f.code.Retry)
	}
	if f.catalog.Package != "" {
		line("space", fmt.Sprintf("%s (%s)", f.space.Name, f.space.Noun))
	} else {
		line("space", fmt.Sprintf("%s/%s (%s)", f.catalog.Name, f.space.Name, f.catalog.Noun(f.space)))
	}
	if f.code.Meaning != "" {
		line("meaning", f.code.Meaning)
	}
	if f.code.Condition != "" {
		line("name", f.code.Condition)
	}
	if group := f.group(); group != "" {
		line("group", group)
	}
	line("class", class)
	line("to do", f.advice())
	for _, set := range f.catalog.OwedBy(f.space, f.code.Value) {
		var owed []string
		for _, v := range set.Owes {
			if c, ok := f.space.Find(v); ok {
				owed = append(owed, c.String())
			}
		}
		line("owes", fmt.Sprintf("%s: %s", strings.Join(owed, ", "), set.Why))
	}
	for _, name := range f.constants() {
		line("constant", name)
	}
	f.twins(line)
}

// twins calls line for each code of another space that stands for the same failure.
func (f found) twins(line func(label, value string)) {
	for _, other := range f.catalog.Spaces {
		if other == f.space {
			continue
		}
		for _, twin := range f.catalog.Twins(f.space, f.code.Value) {
			if c, ok := other.Find(twin.Value); ok && c == twin {
				line("twin", fmt.Sprintf("%v, %s", twin, other.Noun))
			}
		}
	}
}
