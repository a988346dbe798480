package docs_test

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"
)

const (
	modulePath = "github.com/go-retcode/retcode"
	release    = "v0.1.0" // what the pages' latest is here
	linter     = "github.com/golangci/golangci-lint/v2@v2.15.0"
)

// app is a module that a reader may have: a code, and constants for some.
var app = map[string]string{
	"go.mod":         "module example.com/app\n\ngo 1.26.0\n",
	"codes/codes.go": "// Package codes names codes.\npackage codes\n\n//retcode:code business\nconst RateLimited = 1008\n",
	"chat/chat.go": "// Package chat chats.\npackage chat\n\n//retcode:code business\ntype code int\n\n" +
		"func limited(c code) bool { return c == 1008 || c == 21402 }\n",
}

// TestCommands runs every block of commands on the pages as a reader would, in a module that
// has dependencies and in one without, with this module in the place of the release. Of a
// line each word counts, and its exit code: 3, or 1 from another driver, is right only for what lints. Blocks say
// behind "sh" what they are: "repo" is for the repository itself, "slow" takes minutes and
// runs with RETCODE_E2E, "paper" is for tools or folders that are not here. A block of another
// language with a name behind it is a file that the reader has by then.
func TestCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command from a module proxy")
	}
	proxy := proxyOf(t, "..")
	for _, kind := range []string{"without dependencies", "with dependencies"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, text := range app {
				write(t, filepath.Join(dir, name), text)
			}
			if kind == "with dependencies" {
				depend(t, dir)
			}
			env := reader(t, proxy)
			ran, found := 0, 0
			for _, page := range pages(t) {
				for i, f := range fences(t, page) {
					words := strings.Fields(f.info)
					if len(words) == 2 && strings.Contains(words[1], "/") && page != "own-api.md" { // which has a test of its own
						write(t, filepath.Join(dir, filepath.FromSlash(words[1])), f.text)
					}
					if len(words) == 0 || words[0] != "sh" || slices.Contains(words, "paper") {
						continue
					}
					if slices.Contains(words, "slow") {
						if os.Getenv("RETCODE_E2E") == "" {
							continue
						}
						linterMain(t, dir)
					}
					where := dir
					if slices.Contains(words, "repo") {
						where = ".."
					}
					ran++
					out, err := runBlock(where, env, f.text)
					if err != nil {
						t.Errorf("%s, block %d: %v\n%s\n%s", page, i+1, err, f.text, out)
					}
					if strings.Contains(out, "21402 is no documented") {
						found++
					}
				}
			}
			if ran < 10 || found < 8 {
				t.Errorf("%d blocks were run, and %d of them found something", ran, found)
			}
		})
	}
}

var (
	alone = regexp.MustCompile(`^retcode (-|\./)`)
	lints = regexp.MustCompile(`^(go vet |go fix |go tool .* (retcode|lint run) |\./custom-gcl run|go run \./cmd/retcode )`)
	wrong = regexp.MustCompile(`(?m)not found|[Nn]o such file|undefined: |cannot find|matched no packages|there is no flag|panic:|updates to go.mod needed|may solve the problem|^-: |level=error`)
)

// runBlock runs the lines of a block in one shell.
func runBlock(dir string, env []string, text string) (string, error) {
	var script strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		good := "0"
		switch {
		case alone.MatchString(line):
			good = "0|3"
		case lints.MatchString(line):
			good = "0|1|3"
		}
		fmt.Fprintf(&script, "%s\ncode=$?; case $code in %s) ;; *) echo \"exit code $code\"; exit 1 ;; esac\n", line, good)
	}
	cmd := exec.Command("sh", "-c", script.String())
	cmd.Dir, cmd.Env = dir, env
	out, err := cmd.CombinedOutput()
	if err == nil && wrong.Match(out) {
		err = fmt.Errorf("the output says %q", wrong.Find(out))
	}
	return string(out), err
}

// reader is the environment of somebody who has Go and nothing else.
func reader(t *testing.T, proxy string) []string {
	t.Helper()
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	rest, err := exec.Command("go", "env", "GOPROXY").Output()
	if err != nil {
		t.Fatal(err)
	}
	gopath := t.TempDir()
	return append(os.Environ(),
		"GOPATH="+gopath,
		"GOMODCACHE="+filepath.Join(gopath, "pkg", "mod"),
		"GOBIN=", "GOWORK=", "GOFLAGS=-modcacherw", "GONOSUMDB="+modulePath, "GONOSUMCHECK=1", "GOSUMDB=off",
		// What this machine has need not be fetched again.
		"GOPROXY=file://"+proxy+",file://"+filepath.Join(strings.TrimSpace(string(cache)), "cache", "download")+","+strings.TrimSpace(string(rest)),
		"PATH="+filepath.Join(gopath, "bin")+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

// proxyOf makes a module proxy of the module at root, and returns its folder.
func proxyOf(t *testing.T, root string) string {
	t.Helper()
	proxy := t.TempDir()
	dir := filepath.Join(proxy, filepath.FromSlash(modulePath), "@v")
	write(t, filepath.Join(dir, "list"), release+"\n")
	write(t, filepath.Join(dir, release+".info"), `{"Version":"`+release+`","Time":"2026-01-01T00:00:00Z"}`)
	write(t, filepath.Join(dir, release+".mod"), read(t, filepath.Join(root, "go.mod")))
	out, err := os.Create(filepath.Join(dir, release+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := modzip.CreateFromDir(out, module.Version{Path: modulePath, Version: release}, root); err != nil {
		t.Fatal(err)
	}
	return proxy
}

// depend gives the module in dir a dependency.
func depend(t *testing.T, dir string) {
	t.Helper()
	version := regexp.MustCompile(`golang.org/x/mod (v\S+)`).FindStringSubmatch(read(t, "../go.mod"))
	if version == nil {
		t.Fatal("go.mod does not require golang.org/x/mod")
	}
	write(t, filepath.Join(dir, "go.mod"), app["go.mod"]+"\nrequire golang.org/x/mod "+version[1]+"\n")
	write(t, filepath.Join(dir, "version", "version.go"), "// Package version compares.\npackage version\n\nimport _ \"golang.org/x/mod/semver\"\n")
	sums := regexp.MustCompile(`(?m)^golang.org/x/mod `+regexp.QuoteMeta(version[1])+`.*\n`).FindAllString(read(t, "../go.sum"), -1)
	write(t, filepath.Join(dir, "go.sum"), strings.Join(sums, ""))
}

// linterMain makes the folder lint of the page: golangci-lint's main package, and one file.
func linterMain(t *testing.T, dir string) {
	t.Helper()
	lint := filepath.Join(dir, "lint")
	if _, err := os.Stat(lint); err == nil {
		return
	}
	out, err := exec.Command("go", "mod", "download", "-json", linter).Output()
	var m struct{ Zip string }
	if err != nil || json.Unmarshal(out, &m) != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r, err := zip.OpenReader(m.Zip)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, f := range r.File {
		name := strings.TrimPrefix(f.Name, linter+"/")
		if name != "go.sum" && (filepath.Dir(name) != "cmd/golangci-lint" || strings.HasSuffix(name, "_test.go")) {
			continue
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(lint, filepath.Base(name)), string(data))
	}
	write(t, filepath.Join(lint, "plugins.go"), "package main\n\nimport _ \""+modulePath+"/cmd/gclplugin\"\n")
}
