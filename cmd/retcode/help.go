package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/go-retcode/retcode/analyzer"
	"github.com/go-retcode/retcode/cmd/internal/gen"
	"github.com/go-retcode/retcode/cmd/internal/near"
)

const pages = "https://github.com/go-retcode/retcode/blob/main/docs/"

// topics are what help explains beside the commands.
var topics = []struct {
	name string
	text func() string
}{
	{"check", helpChecks},
	{"catalog", helpCatalog},
	{"directive", func() string { return directiveHelp }},
}

// help writes how to use retcode, or one topic or command.
func help(args []string, stdout io.Writer) error {
	switch len(args) {
	case 0:
		_, err := io.WriteString(stdout, usage())
		return err
	case 1:
	default:
		return usagef("it explains one thing; what is %q for?", args[1])
	}
	var known []string
	for _, t := range topics {
		if args[0] == t.name {
			_, err := io.WriteString(stdout, t.text())
			return err
		}
		known = append(known, t.name)
	}
	for _, c := range commands() {
		if args[0] == c.name {
			text, ok := commandHelp[c.name]
			if !ok { // its room tells its flags
				c.run([]string{"-h"}, stdout, stdout)
				return nil
			}
			_, err := io.WriteString(stdout, text)
			return err
		}
		known = append(known, c.name)
	}
	for _, name := range checkNames() {
		if args[0] == name {
			_, err := fmt.Fprintf(stdout, "%s: %schecks/%s.md\n", checkDocs()[name], pages, name)
			return err
		}
		known = append(known, name)
	}
	return usagef("there is no help on %q%s; there is help on %s", args[0], near.Suffix(args[0], known), strings.Join(known, ", "))
}

// usage is the first page of the help.
func usage() string {
	var b strings.Builder
	fmt.Fprint(&b, `retcode checks that a program handles the return codes of the APIs that it calls.

Usage:

	retcode [FLAGS] PACKAGES       check packages: retcode ./...
`)
	for _, c := range commands() {
		fmt.Fprintf(&b, "\tretcode %-22s %s\n", strings.TrimSpace(c.name+" "+shorten(c.args)), c.doc)
	}
	fmt.Fprint(&b, `
A package that is called like a command is a pattern with a dot, ./list, or behind two
dashes: retcode -- list. With go vet:

	go vet -vettool="$(go env GOPATH)/bin/retcode" ./...

Exit code of a check: 0 if nothing is found, 3 for findings, 1 if packages do not load or
compile, 2 for a wrong flag or a misspelt command.

Flags:

`)
	b.WriteString(flagHelp())
	return b.String()
}

func shorten(args string) string {
	switch {
	case strings.HasSuffix(args, "/]CODE"):
		return "CODE"
	case strings.HasPrefix(args, "[check|"):
		return "[TOPIC]"
	}
	return args
}

// flagHelp lists the flags, without those that serve the go command or profiling.
func flagHelp() string {
	var b bytes.Buffer
	o, err := newOptions()
	if err != nil {
		return ""
	}
	shown := flag.NewFlagSet("", flag.ContinueOnError)
	shown.SetOutput(&b)
	o.flags.VisitAll(func(f *flag.Flag) {
		if f.Usage != "" {
			shown.Var(f.Value, f.Name, f.Usage)
		}
	})
	shown.PrintDefaults()
	return b.String()
}

var checkLine = regexp.MustCompile(`(?m)^  (\w+) +(.*)$`)

// checkDocs are the checks with what they report.
func checkDocs() map[string]string {
	docs := make(map[string]string)
	for _, m := range checkLine.FindAllStringSubmatch(analyzer.Analyzer.Flags.Lookup("checks").Usage, -1) {
		docs[m[1]] = m[2]
	}
	return docs
}

// checkNames are the names of the checks, in their order.
func checkNames() []string {
	var names []string
	for _, m := range checkLine.FindAllStringSubmatch(analyzer.Analyzer.Flags.Lookup("checks").Usage, -1) {
		names = append(names, m[1])
	}
	return names
}

func helpChecks() string {
	var b strings.Builder
	b.WriteString("The checks, each with a page of its own below " + pages + "checks:\n\n")
	for _, name := range checkNames() {
		fmt.Fprintf(&b, "  %-10s %s\n", name, checkDocs()[name])
	}
	b.WriteString("\nretcode -checks=all,-magic ./... leaves one out, -checks=unknown,mixed runs these alone.\n")
	return b.String()
}

func helpCatalog() string {
	var b strings.Builder
	b.WriteString("A catalog holds what retcode knows of an API. Its codes stand in spaces: a code of one space\nmeans nothing in another.\n\n")
	for _, c := range catalogs() {
		fmt.Fprintf(&b, "  %s: %s, %s\n", c.Name, c.Title, c.URL)
		for _, s := range c.Spaces {
			fmt.Fprintf(&b, "    %-10s %d codes, each %s %s\n", s.Name, len(s.Codes), s.Article, s.Noun)
		}
	}
	b.WriteString("\nretcode list CATALOG shows all codes of one, retcode explain CODE one code. -catalogs chooses:\nretcode -catalogs=all,-mysql ./... leaves one out. What is reported for each: " + pages + "catalogs\n")
	return b.String()
}

const directiveHelp = `A directive is a comment without a space behind the slashes.

	//retcode:code SPACE [NAME]
		On a struct field, a named type, constants, a package variable, or a function with
		the name of a parameter or result: it holds codes of that space.
	//retcode:ignore CHECK[,CHECK] reason
		No findings of these checks: on its line behind code, on the next line alone on a line,
		in the function whose comment has it, in the file above the package clause.

These declare an API of your own, beside its constants:

	//retcode:space NAME [success=V,...] [open] [noun="..."]
		On a named type or a group of constants: these are its codes.
	//retcode:retry CLASS
		On a constant or a group: rate-limit, transient, poll, transaction, unsure, permanent.
	//retcode:group NAME, //retcode:owes NAME,...
		On a constant: its group; the codes that who retries it has to retry as well.
	//retcode:host HOST, //retcode:path PATH, //retcode:origin PKG.TYPE.FIELD=SPACE
		On the type or above the package clause: where its codes come from.

The first four may stand above a package clause as well, and name there what they mean:
//retcode:space status type=Status, //retcode:retry transient STATUS_BUSY STATUS_DOWN.

All of it: ` + pages + "configuration.md#directives\n"

var commandHelp = map[string]string{
	"explain": `Usage: retcode explain [-spaces=LIST] [-format=FORM] [PACKAGE] [CATALOG/][SPACE/]CODE

Writes what a code means, whether to call again, and what the same failure is in the other
space. CODE is what the API answers, or a name of it. Without CATALOG and SPACE it is looked
for in all.

	retcode explain 1008
	retcode explain postgresql/40001
	retcode explain rongcloud/business/1008
	retcode explain unique_violation
	retcode explain Unavailable
	retcode explain ./billing 4290        of an API that this package declares
	retcode explain example.com/app/billing/billing/4290

The forms are text, markdown and json. Exit code 1: there is no such code.
`,
	"list": `Usage: retcode list [-format=FORM] [-spaces=LIST] [-groups=LIST] [-o=FILE] [CATALOG|PACKAGE]

Writes which catalogs there are, or the codes of one, all or those of some spaces and groups,
as text, markdown or json.

	retcode list
	retcode list postgresql -groups=23,40
	retcode list rongcloud -groups=stream,general
	retcode list ./billing                of an API that this package declares
`,
	"gen": gen.Help,
	"help": `Usage: retcode help [check|catalog|directive|COMMAND|CHECK]
`,
	"version": `Usage: retcode version

Writes the versions of retcode, of the Go that built it, and the catalogs that it knows.
`,
}
