package catalog_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestVendors compares the catalogs with the vendors' own packages. It runs in a module of its
// own, so that none of those enters the product's.
func TestVendors(t *testing.T) {
	if testing.Short() {
		t.Skip("the vendors' packages take a while to build")
	}
	dir := filepath.Join("testdata", "vendors")
	run := func(args ...string) ([]byte, error) {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly")
		return cmd.CombinedOutput()
	}
	if out, err := run("mod", "download"); err != nil {
		if bytes.Contains(out, []byte("checksum mismatch")) || bytes.Contains(out, []byte("updates to go.mod needed")) {
			t.Fatalf("go mod download: %v\n%s", err, out)
		}
		t.Skipf("the vendors' modules cannot be had, so the catalogs are not compared with them: %v\n%s", err, out)
	}
	if out, err := run("test", "-count=1", "."); err != nil {
		t.Errorf("go test in %s: %v\n%s", dir, err, out)
	}
}
