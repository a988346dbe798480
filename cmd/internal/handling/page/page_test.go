package page_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/handling/page"
	"github.com/go-retcode/retcode/cmd/internal/handling/sample"
)

func write(t *testing.T, r report.Report, source func(string) ([]byte, error)) string {
	t.Helper()
	var b bytes.Buffer
	if err := page.Write(&b, r, page.Options{Source: source, Version: "v1"}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// content is what the first element of some kind holds.
func content(t *testing.T, text, open string) string {
	t.Helper()
	_, after, ok := strings.Cut(text, open)
	if !ok {
		t.Fatalf("the page has no %s", open)
	}
	inner, _, _ := strings.Cut(after, "</")
	return inner
}

// TestAlone checks that a page needs nothing but itself, that its policy lets its own script
// and style run and nothing else, and that it is the same each time.
func TestAlone(t *testing.T) {
	p := sample.New(60)
	text := write(t, p.Report, p.Source)
	if text != write(t, p.Report, p.Source) {
		t.Error("two pages of one report differ")
	}
	bare := regexp.MustCompile(`(?s)<script type="application/json".*?</script>`).ReplaceAllString(text, "")
	for _, m := range regexp.MustCompile(`(?i)(src|href|url|import|fetch)\s*[=(:]\s*["']?(https?:|//)[^\s]*`).FindAllString(bare, -1) {
		t.Errorf("the page loads %s", m)
	}
	script := regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindStringSubmatch(text)[1]
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(text)[1]
	policy := strings.NewReplacer("&#39;", "'", "&#43;", "+").Replace(regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(text)[1])
	want := "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + hash(style) + "; script-src " + hash(script)
	if policy != want {
		t.Errorf("policy %s; want %s", policy, want)
	}
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// TestHostile checks that nothing that a program is called or says gets out of its place.
func TestHostile(t *testing.T) {
	const evil = `</script><img src=x onerror=alert(1)><!--`
	r := sample.New(5).Report
	r.Module = evil
	s := &r.Packages[0].Sites[0]
	s.Function, s.Call = evil, evil
	s.Findings = []report.Finding{{Category: "x", Message: evil, At: s.At, URL: "javascript:alert(1)"}}
	text := write(t, r, func(string) ([]byte, error) { return []byte(strings.Repeat(evil+"\n", 99)), nil })
	if strings.Contains(text, "<img") || strings.Contains(text, `"javascript:`) {
		t.Error("a name became a part of the page")
	}
	if n := strings.Count(text, "</script"); n != 2 {
		t.Errorf("%d scripts end; want 2", n)
	}
}

type shown struct {
	Spaces []struct {
		ID, Title string
		Codes     []struct{ V, N, R string }
		Columns   []struct {
			Label     string
			Retryable bool
			Codes     []int
		}
	}
	Sites []struct {
		F  string
		Cl []struct {
			C     []int
			O, Ou int
			T     string
		}
		U   []int
		Src [][3]int
	}
	Outcomes []struct{ ID report.Outcome }
	Files    []struct {
		Name  string
		Lines []struct {
			First int
			Text  []string
		}
	}
}

func read(t *testing.T, text string) shown {
	t.Helper()
	var d shown
	if err := json.Unmarshal([]byte(content(t, text, `<script type="application/json" id="report">`)), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestColumns checks that retryable codes come first, by class, then those that a call names.
func TestColumns(t *testing.T) {
	p := sample.New(60)
	d := read(t, write(t, p.Report, p.Source))
	var got []string
	for _, s := range d.Spaces {
		got = append(got, s.Title+":")
		for _, g := range s.Columns {
			word := g.Label
			if g.Retryable {
				word += "!"
			}
			for _, c := range g.Codes {
				word += " " + s.Codes[c].V
			}
			got = append(got, word)
		}
	}
	want := []string{
		"gRPC:", "rate-limit! 8", "transaction! 10", "transient! 14", "permanent 5 6",
		"PostgreSQL:", "transient! 08000 08001 08003 08006 53200 53300 55P03 57P01 57P02 57P03", "transaction! 40001 40P01", "Integrity Constraint Violation 23505",
		"RongCloud:", "rate-limit! 1008 25416", "transient! 1050 24402 26003 28402 29007", "poll! 24356 29001 29003", "group 25427",
	}
	if !slices.Equal(got, want) {
		t.Errorf("columns:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestCells checks each cell against the report: what the page computes it computes from this.
func TestCells(t *testing.T) {
	p := sample.New(60)
	d := read(t, write(t, p.Report, p.Source))
	i, untold := 0, 0
	for _, s := range p.Report.All {
		site := d.Sites[i]
		i++
		for j, c := range site.Cl {
			if got, want := d.Outcomes[c.O].ID, s.Classes[j].Outcome(); got != want || c.T != s.Classes[j].String() {
				t.Errorf("%s: class %d: %s, %s; want %s, %s", s.Function, j, got, c.T, want, s.Classes[j].String())
			}
		}
		for _, v := range s.Untold {
			untold++
			for j := range s.Classes {
				if of, ok := s.Class(v); ok && of == &s.Classes[j] && d.Outcomes[site.Cl[j].Ou].ID != s.Outcome(v) {
					t.Errorf("%s: %s is %s; want %s", s.Function, v, d.Outcomes[site.Cl[j].Ou].ID, s.Outcome(v))
				}
			}
		}
		if len(site.U) != len(s.Untold) {
			t.Errorf("%s: %d codes not told apart; want %d", s.Function, len(site.U), len(s.Untold))
		}
	}
	if i != 60 || untold == 0 {
		t.Errorf("%d sites, %d codes not told apart", i, untold)
	}
}

// TestUndocumented checks that a code that the table does not have is shown where it is named.
func TestUndocumented(t *testing.T) {
	r := sample.New(5).Report
	s := &r.Packages[0].Sites[0]
	s.Named = append(s.Named, report.Int(42424))
	d := read(t, write(t, r, nil))
	for _, space := range d.Spaces {
		for _, g := range space.Columns {
			for _, c := range g.Codes {
				if space.Codes[c].V == "42424" {
					return
				}
			}
		}
	}
	t.Error("there is no column for 42424")
}

// TestSource checks that each line that a site shows is there once, as the file has it, and
// that a file that cannot be read is no error.
func TestSource(t *testing.T) {
	p := sample.New(200)
	d := read(t, write(t, p.Report, p.Source))
	for _, f := range d.Files {
		lines := strings.Split(p.Files[f.Name], "\n")
		last := 0
		for _, run := range f.Lines {
			if run.First <= last {
				t.Errorf("%s: line %d is there twice", f.Name, run.First)
			}
			last = run.First + len(run.Text) - 1
			if !slices.Equal(run.Text, lines[run.First-1:last]) {
				t.Errorf("%s: lines %d to %d are not those of the file", f.Name, run.First, last)
			}
		}
	}
	for _, s := range d.Sites {
		if len(s.Src) == 0 {
			t.Errorf("%s has no source", s.F)
		}
	}
	d = read(t, write(t, p.Report, func(string) ([]byte, error) { return nil, errors.New("gone") }))
	if len(d.Files) == 0 || len(d.Files[0].Lines) != 0 {
		t.Error("lines of a file that cannot be read")
	}
}

func TestEmpty(t *testing.T) {
	d := read(t, write(t, report.Report{}, nil))
	if len(d.Sites) != 0 || len(d.Spaces) != 0 {
		t.Errorf("an empty report has %+v", d)
	}
}
