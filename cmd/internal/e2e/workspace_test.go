package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// workspace generates a module of layers. Package i of a layer imports package i of the
// one below, and two others. One column in ten calls the API, through a wrapper in each
// layer; the top layer loses the code.
type workspace struct {
	dir           string
	layers, width int
}

const apiEvery = 10

func newWorkspace(t *testing.T, root string, layers, width int) workspace {
	t.Helper()
	w := workspace{t.TempDir(), layers, width}
	w.write(t, "go.mod", fmt.Sprintf("module example.com/work\n\ngo 1.26\n\nrequire github.com/rongcloud/server-sdk-go/v4 v4.0.0\n\n"+
		"replace github.com/rongcloud/server-sdk-go/v4 => %s\n", filepath.Join(root, "testdata", "stubs", "sdk", "v4")))
	for layer := range layers {
		for i := range width {
			w.write(t, w.file(layer, i), w.source(layer, i))
		}
	}
	return w
}

func (w workspace) file(layer, i int) string {
	return fmt.Sprintf("l%d/p%03d/p.go", layer, i)
}

func (w workspace) path(layer, i int) string {
	return fmt.Sprintf("example.com/work/l%d/p%03d", layer, i)
}

// below lists the packages that package i imports from the layer below.
func (w workspace) below(i int) []int {
	plain := func(n int) int {
		if n %= w.width; n%apiEvery == 0 {
			n++
		}
		return n
	}
	list := []int{i}
	for _, n := range []int{plain(3*i + 7), plain(7*i + 12)} {
		if n != list[len(list)-1] && n != i {
			list = append(list, n)
		}
	}
	return list
}

// importers lists the packages that import package i of a layer, and all that import these.
func (w workspace) importers(layer, i int) (direct, all map[string]bool) {
	direct, all = make(map[string]bool), make(map[string]bool)
	now := map[int]bool{i: true}
	for above := layer + 1; above < w.layers; above++ {
		next := make(map[int]bool)
		for n := range w.width {
			for _, dep := range w.below(n) {
				if now[dep] {
					next[n] = true
					all[w.path(above, n)] = true
					if above == layer+1 {
						direct[w.path(above, n)] = true
					}
				}
			}
		}
		now = next
	}
	return direct, all
}

func (w workspace) source(layer, i int) string {
	var b strings.Builder
	api := i%apiEvery == 0
	fmt.Fprintf(&b, "// Package p%03d is a part of layer %d.\npackage p%03d\n\nimport (\n\t\"errors\"\n", i, layer, i)
	if api || layer > 0 {
		b.WriteString("\t\"fmt\"\n")
	}
	if api {
		b.WriteString("\n\t\"github.com/rongcloud/server-sdk-go/v4/sdk\"\n")
	}
	var below []int
	if layer > 0 {
		b.WriteString("\n")
		below = w.below(i)
	}
	for _, n := range below {
		fmt.Fprintf(&b, "\t%q\n", w.path(layer-1, n))
	}
	b.WriteString(")\n\n// ErrNegative says that a number is too small.\nvar ErrNegative = errors.New(\"negative\")\n\n" +
		"// Sum adds what the layers below know of n.\nfunc Sum(n int) (int, error) {\n\tif n < 0 {\n\t\treturn 0, ErrNegative\n\t}\n\tsum := 1\n")
	for _, n := range below {
		fmt.Fprintf(&b, "\tif v, err := p%03d.Sum(n - 1); err != nil {\n\t\treturn 0, fmt.Errorf(\"layer %d: %%w\", err)\n\t} else {\n\t\tsum += v\n\t}\n", n, layer)
	}
	b.WriteString("\treturn sum, nil\n}\n")
	switch {
	case !api:
	case layer == w.layers-1:
		fmt.Fprintf(&b, "\n// Unblock loses the code.\nfunc Unblock(rc *sdk.RongCloud, user string) {\n\t_ = p%03d.Unblock(rc, user)\n}\n", i)
	case layer > 0:
		fmt.Fprintf(&b, "\n// Unblock hands the code on.\nfunc Unblock(rc *sdk.RongCloud, user string) error {\n"+
			"\tif err := p%03d.Unblock(rc, user); err != nil {\n\t\treturn fmt.Errorf(\"unblocking in layer %d: %%w\", err)\n\t}\n\treturn nil\n}\n", i, layer)
	default:
		b.WriteString("\n// Unblock hands the code on.\nfunc Unblock(rc *sdk.RongCloud, user string) error {\n" +
			"\tif err := rc.BlockRemove(user); err != nil {\n\t\treturn fmt.Errorf(\"unblocking: %w\", err)\n\t}\n\treturn nil\n}\n")
	}
	return b.String()
}

func (w workspace) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// change replaces text in a package, which must be there, without moving other lines.
func (w workspace) change(t *testing.T, layer, i int, from, to string) {
	t.Helper()
	text := w.source(layer, i)
	if !strings.Contains(text, from) {
		t.Fatalf("%s does not hold %q", w.file(layer, i), from)
	}
	w.write(t, w.file(layer, i), strings.ReplaceAll(text, from, to))
}
