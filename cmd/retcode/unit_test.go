package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// imported is a module that needs most of the standard library: cgo, assembly, generics,
// vendored packages.
const imported = `package m

import (
	_ "database/sql"
	_ "encoding/xml"
	_ "go/types"
	_ "html/template"
	_ "image/png"
	_ "iter"
	_ "log/slog"
	_ "net/http"
	_ "os/user"
	_ "plugin"
	_ "testing/fstest"
	_ "unique"
)
`

// TestQuickUnit wants of quickUnit what unitchecker writes, byte by byte, which it does when
// an origin is declared.
func TestQuickUnit(t *testing.T) {
	t.Parallel()
	dir, work := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.com/m\n\ngo 1.26\n", "m.go": imported} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	retcode, err := exec.LookPath("retcode")
	if err != nil {
		t.Fatal(err)
	}
	// The go command caches results by -tags, too.
	cmd := exec.Command("go", "vet", "-work", "-vettool="+retcode, "-tags="+filepath.Base(filepath.Dir(work)), ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOTMPDIR="+work, "GOFLAGS=", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	units, err := filepath.Glob(filepath.Join(work, "*", "*", "vet.cfg"))
	if err != nil {
		t.Fatal(err)
	}
	done := 0
	for _, file := range units {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cfg := new(unitchecker.Config)
		if err := json.Unmarshal(data, cfg); err != nil {
			t.Fatal(err)
		}
		written := func(f func(file string) bool) []byte {
			cfg := *cfg
			cfg.VetxOutput = filepath.Join(t.TempDir(), "vet.out")
			data, err := json.Marshal(cfg)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "vet.cfg")
			if err := os.WriteFile(file, data, 0o666); err != nil {
				t.Fatal(err)
			}
			if !f(file) {
				return nil
			}
			out, err := os.ReadFile(cfg.VetxOutput)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		quick := written(func(file string) bool { return quickUnit([]string{"-json", file}) })
		if cfg.ImportPath == "example.com/m" {
			if quick != nil {
				t.Errorf("%s is not of the standard library", cfg.ImportPath)
			}
			continue
		}
		full := written(func(file string) bool {
			args := []string{"-origin=example.com/none.Type.Field=http", file}
			if quickUnit(args) {
				t.Errorf("%s: a declared origin is passed over", cfg.ImportPath)
			}
			out, err := exec.Command(retcode, args...).CombinedOutput()
			if err != nil {
				t.Errorf("%s: %v\n%s", cfg.ImportPath, err, out)
			}
			return err == nil
		})
		if quick == nil || !bytes.Equal(quick, full) {
			t.Errorf("%s: %d bytes, unitchecker writes %d", cfg.ImportPath, len(quick), len(full))
		}
		done++
	}
	if done < 100 {
		t.Errorf("compared %d packages of the standard library", done)
	}
}
