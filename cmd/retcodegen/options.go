package main

import (
	"flag"
	"fmt"
	"go/token"
	"io"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// options are the flags, checked.
type options struct {
	pkg, out, prefix string
	spaces           []*catalog.Space
	groups           []string // none means all
}

// A usageError is a wrong flag.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

func parseOptions(c *catalog.Catalog, args []string, getenv func(string) string, help io.Writer) (*options, error) {
	var o options
	var spaces, groups string
	fs := flag.NewFlagSet("retcodegen", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&o.pkg, "package", "", "`name` of the Go package (default $GOPACKAGE, which go generate sets, else retcodes)")
	fs.StringVar(&o.out, "o", "", "`file` to write instead of standard output")
	fs.StringVar(&spaces, "spaces", "", "`list` of spaces, of: "+strings.Join(spaceNames(c), ", ")+" (default "+c.Origins.CodeSpace+")")
	fs.StringVar(&groups, "groups", "", "`list` of groups of codes (default all)")
	fs.StringVar(&o.prefix, "prefix", "", "`text` that the names of the Go constants begin with")
	if err := fs.Parse(args); err == flag.ErrHelp {
		fmt.Fprintf(help, "Retcodegen writes the %s return codes as Go constants.\n\nUsage: retcodegen [flags]\n\n", c.Title)
		fs.SetOutput(help)
		fs.PrintDefaults()
		return nil, err
	} else if err != nil {
		return nil, usagef("%v", err)
	}
	if fs.NArg() > 0 {
		return nil, usagef("unexpected argument %q", fs.Arg(0))
	}
	if err := o.selectCodes(c, spaces, groups); err != nil {
		return nil, err
	}
	if o.pkg == "" {
		o.pkg = getenv("GOPACKAGE")
	}
	if o.pkg == "" {
		o.pkg = "retcodes"
	}
	if !token.IsIdentifier(o.pkg) || o.pkg == "_" {
		return nil, usagef("-package %q is no package name", o.pkg)
	}
	if o.prefix != "" && (!token.IsIdentifier(o.prefix+"X") || o.prefix == "_") {
		return nil, usagef("-prefix %q is no beginning of a Go name", o.prefix)
	}
	return &o, nil
}

// selectCodes resolves the lists of spaces and groups.
func (o *options) selectCodes(c *catalog.Catalog, spaces, groups string) error {
	names := list(spaces)
	switch {
	case spaces != "" && len(names) == 0:
		return usagef("-spaces %q names no space", spaces)
	case spaces == "":
		names = []string{c.Origins.CodeSpace}
	}
	for _, name := range names {
		if _, ok := c.Space(name); !ok {
			return usagef("unknown space %q; use one of %s", name, strings.Join(spaceNames(c), ", "))
		}
	}
	var known []string
	for _, s := range c.Spaces {
		if slices.Contains(names, s.Name) {
			o.spaces = append(o.spaces, s)
			known = append(known, s.Groups...)
		}
	}
	o.groups = list(groups)
	if groups != "" && len(o.groups) == 0 {
		return usagef("-groups %q names no group", groups)
	}
	for _, g := range o.groups {
		if !slices.Contains(known, g) {
			slices.Sort(known)
			return usagef("unknown group %q; use one of %s", g, strings.Join(slices.Compact(known), ", "))
		}
	}
	return nil
}

// codes returns the chosen codes of a space.
func (o *options) codes(s *catalog.Space) []catalog.Code {
	if len(o.groups) == 0 {
		return s.Codes
	}
	return slices.DeleteFunc(slices.Clone(s.Codes), func(c catalog.Code) bool { return !slices.Contains(o.groups, c.Group) })
}

func spaceNames(c *catalog.Catalog) []string {
	var names []string
	for _, s := range c.Spaces {
		names = append(names, s.Name)
	}
	return names
}

// list splits a comma-separated list.
func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
