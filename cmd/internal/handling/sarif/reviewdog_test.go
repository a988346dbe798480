package sarif_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"testing"

	"github.com/go-retcode/retcode/cmd/internal/handling/sample"
)

// TestReviewdog lets the real reviewdog read the findings.
func TestReviewdog(t *testing.T) {
	if os.Getenv("RETCODE_E2E") != "1" {
		t.Skip("set RETCODE_E2E=1 to build reviewdog")
	}
	dir := t.TempDir()
	if out, err := exec.Command("git", "init", "-q", dir).CombinedOutput(); err != nil {
		t.Fatalf("git init: %v\n%s", err, out)
	}
	p := sample.New(60)
	cmd := exec.Command("go", "run", "github.com/reviewdog/reviewdog/cmd/reviewdog@v0.21.0", "-f=sarif", "-reporter=rdjson", "-filter-mode=nofilter")
	cmd.Dir = dir
	cmd.Stdin = bytes.NewReader(write(t, p, true))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("reviewdog: %v\n%s", err, stderr.Bytes())
	}
	var got struct {
		Diagnostics []struct {
			Message  string
			Location struct {
				Path  string
				Range struct{ Start struct{ Line, Column int } }
			}
			Code struct{ Value, URL string }
		}
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	i := 0
	for _, s := range p.Report.All {
		for _, f := range s.Findings {
			if i == len(got.Diagnostics) {
				t.Fatalf("reviewdog reads %d findings", i)
			}
			d := got.Diagnostics[i]
			i++
			at := d.Location.Range.Start
			if d.Message != f.Message || d.Location.Path != f.At.File || at.Line != f.At.Line || at.Column != f.At.Column || d.Code.Value != f.Category || d.Code.URL != f.URL {
				t.Errorf("reviewdog reads %+v; want %+v", d, f)
			}
		}
	}
	if i != len(got.Diagnostics) || i == 0 {
		t.Errorf("reviewdog reads %d findings; want %d", len(got.Diagnostics), i)
	}
}
