package analyzer_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/go-retcode/retcode/analyzer"
	"github.com/go-retcode/retcode/analyzer/catalog"
)

// ledger is the catalog of an API whose codes are texts.
func ledger() *catalog.Catalog {
	return &catalog.Catalog{
		Name: "ledger", Title: "Ledger",
		Checks:  catalog.Embedded().Checks,
		Classes: []catalog.RetryClass{{Name: catalog.Transient, Advice: "call again after a short delay", Required: true}},
		Spaces: []*catalog.Space{{
			Name: "state", Noun: "state", Kind: catalog.StringKind,
			Success: []catalog.Value{catalog.StringValue("00000")},
			Groups:  []catalog.Group{{Name: "general"}}, General: "general",
			Codes: []catalog.Code{
				{Value: catalog.StringValue("00000"), Name: "Success", Group: "general"},
				{Value: catalog.StringValue("22P02"), Name: "InvalidText", Group: "general", Meaning: "a text cannot be read"},
				{Value: catalog.StringValue("23505"), Name: "UniqueViolation", Group: "general", Meaning: "there is such an entry"},
				{Value: catalog.StringValue("40001"), Name: "SerializationFailure", Group: "general", Retry: catalog.Transient, Meaning: "two bookings met"},
				{Value: catalog.StringValue("40P01"), Name: "DeadlockDetected", Group: "general", Retry: catalog.Transient, Meaning: "two bookings waited for each other"},
			},
		}},
		Evidence: catalog.Evidence{Hosts: []string{"ledger.example.com"}},
		Origins:  catalog.Origins{CodeSpace: "state", CodeField: "code"},
	}
}

// TestTexts runs the whole pipeline with codes that are texts: origins, flow, partition,
// checks, messages, fixes, and facts between packages.
func TestTexts(t *testing.T) {
	a, err := analyzer.NewWith(analyzer.Config{}, []*catalog.Catalog{catalog.Embedded(), ledger()})
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.Abs("testdata/ledger")
	if err != nil {
		t.Fatal(err)
	}
	analysistest.RunWithSuggestedFixes(findings{t}, dir, a, "./...")
}
