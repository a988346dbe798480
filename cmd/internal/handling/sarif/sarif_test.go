package sarif_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/handling/sample"
	"github.com/go-retcode/retcode/cmd/internal/handling/sarif"
)

// schemaOf is the module that carries the schema, in a constant of its source.
const schemaOf = "github.com/owenrumney/go-sarif/v3@v3.3.1"

// official returns the schema as OASIS published it. It is read where the go command
// keeps modules, and is no part of this repository.
func official(t *testing.T) *jsonschema.Schema {
	t.Helper()
	cmd := exec.Command("go", "mod", "download", "-json", schemaOf)
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go mod download %s: %v\n%s", schemaOf, err, out)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(module.Dir, "pkg", "report", "v210", "sarif", "schema.go")
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && len(lit.Value) > len(text) {
			text, err = strconv.Unquote(lit.Value)
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if id := doc.(map[string]any)["id"]; id != "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json" {
		t.Fatalf("the schema is another: %v", id)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func write(t *testing.T, p sample.Program, source bool) []byte {
	t.Helper()
	var b bytes.Buffer
	o := sarif.Options{Version: "v1.2.3"}
	if source {
		o.Source = p.Source
	}
	if err := sarif.Write(&b, p.Report, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSchema(t *testing.T) {
	schema := official(t)
	valid := func(data []byte) error {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(v)
	}
	p := sample.New(60)
	p.Report.Packages[0].Findings = []report.Finding{{
		Category: "unknown", Message: "1007 is no code (unknown)", At: report.Position{File: "/else where/a.go", Line: 3, Column: 1},
	}}
	data := write(t, p, true)
	if err := valid(data); err != nil {
		t.Error(err)
	}
	if err := valid(write(t, sample.Program{}, false)); err != nil {
		t.Errorf("without a finding: %v", err)
	}
	for _, change := range [][2]string{{`"startLine": 3`, `"startLine": 0`}, {`"warning"`, `"bad"`}, {`"inSource"`, `"here"`}, {`"ruleId"`, `"rule_id"`}} {
		if wrong := bytes.Replace(data, []byte(change[0]), []byte(change[1]), 1); bytes.Equal(wrong, data) || valid(wrong) == nil {
			t.Errorf("%s instead of %s is valid", change[1], change[0])
		}
	}
}

// A log is what the tests read back.
type log struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Version string
				Rules   []struct{ ID, HelpURI string }
			}
		}
		Results []struct {
			RuleID                      string
			RuleIndex                   int
			Level                       string
			Message                     struct{ Text string }
			Locations, RelatedLocations []struct {
				ID               int
				Message          struct{ Text string }
				PhysicalLocation struct {
					ArtifactLocation struct{ URI, URIBaseID string }
					Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
				}
				LogicalLocations []struct{ FullyQualifiedName string }
			}
			CodeFlows []struct {
				ThreadFlows []struct{ Locations []any }
			}
			PartialFingerprints map[string]string
			Suppressions        []struct{ Kind, Justification string }
		}
	}
}

func read(t *testing.T, data []byte) log {
	t.Helper()
	var l log
	if err := json.Unmarshal(data, &l); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestResults(t *testing.T) {
	p := sample.New(60)
	run := read(t, write(t, p, true)).Runs[0]
	count, related, silenced, flows := 0, 0, 0, 0
	for _, s := range p.Report.All {
		count += len(s.Findings)
	}
	if len(run.Results) != count {
		t.Errorf("%d results; want %d", len(run.Results), count)
	}
	if run.Tool.Driver.Version != "v1.2.3" {
		t.Errorf("version %q", run.Tool.Driver.Version)
	}
	seen := make(map[string]bool)
	for _, r := range run.Results {
		rule := run.Tool.Driver.Rules[r.RuleIndex]
		if rule.ID != r.RuleID || !strings.HasSuffix(rule.HelpURI, "/docs/checks/"+r.RuleID+".md") {
			t.Errorf("%s has rule %v", r.RuleID, rule)
		}
		loc := r.Locations[0]
		if uri := loc.PhysicalLocation.ArtifactLocation; !strings.HasSuffix(uri.URI, ".go") || uri.URIBaseID != "%SRCROOT%" {
			t.Errorf("location %v", uri)
		}
		if len(loc.LogicalLocations) != 1 || !strings.Contains(loc.LogicalLocations[0].FullyQualifiedName, ".(*") {
			t.Errorf("logical location %v", loc.LogicalLocations)
		}
		print := r.PartialFingerprints["retcodeFinding/v1"]
		if len(print) != 32 || seen[print] {
			t.Errorf("fingerprint %q", print)
		}
		seen[print] = true
		for i, rel := range r.RelatedLocations {
			related++
			if rel.Message.Text == "" || rel.ID != i+1 {
				t.Errorf("related location %v", rel)
			}
		}
		if quiet := len(r.Suppressions) > 0; quiet != (r.Level == "note") {
			t.Errorf("%s has level %s, silenced %v", r.RuleID, r.Level, quiet)
		}
		for _, s := range r.Suppressions {
			silenced++
			if s.Kind != "inSource" || s.Justification != "the user is gone, and nobody could act on it" {
				t.Errorf("suppression %v", s)
			}
		}
		for _, f := range r.CodeFlows {
			flows++
			if len(f.ThreadFlows[0].Locations) < 2 {
				t.Error("a code flow of one place")
			}
		}
	}
	if related == 0 || silenced == 0 || flows == 0 {
		t.Errorf("%d related places, %d suppressions, %d code flows", related, silenced, flows)
	}
}

// TestFingerprints checks that lines that move leave the fingerprints as they are, and that
// another function's finding has another.
func TestFingerprints(t *testing.T) {
	prints := func(p sample.Program) (out []string) {
		for _, r := range read(t, write(t, p, false)).Runs[0].Results {
			out = append(out, r.PartialFingerprints["retcodeFinding/v1"])
		}
		return out
	}
	want := prints(sample.New(30))
	moved, renamed := sample.New(30), sample.New(30)
	for _, s := range moved.Report.All {
		s.At.Line += 7
		for i := range s.Findings {
			s.Findings[i].At.Line += 7
		}
	}
	for _, s := range renamed.Report.All {
		s.Function += "2"
	}
	if got := prints(moved); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("moved lines change fingerprints:\n%v\n%v", got, want)
	}
	for i, got := range prints(renamed) {
		if got == want[i] {
			t.Errorf("finding %d of another function has the same fingerprint", i)
		}
	}
}

// TestColumns checks that columns count characters where the source is at hand.
func TestColumns(t *testing.T) {
	p := sample.Program{Files: map[string]string{"a b.go": "x\n/* Größe */ f()\n"}}
	p.Report.Packages = []report.Package{{Path: "p", Findings: []report.Finding{{
		Category: "magic", Message: "m", At: report.Position{File: "a b.go", Line: 2, Column: 15, EndLine: 2, EndColumn: 18},
	}}}}
	for source, want := range map[bool][2]int{true: {13, 16}, false: {15, 18}} {
		loc := read(t, write(t, p, source)).Runs[0].Results[0].Locations[0].PhysicalLocation
		if got := [2]int{loc.Region.StartColumn, loc.Region.EndColumn}; got != want {
			t.Errorf("with the source %v: columns %v; want %v", source, got, want)
		}
		if loc.ArtifactLocation.URI != "a%20b.go" {
			t.Errorf("URI %q", loc.ArtifactLocation.URI)
		}
	}
}
