package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestOwnAPI follows the page on an API of one's own from top to bottom: its files are
// written, its changes are made, its commands are run, and print what the page shows.
func TestOwnAPI(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	gopath := t.TempDir()
	bin := filepath.Join(gopath, "bin")
	build := exec.Command("go", "build", "-o", filepath.Join(bin, "retcode"), "../cmd/retcode")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/shop\n\ngo 1.26\n")
	env := append(os.Environ(), "GOPATH="+gopath, "GOMODCACHE="+strings.TrimSpace(string(cache)), "GOBIN=", "GOWORK=off", "GOFLAGS=",
		"PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	list := fences(t, "own-api.md")
	ran, shown := 0, 0
	for i, f := range list {
		kind, name, _ := strings.Cut(f.info, " ")
		switch {
		case kind == "go" && name != "":
			write(t, filepath.Join(dir, name), f.text)
		case kind == "diff":
			change(t, filepath.Join(dir, name), f.text)
		case kind == "sh":
			ran++
			want := ""
			if i+1 < len(list) && list[i+1].info == "text" {
				want = list[i+1].text
				shown++
			}
			cmd := exec.Command("sh", "-c", f.text)
			cmd.Dir, cmd.Env = dir, env
			out, err := cmd.CombinedOutput()
			got := strings.ReplaceAll(string(out), dir+string(filepath.Separator), "")
			if strings.Contains(f.text, "-fix") {
				got = regexp.MustCompile(`(?s).*`).ReplaceAllString(got, "") // what is left was shown before
			}
			if got != want || want == "" && err != nil && !strings.Contains(f.text, "-fix") {
				t.Errorf("block %d, %s: %v\ngot\n%s\nwant\n%s", i+1, strings.TrimSpace(f.text), err, got, want)
			}
		}
	}
	if ran < 6 || shown < 2 {
		t.Errorf("%d commands were run, and the findings of %d compared", ran, shown)
	}
	vet := exec.Command("go", "vet", "./...")
	vet.Dir, vet.Env = dir, env
	if out, err := vet.CombinedOutput(); err != nil {
		t.Errorf("what the page arrives at: %v\n%s", err, out)
	}
}

// change makes a change as a page shows it: lines that go, lines that come, and those around.
func change(t *testing.T, name, diff string) {
	t.Helper()
	var before, after strings.Builder
	for line := range strings.Lines(diff) {
		switch line[0] {
		case '-':
			before.WriteString(line[1:])
		case '+':
			after.WriteString(line[1:])
		default:
			rest := strings.TrimPrefix(line, " ")
			before.WriteString(rest)
			after.WriteString(rest)
		}
	}
	text := read(t, name)
	if n := strings.Count(text, before.String()); n != 1 {
		t.Fatalf("%s has the lines %d times that a change is of:\n%s\n%s", name, n, before.String(), text)
	}
	text = strings.Replace(text, before.String(), after.String(), 1)
	formatted, err := formatted(text)
	if err != nil || string(formatted) != text {
		t.Errorf("%s is not in gofmt form after\n%s\n%v", name, diff, err)
	}
	write(t, name, text)
}
