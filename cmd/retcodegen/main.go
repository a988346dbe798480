// Retcodegen writes a catalog of return codes as Go constants.
//
// Made for go:generate:
//
//	//go:generate go run github.com/go-retcode/retcode/cmd/retcodegen -o codes.go
//
// The file has untyped constants in a group marked //retcode:code, and the
// predicate Retryable, so that retcode knows both in every package.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

func main() {
	os.Exit(run(os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// run returns the exit code: 0, 1 if it could not answer, 2 for a wrong use.
func run(args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	err := generate(catalog.Embedded(), args, getenv, stdout)
	var usage *usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "retcodegen: %v (see retcodegen -help)\n", err)
		return 2
	}
	fmt.Fprintf(stderr, "retcodegen: %v\n", err)
	return 1
}

// generate does what args say.
func generate(c *catalog.Catalog, args []string, getenv func(string) string, stdout io.Writer) error {
	opts, err := parseOptions(c, args, getenv, stdout)
	if err != nil {
		return err
	}
	out, err := goSource(c, opts)
	if err != nil {
		return err
	}
	if opts.out == "" {
		_, err = stdout.Write(out)
		return err
	}
	return os.WriteFile(opts.out, out, 0o644)
}
