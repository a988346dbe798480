package main

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

func TestUpToDate(t *testing.T) {
	c, err := catalog.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	want, err := render(c)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../hints_gen.go")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("run go generate ./analyzer/catalog (-want +file):\n%s", diff)
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
