package report_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/go-retcode/retcode/analyzer/report"
)

func at(file string, line int) report.Position {
	return report.Position{File: file, Line: line, Column: 2, EndLine: line, EndColumn: 9}
}

func business() report.Space {
	return report.Space{ID: "chat/business", API: "chat", Name: "business", Title: "Chat", Codes: []report.Code{
		{Value: report.Int(200), Name: "Success", Success: true},
		{Value: report.Int(1001), Name: "WrongSecret", Group: "general"},
		{Value: report.Int(1008), Name: "RateLimited", Group: "general", Retry: report.RateLimit},
		{Value: report.Int(1050), Name: "Timeout", Group: "general", Retry: report.Transient},
	}}
}

func sqlstate() report.Space {
	return report.Space{ID: "postgresql/sqlstate", API: "postgresql", Name: "sqlstate", Open: true, Codes: []report.Code{
		{Value: report.Text("23505"), Name: "UniqueViolation"},
		{Value: report.Text("40001"), Name: "SerializationFailure", Retry: report.Transaction},
		{Value: report.Text("40003"), Name: "StatementCompletionUnknown", Retry: report.Unsure},
		{Value: report.Text("40P01"), Name: "DeadlockDetected", Retry: report.Transaction},
	}}
}

// packages are the results for three packages, with everything that a report can hold.
func packages() []report.Package {
	finding := report.Finding{
		Category: "retryable", Message: "the code is lost (retryable)", At: at("chat/send.go", 14), URL: "https://example.com/retryable",
		Related: []report.Step{{At: at("chat/send.go", 12), Text: "the call"}},
	}
	silenced := report.Finding{Category: "magic", Message: "1008 (magic)", At: at("chat/send.go", 13), Silenced: true, Reason: "a test"}
	return []report.Package{
		{Path: "example.com/chat", Spaces: []report.Space{business()}, Sites: []report.Site{
			{
				Function: "(*C).Send", Call: "(*sdk.C).Send", At: at("chat/send.go", 12), Decision: at("chat/send.go", 13),
				Space: "chat/business", Carrier: report.Carrier{Kind: report.CarrierError, Name: "err"},
				Classes: []report.Class{
					{Rest: true, Actions: []report.Action{{Kind: report.Mapped, Detail: "ErrSend", At: at("chat/send.go", 14)}}},
					{Codes: []report.Value{report.Int(1008)}, Actions: []report.Action{
						{Kind: report.Logged}, {Kind: report.Retried, At: at("chat/send.go", 16)}, {Kind: report.Returned},
					}},
					{Success: true},
				},
				Named: []report.Value{report.Int(1008)}, Untold: []report.Value{report.Int(1050)},
				Findings: []report.Finding{finding, silenced},
				Path:     []report.Step{{At: at("chat/send.go", 12), Text: "the call"}, {At: at("chat/send.go", 13), Text: "compared"}},
			},
			{
				Function: "(*C).Recall", Call: "(*C).post", At: at("chat/send.go", 3), Space: "chat/business",
				Carrier: report.Carrier{Kind: report.CarrierResponse},
				Classes: []report.Class{{Rest: true, Actions: []report.Action{{Kind: report.Wrapped}}}},
				Below:   []report.Value{report.Int(1050), report.Int(1008)},
			},
		}},
		{Path: "example.com/app", Spaces: []report.Space{sqlstate()}, Sites: []report.Site{{
			Function: "run", Call: "(*sql.DB).Exec", At: at("run.go", 7), Space: "postgresql/sqlstate",
			Carrier: report.Carrier{Kind: report.CarrierCode, Name: "code"},
			Classes: []report.Class{
				{Codes: []report.Value{report.Text("40P01"), report.Text("40001")}, Actions: []report.Action{{Kind: report.RetriedAtOnce}}},
				{Rest: true, Actions: []report.Action{{Kind: report.Logged}}},
			},
			Named: []report.Value{report.Text("40P01"), report.Text("40001")},
		}}, Findings: []report.Finding{{Category: "unknown", Message: "1007 (unknown)", At: at("a.go", 1)}}},
		{Path: "example.com/none", Spaces: []report.Space{business()}},
	}
}

func encode(t *testing.T, r report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.Encode(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestMerge checks that a report is the same whatever the order of packages, sites,
// classes, values and findings, and that nothing is there twice.
func TestMerge(t *testing.T) {
	want := encode(t, report.Merge(packages()...))
	rng := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		list := append(packages(), packages()[rng.IntN(3)]) // a test variant
		shuffle(rng, list)
		for i := range list {
			shuffle(rng, list[i].Sites)
			for j := range list[i].Spaces {
				shuffle(rng, list[i].Spaces[j].Codes)
			}
			for j := range list[i].Sites {
				s := &list[i].Sites[j]
				shuffle(rng, s.Classes)
				shuffle(rng, s.Findings)
				shuffle(rng, s.Named)
				shuffle(rng, s.Below)
			}
		}
		if got := encode(t, report.Merge(list...)); !bytes.Equal(got, want) {
			t.Fatalf("another order gives\n%s\nwant\n%s", got, want)
		}
	}
	r := report.Merge(packages()...)
	if len(r.Packages) != 2 || r.Packages[0].Path != "example.com/app" || len(r.Spaces) != 2 {
		t.Errorf("packages and spaces: %+v", r)
	}
	send := r.Packages[1].Sites[1]
	if !send.Classes[0].Success || !send.Classes[2].Rest || send.Findings[0].Category != "magic" {
		t.Errorf("classes and findings are not in order: %+v", send)
	}
}

func shuffle[T any](rng *rand.Rand, list []T) {
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// TestMergeTables checks that parts of one table become one, and that the input stays.
func TestMergeTables(t *testing.T) {
	half, other := business(), business()
	half.Codes, other.Codes = half.Codes[2:], other.Codes[:3]
	a, b := packages()[0], packages()[0]
	a.Spaces, b.Spaces, b.Path = []report.Space{half}, []report.Space{other}, "example.com/b"
	r := report.Merge(a, b)
	if !reflect.DeepEqual(r.Spaces, []report.Space{business()}) {
		t.Errorf("spaces: %+v", r.Spaces)
	}
	if len(half.Codes) != 2 || half.Codes[0].Name != "RateLimited" || len(a.Sites[0].Classes) != 3 || a.Sites[0].Classes[0].Success {
		t.Error("Merge changed what it was given")
	}
}

func TestOutcome(t *testing.T) {
	r := report.Merge(packages()...)
	exec, recall, send := r.Packages[0].Sites[0], r.Packages[1].Sites[0], r.Packages[1].Sites[1]
	for _, tt := range []struct {
		site report.Site
		code report.Value
		want report.Outcome
		text string
	}{
		{send, report.Int(1008), report.OutcomeRetried, "logged, retried after a pause, returned"},
		{send, report.Int(1050), report.OutcomePermanent, "mapped to ErrSend"},
		{send, report.Int(1001), report.OutcomeSettled, "mapped to ErrSend"},
		{recall, report.Int(1008), report.OutcomeAbsent, ""},
		{recall, report.Int(1001), report.OutcomeHandedOn, "wrapped"},
		{exec, report.Text("40001"), report.OutcomeHurried, "retried without a pause"},
		{exec, report.Text("23505"), report.OutcomeSwallowed, "logged only"},
	} {
		if got := tt.site.Outcome(tt.code); got != tt.want {
			t.Errorf("%s, %s: %s; want %s", tt.site.Function, tt.code, got, tt.want)
		}
		if c, ok := tt.site.Class(tt.code); ok != (tt.text != "") || ok && c.String() != tt.text {
			t.Errorf("%s, %s: class %v", tt.site.Function, tt.code, c)
		}
	}
	if o := send.ClassOutcome(&send.Classes[2]); o != report.OutcomePermanent {
		t.Errorf("the class of 1050: %s", o)
	}
	if o := send.ClassOutcome(&send.Classes[0]); o != report.OutcomeSuccess {
		t.Errorf("the class of nil: %s", o)
	}
	if !send.Unhandled() || recall.Unhandled() || !exec.Unhandled() {
		t.Error("Unhandled: the first and the last have something to look at, the second has not")
	}
	var none report.Class
	if got := none.Main().Kind; got != report.Dropped {
		t.Errorf("a class without actions: %s", got)
	}
}

func TestList(t *testing.T) {
	space := business()
	all := []report.Value{report.Int(1001), report.Int(1008), report.Int(1050), report.Int(7)}
	for _, tt := range []struct {
		class report.Class
		most  int
		want  string
	}{
		{report.Class{Codes: all}, 0, "1001 (WrongSecret), 1008 (RateLimited), 1050 (Timeout), 7"},
		{report.Class{Codes: all, Rest: true}, 2, "1001 (WrongSecret), 1008 (RateLimited), 2 more, every other code"},
		{report.Class{Codes: all}, 3, "1001 (WrongSecret), 1008 (RateLimited), 1050 (Timeout), 7"},
		{report.Class{Rest: true}, 3, "every other code"},
		{report.Class{Success: true}, 3, "success"},
		{report.Class{}, 3, "no code"},
	} {
		if got := space.List(&tt.class, tt.most); got != tt.want {
			t.Errorf("%q; want %q", got, tt.want)
		}
	}
}

func TestTotals(t *testing.T) {
	r := report.Merge(packages()...)
	var got []string
	for _, total := range r.Totals() {
		got = append(got, total.String())
	}
	want := []string{
		"1008 (RateLimited) is reached from 1 call: retried after a pause in 1",
		"1050 (Timeout) is reached from 1 call: treated like a permanent failure in 1",
		"40001 (SerializationFailure) is reached from 1 call: retried without a pause in 1",
		"40P01 (DeadlockDetected) is reached from 1 call: retried without a pause in 1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("totals:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestActions(t *testing.T) {
	var doc struct {
		Defs struct {
			Action struct {
				Properties struct {
					Kind struct{ Enum []report.ActionKind }
				}
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(report.Schema()), &doc); err != nil {
		t.Fatal(err)
	}
	words := make(map[string]bool)
	for _, k := range doc.Defs.Action.Properties.Kind.Enum {
		alone, with := report.Action{Kind: k}.String(), report.Action{Kind: k, Detail: "X"}.String()
		c := report.Class{Actions: []report.Action{{Kind: "no such kind"}, {Kind: k}}}
		if words[alone] || !strings.Contains(with, "X") || c.Main().Kind != k {
			t.Errorf("%s: %q, %q, %s speaks for the class", k, alone, with, c.Main().Kind)
		}
		words[alone] = true
	}
	if len(words) != 17 {
		t.Errorf("%d kinds have words; want 17", len(words))
	}
}

// TestSchema validates a report that uses every field, and what must not pass.
func TestSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(report.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := func(data []byte) error {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(v)
	}
	r := report.Merge(packages()...)
	r.Module = "example.com"
	data := encode(t, r)
	if err := valid(data); err != nil {
		t.Errorf("%v in\n%s", err, data)
	}
	if err := valid(encode(t, report.Report{})); err != nil {
		t.Errorf("an empty report: %v", err)
	}
	for _, change := range [][2]string{
		{`"version": 1`, `"version": 2`},
		{`"kind": "retried"`, `"kind": "retreated"`},
		{`"value": 1008`, `"value": 10.5`},
		{`"module"`, `"modul"`},
		{`"line": 12`, `"line": 0`},
	} {
		wrong := bytes.Replace(data, []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(wrong, data) || valid(wrong) == nil {
			t.Errorf("%s instead of %s is valid", change[1], change[0])
		}
	}
}

// TestFields checks that the schema describes each field and no other.
func TestFields(t *testing.T) {
	data := encode(t, report.Merge(packages()...))
	var doc struct {
		Properties map[string]any
		Defs       map[string]struct {
			Properties map[string]struct{ Properties map[string]any }
		} `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(report.Schema()), &doc); err != nil {
		t.Fatal(err)
	}
	described := make(map[string]bool)
	for name := range doc.Properties {
		described[name] = true
	}
	for _, def := range doc.Defs {
		for name, p := range def.Properties {
			described[name] = true
			for name := range p.Properties {
				described[name] = true
			}
		}
	}
	fields := make(map[string]bool)
	collect(reflect.TypeFor[report.Report](), fields)
	fields["version"] = true
	if !reflect.DeepEqual(described, fields) {
		t.Errorf("described: %v\nfields: %v\nin\n%s", described, fields, data)
	}
}

func collect(t reflect.Type, fields map[string]bool) {
	switch t.Kind() {
	case reflect.Slice:
		collect(t.Elem(), fields)
	case reflect.Struct:
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			if name != "" {
				fields[name] = true
				collect(t.Field(i).Type, fields)
			}
		}
	}
}

func TestDecode(t *testing.T) {
	want := report.Merge(packages()...)
	data := encode(t, want)
	got, err := report.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if again := encode(t, got); !bytes.Equal(again, data) {
		t.Errorf("decoded and encoded again:\n%s\nwant\n%s", again, data)
	}
	for _, tt := range []struct{ old, new, want string }{
		{`"version": 1`, `"version": 9`, "the report has version 9, and this program reads version 1"},
		{`"space": "postgresql/sqlstate"`, `"space": "mysql"`, `package example.com/app, run.go:7:2: run: there is no space "mysql"`},
		{`"value": 1008`, `"value": 1.5`, "1.5 is no code: a whole number or a string is meant"},
		{`"value": 1008`, `"value": 9999`, `the codes of space "chat/business" are not in order`},
		{`{`, `[`, "this is no report"},
	} {
		_, err := report.Decode(strings.NewReader(strings.Replace(string(data), tt.old, tt.new, 1)))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v; want %s", tt.new, err, tt.want)
		}
	}
}

func TestCheck(t *testing.T) {
	for want, change := range map[string]func(*report.Site){
		"two classes take the rest of the codes":     func(s *report.Site) { s.Classes[0].Rest = true },
		"code 40001 stands in two classes":           func(s *report.Site) { s.Classes[1].Codes = []report.Value{report.Text("40001")} },
		"the call of (*sql.DB).Exec has no position": func(s *report.Site) { s.At = report.Position{} },
		`there is no space "postgresql/other"`:       func(s *report.Site) { s.Space = "postgresql/other" },
	} {
		r := report.Merge(packages()...)
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		change(&r.Packages[0].Sites[0])
		if err := r.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %s", err, want)
		}
	}
}

func TestValue(t *testing.T) {
	list := []report.Value{report.Text("b"), report.Int(3), report.Text("B"), report.Int(-1)}
	slices.SortFunc(list, report.Value.Compare)
	if want := []report.Value{report.Int(-1), report.Int(3), report.Text("B"), report.Text("b")}; !slices.Equal(list, want) {
		t.Errorf("order: %v", list)
	}
	if n, ok := report.Int(7).Int(); n != 7 || !ok || report.Int(7).IsText() {
		t.Error("7 is a number")
	}
	if _, ok := report.Text("7").Int(); ok || report.Text("7") == report.Int(7) {
		t.Error("\"7\" is none")
	}
}
