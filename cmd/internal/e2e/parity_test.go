package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestParity wants the same findings, position for position, from every driver.
func TestParity(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	total := 0
	for _, tg := range targets(t, tl.root) {
		t.Run(tg.name, func(t *testing.T) {
			tg = tg.apart(t)
			alone, _ := tl.standalone(t, tg)
			total += len(alone)
			if diff := cmp.Diff(alone, tl.full(t, tg), cmp.AllowUnexported(finding{})); diff != "" {
				t.Errorf("singlechecker (-alone +singlechecker):\n%s", diff)
			}
			if diff := cmp.Diff(alone, tl.vet(t, tg), cmp.AllowUnexported(finding{})); diff != "" {
				t.Errorf("go vet (-alone +vet):\n%s", diff)
			}
			inJSON, inSARIF := tl.lint(t, tg)
			if diff := cmp.Diff(alone, inJSON, cmp.AllowUnexported(finding{})); diff != "" {
				t.Errorf("golangci-lint (-alone +lint):\n%s", diff)
			}
			if diff := cmp.Diff(alone, inSARIF, cmp.AllowUnexported(finding{})); diff != "" {
				t.Errorf("SARIF of golangci-lint (-alone +lint):\n%s", diff)
			}
			for f := range alone {
				if !strings.HasSuffix(f.message, ")") {
					t.Errorf("%s:%d: no category behind %q", f.file, f.line, f.message)
				}
			}
		})
	}
	if total == 0 {
		t.Error("nothing was found anywhere")
	}
}

// TestFixParity wants the same files from every driver's fixes, which compile and
// leave nothing to fix.
func TestFixParity(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	drivers := []struct {
		name string
		fix  func(t *testing.T, tg target) error
	}{
		{"retcode", func(_ *testing.T, tg target) error {
			r, err := command(tg.dir, tg.env(), tl.retcode, append([]string{"-fix"}, append(tg.flags, tg.patterns...)...)...)
			if err == nil && r.code != 0 && r.code != 3 { // findings without a fix are left
				err = fmt.Errorf("exit code %d\n%s", r.code, r.stderr)
			}
			return err
		}},
		{"go fix", func(_ *testing.T, tg target) error {
			args := append([]string{"fix", "-fixtool=" + tl.retcode}, append(tg.flags, tg.patterns...)...)
			_, err := tg.output("go", args...)
			return err
		}},
		{"golangci-lint", func(t *testing.T, tg target) error {
			config := tl.config(t, filepath.Join(t.TempDir(), "golangci.yml"), tg.flags)
			args := append([]string{"run", "--allow-parallel-runners", "--fix", "--issues-exit-code=0", "-c", config}, tg.patterns...)
			_, err := tg.output(tl.golangci, args...)
			return err
		}},
	}
	var first map[string]string
	for _, driver := range drivers {
		list := targets(t, tl.root)
		dir := list[0].dir
		before := sources(t, dir)
		for _, tg := range list {
			t.Run(driver.name+"/"+tg.name, func(t *testing.T) {
				if err := driver.fix(t, tg); err != nil {
					t.Fatal(err)
				}
				if first != nil {
					return
				}
				// This fails on what does not compile, tests included.
				if _, left := tl.standalone(t, tg); left > 0 {
					t.Errorf("%d fixes left", left)
				}
			})
		}
		// golangci-lint does not format what it fixes.
		if _, err := output(dir, nil, "gofmt", "-w", "testdata"); err != nil {
			t.Fatal(err)
		}
		after := sources(t, dir)
		if first == nil {
			first = after
		}
		if diff := cmp.Diff(first, after); diff != "" {
			t.Errorf("%s (-retcode +%s):\n%s", driver.name, driver.name, diff)
		}
		if cmp.Equal(before, after) {
			t.Errorf("%s fixed nothing", driver.name)
		}
	}
}

// copyTree copies testdata, with a go.mod above it as the quickstart needs it.
func copyTree(t *testing.T, root string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS(filepath.Join(root, "testdata"))); err != nil {
		t.Fatal(err)
	}
	goMod := "module github.com/go-retcode/retcode\n\ngo 1.26\n"
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(goMod), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

// sources returns every Go file below testdata.
func sources(t *testing.T, root string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir(filepath.Join(root, "testdata"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		files[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
