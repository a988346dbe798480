package handling_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/handling"
	"github.com/go-retcode/retcode/cmd/internal/handling/sample"
)

// result is what a run leaves.
type result struct {
	code        int
	out, errout string
}

func run(p handling.Program, args ...string) result {
	var out, errout bytes.Buffer
	code := handling.Run(args, &out, &errout, p)
	return result{code, out.String(), errout.String()}
}

// shop answers each request with the sample.
func shop() handling.Program {
	return handling.Program{
		Version: "v1",
		Report: func(_ context.Context, rq handling.Request) (report.Report, error) {
			rq.Progress(1, 2)
			return sample.New(60).Report, nil
		},
	}
}

// written is a program whose report lies in the folder of the request: another revision has
// another.
func written() handling.Program {
	p := shop()
	p.Report = func(ctx context.Context, rq handling.Request) (report.Report, error) {
		f, err := os.Open(filepath.Join(rq.Dir, "report.json"))
		if err != nil {
			return report.Report{}, err
		}
		defer f.Close()
		return report.Decode(f)
	}
	return p
}

func TestFormats(t *testing.T) {
	for format, want := range map[string]string{
		"text":  "(*Client).Join calls (*rcsdk.RongCloud).GroupJoin (rongcloud)",
		"html":  "<!DOCTYPE html>",
		"json":  "{\n\t\"version\": 1,\n\t\"module\": \"example.com/shop\",",
		"sarif": `"version": "2.1.0"`,
	} {
		if r := run(shop(), "-format", format); r.code != 0 || !strings.Contains(r.out, want) || r.errout != "" {
			t.Errorf("%s: exit code %d, %s\nno %s in %.300s", format, r.code, r.errout, want, r.out)
		}
	}
	for format, want := range map[string]string{"dot": "digraph handling {", "mermaid": "flowchart LR"} {
		if r := run(shop(), "-format", format, "-func", `shop/internal/chat\.\(\*Client\)\.Join$`); r.code != 0 || !strings.Contains(r.out, want) {
			t.Errorf("%s: %+v", format, r)
		}
	}
	if r := run(shop(), "-format=dot", "-func", "(*Client).Join"); r.code != 0 || !strings.Contains(r.out, "chat: (*Client).Join") {
		t.Errorf("a method as the map writes it: %+v", r)
	}
	if r := run(shop(), "-w", "-color=always"); !strings.Contains(r.out, "WHAT IS DONE") || !strings.Contains(r.out, "\x1b[") {
		t.Errorf("wide: %+v", r)
	}
	out := filepath.Join(t.TempDir(), "map.json")
	if r := run(shop(), "-format=json", "-o", out); r.code != 0 || r.out != "" {
		t.Errorf("to a file: %+v", r)
	}
	if data, err := os.ReadFile(out); err != nil || !json.Valid(data) {
		t.Errorf("the file: %v, %.100s", err, data)
	}
}

func TestWrong(t *testing.T) {
	for want, args := range map[string][]string{
		"-format pdf: there is text, html, json, sarif, dot, mermaid, markdown":            {"-format", "pdf"},
		"-format dot draws one function: name it with -func":                               {"-format", "dot"},
		"-format markdown is for -diff and -since":                                         {"-format", "markdown"},
		"-format html cannot show a comparison: take text or markdown":                     {"-format", "html", "-diff", "HEAD"},
		"-diff compares programs and -since tables of codes: give one of them":             {"-diff", "a", "-since", "b"},
		"-unhandled chooses rows of a map, and -diff and -since compare: give one of them": {"-diff", "a", "-unhandled"},
		"-w is for -format text":                                           {"-w", "-format", "json"},
		"-color blue: there is auto, always, never":                        {"-color", "blue"},
		`invalid value "(" for flag -func`:                                 {"-func", "("},
		`invalid value "1,,2" for flag -code: a code is a value or a name`: {"-code", "1,,2"},
		"there is no flag -cod; did you mean -code?":                       {"-cod", "1"},
	} {
		r := run(shop(), args...)
		if r.code != 2 || !strings.HasPrefix(r.errout, "retcode map: "+want) || r.out != "" {
			t.Errorf("%v: %+v; want %s", args, r, want)
		}
	}
	for want, args := range map[string][]string{
		"-code 4711: this program's APIs have no such code; they are grpc/code, postgresql/sqlstate, rongcloud/business":  {"-code", "4711"},
		"-func Nothing: no function with a call to show matches":                                                          {"-format", "dot", "-func", "Nothing"},
		"-func Create: a drawing is of one function, and these match: example.com/shop/internal/orders.(*Store).Create, ": {"-format", "dot", "-func", "Create"},
		"-since old.yaml: there is no such file, and ":                                                                    {"-since", "old.yaml"},
	} {
		if r := run(shop(), args...); r.code != 1 || !strings.HasPrefix(r.errout, "retcode map: "+want) || r.out != "" {
			t.Errorf("%v: %+v; want %s", args, r, want)
		}
	}
	broken := handling.Program{Report: func(context.Context, handling.Request) (report.Report, error) {
		return report.Report{}, errors.New("a.go:3: no such package")
	}}
	if r := run(broken); r.code != 1 || r.errout != "retcode map: a.go:3: no such package\n" {
		t.Errorf("%+v", r)
	}
}

func TestHelp(t *testing.T) {
	p := shop()
	boundary := false
	p.Flags = func(fs *flag.FlagSet) {
		fs.BoolVar(&boundary, "boundary", false, "also functions that answer their own client")
	}
	r := run(p, "-h")
	for _, want := range []string{"usage: retcode map [flags] [packages]", "-unhandled", "-boundary", "-format NAME"} {
		if r.code != 0 || !strings.Contains(r.errout, want) {
			t.Errorf("no %q in %+v", want, r)
		}
	}
	if r := run(p, "-boundary"); r.code != 0 || !boundary {
		t.Errorf("the analyzer's flags: %+v", r)
	}
}

// functions returns the functions that a map in JSON shows.
func functions(t *testing.T, r result) (out []string) {
	t.Helper()
	if r.code != 0 {
		t.Fatalf("%+v", r)
	}
	rep, err := report.Decode(strings.NewReader(r.out))
	if err != nil {
		t.Fatal(err)
	}
	for p, s := range rep.All {
		out = append(out, p.Path+"."+s.Function)
	}
	return out
}

func TestRows(t *testing.T) {
	all := sample.New(60).Report
	want := func(keep func(*report.Site) bool) (out []string) {
		for p, s := range all.All {
			if keep(s) {
				out = append(out, p.Path+"."+s.Function)
			}
		}
		return out
	}
	is := func(s *report.Site, v report.Value, list ...report.Outcome) bool {
		return slices.Contains(list, s.Outcome(v))
	}
	reached := func(s *report.Site, v report.Value) bool {
		return !is(s, v, report.OutcomeAbsent, report.OutcomeSuccess)
	}
	for _, tt := range []struct {
		args []string
		keep func(*report.Site) bool
	}{
		{nil, func(*report.Site) bool { return true }},
		{[]string{"-code", "1008"}, func(s *report.Site) bool { return s.Space == "rongcloud/business" }},
		{[]string{"-code", "postgresql/40001"}, func(s *report.Site) bool { return s.Space == "postgresql/sqlstate" }},
		{[]string{"-code", "serialization_failure"}, func(s *report.Site) bool { return s.Space == "postgresql/sqlstate" }},
		{[]string{"-code", "unavailable"}, func(s *report.Site) bool { return s.Space == "grpc/code" }},
		{[]string{"-code", "rongcloud/business/1008,40p01"}, func(s *report.Site) bool { return s.Space != "grpc/code" }},
		{[]string{"-unhandled"}, (*report.Site).Unhandled},
		{[]string{"-unhandled", "-code", "1008"}, func(s *report.Site) bool {
			return s.Space == "rongcloud/business" && is(s, report.Int(1008), report.OutcomePermanent, report.OutcomeSwallowed)
		}},
		{[]string{"-func", `Store\)\.Create`, "-code", "40001"}, func(s *report.Site) bool {
			return strings.HasPrefix(s.Function, "(*Store).Create") && reached(s, report.Text("40001"))
		}},
	} {
		got, want := functions(t, run(shop(), append(tt.args, "-format=json")...)), want(tt.keep)
		if !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%v: %d calls %v\nwant %d %v", tt.args, len(got), got, len(want), want)
		}
	}
	if r := run(shop(), "-code", "1050", "-func", "Join$"); !strings.Contains(r.out, "    1050 (ServiceTimeout) mapped to *JoinError\n") || strings.Contains(r.out, "every other code") {
		t.Errorf("the rows of one code: %+v", r)
	}
	none := handling.Program{Report: func(context.Context, handling.Request) (report.Report, error) { return report.Merge(), nil }}
	if r := run(none, "-code", "1008"); r.code != 0 || r.out != "" || r.errout != "" {
		t.Errorf("a program without an API: %+v", r)
	}
}

func TestSilenced(t *testing.T) {
	all, heard := run(shop(), "-format=sarif"), run(shop(), "-format=sarif", "-silenced=false")
	if n := strings.Count(all.out, `"inSource"`); n == 0 || strings.Contains(heard.out, `"inSource"`) {
		t.Errorf("%d silenced findings; without them %+v", n, heard)
	}
	if a, b := strings.Count(all.out, `"warning"`), strings.Count(heard.out, `"warning"`); a != b {
		t.Errorf("%d other findings; without silenced ones %d", a, b)
	}
	if got, want := functions(t, run(shop(), "-format=json", "-silenced=false")), functions(t, run(shop(), "-format=json")); !slices.Equal(got, want) {
		t.Errorf("calls %v; want %v", got, want)
	}
}

// A repo is a git repository with two revisions of a report, in a folder of it.
type repo struct {
	t   *testing.T
	dir string
}

func (r repo) git(args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com", "GIT_CONFIG_GLOBAL="+os.DevNull)
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (r repo) write(rep report.Report) {
	r.t.Helper()
	var b bytes.Buffer
	if err := report.Encode(&b, rep); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "report.json"), b.Bytes(), 0o666); err != nil {
		r.t.Fatal(err)
	}
}

// changed is the sample when (*Client).Join has stopped retrying and lines have moved.
func changed() report.Report {
	rep := sample.New(60).Report
	for _, s := range rep.All {
		s.At.Line += 3
		if s.Function == "(*Client).Join" && s.Space == "rongcloud/business" {
			s.Classes = []report.Class{s.Classes[0], s.Classes[len(s.Classes)-1]}
			s.Untold = append([]report.Value{report.Int(1008)}, s.Untold...)
		}
	}
	for i := range rep.Spaces {
		if rep.Spaces[i].API == "rongcloud" {
			rep.Spaces[i].Codes = append(rep.Spaces[i].Codes, report.Code{Value: report.Int(40000), Name: "Moved", Retry: report.Transient})
		}
	}
	return rep
}

// history makes a repository: the tag v1 has the sample, the branch work the changed one,
// and main something else behind v1.
func history(t *testing.T) repo {
	t.Helper()
	top := repo{t, t.TempDir()}
	top.git("init", "-q", "-b", "main")
	r := repo{t, filepath.Join(top.dir, "services", "shop")}
	if err := os.MkdirAll(r.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	commit := func(message string) {
		top.git("add", "-A")
		top.git("commit", "-q", "-m", message)
	}
	r.write(sample.New(60).Report)
	commit("one")
	top.git("tag", "v1")
	top.git("branch", "work")
	r.write(sample.New(30).Report)
	commit("two")
	top.git("checkout", "-q", "work")
	r.write(changed())
	commit("three")
	t.Chdir(r.dir)
	return r
}

const stopped = "  ! 1008 (RateLimited): retried after a pause -> mapped to *JoinError, like a permanent failure (stopped retrying)\n"

func TestDiff(t *testing.T) {
	r := history(t)
	t.Setenv("TMPDIR", t.TempDir())
	got := run(written(), "-diff", "v1")
	if got.code != 0 || !strings.HasPrefix(got.out, "handling since v1: 1 call changed (1 for the worse), 0 new, 0 gone, 59 the same\n") || !strings.Contains(got.out, stopped) || got.errout != "" {
		t.Errorf("%+v", got)
	}
	if got := run(written(), "-diff", "main..."); !strings.Contains(got.out, ", where it left main: 1 call changed (1 for the worse)") {
		t.Errorf("from the merge base: %+v", got)
	}
	if got := run(written(), "-diff", "work..v1"); !strings.HasPrefix(got.out, "handling since work: 1 call changed, 0 new") || !strings.Contains(got.out, "(now retried)") {
		t.Errorf("the other way round: %+v", got)
	}
	if got := run(written(), "-diff", "v1", "-format", "markdown"); !strings.Contains(got.out, "| retried after a pause | mapped to \\*JoinError, like a permanent failure | **stopped retrying** |") {
		t.Errorf("markdown: %+v", got)
	}
	if got := run(written(), "-diff", "v1", "-code", "1050"); !strings.HasPrefix(got.out, "handling is the same as in v1: 60 calls\n") {
		t.Errorf("another code: %+v", got)
	}
	if got := run(written(), "-diff", "v1", "-code", "1008", "-func", "Join$"); !strings.Contains(got.out, stopped) {
		t.Errorf("that code: %+v", got)
	}
	r.write(sample.New(60).Report)
	if got := run(written(), "-diff", "work"); !strings.Contains(got.out, "(now retried)") || !strings.HasPrefix(got.errout, "retcode map: changes that are not committed count as made") {
		t.Errorf("not committed: %+v", got)
	}
	if list := r.git("worktree", "list"); strings.Contains(list, "\n") {
		t.Errorf("work trees are left:\n%s", list)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v %v", left, err)
	}
	if status := r.git("status", "--porcelain"); status != "M report.json" && status != "M services/shop/report.json" {
		t.Errorf("the work tree was touched: %q", status)
	}
}

func TestDiffOfStored(t *testing.T) {
	dir := t.TempDir()
	r := repo{t, dir}
	r.write(sample.New(60).Report)
	if err := os.Rename(filepath.Join(dir, "report.json"), filepath.Join(dir, "base.json")); err != nil {
		t.Fatal(err)
	}
	r.write(changed())
	t.Chdir(dir)
	if got := run(written(), "-diff", "base.json"); got.code != 0 || !strings.Contains(got.out, stopped) {
		t.Errorf("%+v", got)
	}
	if err := os.WriteFile("base.json", []byte("{}"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := run(written(), "-diff", "base.json"); got.code != 1 || got.errout != "retcode map: base.json: the report has version 0, and this program reads version 1\n" {
		t.Errorf("%+v", got)
	}
}

func TestDiffWrong(t *testing.T) {
	r := history(t)
	for base, want := range map[string]string{
		"nowhere":        `-diff nowhere: this repository has no revision "nowhere"`,
		"v1..nowhere":    `-diff v1..nowhere: this repository has no revision "nowhere"`,
		"nowhere...":     `-diff nowhere...: this repository has no revision "nowhere"`,
		"--output=x":     `-diff --output=x: "--output=x" is no git revision`,
		"v1:report.json": `-diff v1:report.json: this repository has no revision "v1:report.json"`,
	} {
		if got := run(written(), "-diff="+base); got.code != 1 || got.errout != "retcode map: "+want+"\n" {
			t.Errorf("%s: %+v; want %s", base, got, want)
		}
	}
	r.git("checkout", "-q", "--orphan", "other")
	r.git("rm", "-rfq", "--cached", ".")
	r.git("commit", "-q", "--allow-empty", "-m", "other")
	if got := run(written(), "-diff", "v1..."); got.code != 1 || !strings.Contains(got.errout, "v1 and HEAD have no common commit here") {
		t.Errorf("%+v", got)
	}
	if got := run(written(), "-diff", "other"); got.code != 1 || !strings.Contains(got.errout, "has no folder services/shop") {
		t.Errorf("%+v", got)
	}
	broken := written()
	broken.Report = func(_ context.Context, rq handling.Request) (report.Report, error) {
		return report.Report{}, errors.New("it does not compile")
	}
	if got := run(broken, "-diff", "v1"); got.code != 1 || !strings.HasPrefix(got.errout, "retcode map: revision ") || !strings.HasSuffix(got.errout, ": it does not compile\n") {
		t.Errorf("%+v", got)
	}
	if list := r.git("worktree", "list"); strings.Contains(list, "\n") {
		t.Errorf("work trees are left:\n%s", list)
	}
	t.Chdir(t.TempDir())
	if got := run(written(), "-diff", "v1"); got.code != 1 || !strings.Contains(got.errout, "the program has to be in a git work tree") {
		t.Errorf("%+v", got)
	}
}

func TestSince(t *testing.T) {
	history(t)
	want := "codes since v1: 1 new; "
	if got := run(written(), "-since", "v1"); got.code != 0 || !strings.HasPrefix(got.out, want) || !strings.Contains(got.out, "+ rongcloud/business 40000 (Moved): new, transient\n") {
		t.Errorf("%+v", got)
	}
	if got := run(written(), "-since", "v1", "-code", "40000", "-format", "markdown"); !strings.Contains(got.out, "| rongcloud/business 40000 (Moved) | new, transient |") {
		t.Errorf("%+v", got)
	}
	if got := run(written(), "-since", "v1", "-code", "1008"); got.out != "the codes are the same as in v1\n" {
		t.Errorf("%+v", got)
	}
	p := written()
	p.Catalog = func(file string) ([]report.Space, error) {
		if _, err := os.Stat(file); err != nil {
			return nil, err
		}
		return []report.Space{{ID: "grpc/code", API: "grpc", Name: "code"}}, nil
	}
	if err := os.WriteFile("old.yaml", nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if got := run(p, "-since", "old.yaml"); !strings.HasPrefix(got.out, "codes since old.yaml: 17 new; ") {
		t.Errorf("%+v", got)
	}
	if got := run(written(), "-since", "old.yaml"); got.code != 1 || got.errout != "retcode map: -since old.yaml: this program reads no catalog files\n" {
		t.Errorf("%+v", got)
	}
	if got := run(written(), "-since", "v7"); got.code != 1 || got.errout != "retcode map: -since v7: there is no such file, and this repository has no revision \"v7\"\n" {
		t.Errorf("%+v", got)
	}
}

// TestPatterns checks that a pattern means the same in a checkout.
func TestPatterns(t *testing.T) {
	r := history(t)
	var seen [][]string
	p := written()
	inner := p.Report
	p.Report = func(ctx context.Context, rq handling.Request) (report.Report, error) {
		seen = append(seen, rq.Patterns)
		return inner(ctx, rq)
	}
	dir, err := filepath.EvalSymlinks(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := run(p, "-diff", "v1", filepath.Join(dir, "chat")+"/...", "example.com/shop/..."); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	if want := []string{"./chat/...", "example.com/shop/..."}; !slices.Equal(seen[0], want) {
		t.Errorf("patterns in the checkout: %v; want %v", seen[0], want)
	}
	if got := run(p, "-diff", "v1", os.TempDir()); got.code != 1 || !strings.Contains(got.errout, "lies outside of") {
		t.Errorf("%+v", got)
	}
	if run(p); !slices.Equal(seen[len(seen)-1], []string{"./..."}) {
		t.Errorf("without a pattern: %v", seen[len(seen)-1])
	}
}
