package analyzer_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// verdicts analyzes a source and returns the category of what is reported on each line.
// No line may have two findings.
func verdicts(t *testing.T, w *world, path, text string) map[int]string {
	t.Helper()
	out := make(map[int]string)
	for _, d := range w.analyze(w.source(path, text)) {
		line := w.fset.Position(d.Pos).Line
		if old, ok := out[line]; ok {
			t.Errorf("line %d: both %s and %s", line, old, d.Category)
		}
		out[line] = d.Category
	}
	return out
}

// embedded returns a space of the catalog.
func embedded(t *testing.T, name string) *catalog.Space {
	t.Helper()
	s, ok := catalog.Embedded().Space(name)
	if !ok {
		t.Fatalf("no space %s", name)
	}
	return s
}

// numbered writes a function with one comparison for each number: that of n stands on
// line first+n. The form has %d where the number goes.
func numbered(head, form, tail string, last int) (text string, first int) {
	var b strings.Builder
	b.WriteString(head)
	first = strings.Count(head, "\n")
	for n := 1; n <= last; n++ {
		fmt.Fprintf(&b, form+"\n", n)
	}
	b.WriteString(tail)
	return b.String(), first
}

const bodyHead = `package app

import (
	"errors"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

var hits int

`

// TestEveryBodyCode compares a body code with every number to 40000, by == and as a case:
// exactly those that are not documented are unknown or mixed.
func TestEveryBodyCode(t *testing.T) {
	for _, form := range []struct{ name, head, line, tail string }{
		{"if", "", "if r.Code == %d { hits++ }\n", "}\n"},
		{"case", "switch r.Code {\n", "case %d: hits++\n", "}\n}\n"},
	} {
		t.Run(form.name, func(t *testing.T) {
			const last, split = 40000, 500 // the functions of a real program are not longer
			business, status := embedded(t, "business"), embedded(t, "http")
			var b strings.Builder
			b.WriteString(bodyHead)
			at := make(map[int]int)
			line := strings.Count(bodyHead, "\n")
			write := func(format string, args ...any) {
				text := fmt.Sprintf(format, args...)
				line += strings.Count(text, "\n")
				b.WriteString(text)
			}
			for n := 1; n <= last; n++ {
				if n%split == 1 {
					write("func f%d(err error) {\nvar r sdk.CodeResult\nif !errors.As(err, &r) { return }\n%s", n, form.head)
				}
				write(form.line, n)
				at[n] = line
				if n%split == 0 {
					write("%s", form.tail)
				}
			}
			w := withSDK(t, configuredBy(t, "-checks=magic,unknown,mixed"))
			got := verdicts(t, w, "example.com/app", b.String())
			for n := 1; n <= last; n++ {
				want := "unknown"
				if _, ok := status.Find(catalog.IntValue(int64(n))); ok {
					want = "mixed"
				}
				if _, ok := business.Find(catalog.IntValue(int64(n))); ok {
					want = "magic"
				}
				if business.Succeeds(catalog.IntValue(int64(n))) {
					want = ""
				}
				if got[at[n]] != want {
					t.Errorf("body code %d is %q, want %q", n, got[at[n]], want)
				}
			}
		})
	}
}

// TestEveryStatus compares a status with every number to 999: one that net/http names but
// the vendor does not list is neither unknown nor magic.
func TestEveryStatus(t *testing.T) {
	const last = 999
	business, status := embedded(t, "business"), embedded(t, "http")
	head := `package app

import "net/http"

var hits int

func f() error {
	r, err := http.Get("https://api.rong-api.com/user/getToken.json")
	if err != nil { return err }
	defer r.Body.Close()
`
	text, first := numbered(head, "\tif r.StatusCode == %d { hits++ }", "\treturn nil\n}\n", last)
	w := newWorld(t, configuredBy(t, "-checks=magic,unknown,mixed"))
	got := verdicts(t, w, "example.com/status", text)
	for n := 1; n <= last; n++ {
		want := "unknown"
		if _, ok := business.Find(catalog.IntValue(int64(n))); ok {
			want = "mixed"
		}
		if http.StatusText(n) != "" {
			want = ""
		}
		if _, ok := status.Find(catalog.IntValue(int64(n))); ok {
			want = "magic"
		}
		if status.Succeeds(catalog.IntValue(int64(n))) {
			want = ""
		}
		if got[first+n] != want {
			t.Errorf("status %d is %q, want %q", n, got[first+n], want)
		}
	}
}

// TestStatusTakesBodyCodes compares a status with every body code of four digits or more.
func TestStatusTakesBodyCodes(t *testing.T) {
	business := embedded(t, "business")
	var b strings.Builder
	b.WriteString(`package app

import "net/http"

func f() int {
	r, err := http.Get("https://api.rong-api.com/user/getToken.json")
	if err != nil { return 0 }
	defer r.Body.Close()
`)
	first := strings.Count(b.String(), "\n")
	for _, c := range business.Codes {
		fmt.Fprintf(&b, "\tif r.StatusCode == %v { return 1 }\n", c.Value)
	}
	b.WriteString("\treturn 2\n}\n")
	w := newWorld(t, configuredBy(t, "-checks=magic,unknown,mixed"))
	got := verdicts(t, w, "example.com/status", b.String())
	for i, c := range business.Codes {
		if want := "mixed"; c.Value.Compare(catalog.IntValue(999)) > 0 && got[first+i+1] != want {
			t.Errorf("status %v is %q, want %q", c.Value, got[first+i+1], want)
		}
	}
}
