package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/cmd/internal/cmdline"
	"github.com/go-retcode/retcode/cmd/internal/gen"
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
		{"explain", "[PACKAGE] [CATALOG/][SPACE/]CODE", "what a code means, and whether to call again", answer("explain", explain)},
		{"list", "[CATALOG|PACKAGE]", "the catalogs, or the codes of one, as text, Markdown or JSON", answer("list", list)},
		{"gen", "[flags] SOURCE", "a Go package of the codes of a catalog, or of a table, enum or document of yours", answer("gen", gen.Run)},
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

// usagef returns the error of a wrong use.
func usagef(format string, args ...any) error { return cmdline.Errorf(format, args...) }

// answer makes a command of a function that writes all that it has to say, or returns why
// it cannot. The exit code is 0, 1 if it could not answer, 2 for a wrong use.
func answer(name string, f func(args []string, stdout io.Writer) error) func([]string, io.Writer, io.Writer) int {
	return func(args []string, stdout, stderr io.Writer) int {
		err := f(args, stdout)
		var usage *cmdline.Error
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

// catalogs are those that retcode knows by itself: first those of APIs that programs call
// themselves, then those of APIs that are behind libraries, by name.
func catalogs() []*catalog.Catalog {
	all := catalog.All()
	slices.SortStableFunc(all, func(a, b *catalog.Catalog) int { return cmp.Compare(a.Nature, b.Nature) })
	return all
}

func namesOf(list []*catalog.Catalog) []string {
	var names []string
	for _, c := range list {
		names = append(names, c.Name)
	}
	return names
}

func catalogNamed(list []*catalog.Catalog, name string) (*catalog.Catalog, bool) {
	for _, c := range list {
		if c.Name == name {
			return c, true
		}
	}
	return nil, false
}

// oneOf joins words: "a, b or c".
func oneOf(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
