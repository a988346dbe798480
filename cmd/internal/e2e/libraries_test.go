package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// drivers is the module of programs on the real drivers of databases and on gRPC.
func drivers(t *testing.T, tl tools) target {
	t.Helper()
	tg := target{name: "drivers", dir: filepath.Join(tl.root, "cmd/internal/e2e/testdata/drivers"), work: "off", patterns: []string{"./..."}}
	if r, err := command(tg.dir, tg.env(), "go", "mod", "download"); err != nil || r.code != 0 {
		t.Skipf("the module proxy does not give the drivers: %v %s", err, r.stderr)
	}
	return tg
}

var want = regexp.MustCompile("// want `(.*)`$")

// wants returns the patterns of the want comments, by file and line.
func wants(t *testing.T, dir string) map[string]*regexp.Regexp {
	t.Helper()
	list := make(map[string]*regexp.Regexp)
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		for i, line := range strings.Split(string(data), "\n") {
			if m := want.FindStringSubmatch(line); m != nil {
				list[fmt.Sprintf("%s:%d", filepath.ToSlash(rel), i+1)] = regexp.MustCompile(m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestLibraries wants of programs on the real drivers what their comments say, and the same
// under go vet.
func TestLibraries(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	tg := drivers(t, tl)
	alone, _ := tl.standalone(t, tg)
	if diff := cmp.Diff(alone, tl.vet(t, tg), cmp.AllowUnexported(finding{})); diff != "" {
		t.Errorf("go vet (-alone +vet):\n%s", diff)
	}
	missed := wants(t, tg.dir)
	if cgo, err := tg.output("go", "env", "CGO_ENABLED"); err != nil {
		t.Fatal(err)
	} else if strings.TrimSpace(string(cgo)) != "1" {
		t.Log("without cgo, mattn/go-sqlite3 is left out")
		for at := range missed {
			if strings.HasPrefix(at, "sqlites/mattn.go:") {
				delete(missed, at)
			}
		}
	}
	var said []string
	for f := range alone {
		at := fmt.Sprintf("%s:%d", f.file, f.line)
		if re := missed[at]; re != nil && re.MatchString(f.message) {
			delete(missed, at)
			continue
		}
		said = append(said, at+": "+f.message)
	}
	slices.Sort(said)
	for _, s := range said {
		t.Errorf("not wanted: %s", s)
	}
	for at, re := range missed {
		t.Errorf("%s: nothing matches %s", at, re)
	}
}
