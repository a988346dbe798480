package e2e

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/cmd/internal/gcl"
)

// tools are the binaries under test and where the repository is.
type tools struct {
	root, tmp, retcode, golangci string
}

var built tools

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	if dir := os.Getenv(sharedCache); dir != "" {
		if err := serveCache(dir, os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	}
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
	golangci := filepath.Join(tmp, "bin", "golangci-lint")
	if err := gcl.Build(root, filepath.Join(tmp, "lint"), golangci); err != nil {
		return err
	}
	// Nothing of another build's results.
	if err := os.Setenv("GOLANGCI_LINT_CACHE", filepath.Join(tmp, "cache")); err != nil {
		return err
	}
	built = tools{root, tmp, retcode, golangci}
	return nil
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
