package handling_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const docs = "../../../docs/map.md"

// TestDocs runs the commands of the page and compares what they write. With RETCODE_UPDATE=1
// it writes the page.
func TestDocs(t *testing.T) {
	name, err := filepath.Abs(docs)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	history(t)
	t.Setenv("COLUMNS", "100")
	console := regexp.MustCompile("(?s)```console\n\\$ retcode map ([^\n]*)\n(.*?)```")
	if n := len(console.FindAll(data, -1)); n < 4 {
		t.Errorf("the page has %d commands", n)
	}
	page := console.ReplaceAllStringFunc(string(data), func(block string) string {
		m := console.FindStringSubmatch(block)
		p := shop()
		if strings.Contains(m[1], "-diff") || strings.Contains(m[1], "-since") {
			p = written()
		}
		args := strings.Fields(strings.ReplaceAll(m[1], "'", ""))
		r := run(p, args...)
		if r.code != 0 || r.out == "" {
			t.Errorf("retcode map %s: %+v", m[1], r)
		}
		return "```console\n$ retcode map " + m[1] + "\n" + r.out + "```"
	})
	if page == string(data) {
		return
	}
	if os.Getenv("RETCODE_UPDATE") == "1" {
		if err := os.WriteFile(name, []byte(page), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("the page does not show what the commands write; with it:\n%s", page)
}

// TestDocsJSON checks that the report has the call that the page shows.
func TestDocsJSON(t *testing.T) {
	data, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatch(data)
	if m == nil {
		t.Fatal("the page shows no JSON")
	}
	space := regexp.MustCompile(`\s+`)
	flat := func(s string) string { return space.ReplaceAllString(s, "") }
	if out := run(shop(), "-format", "json").out; !strings.Contains(flat(out), flat(string(m[1]))) {
		t.Errorf("no call of the report is\n%s", m[1])
	}
}

// TestDocsOptions checks that the page names each option, and none that is not there.
func TestDocsOptions(t *testing.T) {
	data, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	help := run(shop(), "-h").errout
	own := make(map[string]bool)
	for _, m := range regexp.MustCompile(`(?m)^  (-\w+)`).FindAllStringSubmatch(help, -1) {
		own[m[1]] = true
		if !regexp.MustCompile("[`\\s]" + m[1] + "\\b").Match(data) {
			t.Errorf("the page does not say what %s does", m[1])
		}
	}
	for _, m := range regexp.MustCompile("`(-\\w+)|retcode map (-\\w+)").FindAllSubmatch(data, -1) {
		if name := string(m[1]) + string(m[2]); !own[name] {
			t.Errorf("there is no option %s", name)
		}
	}
}
