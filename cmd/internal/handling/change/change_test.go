package change_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/handling/change"
	"github.com/go-retcode/retcode/cmd/internal/handling/sample"
)

func table() report.Space {
	return report.Space{ID: "chat/business", API: "chat", Name: "business", Codes: []report.Code{
		{Value: report.Int(200), Name: "Success", Success: true},
		{Value: report.Int(1001), Name: "WrongSecret"},
		{Value: report.Int(1008), Name: "RateLimited", Retry: report.RateLimit},
		{Value: report.Int(1050), Name: "Timeout", Retry: report.Transient},
	}}
}

func ints(list ...int64) (out []report.Value) {
	for _, n := range list {
		out = append(out, report.Int(n))
	}
	return out
}

// site is a call at a line that does some things for 1008, and another for the rest.
func site(function, call string, line int, limited, rest []report.ActionKind, untold ...int64) report.Site {
	s := report.Site{
		Function: function, Call: call, At: report.Position{File: "chat/send.go", Line: line, Column: 9},
		Space: "chat/business", Carrier: report.Carrier{Kind: report.CarrierError},
		Classes: []report.Class{{Success: true}, {Rest: true, Actions: actions(rest)}},
		Untold:  ints(untold...),
	}
	if limited != nil {
		s.Named = ints(1008)
		s.Classes = append(s.Classes, report.Class{Codes: ints(1008), Actions: actions(limited)})
	}
	return s
}

func actions(kinds []report.ActionKind) (out []report.Action) {
	for _, k := range kinds {
		out = append(out, report.Action{Kind: k})
	}
	return out
}

func does(k ...report.ActionKind) []report.ActionKind { return k }

func program(sites ...report.Site) *report.Report {
	r := report.Merge(report.Package{Path: "example.com/chat", Spaces: []report.Space{table()}, Sites: sites})
	return &r
}

func text(t *testing.T, write func(w *strings.Builder) error) string {
	t.Helper()
	var b strings.Builder
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func compare(t *testing.T, old, new *report.Report) string {
	t.Helper()
	d := change.Handling(old, new)
	return text(t, func(w *strings.Builder) error { return d.Text(w, "main") })
}

func TestHandling(t *testing.T) {
	send := func(line int) report.Site {
		return site("Send", "(*sdk.C).Send", line, does(report.Retried, report.Wrapped), does(report.Wrapped))
	}
	for _, tt := range []struct {
		name     string
		old, new *report.Report
		want     string
	}{
		{"lines moved", program(send(3)), program(send(90)), "handling is the same as in main: 1 call\n"},
		{
			"a retry is gone", program(send(3)), program(site("Send", "(*sdk.C).Send", 4, nil, does(report.Wrapped))),
			`handling since main: 1 call changed (1 for the worse), 0 new, 0 gone, 0 the same

chat/send.go:4:9: Send calls (*sdk.C).Send (chat)
  ! 1008 (RateLimited): retried after a pause, wrapped -> wrapped (stopped retrying)
`,
		},
		{
			"codes are lost", program(site("Send", "(*sdk.C).Send", 3, nil, does(report.Wrapped))),
			program(site("Send", "(*sdk.C).Send", 3, nil, does(report.Replaced), 1008, 1050)),
			`handling since main: 1 call changed (1 for the worse), 0 new, 0 gone, 0 the same

chat/send.go:3:9: Send calls (*sdk.C).Send (chat)
  ! 1008 (RateLimited), 1050 (Timeout): wrapped -> returned as an error without the code, like a permanent failure (no longer told apart)
  ~ every other code: wrapped -> returned as an error without the code
`,
		},
		{
			"better", program(site("Send", "(*sdk.C).Send", 3, does(report.RetriedAtOnce), does(report.Logged))), program(send(3)),
			`handling since main: 1 call changed, 0 new, 0 gone, 0 the same

chat/send.go:3:9: Send calls (*sdk.C).Send (chat)
  ~ 1008 (RateLimited): retried without a pause -> retried after a pause, wrapped (now with a pause)
  ~ 1050 (Timeout), every other code: logged only -> wrapped (no longer swallowed)
`,
		},
		{
			"a function is renamed", program(send(3), site("Recall", "(*sdk.C).Recall", 9, nil, does(report.Returned))),
			program(site("SendText", "(*sdk.C).Send", 3, does(report.Retried, report.Wrapped), does(report.Wrapped)), site("Recall", "(*sdk.C).Recall", 9, nil, does(report.Returned))),
			"handling is the same as in main: 2 calls\n",
		},
		{
			"new and gone", program(send(3)), program(site("Join", "(*sdk.C).Join", 3, does(report.Retried), does(report.Mapped), 1050)),
			`handling since main: 0 calls changed, 1 new, 1 gone, 0 the same

new
  chat/send.go:3:9: Join calls (*sdk.C).Join (chat): 1008 (RateLimited) retried after a pause; every other code mapped to an error of its own; not told apart: 1050 (Timeout)

gone
  chat/send.go:3:9: Send calls (*sdk.C).Send (chat): 1008 (RateLimited) retried after a pause, wrapped; every other code wrapped
`,
		},
		{
			"the first of two calls is gone",
			program(site("Send", "(*sdk.C).Send", 3, nil, does(report.Returned)), send(5)), program(send(3)),
			`handling since main: 0 calls changed, 0 new, 1 gone, 1 the same

gone
  chat/send.go:3:9: Send calls (*sdk.C).Send (chat): every other code returned
`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := compare(t, tt.old, tt.new); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestFindings(t *testing.T) {
	finding := func(category string, line int, reason string) report.Finding {
		return report.Finding{
			Category: category, Message: category + " says so", Silenced: reason != "", Reason: reason,
			At: report.Position{File: "chat/send.go", Line: line, Column: 2},
		}
	}
	a := site("Send", "(*sdk.C).Send", 3, nil, does(report.Wrapped))
	b := a
	a.Findings = []report.Finding{finding("magic", 3, ""), finding("retry", 4, ""), finding("retry", 6, "")}
	b.Findings = []report.Finding{finding("retry", 44, ""), finding("text", 45, ""), finding("magic", 43, "old")}
	old, new := program(a), program(b)
	old.Packages[0].Findings = []report.Finding{finding("unknown", 1, "")}
	if got, want := compare(t, old, new), `handling since main: 1 call changed, 0 new, 0 gone, 0 the same

chat/send.go:3:9: Send calls (*sdk.C).Send (chat)
  + chat/send.go:43:2: silenced: magic says so: old
  + chat/send.go:45:2: text says so
  - magic says so
  - retry says so

elsewhere
  - unknown says so
`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestSample checks that a program does not differ from itself, however its lines move, and
// that what was taken out of it is all that is said.
func TestSample(t *testing.T) {
	old, new := sample.New(200).Report, sample.New(200).Report
	for _, s := range new.All {
		s.At.Line += 100
		s.Decision.Line += 100
	}
	if d := change.Handling(&old, &new); !d.Empty() || d.Same != 200 {
		t.Errorf("a program differs from itself: %+v", d)
	}
	p := &new.Packages[3]
	gone := p.Sites[1]
	p.Sites = slices.Delete(p.Sites, 1, 2)
	d := change.Handling(&old, &new)
	if len(d.Removed) != 1 || len(d.Changed)+len(d.Added) != 0 || d.Removed[0].Site.Function != gone.Function {
		t.Errorf("one call less: %+v", d)
	}
}

func TestMarkdown(t *testing.T) {
	a := site("(*C).Send|2", "(*sdk.C).Send", 3, does(report.Retried), does(report.Wrapped))
	b := site("(*C).Send|2", "(*sdk.C).Send", 9, nil, does(report.Wrapped))
	b.Findings = []report.Finding{{Category: "x", Message: "see #1 of @all in a_b <i>", At: report.Position{File: "a_b.go", Line: 3, Column: 1}}}
	d := change.Handling(program(a), program(b, site("Join", "(*sdk.C).Join", 3, nil, does(report.Returned))))
	got := text(t, func(w *strings.Builder) error { return d.Markdown(w, "main") })
	want := "### Handling of return codes\n\n" +
		"Handling since main: 1 call changed (1 for the worse), 1 new, 0 gone, 0 the same.\n\n" +
		"| call | codes | before | now | |\n|---|---|---|---|---|\n" +
		`| (\*C).Send\|2<br>(\*sdk.C).Send, chat/send.go:9 | 1008 (RateLimited) | retried after a pause | wrapped | **stopped retrying** |` + "\n\n" +
		"**Findings in these calls**\n\n" +
		`- new: a\_b.go:3: see \#1 of @` + "\u200b" + `all in a\_b &lt;i&gt;` + "\n\n" +
		"<details><summary>New calls: 1</summary>\n\n| call | what is done |\n|---|---|\n" +
		"| `Join`<br>(\\*sdk.C).Join, chat/send.go:3 | every other code returned |\n\n</details>\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// upgraded is the table after an upgrade of the API.
func upgraded() report.Space {
	s := table()
	s.Codes[1].Retry = report.Transient // 1001
	s.Codes[2].Name = "TooManyRequests" // 1008
	s.Codes[3] = report.Code{Value: report.Int(1060), Name: "Busy", Retry: report.Transient}
	s.Codes = append(s.Codes, report.Code{Value: report.Int(1070), Name: "NoSuchRoom"})
	return s
}

func TestCodes(t *testing.T) {
	r := program(
		site("Send", "(*sdk.C).Send", 3, does(report.Retried), does(report.Mapped)),
		site("Join", "(*sdk.C).Join", 13, nil, does(report.Returned)),
		site("Load", "(*sdk.C).Load", 23, nil, does(report.RetriedAtOnce)),
	)
	r.Packages[0].Sites[1].Named = ints(1050)
	other := report.Space{ID: "other/code", API: "other", Codes: []report.Code{{Value: report.Int(1)}}}
	list := change.Codes([]report.Space{table()}, []report.Space{upgraded(), other}, r)
	got := text(t, func(w *strings.Builder) error { return change.CodesText(w, list, "old.yaml") })
	want := `codes since old.yaml: 2 new, 1 reclassified, 1 gone, 1 renamed; 3 calls to look at

+ chat/business 1060 (Busy): new, transient
  look at chat/send.go:3:9: Send calls (*sdk.C).Send (chat): mapped to an error of its own
  look at chat/send.go:23:9: Load calls (*sdk.C).Load (chat): retried without a pause
  reached from 3 calls: retried without a pause in 1, handed on in 1, dealt with in 1

+ chat/business 1070 (NoSuchRoom): new, permanent
  look at chat/send.go:23:9: Load calls (*sdk.C).Load (chat): retried without a pause
  reached from 3 calls: retried without a pause in 1, handed on in 1, dealt with in 1

~ chat/business 1001 (WrongSecret): was permanent, is transient
  look at chat/send.go:3:9: Send calls (*sdk.C).Send (chat): mapped to an error of its own
  look at chat/send.go:23:9: Load calls (*sdk.C).Load (chat): retried without a pause
  reached from 3 calls: retried without a pause in 1, handed on in 1, dealt with in 1

- chat/business 1050 (Timeout): gone, transient
  look at chat/send.go:13:9: Join calls (*sdk.C).Join (chat): returned
  reached from 3 calls: retried without a pause in 1, handed on in 1, dealt with in 1

~ chat/business 1008 (TooManyRequests): was called RateLimited
  look at chat/send.go:3:9: Send calls (*sdk.C).Send (chat): retried after a pause
  reached from 3 calls: retried after a pause in 1, retried without a pause in 1, handed on in 1
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	markdown := text(t, func(w *strings.Builder) error { return change.CodesMarkdown(w, list, "old.yaml") })
	for _, want := range []string{
		"Codes since old.yaml: 2 new, 1 reclassified, 1 gone, 1 renamed; 3 calls to look at.",
		"| chat/business 1001 (WrongSecret) | was permanent, is transient | reached from 3 calls: retried without a pause in 1, ",
		"**To look at for 1050 (Timeout)**\n\n- `Join`, chat/send.go:13: returned\n",
	} {
		if !strings.Contains(markdown, want) {
			t.Errorf("no %q in\n%s", want, markdown)
		}
	}
	same := change.Codes([]report.Space{table()}, []report.Space{table(), other}, r)
	if got := text(t, func(w *strings.Builder) error { return change.CodesText(w, same, "v1") }); got != "the codes are the same as in v1\n" {
		t.Errorf("got %q", got)
	}
}

// TestSpaces checks that a space that came or went is told, of an API that both know.
func TestSpaces(t *testing.T) {
	status := report.Space{ID: "chat/http", API: "chat", Name: "http", Codes: []report.Code{{Value: report.Int(429)}}}
	for kind, lists := range map[change.CodeKind][2][]report.Space{
		change.New:  {{table()}, {table(), status}},
		change.Gone: {{status, table()}, {table()}},
	} {
		list := change.Codes(lists[0], lists[1], program())
		if len(list) != 1 || list[0].Kind != kind || list[0].Space.ID != "chat/http" || list[0].Calls != 0 {
			t.Errorf("%s: %+v", kind, list)
		}
	}
}
