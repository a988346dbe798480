package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	wrong = "package m\n\n//retcode:code business\ntype Code int\n\n// Limited reports a limit.\nfunc Limited(c Code) bool { return c == 1008 }\n"
	right = "package m\n\n//retcode:code business\ntype Code int\n\n// RateLimited is a code.\nconst RateLimited Code = 1008\n\n// Limited reports a limit.\nfunc Limited(c Code) bool { return c == RateLimited }\n"
)

// TestPreCommit runs both hooks of the repository in a repository of its own: a
// commit with a finding is refused, a clean one passes.
func TestPreCommit(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	if _, err := exec.LookPath("pre-commit"); err != nil {
		t.Fatal("pre-commit is not installed; on Debian: apt-get install pre-commit")
	}
	hooks := filepath.Join(t.TempDir(), "retcode")
	snapshot(t, tl.root, hooks)
	for _, id := range []string{"retcode", "retcode-system"} {
		t.Run(id, func(t *testing.T) {
			repo := t.TempDir()
			env := append(os.Environ(),
				"PRE_COMMIT_HOME="+t.TempDir(),
				"PATH="+filepath.Dir(tl.retcode)+string(filepath.ListSeparator)+os.Getenv("PATH"))
			git := func(args ...string) (string, error) {
				cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.com"}, args...)...)
				cmd.Dir, cmd.Env = repo, env
				out, err := cmd.CombinedOutput()
				return string(out), err
			}
			must := func(out string, err error) string {
				t.Helper()
				if err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
				return out
			}
			must(git("init", "-q"))
			write := func(name, data string) {
				if err := os.WriteFile(filepath.Join(repo, name), []byte(data), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			rev := strings.TrimSpace(must(git("-C", hooks, "rev-parse", "HEAD")))
			write(".pre-commit-config.yaml", "repos:\n  - repo: "+hooks+"\n    rev: "+rev+"\n    hooks:\n      - id: "+id+"\n")
			write("go.mod", "module example.com/m\n\ngo 1.26\n")
			install := exec.Command("pre-commit", "install")
			install.Dir, install.Env = repo, env
			if out, err := install.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}

			write("a.go", wrong)
			must(git("add", "."))
			out, err := git("commit", "-m", "wrong")
			if err == nil || !strings.Contains(out, "a.go:7:41: magic return code 1008") {
				t.Errorf("a commit with a finding: %v\n%s", err, out)
			}
			write("a.go", right)
			must(git("add", "."))
			must(git("commit", "-m", "right"))

			// What -fix leaves fails the hook, though no file was changed.
			write(".pre-commit-config.yaml", "repos:\n  - repo: "+hooks+"\n    rev: "+rev+"\n    hooks:\n      - id: "+id+"\n        entry: retcode -fix ./...\n")
			write("a.go", wrong)
			must(git("add", "."))
			out, err = git("commit", "-m", "left")
			if err == nil || !strings.Contains(out, "retcode: 0 fixed, 1 finding left") {
				t.Errorf("a commit with what no fix mends: %v\n%s", err, out)
			}
		})
	}
}

// snapshot makes a git repository of the module as it is now.
func snapshot(t *testing.T, root, dir string) {
	t.Helper()
	for _, name := range []string{"go.mod", "go.sum", ".pre-commit-hooks.yaml"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"analyzer", "cmd"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join(root, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"init", "-q"},
		{"add", "."},
		{"-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "snapshot"},
	} {
		if _, err := output(dir, nil, "git", args...); err != nil {
			t.Fatal(err)
		}
	}
}
