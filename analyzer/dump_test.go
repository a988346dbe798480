package analyzer_test

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
)

var replaces = regexp.MustCompile(`(?m)^(?:replace)?\s*(\S+) => (\.\S+)$`)

// TestDump writes all findings, with their fixes and related places, and all facts of every
// module of testdata to the file that RETCODE_DUMP names. Two states of the engine that
// should find the same are compared by comparing their files.
func TestDump(t *testing.T) {
	name := os.Getenv("RETCODE_DUMP")
	if name == "" {
		t.Skip("writes a file, and only where RETCODE_DUMP names one")
	}
	mods, err := filepath.Glob("../testdata/*/*/go.mod")
	if err != nil || len(mods) == 0 {
		t.Fatalf("no modules in testdata: %v", err)
	}
	var out strings.Builder
	for _, mod := range append(mods, "../testdata/quickstart", "../testdata/programs/retrying") {
		dir := strings.TrimSuffix(mod, "/go.mod")
		w := newWorld(t, configuredBy(t, flagsOf(t, dir)...))
		for _, stub := range stubs(t, dir) {
			for _, u := range w.module(stub) {
				w.analyze(u)
			}
		}
		fmt.Fprintf(&out, "== %s\n", strings.TrimPrefix(dir, "../testdata/"))
		for _, u := range w.module(dir) {
			fmt.Fprintf(&out, "-- %s\n", u.path)
			for _, line := range w.lines(w.analyze(u)) {
				fmt.Fprintln(&out, line)
			}
		}
		for _, k := range slices.Sorted(maps.Keys(w.facts)) {
			if !strings.HasSuffix(k, " fact.Facts") {
				continue
			}
			var f fact.Facts
			if err := gob.NewDecoder(bytes.NewReader(w.facts[k])).Decode(&f); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "fact %s: %+v\n", k, f)
		}
	}
	if err := os.WriteFile(name, []byte(out.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

// stubs are the folders that a module's go.mod puts in the place of other modules.
func stubs(t *testing.T, dir string) []string {
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range replaces.FindAllStringSubmatch(string(text), -1) {
		out = append(out, filepath.Join(dir, m[2]))
	}
	return out
}
