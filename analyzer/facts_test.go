package analyzer_test

import (
	"bytes"
	"encoding/gob"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/go-retcode/retcode/analyzer"
)

// encoded analyzes the stub of the SDK and the wrappers around it, and returns every fact
// as it would be written to a file.
func encoded(t *testing.T, flags ...string) map[string][]byte {
	t.Helper()
	w := withSDK(t, configuredBy(t, flags...))
	for _, u := range w.module("../testdata/rules/wrappers") {
		w.analyze(u)
	}
	return w.facts
}

// TestFactsAreTheSame encodes the facts of ten fresh runs.
func TestFactsAreTheSame(t *testing.T) {
	flags := []string{"-constants=example.com/wrappers/im"}
	want := encoded(t, flags...)
	if len(want) < 4 {
		t.Fatalf("facts of %v only", slices.Sorted(maps.Keys(want)))
	}
	for i := range 9 {
		got := encoded(t, flags...)
		if len(got) != len(want) {
			t.Fatalf("run %d: %d facts, %d before", i+2, len(got), len(want))
		}
		for k, data := range want {
			if !bytes.Equal(got[k], data) {
				t.Errorf("run %d: the fact %s is not the same", i+2, k)
			}
		}
	}
}

// TestFactsIgnoreFileOrder encodes the facts of packages whose files come in another order.
func TestFactsIgnoreFileOrder(t *testing.T) {
	want := encoded(t)
	w := newWorld(t, configuredBy(t))
	sdk := w.dir(sdkPath, "../testdata/stubs/sdk/v4/sdk")
	slices.Reverse(sdk.files)
	w.analyze(sdk)
	for _, u := range w.module("../testdata/rules/wrappers") {
		slices.Reverse(u.files)
		w.analyze(u)
	}
	for k, data := range want {
		if !bytes.Equal(w.facts[k], data) {
			t.Errorf("the fact %s depends on the order of files", k)
		}
	}
}

// TestFactsAreSmall bounds a fact by the source that it is of. Every importer, direct or not,
// reads it.
func TestFactsAreSmall(t *testing.T) {
	const most, fixed = 15, 2048 // percent of the source's bytes, and gob's description of the types
	sizes := map[string]int{
		sdkPath:                       folderSize(t, "../testdata/stubs/sdk/v4/sdk"),
		"example.com/wrappers/im":     folderSize(t, "../testdata/rules/wrappers/im"),
		"example.com/wrappers/web":    folderSize(t, "../testdata/rules/wrappers/web"),
		"example.com/wrappers/notify": folderSize(t, "../testdata/rules/wrappers/notify"),
	}
	facts := encoded(t)
	for path, source := range sizes {
		data := facts[path+" fact.Facts"]
		t.Logf("%s: %d bytes of fact for %d of source", path, len(data), source)
		if limit := fixed + source*most/100; len(data) > limit {
			t.Errorf("the fact of %s has %d bytes, more than %d", path, len(data), limit)
		}
	}
	if len(facts[sdkPath+" fact.Facts"]) == 0 {
		t.Error("no fact of the SDK")
	}
}

func folderSize(t *testing.T, dir string) int {
	t.Helper()
	w := newWorld(t, analyzer.Analyzer)
	size := 0
	for _, f := range w.dir(filepath.Base(dir), dir).files {
		size += int(f.FileEnd - f.FileStart)
	}
	return size
}

// TestFactsHoldNoMaps walks the types of the facts: gob writes a map in the order of chance,
// and can write neither functions nor channels.
func TestFactsHoldNoMaps(t *testing.T) {
	seen := make(map[reflect.Type]bool)
	var walk func(typ reflect.Type, path string)
	walk = func(typ reflect.Type, path string) {
		if seen[typ] {
			return
		}
		seen[typ] = true
		if typ.Implements(reflect.TypeFor[gob.GobEncoder]()) {
			return // it says itself how it is encoded
		}
		switch typ.Kind() {
		case reflect.Map, reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer:
			t.Errorf("%s is a %s", path, typ.Kind())
		case reflect.Pointer, reflect.Slice, reflect.Array:
			walk(typ.Elem(), path+"[]")
		case reflect.Struct:
			for f := range typ.Fields() {
				if !f.IsExported() {
					t.Errorf("%s.%s is lost when it is encoded", path, f.Name)
				}
				walk(f.Type, path+"."+f.Name)
			}
		}
	}
	for _, f := range analyzer.Analyzer.FactTypes {
		walk(reflect.TypeOf(f).Elem(), reflect.TypeOf(f).Elem().String())
	}
}

// TestFactsAreUsed forgets the SDK's facts: what its errors hold is then not known.
func TestFactsAreUsed(t *testing.T) {
	var counts []int
	for _, forget := range []bool{false, true} {
		w := withSDK(t, configuredBy(t))
		if forget {
			clear(w.facts)
		}
		found := 0
		for _, u := range w.module("../testdata/rules/wrappers") {
			found += len(w.analyze(u))
		}
		counts = append(counts, found)
	}
	if counts[1] >= counts[0] {
		t.Errorf("%d findings with facts, %d without", counts[0], counts[1])
	}
}
