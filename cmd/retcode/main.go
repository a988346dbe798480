// Retcode reports return codes of an API that a Go program handles wrongly. It runs alone
// and as a tool of go vet and go fix:
//
//	retcode ./...
//	go vet -vettool="$(go env GOPATH)/bin/retcode" ./...
//
// Its commands tell about codes: see retcode help.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/go-retcode/retcode/analyzer"
)

func main() {
	args := os.Args[1:]
	if isUnit(args) {
		unit(args)
	} else if c, ok := commandOf(args); ok {
		os.Exit(c.run(args[1:], os.Stdout, os.Stderr))
	}
	o, err := parseOptions(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Print(usage())
	case err != nil:
		fmt.Fprintf(os.Stderr, "retcode: %v\n", err)
		os.Exit(2)
	case o.version == "true":
		os.Exit(answer("version", version)(nil, os.Stdout, os.Stderr))
	case o.driver:
		singlechecker.Main(analyzer.Analyzer)
	case len(o.patterns) == 0:
		_, _ = io.WriteString(os.Stderr, usage()) // nobody is left to be told
		os.Exit(1)
	default:
		os.Exit(run(o))
	}
}

// unit analyzes one package for the go command.
func unit(args []string) {
	// A process for each package ends before it is worth while to collect its garbage often.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
	if _, err := parseOptions(args); err != nil {
		if name, ok := factsOnly(args); ok && os.WriteFile(name, nil, 0o666) == nil {
			os.Exit(0) // what the user asks for says it
		}
		fmt.Fprintf(os.Stderr, "retcode: %v\n", err)
		os.Exit(2)
	}
	if quickUnit(args) {
		os.Exit(0)
	}
	singlechecker.Main(analyzer.Analyzer)
}
