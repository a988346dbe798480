package analyzer_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/go-retcode/retcode/analyzer"
	"github.com/go-retcode/retcode/analyzer/report"
)

// handlingOf is the map of a module of testdata.
func handlingOf(t *testing.T, dir string) report.Report {
	t.Helper()
	a, err := analyzer.New(analyzer.Config{Handling: true})
	if err != nil {
		t.Fatal(err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: abs}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var list []report.Package
	for _, root := range graph.Roots {
		if root.Err != nil {
			t.Fatal(root.Err)
		}
		list = append(list, *root.Result.(*report.Package))
	}
	r := report.Merge(list...)
	if err := r.Check(); err != nil {
		t.Error(err)
	}
	return r
}

// rowsOf writes a site in a line for each class.
func rowsOf(r *report.Report, s *report.Site) string {
	space, _ := r.Space(s.Space)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s:", s.Function, s.Verb(), s.Call)
	for i := range s.Classes {
		c := &s.Classes[i]
		fmt.Fprintf(&b, " [%s: %s]", space.List(c, 0), c)
	}
	if len(s.Untold) > 0 {
		fmt.Fprintf(&b, " untold %v", s.Untold)
	}
	for _, f := range s.Findings {
		fmt.Fprintf(&b, " !%s", f.Category)
	}
	return b.String()
}

const quickstart = `
main calls (*im.Client).Token: [success: goes on] [1008 (RateLimited), 1050 (ServiceTimeout), every other code: ends the process: log.Fatal]
main calls (*im.Client).Befriend: [success: goes on] [1008 (RateLimited), 1050 (ServiceTimeout), every other code: ends the process: log.Fatal]
main calls (*im.Client).Send: [success: goes on] [1000 (InvalidRequest), 1002 (InvalidParameter), 1004 (SignatureMismatch), 1008 (RateLimited), 1050 (ServiceTimeout), every other code: ends the process: log.Fatalf]
(*Client).Token calls (*im.Client).call: [success: goes on] [1008 (RateLimited), 1050 (ServiceTimeout), every other code: wrapped]
(*Client).Send calls (*im.Client).call: [success: goes on] [1008 (RateLimited): retried after a pause] [1050 (ServiceTimeout), every other code: returned] !magic
(*Client).Block calls (*im.Client).call: [success: goes on] [1008 (RateLimited), 1050 (ServiceTimeout), every other code: returned without the code: fmt.Errorf] untold [1008 1050] !retryable
Explain is given err: [success: goes on] [1000 (InvalidRequest), 1002 (InvalidParameter): returns "the request is bad", returns false] [1004 (SignatureMismatch): returns "the app secret is wrong", returns false] [1008 (RateLimited): returns "too many calls, try again later", returns true] [1050 (ServiceTimeout), every other code: returns false] untold [1050] !switch !magic !magic !magic !unknown
(*Client).Befriend calls (*im.Client).call: [success: goes on] [1008 (RateLimited), 1050 (ServiceTimeout), every other code: not followed: a condition that the code decides in a way that is not known, returned] !text
(*Client).Online calls (*http.Client).Do: [200 (Success), 10000 (SuccessV2): goes on] [1008 (RateLimited), 1050 (ServiceTimeout), every other code: dropped] !unchecked
(*Client).Leave calls (*im.Client).call: [success: goes on] [1008 (RateLimited), 1050 (ServiceTimeout), every other code: logged only (log.Printf)] untold [1008 1050] !unchecked
(*Client).call calls (*http.Client).Do: [200 (Success): goes on] [10000 (SuccessV2): goes on] [1008 (RateLimited), 1050 (ServiceTimeout), every other code: returned]
`

// TestHandling compares what the map says of the embedded example with what stands there.
func TestHandling(t *testing.T) {
	r := handlingOf(t, "../testdata/quickstart")
	var got []string
	for _, s := range r.All {
		got = append(got, rowsOf(&r, s))
	}
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(quickstart), "\n"), got); diff != "" {
		t.Error(diff)
	}
}

const told = `
Call calls http.Get: [200 (Success): goes on] [10000 (SuccessV2): goes on] [1008 (RateLimited), 1050 (ServiceTimeout), every other code: returned]
Retryable is given err: [success: goes on] [1008 (RateLimited), 1050 (ServiceTimeout): returns true] [every other code: returns false]
One is given err: [success: goes on] [1008 (RateLimited): returns true] [1050 (ServiceTimeout), every other code: returns false] untold [1050]
Text is given code: [200 (Success), 10000 (SuccessV2): goes on] [1008 (RateLimited): returns "slow down"] [1050 (ServiceTimeout): returns "timeout"] [every other code: returns "unknown"]
TextOf is given err: [success: goes on] [1008 (RateLimited): returns "slow down"] [1050 (ServiceTimeout): returns "timeout"] [every other code: returns "unknown"]
Use calls told.Call: [success: goes on] [1008 (RateLimited), 1050 (ServiceTimeout): returns "again"] [every other code: returns "unknown"]
`

// TestHandlingTold compares what the map says of predicates and descriptions.
func TestHandlingTold(t *testing.T) {
	r := handlingOf(t, "../testdata/rules/predicates")
	var got []string
	for p, s := range r.All {
		if p.Path == "example.com/predicates/told" {
			got = append(got, rowsOf(&r, s))
		}
	}
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(told), "\n"), got); diff != "" {
		t.Error(diff)
	}
}

// TestHandlingNames wants of each site over libraries a name that stands in the source.
func TestHandlingNames(t *testing.T) {
	r := handlingOf(t, "../testdata/programs/databases")
	want := []string{
		"Add calls (*sql.DB).ExecContext", "Archive calls (*sql.DB).ExecContext",
		"(*Store).Place calls (*orders.Store).place", "conflict is given err", "(*Store).place calls (pgx.Tx).Exec", "refused is given err",
		"Count calls (stock.StockClient).Count", "Insist calls (stock.StockClient).Count", "Add calls (*sql.DB).ExecContext",
		"Remove calls users.remove",
	}
	var got []string
	for _, s := range r.All {
		got = append(got, s.Function+" "+s.Verb()+" "+s.Call)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
