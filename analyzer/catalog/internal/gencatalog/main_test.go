package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

const dataFile = "../../rongcloud.yaml"

func TestUpToDate(t *testing.T) {
	files, err := generate(dataFile)
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

// TestEmbedded wants the embedded catalog to say what the data file does.
func TestEmbedded(t *testing.T) {
	data, err := os.ReadFile(dataFile)
	if err != nil {
		t.Fatal(err)
	}
	want, err := catalog.Parse("rongcloud.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, catalog.Embedded()); diff != "" {
		t.Errorf("-file +embedded:\n%s", diff)
	}
}

func TestBroken(t *testing.T) {
	name := filepath.Join(t.TempDir(), "broken.yaml")
	if err := run(name); err == nil {
		t.Error("no error for a file that is not there")
	}
	if err := os.WriteFile(name, []byte("format: x\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := run(name); err == nil {
		t.Error("no error for a broken catalog")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), "*.go")); len(left) > 0 {
		t.Errorf("%v was written", left)
	}
}

func TestRenderEmpty(t *testing.T) {
	src, err := render(&catalog.Catalog{Name: "none"})
	if err != nil {
		t.Fatal(err)
	}
	if len(src) == 0 {
		t.Error("no source")
	}
}
