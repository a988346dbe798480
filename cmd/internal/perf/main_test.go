package perf

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/go-retcode/retcode/cmd/internal/gcl"
)

// lab is where the commands and the modules that they run on are.
type lab struct {
	root, tmp, bin string
	golangci       func() (string, error)
	modules        map[string]func() (string, error) // by name, their folders
}

var (
	here lab
	rows []string // of the table, as measured
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	if os.Getenv("RETCODE_PERF") == "" {
		fmt.Println("RETCODE_PERF is not set: the comparisons are skipped")
		return m.Run()
	}
	tmp, err := os.MkdirTemp("", "retcode-perf")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(tmp)
	if err := build(tmp); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	if len(rows) > 0 {
		fmt.Printf("\n| driver | packages | compared with | CPU time | wall time | peak memory | pairs |\n|---|---|---|---|---|---|---|\n%s\n", strings.Join(rows, "\n"))
	}
	return code
}

// build builds retcode and its peers, with the user's build cache. What is measured has
// one of its own.
func build(tmp string) error {
	root, err := filepath.Abs("../../..")
	if err != nil {
		return err
	}
	here = lab{root: root, tmp: tmp, bin: filepath.Join(tmp, "bin")}
	here.golangci = sync.OnceValues(func() (string, error) {
		path := filepath.Join(here.bin, "golangci-lint")
		return path, gcl.Build(root, filepath.Join(tmp, "lint"), path)
	})
	here.modules = map[string]func() (string, error){
		"service":   sync.OnceValues(func() (string, error) { return newService(root, filepath.Join(tmp, "service")) }),
		"databases": sync.OnceValues(func() (string, error) { return newDatabases(filepath.Join(tmp, "databases")) }),
		"x/tools":   sync.OnceValues(func() (string, error) { return copyTools(root, filepath.Join(tmp, "tools")) }),
		"std":       sync.OnceValues(func() (string, error) { return newEmpty(filepath.Join(tmp, "empty")) }),
	}
	peers := filepath.Join(tmp, "peers")
	archive, err := txtar.ParseFile(filepath.Join("testdata", "peers.txtar"))
	if err != nil {
		return err
	}
	for _, f := range archive.Files {
		if err := write(filepath.Join(peers, filepath.FromSlash(f.Name)), f.Data); err != nil {
			return err
		}
	}
	bin := here.bin + string(filepath.Separator)
	for _, c := range []struct {
		dir  string
		args []string
	}{
		{root, []string{"build", "-o", bin, "./cmd/retcode"}},
		{peers, []string{"mod", "tidy"}},
		{peers, []string{"build", "-o", bin, "./..."}},
		{peers, []string{"build", "-o", bin, "honnef.co/go/tools/cmd/staticcheck"}},
	} {
		if _, err := goCommand(c.dir, c.args...); err != nil {
			return err
		}
	}
	return nil
}

// goCommand runs a go command that must succeed, and returns what it prints.
func goCommand(dir string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return strings.TrimSpace(string(out)), nil
}

func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o666)
}
