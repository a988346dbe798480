package analyzer_test

import (
	"flag"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer"
)

// app has one finding of each of four checks.
const app = `package app

import (
	"errors"
	"log"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

func judge(rc *sdk.RongCloud) string {
	err := rc.BlockRemove("a")
	var r sdk.CodeResult
	if !errors.As(err, &r) {
		return ""
	}
	switch r.Code {
	case 1004:
		return "signature"
	case 429:
		return "rate"
	case 20004:
		return "nobody knows"
	}
	return "other"
}

func drop(rc *sdk.RongCloud) {
	if err := rc.BlockRemove("a"); err != nil {
		log.Print(err)
	}
}
`

func run(t *testing.T, a *analysis.Analyzer) []analysis.Diagnostic {
	t.Helper()
	w := withSDK(t, a)
	return w.analyze(w.source("example.com/app", app))
}

func names(found []analysis.Diagnostic) string {
	counts := categories(found)
	list := make([]string, 0, len(counts))
	for name := range counts {
		list = append(list, name)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// TestChecks chooses checks by Config and by flags.
func TestChecks(t *testing.T) {
	const all = "magic mixed switch unchecked unknown"
	for _, c := range []struct {
		name   string
		config []string
		flags  []string
		want   string
	}{
		{"default", nil, nil, all},
		{"all", []string{"all"}, nil, all},
		{"one", []string{"magic"}, nil, "magic"},
		{"all but one", []string{"all", "-magic"}, nil, "mixed switch unchecked unknown"},
		{"only left out", []string{"-magic", "-mixed"}, nil, "switch unchecked unknown"},
		{"the last word counts", []string{"-magic", "magic"}, nil, all},
		{"left out after all", []string{"magic", "all", "-unknown"}, nil, "magic mixed switch unchecked"},
		{"a flag", nil, []string{"-checks=unknown"}, "unknown"},
		{"a list", nil, []string{"-checks=unknown,mixed"}, "mixed unknown"},
		{"blanks", nil, []string{"-checks= unknown , mixed ,"}, "mixed unknown"},
		{"a flag replaces the Config", []string{"magic"}, []string{"-checks=unknown"}, "unknown"},
		{"a flag replaces a flag", nil, []string{"-checks=magic", "-checks=unknown"}, "unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := analyzer.New(analyzer.Config{Checks: c.config})
			if err != nil {
				t.Fatal(err)
			}
			if err := a.Flags.Parse(c.flags); err != nil {
				t.Fatal(err)
			}
			if got := names(run(t, a)); got != c.want {
				t.Errorf("reported %q, want %q", got, c.want)
			}
		})
	}
}

// TestConfigErrors names the option and the mend in each error.
func TestConfigErrors(t *testing.T) {
	for _, c := range []struct {
		name   string
		config analyzer.Config
		parts  []string
	}{
		{"unknown check", analyzer.Config{Checks: []string{"errcheck"}}, []string{"-checks", `"errcheck"`, "the checks are all, ", "magic", "unchecked"}},
		{"misspelt check", analyzer.Config{Checks: []string{"magick"}}, []string{"-checks", `"magick"`, "did you mean magic?"}},
		{"unknown check left out", analyzer.Config{Checks: []string{"all", "-magick"}}, []string{"-checks", `"magick"`}},
		{"no check", analyzer.Config{Checks: []string{""}}, []string{"-checks", `""`}},
		{"all left out", analyzer.Config{Checks: []string{"-all"}}, []string{"-checks", `"all"`}},
		{"each left out", analyzer.Config{Checks: []string{"-magic", "-mixed", "-unknown", "-switch", "-retryable", "-unchecked", "-text", "-target", "-retry", "-directive"}}, []string{"-checks", "every check is left out"}},
		{"constants with a blank", analyzer.Config{Constants: "a b"}, []string{"-constants", `"a b"`, "example.com/app/codes"}},
		{"constants in a folder", analyzer.Config{Constants: "./codes"}, []string{"-constants", `"./codes"`}},
		{"constants of the file system", analyzer.Config{Constants: "/codes"}, []string{"-constants", `"/codes"`}},
		{"constants in a pattern", analyzer.Config{Constants: "example.com/..."}, []string{"-constants", `"example.com/..."`}},
		{"origin without space", analyzer.Config{Origins: []string{"net/http.Response.StatusCode"}}, []string{"-origin", "=SPACE", "net/http.Response.StatusCode=http"}},
		{"origin with empty space", analyzer.Config{Origins: []string{"net/http.Response.StatusCode="}}, []string{"-origin", "name of a space"}},
		{"origin without name", analyzer.Config{Origins: []string{"http=http"}}, []string{"-origin", "a package and a name"}},
		{"origin with a pointer", analyzer.Config{Origins: []string{"(*net/http.Response).StatusCode=http"}}, []string{"-origin", "more than names"}},
		{"origin that is no Go name", analyzer.Config{Origins: []string{"net/http.Response.Status-Code=http"}}, []string{"-origin", "no Go name"}},
		{"empty origin", analyzer.Config{Origins: []string{""}}, []string{"-origin"}},
		{"origin of nothing", analyzer.Config{Origins: []string{"=http"}}, []string{"-origin"}},
		{"unknown class", analyzer.Config{Require: []string{"class:temporary"}}, []string{"-require", `"temporary"`, "rate-limit, transient, poll"}},
		{"empty class", analyzer.Config{Require: []string{"class:"}}, []string{"-require", "rate-limit"}},
		{"empty group", analyzer.Config{Require: []string{"group:"}}, []string{"-require", "group:NAME"}},
		{"no number", analyzer.Config{Require: []string{"RateLimited"}}, []string{"-require", `"RateLimited"`, "SPACE/NUMBER"}},
		{"no number in a space", analyzer.Config{Require: []string{"business/"}}, []string{"-require", "SPACE/NUMBER"}},
		{"huge number", analyzer.Config{Require: []string{"99999999999999999999"}}, []string{"-require"}},
		{"second of a list", analyzer.Config{Require: []string{"1008", "x"}}, []string{"-require", `"x"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := analyzer.New(c.config)
			if a != nil || err == nil {
				t.Fatalf("New = %v, %v; want an error", a, err)
			}
			complete(t, err, c.parts)
		})
	}
}

// TestFlagValues are the same for flags, told when they are set, also what the catalog alone
// knows.
func TestFlagValues(t *testing.T) {
	for _, c := range []struct {
		flag, value string
		parts       []string
	}{
		{"require", "9999", []string{"9999"}},
		{"require", "http/1008", []string{"http/1008"}},
		{"require", "body/1008", []string{"body", "http, business"}},
		{"require", "200", []string{"200"}},
		{"require", "group:nobody", []string{"nobody", "general"}},
		{"require", "/1008", []string{"/1008"}},
		{"require", "", []string{"empty"}},
		{"origin", "net/http.Response.StatusCode=stats", []string{`"stats"`, "http, business"}},
		{"catalogs", "postgres", []string{`"postgres"`, "postgresql"}},
		{"catalogs", "", []string{"names no catalog"}},
		{"origin", ",", []string{"empty"}},
		{"checks", "", []string{"names no check"}},
		{"checks", "magick", []string{`"magick"`, "did you mean magic?"}},
		{"checks", "errcheck", []string{`"errcheck"`, "the checks are all, "}},
		{"constants", "./codes", []string{"./codes"}},
		{"related", "maybe", []string{"maybe"}},
	} {
		t.Run(c.flag+"="+c.value, func(t *testing.T) {
			a, err := analyzer.New(analyzer.Config{})
			if err != nil {
				t.Fatal(err)
			}
			err = a.Flags.Set(c.flag, c.value)
			if err == nil {
				t.Fatal("no error")
			}
			complete(t, err, c.parts)
			if strings.Contains(err.Error(), "-"+c.flag+":") {
				t.Errorf("the driver names the flag, and so does the error: %v", err)
			}
		})
	}
}

// TestRelated leaves out related places.
func TestRelated(t *testing.T) {
	count := func(flags ...string) (n int) {
		for _, d := range run(t, configuredBy(t, flags...)) {
			n += len(d.Related)
		}
		return n
	}
	if with, without := count(), count("-related=false"); with == 0 || without != 0 {
		t.Errorf("%d related places, and %d with -related=false", with, without)
	}
}

func complete(t *testing.T, err error, parts []string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("the error does not say %q: %v", p, err)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("the error has more than one line: %v", err)
	}
}

// TestFlagErrors refuses bad flags where they are given.
func TestFlagErrors(t *testing.T) {
	for _, f := range []string{"checks=magick", "checks=all,-no", "origin=x", "origin=a.B.C", "require=class:x", "require=many", "boundary=perhaps", "include-tests=2"} {
		a, err := analyzer.New(analyzer.Config{})
		if err != nil {
			t.Fatal(err)
		}
		name, value, _ := strings.Cut(f, "=")
		if err := a.Flags.Set(name, value); err == nil {
			t.Errorf("%s is taken", f)
		}
	}
}

// TestFlagsAdd shows that -origin and -require may be given again, and that the first use
// replaces the Config.
func TestFlagsAdd(t *testing.T) {
	a, err := analyzer.New(analyzer.Config{Require: []string{"1001"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Flags.Parse([]string{"-require=1016,group:group", "-require=business/2007"}); err != nil {
		t.Fatal(err)
	}
	if got, want := a.Flags.Lookup("require").Value.String(), "1016,group:group,business/2007"; got != want {
		t.Errorf("-require is %q, want %q", got, want)
	}
	if err := a.Flags.Parse([]string{"-origin=a/b.T.F=http", "-origin=a/b.G=business,c.d/e.T.M=http"}); err != nil {
		t.Fatal(err)
	}
	if got, want := a.Flags.Lookup("origin").Value.String(), "a/b.T.F=http,a/b.G=business,c.d/e.T.M=http"; got != want {
		t.Errorf("-origin is %q, want %q", got, want)
	}
}

// TestAnalyzersAreApart shows that the flags of one analyzer leave another alone.
func TestAnalyzersAreApart(t *testing.T) {
	a, b := configuredBy(t, "-checks=magic"), configuredBy(t)
	if got := names(run(t, a)); got != "magic" {
		t.Errorf("the first reports %q", got)
	}
	if got := names(run(t, b)); got == "magic" {
		t.Error("the second has the first one's flags")
	}
	if v := analyzer.Analyzer.Flags.Lookup("checks").Value.String(); v != "" {
		t.Errorf("the default analyzer has -checks=%s", v)
	}
}

// TestFlagNames keeps off the names that singlechecker registers, for it drops a flag that
// has one of them.
func TestFlagNames(t *testing.T) {
	taken := strings.Fields("V all c cpuprofile debug diff fix flags json memprofile source tags test trace v")
	var got []string
	analyzer.Analyzer.Flags.VisitAll(func(f *flag.Flag) {
		got = append(got, f.Name)
		if slices.Contains(taken, f.Name) {
			t.Errorf("-%s is singlechecker's own", f.Name)
		}
		if f.Usage == "" {
			t.Errorf("-%s has no help", f.Name)
		}
	})
	want := strings.Fields("boundary catalogs checks constants default-signifies-exhaustive include-tests origin related require success-literals")
	if !slices.Equal(got, want) {
		t.Errorf("the flags are %q, want %q", got, want)
	}
	if err := analysis.Validate([]*analysis.Analyzer{analyzer.Analyzer}); err != nil {
		t.Error(err)
	}
}
