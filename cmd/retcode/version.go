package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
)

// version writes the versions of the module, of Go, and of each catalog: how many codes it
// has, since it comes with the module.
func version(args []string, stdout io.Writer) error {
	if len(args) > 0 {
		return usagef("it takes no argument")
	}
	fmt.Fprintf(stdout, "retcode %s\n%s %s/%s\n", moduleVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	for _, c := range catalogs() {
		n := 0
		for _, s := range c.Spaces {
			n += len(s.Codes)
		}
		if _, err := fmt.Fprintf(stdout, "catalog %s, %d codes\n", c.Name, n); err != nil {
			return err
		}
	}
	return nil
}

// moduleVersion is the version of retcode's module in this build.
func moduleVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown)"
}
