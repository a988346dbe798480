package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

const data = "../../data"

func TestUpToDate(t *testing.T) {
	files, err := generate(data)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("run go generate ./analyzer/catalog (-want +%s):\n%s", name, diff)
		}
	}
}

// TestCatalogs wants the catalogs of the binary to say what the data files do.
func TestCatalogs(t *testing.T) {
	for _, name := range catalog.Names() {
		text, err := os.ReadFile(filepath.Join(data, name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		want, err := catalog.Parse(name+".yaml", text)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := catalog.Load(name)
		if !ok {
			t.Fatalf("no catalog %s", name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-file +binary:\n%s", diff)
		}
	}
}

func TestBroken(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := run(dir); err == nil {
		t.Error("no error for a directory that is not there")
	}
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(data, "rongcloud.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"broken.yaml": "format: x\n", "other.yaml": string(text)} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := run(dir); err == nil {
			t.Errorf("no error for %s", name)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "../*.go")); len(left) > 0 {
		t.Errorf("%v was written", left)
	}
}

func TestRenderEmpty(t *testing.T) {
	for _, catalogs := range [][]*catalog.Catalog{nil, {{Name: "none"}}} {
		src, err := renderHints(catalogs)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "hints_gen.go", src, 0); err != nil {
			t.Error(err)
		}
	}
}
