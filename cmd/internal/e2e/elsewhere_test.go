package e2e

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestElsewhere analyzes code that has nothing to do with the API, as it comes and with every
// status of net/http made a code so that the engine has work everywhere: the standard
// library, x/tools, and what retcode depends on. Each ends, and says the same a second time.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	deps, err := output(tl.root, nil, "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{$.ImportPath}}{{end}}{{end}}", "./...")
	if err != nil {
		t.Fatal(err)
	}
	from, err := output(tl.root, nil, "go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/tools")
	if err != nil {
		t.Fatal(err)
	}
	xtools := t.TempDir()
	if err := os.CopyFS(xtools, os.DirFS(strings.TrimSpace(string(from)))); err != nil {
		t.Fatal(err)
	}
	for _, tg := range []target{
		{name: "std", dir: tl.root, patterns: []string{"std"}},
		{name: "xtools", dir: xtools, patterns: []string{"./..."}},
		{name: "dependencies", dir: tl.root, patterns: strings.Fields(string(deps))},
	} {
		if len(tg.patterns) == 0 {
			t.Fatalf("%s: no package", tg.name)
		}
		tg.work = "off"
		t.Run(tg.name, func(t *testing.T) {
			if found := tl.vet(t, tg); len(found) > 0 {
				t.Errorf("found %v", found)
			}
		})
		t.Run(tg.name+" with origin", func(t *testing.T) {
			// No file has these tags: they are in the key of the go command's cache.
			find := func(tag string) findings {
				tg.flags = []string{"-origin=net/http.Response.StatusCode=http", "-tags=" + tag}
				return tl.vet(t, tg)
			}
			first := find("first")
			t.Logf("%d findings", len(first))
			if diff := cmp.Diff(first, find("second"), cmp.AllowUnexported(finding{})); diff != "" {
				t.Errorf("not the same (-first +second):\n%s", diff)
			}
		})
	}
}
