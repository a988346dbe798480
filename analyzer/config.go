package analyzer

import (
	"errors"
	"flag"
	"fmt"
	"go/build"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/check"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// Config is what a user may choose. The zero Config is the default.
type Config struct {
	// Checks are the categories to report: "all", NAME, or -NAME to leave one out.
	// None means all.
	Checks []string
	// Catalogs are the catalogs of the linter to use: "all", NAME, or -NAME to leave one out.
	// None means all. What packages declare by directives counts always.
	Catalogs []string
	// IncludeTests reports in _test.go files too, and lets them add flow.
	IncludeTests bool
	// SuccessLiterals lets magic report literals for success values as well.
	SuccessLiterals bool
	// Origins declares more origins, each as PKG.TYPE.FIELD=SPACE.
	Origins []string
	// Require lists codes that every dispatch has to deal with: a number, SPACE/NUMBER,
	// group:NAME or class:NAME.
	Require []string
	// DefaultSignifiesExhaustive takes a default for a case of every code.
	DefaultSignifiesExhaustive bool
	// Boundary reports lost codes in functions that answer their own client, too.
	Boundary bool
	// Handling makes the analyzer's result tell what the package does with codes; else the
	// result, a *report.Package, is empty.
	Handling bool
	// Constants is the import path of the package whose constants fixes may import.
	Constants string
	// OmitRelated leaves out the places that a finding refers to, for tools that take each for
	// a finding of its own.
	OmitRelated bool
}

// settings is a Config that was read.
type settings struct {
	Config
	catalogs []*catalog.Catalog
	specs    []origin.Spec
	require  []requirement
}

// A requirement is one element of Config.Require.
type requirement struct {
	space string
	code  string
	group string
	class string
}

func (r requirement) matches(in *catalog.Catalog, s *catalog.Space, c catalog.Code) bool {
	switch {
	case s.Succeeds(c.Value), r.space != "" && r.space != s.Name && r.space != in.Name+"/"+s.Name:
		return false
	case r.group != "":
		return c.Group == r.group
	case r.class != "":
		return string(c.Retry) == r.class
	}
	return c.Value.String() == r.code || in.Package != "" && r.space != "" && c.Name == r.code
}

// read checks everything that the catalogs can decide.
func (s *settings) read() error {
	if len(s.Checks) > 0 {
		if err := checkNames(s.Checks); err != nil {
			return fmt.Errorf("-checks: %w", err)
		}
	}
	if len(s.Catalogs) > 0 {
		if err := s.checkCatalogs(s.Catalogs); err != nil {
			return fmt.Errorf("-catalogs: %w", err)
		}
	}
	s.specs, s.require = nil, nil
	for _, o := range s.Origins {
		spec, err := parseOrigin(s.catalogs, o)
		if err != nil {
			return fmt.Errorf("-origin: %w", err)
		}
		s.specs = append(s.specs, spec)
	}
	for _, r := range s.Require {
		req, err := parseRequirement(s.catalogs, r)
		if err != nil {
			return fmt.Errorf("-require: %w", err)
		}
		s.require = append(s.require, req)
	}
	if err := checkImportPath(s.Constants); err != nil {
		return fmt.Errorf("-constants: %w", err)
	}
	return nil
}

// checkNames checks a list of -checks.
func checkNames(names []string) error {
	known := check.Names()
	for _, n := range names {
		name := strings.TrimPrefix(n, "-")
		if n != "all" && !slices.Contains(known, name) {
			return noSuch("check", name, known)
		}
	}
	if len(names) == 0 {
		return fmt.Errorf("the list names no check; leave the flag out to run all")
	}
	if s := (&settings{Config: Config{Checks: names}}); !slices.ContainsFunc(known, s.enabled) {
		return fmt.Errorf("every check is left out, so that nothing is reported")
	}
	return nil
}

// checkCatalogs checks a list of -catalogs.
func (s *settings) checkCatalogs(list []string) error {
	var known []string
	for _, c := range s.catalogs {
		if c.Package == "" {
			known = append(known, c.Name)
		}
	}
	for _, n := range list {
		name := strings.TrimPrefix(n, "-")
		if n == "all" || slices.Contains(known, name) {
			continue
		}
		return noSuch("catalog", name, known)
	}
	if len(list) == 0 {
		return fmt.Errorf("the list names no catalog; leave the flag out to use all")
	}
	return nil
}

// noSuch says that there is no check or catalog of a name, and which one is meant, or which there are.
func noSuch(what, name string, known []string) error {
	if near := catalog.Closest(name, known); near != "" {
		return fmt.Errorf("there is no %s %q; did you mean %s?", what, name, near)
	}
	return fmt.Errorf("there is no %s %q; the %[1]ss are all, %[3]s", what, name, strings.Join(known, ", "))
}

// parseOrigin reads an element of Config.Origins.
func parseOrigin(catalogs []*catalog.Catalog, s string) (origin.Spec, error) {
	spec, err := origin.ParseSpec(s)
	if err != nil {
		return spec, err
	}
	if !hasSpace(catalogs, spec.Space) && !isOwn(catalogs, spec.Space) {
		return spec, fmt.Errorf("%q: the catalog has no space %q; its spaces are %s", s, spec.Space, strings.Join(spaces(catalogs), ", "))
	}
	return spec, nil
}

// parseRequirement reads an element of Config.Require.
func parseRequirement(catalogs []*catalog.Catalog, s string) (requirement, error) {
	if r, ok := splitOwn(catalogs, s); ok {
		return r, nil
	}
	r, err := splitRequirement(s)
	if err != nil {
		return r, err
	}
	var groups []string
	for _, c := range catalogs {
		for _, space := range c.Spaces {
			if slices.ContainsFunc(space.Codes, func(code catalog.Code) bool { return r.matches(c, space, code) }) {
				return r, nil
			}
			groups = append(groups, space.GroupNames()...)
		}
	}
	slices.Sort(groups)
	switch {
	case r.group != "":
		return r, fmt.Errorf("there is no group %q; the groups are %s", r.group, strings.Join(slices.Compact(groups), ", "))
	case r.space != "" && !hasSpace(catalogs, r.space):
		return r, fmt.Errorf("%q: the catalog has no space %q; its spaces are %s", s, r.space, strings.Join(spaces(catalogs), ", "))
	}
	return r, fmt.Errorf("no code of the catalog that stands for a failure is meant by %q", s)
}

// hasSpace reports whether a catalog has a space, by its name or as CATALOG/SPACE.
func hasSpace(catalogs []*catalog.Catalog, name string) bool {
	return slices.ContainsFunc(catalogs, func(c *catalog.Catalog) bool { return c.Index(strings.TrimPrefix(name, c.Name+"/")) >= 0 })
}

func spaces(catalogs []*catalog.Catalog) []string {
	var names []string
	for _, c := range catalogs {
		for _, s := range c.Spaces {
			names = append(names, s.Name)
		}
	}
	return names
}

func splitRequirement(s string) (requirement, error) {
	if g, ok := strings.CutPrefix(s, "group:"); ok && g != "" {
		return requirement{group: g}, nil
	}
	if c, ok := strings.CutPrefix(s, "class:"); ok {
		switch catalog.Class(c) {
		case catalog.RateLimit, catalog.Transient, catalog.Poll:
			return requirement{class: c}, nil
		}
		return requirement{}, fmt.Errorf("there is no class %q; the classes are rate-limit, transient, poll", c)
	}
	space, number := "", s
	slash := strings.LastIndexByte(s, '/')
	if slash >= 0 {
		space, number = s[:slash], s[slash+1:]
	}
	if slash == 0 || !strings.ContainsFunc(number, isDigit) || strings.ContainsFunc(number, func(r rune) bool { return !isDigit(r) && (r < 'A' || r > 'Z') }) {
		return requirement{}, fmt.Errorf("%q is no code; write a number, SPACE/NUMBER, group:NAME or class:NAME", s)
	}
	if _, err := strconv.ParseInt(number, 10, 64); errors.Is(err, strconv.ErrRange) {
		return requirement{}, fmt.Errorf("%q is no code: the number is too large", s)
	}
	return requirement{space: space, code: number}, nil
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// checkImportPath refuses what no import declaration can name. None is no path.
func checkImportPath(s string) error {
	if s == "" {
		return nil
	}
	if build.IsLocalImport(s) || path.IsAbs(s) || path.Clean(s) != s || strings.ContainsAny(s, " \t\n\"'`\\!#$%&()*,:;<=>?[]^{|}") || strings.Contains(s, "...") {
		return fmt.Errorf("%q is no import path; write it as an import declaration does, such as example.com/app/codes", s)
	}
	return nil
}

// required lists the codes of a space of a catalog that the user adds.
func (s *settings) required(in *catalog.Catalog) func(*catalog.Space) []catalog.Code {
	return func(space *catalog.Space) []catalog.Code {
		var out []catalog.Code
		for _, c := range space.Codes {
			if slices.ContainsFunc(s.require, func(r requirement) bool { return r.matches(in, space, c) }) {
				out = append(out, c)
			}
		}
		return out
	}
}

// enabled reports whether a category is to be reported.
func (s *settings) enabled(category string) bool { return chosen(s.Checks, category) }

// uses reports whether a catalog counts.
func (s *settings) uses(c *catalog.Catalog) bool {
	return c.Package != "" || chosen(s.Catalogs, c.Name)
}

// chosen reports whether a list chooses a name; an empty one chooses all.
func chosen(list []string, name string) bool {
	if len(list) == 0 {
		return true
	}
	on := strings.HasPrefix(list[0], "-")
	for _, n := range list {
		switch n {
		case "all", name:
			on = true
		case "-" + name:
			on = false
		}
	}
	return on
}

func (s *settings) flags() flag.FlagSet {
	fs := flag.NewFlagSet("retcode", flag.ContinueOnError)
	fs.Var(&listFlag{list: &s.Checks, replace: true, check: checkNames}, "checks", "the `checks` to run, such as all,-magic (default all):\n"+checkHelp())
	fs.Var(&listFlag{list: &s.Catalogs, replace: true, check: s.checkCatalogs}, "catalogs", "the `catalogs` to use, such as all,-mysql (default all)")
	fs.BoolVar(&s.IncludeTests, "include-tests", s.IncludeTests, "report in _test.go files too")
	fs.BoolVar(&s.SuccessLiterals, "success-literals", s.SuccessLiterals, "magic reports literal success values such as 200 too")
	fs.Var(&listFlag{list: &s.Origins, check: each(s.catalogs, parseOrigin)}, "origin", "a further origin `PKG.TYPE.FIELD=SPACE`; methods, functions and variables too; repeatable")
	fs.Var(&listFlag{list: &s.Require, check: each(s.catalogs, parseRequirement)}, "require", "`codes` that every dispatch has to deal with: 1016, business/1016, group:NAME, class:NAME; repeatable")
	fs.BoolVar(&s.DefaultSignifiesExhaustive, "default-signifies-exhaustive", s.DefaultSignifiesExhaustive, "a default stands for every case that a switch omits")
	fs.BoolVar(&s.Boundary, "boundary", s.Boundary, "report codes lost in functions that answer their own client, too")
	fs.Var(pathFlag{&s.Constants}, "constants", "`import/path` of the package whose constants fixes may import")
	fs.Var(related{&s.OmitRelated}, "related", "show the places that a finding refers to (default true)")
	return *fs
}

// each checks every element of a list, which must have one.
func each[T any](catalogs []*catalog.Catalog, parse func([]*catalog.Catalog, string) (T, error)) func([]string) error {
	return func(list []string) error {
		if len(list) == 0 {
			return fmt.Errorf("the list is empty; leave the flag out")
		}
		for _, s := range list {
			if _, err := parse(catalogs, s); err != nil {
				return err
			}
		}
		return nil
	}
}

func checkHelp() string {
	var b strings.Builder
	for i, c := range check.All() {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "  %-10s %s", c.Name, c.Doc)
	}
	return b.String()
}

// listFlag is a flag that holds a comma-separated list.
type listFlag struct {
	list    *[]string
	replace bool // each use replaces the one before
	set     bool // what was there before the first use is a default, and goes
	check   func([]string) error
}

func (f *listFlag) String() string {
	if f == nil || f.list == nil {
		return ""
	}
	return strings.Join(*f.list, ",")
}

func (f *listFlag) Set(s string) error {
	var list []string
	for w := range strings.SplitSeq(s, ",") {
		if w = strings.TrimSpace(w); w != "" {
			list = append(list, w)
		}
	}
	if err := f.check(list); err != nil {
		return err
	}
	if f.replace || !f.set {
		*f.list = nil
	}
	f.set = true
	*f.list = append(*f.list, list...)
	return nil
}

// pathFlag is a flag that holds an import path, or none.
type pathFlag struct{ path *string }

func (f pathFlag) String() string {
	if f.path == nil {
		return ""
	}
	return *f.path
}

func (f pathFlag) Set(s string) error {
	if err := checkImportPath(s); err != nil {
		return err
	}
	*f.path = s
	return nil
}

// related is the flag that is true unless related places are left out.
type related struct{ omit *bool }

func (related) IsBoolFlag() bool { return true }

func (f related) String() string { return strconv.FormatBool(f.omit == nil || !*f.omit) }

func (f related) Set(s string) error {
	show, err := strconv.ParseBool(s)
	if err != nil {
		return fmt.Errorf("%q is neither true nor false", s)
	}
	*f.omit = !show
	return nil
}
