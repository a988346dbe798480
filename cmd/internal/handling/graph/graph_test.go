package graph_test

import (
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/handling/graph"
)

func one() report.Report {
	at := func(line int) report.Position {
		return report.Position{File: "internal/store/store.go", Line: line, Column: 3}
	}
	return report.Merge(report.Package{
		Path: "example.com/store",
		Spaces: []report.Space{{ID: "postgresql/sqlstate", API: "postgresql", Name: "sqlstate", Codes: []report.Code{
			{Value: report.Text("40001"), Name: "SerializationFailure", Retry: report.Transaction},
			{Value: report.Text("40P01"), Name: "DeadlockDetected", Retry: report.Transaction},
		}}},
		Sites: []report.Site{{
			Function: "Save", Call: `(*sql.DB)."Exec"`, At: at(7), Decision: at(9), Space: "postgresql/sqlstate",
			Carrier: report.Carrier{Kind: report.CarrierError, Name: "err"},
			Classes: []report.Class{
				{Success: true},
				{Codes: []report.Value{report.Text("40001")}, Actions: []report.Action{{Kind: report.Retried}}},
				{Rest: true, Actions: []report.Action{{Kind: report.Mapped, Detail: "ErrSave"}}},
			},
			Untold: []report.Value{report.Text("40P01")},
			Findings: []report.Finding{
				{Category: "retryable", Message: "a <deadlock> is #1 of what is not retried here although it should be (retryable)", At: at(9)},
				{Category: "magic", Message: "40001 (magic)", At: at(10), Silenced: true},
			},
		}},
	})
}

func TestDot(t *testing.T) {
	var b strings.Builder
	if err := graph.Dot(&b, one()); err != nil {
		t.Fatal(err)
	}
	want := `digraph handling {
	label="example.com/store: Save";
	labelloc=t;
	rankdir=LR;
	graph [fontname="sans-serif"];
	node [fontname="sans-serif", fontsize=11, shape=box, style="rounded,filled", fillcolor=white];
	edge [fontname="sans-serif", fontsize=10];
	n1 [label="(*sql.DB).\"Exec\"\nstore.go:7"];
	n2 [label="postgresql code?\nstore.go:9", shape=diamond, style=filled];
	n3 [label="goes on", fillcolor="#eceff1"];
	n4 [label="retried after a pause", fillcolor="#b9e4c9"];
	n5 [label="mapped to ErrSave", fillcolor="#f6c4bd"];
	n6 [label="a <deadlock> is #1 of what is not retried here\nalthough it should be (retryable)", shape=note, style=filled, fillcolor="#fff4c2"];
	n7 [label="silenced: 40001 (magic)", shape=note, style=filled, fillcolor="#fff4c2"];
	n1 -> n2 [label="error err"];
	n2 -> n3 [label="success"];
	n2 -> n4 [label="40001 (SerializationFailure)"];
	n2 -> n5 [label="every other code"];
	n2 -> n6 [label=""];
	n2 -> n7 [label=""];
}
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMermaid(t *testing.T) {
	var b strings.Builder
	if err := graph.Mermaid(&b, one()); err != nil {
		t.Fatal(err)
	}
	want := `---
title: "example.com/store: Save"
---
flowchart LR
	n1["(*sql.DB).#quot;Exec#quot;<br>store.go:7"]
	n2{"postgresql code?<br>store.go:9"}
	n3("goes on"):::success
	n4("retried after a pause"):::retried
	n5("mapped to ErrSave"):::permanent
	n6>"a #lt;deadlock#gt; is #35;1 of what is not retried here<br>although it should be (retryable)"]:::note
	n7>"silenced: 40001 (magic)"]:::note
	n1 -->|"error err"| n2
	n2 -->|"success"| n3
	n2 -->|"40001 (SerializationFailure)"| n4
	n2 -->|"every other code"| n5
	n2 --> n6
	n2 --> n7
	classDef retried fill:#b9e4c9,stroke:#555,color:#111
	classDef permanent fill:#f6c4bd,stroke:#555,color:#111
	classDef success fill:#eceff1,stroke:#555,color:#111
	classDef note fill:#fff4c2,stroke:#555,color:#111
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestWithoutDecision checks that a call that nothing looks at leads straight to what is done.
func TestWithoutDecision(t *testing.T) {
	r := one()
	r.Packages[0].Sites[0].Decision = report.Position{}
	var b strings.Builder
	if err := graph.Dot(&b, r); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); strings.Contains(got, "diamond") || !strings.Contains(got, `n1 -> n3 [label="40001 (SerializationFailure)"]`) {
		t.Errorf("got\n%s", got)
	}
}
