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
func (f found) path() string { return fmt.Sprintf("%s/%v", f.space.Name, f.code.Value) }

// explain writes what is known about one code, a number or a name, in each space that has it.
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
		return usagef("it needs a code, such as 1008, business/1008 or RateLimited")
	case len(rest) > 1 && !isPackage(rest[0]) || len(rest) > 2:
		return usagef("it explains one code; what is %q for?", rest[len(rest)-1])
	}
	if err := near.OneOf("-format", *format, formats); err != nil {
		return usagef("%v", err)
	}
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

// scope reads CATALOG/SPACE/CODE, of which the first or the first two may be missing, and a
// list of spaces. It returns the catalogs that are meant, which of their spaces are asked
// for, and the code.
func scope(known []*catalog.Catalog, arg, list string) (all []*catalog.Catalog, asked func(*catalog.Catalog, *catalog.Space) bool, word string, err error) {
	parts := strings.Split(arg, "/")
	if len(parts) > 3 || slices.Contains(parts, "") {
		return nil, nil, "", usagef("%q is no code; write CODE, SPACE/CODE or CATALOG/SPACE/CODE", arg)
	}
	all, word = known, parts[len(parts)-1]
	names := choice.Words(list)
	if list != "" && len(names) == 0 {
		return nil, nil, "", usagef("-spaces %q names no space", list)
	}
	if len(parts) > 1 {
		if c, ok := catalogNamed(parts[0]); ok {
			all, parts = []*catalog.Catalog{c}, parts[1:]
		} else if len(parts) == 3 {
			return nil, nil, "", usagef("unknown catalog %q%s; there is %s", parts[0], near.Suffix(parts[0], catalogNames()), strings.Join(catalogNames(), ", "))
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
	for _, name := range names {
		if err := near.OneOf("space", name, have); err != nil {
			return nil, nil, "", usagef("%v", err)
		}
	}
	asked = func(_ *catalog.Catalog, s *catalog.Space) bool {
		return len(names) == 0 || slices.Contains(names, s.Name)
	}
	return all, asked, word, nil
}

// valueOf reads a code as people write it: a number, in any of Go's forms, or a text.
func valueOf(word string) catalog.Value {
	if n, err := strconv.ParseInt(word, 0, 64); err == nil {
		return catalog.IntValue(n)
	}
	return catalog.StringValue(word)
}

// lookUp finds a code by number or name in every space.
func lookUp(all []*catalog.Catalog, word string) []found {
	var out []found
	v := valueOf(word)
	for _, c := range all {
		for _, s := range c.Spaces {
			code, ok := s.Find(v)
			if !ok {
				i := slices.IndexFunc(s.Codes, func(c catalog.Code) bool { return strings.EqualFold(c.Name, word) })
				if ok = i >= 0; ok {
					code = s.Codes[i]
				}
			}
			if ok {
				out = append(out, found{c, s, code})
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
	v := valueOf(word)
	_, number := v.Int()
	for _, c := range all {
		titles = append(titles, c.Title)
		for _, s := range c.Spaces {
			if !asked(c, s) {
				continue
			}
			nouns = append(nouns, c.Noun(s))
			for _, code := range s.Codes {
				names = append(names, code.Name)
			}
			if nearest, ok := s.Nearest(v); ok && suggestion == "" {
				suggestion = fmt.Sprintf("; did you mean the %s %v?", s.Noun, nearest)
			}
		}
	}
	if len(elsewhere) > 0 {
		f := elsewhere[0]
		return fmt.Errorf("%s is no documented %s; it is a %s: retcode explain %s", word, strings.Join(nouns, " or "), f.space.Noun, f.path())
	}
	what := strings.Join(titles, " or ") + " code"
	if len(all) == 1 && all[0].Package != "" {
		what = strings.Join(nouns, " or ")
	}
	if number {
		return fmt.Errorf("%v is no documented %s%s", v, what, suggestion)
	}
	return fmt.Errorf("%q is neither the number nor the name of a documented %s%s", word, what, near.Suffix(word, names))
}

// explained shows codes in one of the forms.
func explained(list []found, format string) ([]byte, error) {
	var b bytes.Buffer
	if format == "json" {
		var out []jsonExplained
		for _, f := range list {
			out = append(out, jsonExplained{f.catalog.Name, f.space.Name, jsonCodeOf(f.catalog, f.space, f.code), f.advice(), f.constant()})
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

func (f found) success() bool { return f.space.Succeeds(f.code.Value) }

// advice says what to do about the code.
func (f found) advice() string {
	switch {
	case !f.success():
		return f.catalog.Advice(f.code.Retry)
	case f.catalog.Package == "" && f.space.Name != f.catalog.Origins.CodeSpace:
		return "look at the code of the body; this value alone does not mean success"
	}
	return "nothing"
}

// constant names the constant of a package that the catalog knows, or nothing.
func (f found) constant() string {
	if pkg, name, ok := f.space.Constant(f.code); ok {
		return pkg + "." + name
	}
	return ""
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
	line("space", fmt.Sprintf("%s (%s)", f.space.Name, f.space.Noun))
	line("meaning", f.code.Meaning)
	line("group", f.code.Group)
	line("class", class)
	line("to do", f.advice())
	if name := f.constant(); name != "" {
		line("constant", name)
	}
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
