package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// golangciVersion is the version that the documentation names.
const golangciVersion = "v2.15.0"

// tools are the binaries under test and where the repository is.
type tools struct {
	root, tmp, retcode, golangci string
}

var built tools

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	if os.Getenv("RETCODE_E2E") == "" {
		fmt.Println("RETCODE_E2E is not set: the end-to-end tests are skipped")
		return m.Run()
	}
	tmp, err := os.MkdirTemp("", "retcode-e2e")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(tmp)
	if err := build(tmp); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// e2e skips t unless the tools were built.
func e2e(t *testing.T) tools {
	t.Helper()
	if built.retcode == "" {
		t.Skip("RETCODE_E2E is not set")
	}
	return built
}

func build(tmp string) error {
	root, err := filepath.Abs("../../..")
	if err != nil {
		return err
	}
	retcode := filepath.Join(tmp, "bin", "retcode")
	if _, err := output(root, nil, "go", "build", "-o", retcode, "./cmd/retcode"); err != nil {
		return err
	}
	golangci, err := buildGolangci(root, filepath.Join(tmp, "lint"))
	if err != nil {
		return err
	}
	// Nothing of another build's results.
	if err := os.Setenv("GOLANGCI_LINT_CACHE", filepath.Join(tmp, "cache")); err != nil {
		return err
	}
	built = tools{root, tmp, retcode, golangci}
	return nil
}

// buildGolangci builds the real golangci-lint with the plugin in dir: its own main
// package, one import more. `golangci-lint custom` does the same from a clone.
func buildGolangci(root, dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	out, err := output(root, nil, "go", "mod", "download", "-json", "github.com/golangci/golangci-lint/v2@"+golangciVersion)
	if err != nil {
		return "", err
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return "", err
	}
	sources, err := filepath.Glob(filepath.Join(module.Dir, "cmd", "golangci-lint", "*.go"))
	if err != nil {
		return "", err
	}
	files := map[string]string{"go.sum": filepath.Join(module.Dir, "go.sum")}
	for _, source := range sources {
		if !strings.HasSuffix(source, "_test.go") {
			files[filepath.Base(source)] = source
		}
	}
	for name, from := range files {
		data, err := os.ReadFile(from)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return "", err
		}
	}
	goMod := fmt.Sprintf(`module example.com/lint

go 1.26.0

require (
	github.com/go-retcode/retcode v0.0.0
	github.com/golangci/golangci-lint/v2 %s
)

replace github.com/go-retcode/retcode => %s
`, golangciVersion, root)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(goMod), 0o666); err != nil {
		return "", err
	}
	plugins := "package main\n\nimport _ \"github.com/go-retcode/retcode/cmd/gclplugin\"\n"
	if err := os.WriteFile(filepath.Join(dir, "plugins.go"), []byte(plugins), 0o666); err != nil {
		return "", err
	}
	if _, err := output(dir, nil, "go", "mod", "tidy"); err != nil {
		return "", err
	}
	path := filepath.Join(filepath.Dir(dir), "bin", "golangci-lint")
	_, err = output(dir, nil, "go", "build", "-o", path, ".")
	return path, err
}

// output runs a command that must succeed.
func output(dir string, env []string, name string, args ...string) ([]byte, error) {
	r, err := command(dir, env, name, args...)
	if err == nil && r.code != 0 {
		err = fmt.Errorf("%s %s: exit code %d\n%s%s", filepath.Base(name), strings.Join(args, " "), r.code, r.stdout, r.stderr)
	}
	return r.stdout, err
}

// result is what a command left behind.
type result struct {
	stdout, stderr []byte
	code           int
}

// command runs a command that may fail, with env added to the environment.
func command(dir string, env []string, name string, args ...string) (result, error) {
	var stdout, stderr strings.Builder
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	cmd.Env = slices.Concat(os.Environ(), []string{"PWD=" + dir}, env)
	err := cmd.Run()
	r := result{[]byte(stdout.String()), []byte(stderr.String()), 0}
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		r.code, err = exit.ExitCode(), nil
	}
	return r, err
}
