// Package gcl builds golangci-lint with the plugin, for tests and benchmarks.
package gcl

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Version is the version of golangci-lint that the documentation names.
const Version = "v2.15.0"

// Build builds the real golangci-lint with the plugin of the module at root, and
// writes the binary to path: its own main package, one import more.
// `golangci-lint custom` does the same from a clone. Sources are written to dir.
func Build(root, dir, path string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	out, err := run(root, "mod", "download", "-json", "github.com/golangci/golangci-lint/v2@"+Version)
	if err != nil {
		return err
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return err
	}
	sources, err := filepath.Glob(filepath.Join(module.Dir, "cmd", "golangci-lint", "*.go"))
	if err != nil {
		return err
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
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			return err
		}
	}
	goMod := fmt.Sprintf(`module example.com/lint

go 1.26.0

require (
	github.com/go-retcode/retcode v0.0.0
	github.com/golangci/golangci-lint/v2 %s
)

replace github.com/go-retcode/retcode => %s
`, Version, root)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(goMod), 0o666); err != nil {
		return err
	}
	plugins := "package main\n\nimport _ \"github.com/go-retcode/retcode/cmd/gclplugin\"\n"
	if err := os.WriteFile(filepath.Join(dir, "plugins.go"), []byte(plugins), 0o666); err != nil {
		return err
	}
	if _, err := run(dir, "mod", "tidy"); err != nil {
		return err
	}
	_, err = run(dir, "build", "-o", path, ".")
	return err
}

func run(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return out, nil
}
