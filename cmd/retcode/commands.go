package main

import (
	"errors"
	"flag"
	"fmt"
	"io"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// A command is reached as `retcode NAME`. Without one, retcode checks packages.
type command struct {
	name string
	args string // as usage shows them
	doc  string // one line
	run  func(args []string, stdout, stderr io.Writer) (exitCode int)
}

// commands lists the commands in the order in which help shows them.
func commands() []command {
	return []command{
		{"map", "[flags] packages", "what a program does for each code, as a table, a page, JSON, SARIF or a drawing", handled},
		{"explain", "[CATALOG/][SPACE/]CODE", "what a code means, and whether to call again", answer("explain", explain)},
		{"list", "[CATALOG]", "the codes of a catalog, as text, Markdown or JSON", answer("list", list)},
		{"help", "[check|catalog|directive|COMMAND]", "how to use retcode", answer("help", help)},
		{"version", "", "the versions of retcode, its catalogs and Go", answer("version", version)},
	}
}

// commandOf returns the command that the arguments of the process name. A pattern of that
// name is a package's path only in the standard library or below a dot.
func commandOf(args []string) (command, bool) {
	for _, c := range commands() {
		if len(args) > 0 && args[0] == c.name {
			return c, true
		}
	}
	return command{}, false
}

// A usageError is a wrong argument.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// answer makes a command of a function that writes all that it has to say, or returns why
// it cannot. The exit code is 0, 1 if it could not answer, 2 for a wrong use.
func answer(name string, f func(args []string, stdout io.Writer) error) func([]string, io.Writer, io.Writer) int {
	return func(args []string, stdout, stderr io.Writer) int {
		err := f(args, stdout)
		var usage *usageError
		switch {
		case err == nil:
			return 0
		case errors.Is(err, flag.ErrHelp):
			if err := help([]string{name}, stdout); err == nil {
				return 0
			}
		case errors.As(err, &usage):
			fmt.Fprintf(stderr, "retcode %s: %v (see retcode help %s)\n", name, err, name)
			return 2
		}
		fmt.Fprintf(stderr, "retcode %s: %v\n", name, err)
		return 1
	}
}

// parseMixed parses flags that stand before, between and behind other arguments, and
// returns those.
func parseMixed(fs *flag.FlagSet, args []string) ([]string, error) {
	fs.SetOutput(io.Discard)
	var rest []string
	for {
		if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, err
		} else if err != nil {
			return nil, usagef("%v", err)
		}
		if fs.NArg() == 0 {
			return rest, nil
		}
		rest, args = append(rest, fs.Arg(0)), fs.Args()[1:]
	}
}

// catalogs are those that retcode knows by itself.
func catalogs() []*catalog.Catalog { return []*catalog.Catalog{catalog.Embedded()} }

func catalogNames() []string {
	var names []string
	for _, c := range catalogs() {
		names = append(names, c.Name)
	}
	return names
}

func catalogNamed(name string) (*catalog.Catalog, bool) {
	for _, c := range catalogs() {
		if c.Name == name {
			return c, true
		}
	}
	return nil, false
}
