package handling

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/cmdline"
)

const usage = `usage: retcode map [flags] [packages]

map shows what a program does for each return code that its calls can answer with.
Without packages it takes ./...

	retcode map -code 1008 ./...              what is done, everywhere, for 1008
	retcode map -unhandled ./...              where retryable codes are not told apart
	retcode map -format html -o map.html      a page to look around in
	retcode map -diff main...                 what changed since this branch left main
	retcode map -since v1.4.0                 which codes changed, and which calls that touches

Flags:
`

// options are what the command line asks for.
type options struct {
	format, out, diff, since string
	wide, unhandled          bool
	silenced                 bool
	codes                    codeList
	function                 *regexp.Regexp
	pattern                  string // of it, as it was given
	color                    string
	patterns                 []string
}

func formats() []string {
	return []string{"text", "html", "json", "sarif", "dot", "mermaid", "markdown"}
}

// errHelp says that the usage was asked for and written.
var errHelp = errors.New("help")

// HasFlag reports whether the command has a flag of that name.
func HasFlag(name string) bool { return new(options).flags().Lookup(name) != nil }

// flags are the command's own.
func (o *options) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("map", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&o.format, "format", "text", "what to write: `NAME` is "+strings.Join(formats(), ", "))
	fs.StringVar(&o.out, "o", "", "write to `FILE` instead of standard output, in the format that its ending names")
	fs.BoolVar(&o.wide, "w", false, "text: one line for each class of codes, with all that is known")
	fs.StringVar(&o.color, "color", "auto", "text: colours `WHEN`: auto, always or never")
	fs.Var(&o.codes, "code", "only `CODES`, by value or name: 1008, postgresql/40001, Unavailable; several with commas")
	fs.BoolVar(&o.unhandled, "unhandled", false, "only calls where retryable codes are not told apart, or failures are dropped or only logged")
	fs.BoolVar(&o.silenced, "silenced", true, "with the findings that a directive silences")
	fs.Func("func", "only calls in functions that `REGEXP` matches, with the package path in front or not; or a method as the map writes it: (*Client).Send", func(s string) error {
		o.pattern = s
		if strings.Contains(s, "(*") { // a name as the map shows it; no expression has that
			s = `(^|\.)` + regexp.QuoteMeta(s) + "$"
		}
		re, err := regexp.Compile(s)
		o.function = re
		return err
	})
	fs.StringVar(&o.diff, "diff", "", "what changed since `BASE`: a git revision, A..B, BASE... for the merge base, or a report in JSON")
	fs.StringVar(&o.since, "since", "", "which codes changed since `OLD`: a catalog file or a git revision")
	return fs
}

// parse reads the command line. It returns errHelp if only help is asked for.
func parse(args []string, stderr io.Writer, more func(*flag.FlagSet)) (*options, error) {
	o := &options{}
	fs := o.flags()
	if more != nil {
		more(fs)
	}
	err := fs.Parse(args)
	if err == nil {
		err = cmdline.Behind(fs, "retcode map", "packages", args)
	}
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stderr, usage)
		fs.SetOutput(stderr)
		fs.PrintDefaults()
		return nil, errHelp
	} else if err != nil {
		if name, suggestion, ok := cmdline.Unknown(fs, err); ok {
			err = fmt.Errorf("there is no flag -%s%s", name, suggestion)
		}
		return nil, cmdline.Clear(err)
	}
	if o.patterns = fs.Args(); len(o.patterns) == 0 {
		o.patterns = []string{"./..."}
	}
	given := false
	fs.Visit(func(f *flag.Flag) { given = given || f.Name == "format" })
	if form := formOf(o.out); !given && form != "" {
		if o.format = form; form == "markdown" && o.diff == "" && o.since == "" {
			return nil, fmt.Errorf("-o %s: Markdown is for -diff and -since; name a map .html, .json or .txt, or say -format text", o.out)
		}
	}
	return o, o.check()
}

// formOf is the form of a file of that name, or "" where that tells nothing.
func formOf(name string) string {
	name = strings.ToLower(name)
	for _, e := range []struct{ ending, format string }{
		{".sarif.json", "sarif"}, {".sarif", "sarif"}, {".json", "json"}, {".html", "html"}, {".htm", "html"},
		{".dot", "dot"}, {".gv", "dot"}, {".mmd", "mermaid"}, {".mermaid", "mermaid"}, {".md", "markdown"},
	} {
		if strings.HasSuffix(name, e.ending) {
			return e.format
		}
	}
	return ""
}

// draws reports whether what is written is a drawing of one function.
func (o *options) draws() bool { return o.format == "dot" || o.format == "mermaid" }

func (o *options) check() error {
	comparing := o.diff != "" || o.since != ""
	switch {
	case !slices.Contains(formats(), o.format):
		return fmt.Errorf("-format %s: there is %s", o.format, strings.Join(formats(), ", "))
	case !slices.Contains([]string{"auto", "always", "never"}, o.color):
		return fmt.Errorf("-color %s: there is auto, always, never", o.color)
	case o.diff != "" && o.since != "":
		return errors.New("-diff compares programs and -since tables of codes: give one of them")
	case comparing && o.unhandled:
		return errors.New("-unhandled chooses rows of a map, and -diff and -since compare: give one of them")
	case comparing && o.format != "text" && o.format != "markdown":
		return fmt.Errorf("-format %s cannot show a comparison: take text or markdown", o.format)
	case !comparing && o.format == "markdown":
		return errors.New("-format markdown is for -diff and -since")
	case o.draws() && o.function == nil:
		return fmt.Errorf("-format %s draws one function: name it with -func", o.format)
	case o.wide && o.format != "text":
		return errors.New("-w is for -format text")
	}
	return nil
}

// A codeList is the value of -code.
type codeList []string

func (l *codeList) String() string { return strings.Join(*l, ",") }

func (l *codeList) Set(s string) error {
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part == "" {
			return errors.New("a code is a value or a name, such as 1008, postgresql/40001 or Unavailable")
		}
		*l = append(*l, part)
	}
	return nil
}

// flat is a name without what its spellings differ in: UniqueViolation, unique_violation.
func flat(name string) string { return strings.ReplaceAll(name, "_", "") }

// matches reports whether an element of -code names a code of a space: VALUE or NAME, with
// the API, the space's name, its ID or API/SPACE in front.
func matches(element string, space *report.Space, c report.Code) bool {
	head, code := "", element
	if i := strings.LastIndex(element, "/"); i >= 0 {
		head, code = element[:i], element[i+1:]
	}
	if !strings.EqualFold(code, c.Value.String()) && (c.Name == "" || !strings.EqualFold(flat(code), flat(c.Name))) {
		return false
	}
	return head == "" || slices.Contains([]string{space.API, space.Name, space.ID, space.API + "/" + space.Name}, head)
}

// has reports whether the list names a code.
func (l codeList) has(space *report.Space, c report.Code) bool {
	return slices.ContainsFunc(l, func(element string) bool { return matches(element, space, c) })
}
