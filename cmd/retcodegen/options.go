package main

import (
	"flag"
	"fmt"
	"go/token"
	"io"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/cmd/internal/choice"
)

// options are the flags, checked.
type options struct {
	*choice.Choice
	pkg, out, prefix string
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
	fs.StringVar(&spaces, "spaces", "", "`list` of spaces, of: "+strings.Join(choice.SpaceNames(c), ", ")+" (default "+c.Origins.CodeSpace+")")
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
	var err error
	if o.Choice, err = choice.New(c, spaces, groups, c.Origins.CodeSpace); err != nil {
		return nil, usagef("%v", err)
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
