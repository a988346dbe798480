package gen

import (
	"flag"
	"fmt"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/cmd/internal/cmdline"
	"github.com/go-retcode/retcode/cmd/internal/near"
)

// options are the flags, checked as far as that needs no source.
type options struct {
	source    string
	form      form
	pkg, out  string
	force     bool
	prefix    string
	typ       string
	predicate string

	spaces, groups string // of a catalog

	space, noun string
	success     []string
	open        bool
	retry       []assignment
	columns     []assignment
	kind        string
	write       bool
}

// An assignment is NAME=VALUE of a flag.
type assignment struct{ name, value string }

// A form is a kind of source.
type form int

const (
	ofCatalog form = iota
	ofTable
	ofProto
	ofOpenAPI
	ofGo
)

// extensions are those by which the form of a file is known.
var extensions = []struct {
	ext  string
	form form
}{
	{".csv", ofTable}, {".tsv", ofTable}, {".proto", ofProto}, {".yaml", ofOpenAPI}, {".yml", ofOpenAPI}, {".json", ofOpenAPI}, {".go", ofGo},
}

// takes says for which forms a flag is; the others are for all but Go files.
var takes = map[string][]form{
	"spaces":    {ofCatalog},
	"groups":    {ofCatalog},
	"columns":   {ofTable},
	"kind":      {ofTable},
	"w":         {ofGo},
	"o":         {ofCatalog, ofTable, ofProto, ofOpenAPI, ofGo},
	"f":         {ofCatalog, ofTable, ofProto, ofOpenAPI, ofGo},
	"predicate": {ofCatalog, ofTable, ofProto, ofOpenAPI, ofGo},
	"type":      {ofCatalog, ofTable, ofProto, ofOpenAPI, ofGo},
	"space":     {ofTable, ofProto, ofOpenAPI, ofGo},
	"success":   {ofTable, ofProto, ofOpenAPI, ofGo},
	"retry":     {ofTable, ofProto, ofOpenAPI, ofGo},
	"noun":      {ofTable, ofProto, ofOpenAPI, ofGo},
	"open":      {ofTable, ofProto, ofOpenAPI, ofGo},
}

const defaultPredicate = "Retryable"

func parseOptions(args []string) (*options, error) {
	o := &options{}
	fs := flag.NewFlagSet("gen", flag.ContinueOnError)
	fs.StringVar(&o.pkg, "package", "", "")
	fs.StringVar(&o.out, "o", "", "")
	fs.BoolVar(&o.force, "f", false, "")
	fs.StringVar(&o.prefix, "prefix", "", "")
	fs.StringVar(&o.typ, "type", "", "")
	fs.StringVar(&o.predicate, "predicate", defaultPredicate, "")
	fs.StringVar(&o.spaces, "spaces", "", "")
	fs.StringVar(&o.groups, "groups", "", "")
	fs.StringVar(&o.space, "space", "", "")
	fs.StringVar(&o.noun, "noun", "", "")
	fs.Func("success", "", func(s string) error { o.success = append(o.success, strings.Split(s, ",")...); return nil })
	fs.BoolVar(&o.open, "open", false, "")
	fs.Func("retry", "", func(s string) error { return assign(&o.retry, s) })
	fs.Func("columns", "", func(s string) error {
		for part := range strings.SplitSeq(s, ",") {
			if err := assign(&o.columns, part); err != nil {
				return err
			}
		}
		return nil
	})
	fs.StringVar(&o.kind, "kind", "", "")
	fs.BoolVar(&o.write, "w", false, "")
	rest, err := cmdline.Parse(fs, args)
	if err != nil {
		return nil, err
	}
	switch {
	case len(rest) == 0:
		return nil, cmdline.Errorf("it needs a source: a catalog (%s), or a file: %s", strings.Join(catalog.Names(), ", "), strings.Join(exts(), ", "))
	case len(rest) > 1:
		return nil, cmdline.Errorf("it reads one source, %s; what is %q for?", rest[0], rest[1])
	}
	if o.source = rest[0]; o.source == "" {
		return nil, cmdline.Errorf("the source is an empty word; write a catalog or a file")
	}
	if o.form, err = formOf(o.source); err != nil {
		return nil, err
	}
	return o, o.check(fs)
}

func assign(to *[]assignment, s string) error {
	name, value, ok := strings.Cut(s, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || name == "" || value == "" {
		return fmt.Errorf("write NAME=VALUE")
	}
	*to = append(*to, assignment{name, value})
	return nil
}

func exts() []string {
	var out []string
	for _, e := range extensions {
		out = append(out, e.ext)
	}
	return out
}

// formOf says what kind of source a word names.
func formOf(source string) (form, error) {
	if slices.Contains(catalog.Names(), source) {
		return ofCatalog, nil
	}
	ext := strings.ToLower(filepath.Ext(source))
	for _, e := range extensions {
		if e.ext == ext {
			return e.form, nil
		}
	}
	if ext == "" && !strings.ContainsAny(source, `/\`) {
		return 0, cmdline.Errorf("%v, or a file: %s", near.OneOf("catalog", source, catalog.Names()), strings.Join(exts(), ", "))
	}
	return 0, cmdline.Errorf("%s is no source: a file ends in %s", source, strings.Join(exts(), ", "))
}

// check refuses flags that the source has no use for, and wrong values.
func (o *options) check(fs *flag.FlagSet) error {
	var err error
	fs.Visit(func(f *flag.Flag) {
		if forms, ok := takes[f.Name]; err == nil && (ok && !slices.Contains(forms, o.form) || !ok && o.form == ofGo) {
			err = cmdline.Errorf("-%s is not for %s", f.Name, o.what())
		}
		if err == nil && f.Value.String() == "" && slices.Contains([]string{"o", "package", "type", "space", "noun", "columns", "kind"}, f.Name) {
			if f.Name != "columns" {
				err = cmdline.Errorf("-%s is empty; leave it out, or give it a value", f.Name)
			}
		}
	})
	if err != nil {
		return err
	}
	if o.out != "" {
		o.out = filepath.Clean(o.out)
	}
	if o.form == ofGo && o.out == "" && (o.force || o.predicate != defaultPredicate) {
		return cmdline.Errorf("-f and -predicate are for a file of its own; name it with -o")
	}
	if o.write && o.out != "" {
		return cmdline.Errorf("-w adds directives to %s itself, and -o writes them into another file; choose one", o.source)
	}
	switch {
	case o.out != "" && filepath.Ext(o.out) != ".go":
		return cmdline.Errorf("-o %s: the name of a Go file ends in .go", o.out)
	case o.pkg != "" && !isPackageName(o.pkg):
		return cmdline.Errorf("-package %q is no package name", o.pkg)
	case o.prefix != "" && (!token.IsIdentifier(o.prefix+"X") || o.prefix == "_"):
		return cmdline.Errorf("-prefix %q is no beginning of a Go name", o.prefix)
	case o.predicate != "" && !isFree(o.predicate):
		return cmdline.Errorf("-predicate %q is no Go name for a function", o.predicate)
	case o.space != "" && !isSpaceName(o.space):
		return cmdline.Errorf("-space %q is no name of a space: letters, digits and dashes, such as billing", o.space)
	case strings.ContainsAny(o.noun, "\"\n"):
		return cmdline.Errorf("-noun %q has quotes or lines in it", o.noun)
	}
	if o.typ != "" && (o.form == ofCatalog || o.form == ofTable) && !isFree(o.typ) {
		return cmdline.Errorf("-type %q is no Go name for a type", o.typ)
	}
	for _, a := range o.retry {
		if _, err := classOf(a.value); err != nil {
			return cmdline.Errorf("-retry %s=%s: %v", a.name, a.value, err)
		}
	}
	if o.kind != "" {
		if err := near.OneOf("-kind", o.kind, []string{"int", "string"}); err != nil {
			return cmdline.Errorf("%v", err)
		}
	}
	return nil
}

// what names the source in a message.
func (o *options) what() string {
	switch o.form {
	case ofCatalog:
		return "a catalog: " + o.source + " says that itself"
	case ofGo:
		return "a .go file, to which directives are added in place; -w writes it"
	}
	return "a " + strings.ToLower(filepath.Ext(o.source)) + " file"
}

func isPackageName(s string) bool { return token.IsIdentifier(s) && s != "_" }

// isFree reports whether a name can be declared in a package.
func isFree(s string) bool {
	return token.IsIdentifier(s) && s != "_" && s != "init" && s != "main" && types.Universe.Lookup(s) == nil
}

// isSpaceName reports whether a word can name a space or group in a directive.
func isSpaceName(s string) bool {
	return s != "" && s[0] != '-' && token.IsIdentifier(strings.ReplaceAll(s, "-", "_"))
}

// classNames are the words of //retcode:retry.
func classNames() []string {
	return []string{
		string(catalog.RateLimit), string(catalog.Transient), string(catalog.Poll),
		string(catalog.Transaction), string(catalog.Unsure), permanent,
	}
}

const permanent = "permanent"

// classOf reads a retry class as a directive, a cell or a flag has it.
func classOf(word string) (string, error) {
	return word, near.OneOf("retry class", word, classNames())
}
