// Retcode reports return codes of the RongCloud API that a Go program handles
// wrongly. It runs alone and as a tool of go vet and go fix:
//
//	retcode ./...
//	go vet -vettool=$(which retcode) ./...
package main

import (
	"os"
	"runtime/debug"

	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/go-retcode/retcode/analyzer"
)

func main() {
	if isUnit(os.Args[1:]) {
		// A process for each package ends before it is worth while to collect its garbage often.
		if os.Getenv("GOGC") == "" {
			debug.SetGCPercent(200)
		}
		if quickUnit(os.Args[1:]) {
			return
		}
	} else if code, ok := quick(os.Args[1:]); ok {
		os.Exit(code)
	}
	singlechecker.Main(analyzer.Analyzer)
}
