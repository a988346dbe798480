package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { os.Exit(testAll(m)) }

// testAll builds the command as its users have it, without a test's flags, and puts
// it where commands are looked for.
func testAll(m *testing.M) int {
	dir, err := os.MkdirTemp("", "retcode")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if out, err := exec.Command("go", "build", "-o", dir, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	if err := os.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

func TestScript(t *testing.T) {
	t.Parallel()
	retcode, err := exec.LookPath("retcode")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	dirs := strings.Split(strings.TrimSpace(string(out)), "\n")
	sdk, err := filepath.Abs("../../testdata/stubs/sdk")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("GOCACHE", dirs[0])
			env.Setenv("GOMODCACHE", dirs[1])
			env.Setenv("GOROOT", dirs[2])
			env.Setenv("GOFLAGS", "")
			env.Setenv("GOPROXY", "off")
			env.Setenv("GOTOOLCHAIN", "local")
			env.Setenv("GOWORK", "")
			env.Setenv("RETCODE", retcode)
			env.Setenv("SDK", sdk)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits,
			"lines": lines,
			"crlf":  crlf,
			"mark":  mark,
			"rows":  rows,
		},
	})
}

// exits runs a command and wants an exit code: exits CODE COMMAND ARG...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command [arg...]")
	}
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// lines wants a number of lines in a file, which may be missing: lines COUNT FILE
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines count file")
	}
	data, err := os.ReadFile(ts.MkAbs(args[1]))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		ts.Fatalf("%v", err)
	}
	if got := strings.Count(string(data), "\n"); strconv.Itoa(got) != args[0] {
		ts.Fatalf("%d lines in %s, want %s", got, args[1], args[0])
	}
}

// crlf ends the lines of files with CR LF: crlf FILE...
func crlf(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		data := ts.ReadFile(name)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(strings.ReplaceAll(data, "\n", "\r\n")), 0o666))
	}
}

// mark puts a byte order mark before files: mark FILE...
func mark(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		data := ts.ReadFile(name)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte("\ufeff"+data), 0o666))
	}
}

// rows writes a source of retcode gen with a number of codes: rows COUNT FILE
func rows(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	classes := []string{"", "", "", "rate-limit", "transient", "poll", "transaction", "unsure"}
	var names, values, meanings, retries, proto strings.Builder
	var csv strings.Builder
	csv.WriteString("code;name;description;retry;category\n")
	for i := range n {
		name, class := fmt.Sprintf("FAILURE_OF_%d_PARTS", i), classes[i%len(classes)]
		meaning := strings.TrimSpace(strings.Repeat("the part broke ", i%9))
		fmt.Fprintf(&csv, "%d;%s;\"%s, \"\"so\"\"\";%s;group %d\n", 1000+i, name, meaning, class, i%7)
		fmt.Fprintf(&proto, "  // %s\n  // retcode:retry %s\n  %s = %d;\n", meaning, cmp.Or(class, "permanent"), name, i)
		fmt.Fprintf(&names, "        - %s\n", name)
		fmt.Fprintf(&values, "        - %d\n", i)
		fmt.Fprintf(&meanings, "        - %q\n", meaning)
		fmt.Fprintf(&retries, "        - %q\n", class)
	}
	text := csv.String()
	switch filepath.Ext(args[1]) {
	case ".proto":
		text = "syntax = \"proto3\";\nenum Failure {\n" + proto.String() + "}\n"
	case ".yaml":
		text = "openapi: 3.0.3\ncomponents:\n  schemas:\n    Failure:\n      type: integer\n      enum:\n" + values.String() +
			"      x-enum-varnames:\n" + names.String() + "      x-enum-descriptions:\n" + meanings.String() + "      x-retcode-retry:\n" + retries.String()
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o666))
}

// TestCatalogPage wants the page as the command writes it.
func TestCatalogPage(t *testing.T) {
	t.Parallel()
	want, err := exec.Command("retcode", "list", "rongcloud", "-format=markdown").Output()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/catalog.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(want), string(page)); diff != "" {
		t.Errorf("run go generate ./cmd/retcode (-want +file):\n%s", diff)
	}
}

// TestExplainAll explains every code of every catalog, by value and by name.
func TestExplainAll(t *testing.T) {
	t.Parallel()
	for _, all := range catalogs() {
		for _, s := range all.Spaces {
			for _, c := range s.Codes {
				for _, word := range append(namesIn(s, c), c.Value.String()) {
					var out strings.Builder
					if err := explain([]string{all.Name + "/" + s.Name + "/" + word}, &out); err != nil {
						t.Errorf("%s: %v: %v", all.Name, c, err)
					}
					for _, want := range []string{c.Value.String() + " " + c.Name + "\n", c.Meaning, c.Group, "to do"} {
						if !strings.Contains(out.String(), want) {
							t.Errorf("explanation of %v has no %q:\n%s", c, want, &out)
						}
					}
				}
			}
		}
	}
}
