package analyzer

import (
	"errors"
	"flag"
	"fmt"
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

func (r requirement) matches(s *catalog.Space, c catalog.Code) bool {
	switch {
	case s.Succeeds(c.Value()):
		return false
	case r.group != "":
		return c.Group == r.group
	case r.class != "":
		return string(c.Retry) == r.class
	}
	return c.Value().String() == r.code && (r.space == "" || r.space == s.Name)
}

// read checks everything that needs no catalog.
func (s *settings) read() error {
	if err := checkNames(s.Checks); err != nil {
		return err
	}
	s.specs, s.require = nil, nil
	for _, o := range s.Origins {
		spec, err := origin.ParseSpec(o)
		if err != nil {
			return fmt.Errorf("-origin: %w", err)
		}
		s.specs = append(s.specs, spec)
	}
	for _, r := range s.Require {
		req, err := parseRequirement(r)
		if err != nil {
			return fmt.Errorf("-require: %w", err)
		}
		s.require = append(s.require, req)
	}
	return nil
}

func checkNames(names []string) error {
	known := check.Names()
	for _, n := range names {
		name := strings.TrimPrefix(n, "-")
		if n != "all" && !slices.Contains(known, name) {
			return fmt.Errorf("-checks: there is no check %q; the checks are all, %s", name, strings.Join(known, ", "))
		}
	}
	return nil
}

func parseRequirement(s string) (requirement, error) {
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
	space, number, ok := strings.Cut(s, "/")
	if !ok {
		space, number = "", s
	}
	if !strings.ContainsFunc(number, isDigit) || strings.ContainsFunc(number, func(r rune) bool { return !isDigit(r) && (r < 'A' || r > 'Z') }) {
		return requirement{}, fmt.Errorf("%q is no code; write a number, SPACE/NUMBER, group:NAME or class:NAME", s)
	}
	if _, err := strconv.ParseInt(number, 10, 64); errors.Is(err, strconv.ErrRange) {
		return requirement{}, fmt.Errorf("%q is no code: the number is too large", s)
	}
	return requirement{space: space, code: number}, nil
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// known checks what needs the catalogs: that spaces, groups and codes exist.
func (s *settings) known() error {
	for _, spec := range s.specs {
		if !slices.ContainsFunc(s.catalogs, func(c *catalog.Catalog) bool { return c.Index(strings.TrimPrefix(spec.Space, c.Name+"/")) >= 0 }) {
			return fmt.Errorf("-origin: the catalog has no space %q", spec.Space)
		}
	}
	for _, r := range s.require {
		found := false
		for _, c := range s.catalogs {
			for _, space := range c.Spaces {
				for _, code := range space.Codes {
					found = found || r.matches(space, code)
				}
			}
		}
		if !found {
			return fmt.Errorf("-require: no code of the catalog is meant by %s", r)
		}
	}
	return nil
}

func (r requirement) String() string {
	switch {
	case r.group != "":
		return "group:" + r.group
	case r.class != "":
		return "class:" + r.class
	case r.space != "":
		return r.space + "/" + r.code
	}
	return r.code
}

// required lists the codes of a space that the user adds.
func (s *settings) required(space *catalog.Space) []catalog.Code {
	var out []catalog.Code
	for _, c := range space.Codes {
		if slices.ContainsFunc(s.require, func(r requirement) bool { return r.matches(space, c) }) {
			out = append(out, c)
		}
	}
	return out
}

// enabled reports whether a category is to be reported.
func (s *settings) enabled(category string) bool {
	if len(s.Checks) == 0 {
		return true
	}
	on := strings.HasPrefix(s.Checks[0], "-")
	for _, n := range s.Checks {
		switch {
		case n == "all" || n == category:
			on = true
		case n == "-"+category:
			on = false
		}
	}
	return on
}

func (s *settings) flags() flag.FlagSet {
	fs := flag.NewFlagSet("retcode", flag.ContinueOnError)
	fs.Var(&listFlag{list: &s.Checks, replace: true, check: func(l []string) error { return checkNames(l) }}, "checks", "the `checks` to run, such as all,-magic (default all):\n"+checkHelp())
	fs.BoolVar(&s.IncludeTests, "include-tests", s.IncludeTests, "report in _test.go files too")
	fs.BoolVar(&s.SuccessLiterals, "success-literals", s.SuccessLiterals, "magic reports literal success values such as 200 too")
	fs.Var(&listFlag{list: &s.Origins, check: func(l []string) error {
		for _, o := range l {
			if _, err := origin.ParseSpec(o); err != nil {
				return err
			}
		}
		return nil
	}}, "origin", "a further origin `PKG.TYPE.FIELD=SPACE`; methods, functions and variables too; repeatable")
	fs.Var(&listFlag{list: &s.Require, check: func(l []string) error {
		for _, r := range l {
			if _, err := parseRequirement(r); err != nil {
				return err
			}
		}
		return nil
	}}, "require", "`codes` that every dispatch has to deal with: 1016, business/1016, group:NAME, class:NAME; repeatable")
	fs.BoolVar(&s.DefaultSignifiesExhaustive, "default-signifies-exhaustive", s.DefaultSignifiesExhaustive, "a default stands for every case that a switch omits")
	fs.BoolVar(&s.Boundary, "boundary", s.Boundary, "report codes lost in functions that answer their own client, too")
	fs.StringVar(&s.Constants, "constants", s.Constants, "`import/path` of the package whose constants fixes may import")
	return *fs
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
