package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestExampleConfiguration runs golangci-lint with the example as it stands.
func TestExampleConfiguration(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	config := filepath.Join(tl.root, ".golangci.example.yml")
	if _, err := output(tl.root, nil, tl.golangci, "config", "verify", "-c", config); err != nil {
		t.Error(err)
	}
	tg := target{dir: tl.root, patterns: []string{"./testdata/quickstart/..."}}
	r, err := command(tg.dir, nil, tl.golangci, "run", "--allow-parallel-runners", "-c", config, "--path-mode=abs", "--show-stats=false",
		"--output.json.path=stdout", tg.patterns[0])
	if err != nil || r.code != 1 {
		t.Fatalf("%v, exit code %d, want 1\n%s", err, r.code, r.stderr)
	}
	alone, _ := tl.standalone(t, tg)
	if len(alone) == 0 {
		t.Error("nothing found")
	}
	if diff := cmp.Diff(alone, jsonReport(t, tg.dir, r.stdout), cmp.AllowUnexported(finding{})); diff != "" {
		t.Errorf("(-alone +lint):\n%s", diff)
	}
}

// TestSettings wants one clear error for each wrong setting, and none for no settings.
func TestSettings(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	for _, test := range []struct {
		name, settings string
		code           int
		want           string
	}{
		{"none", "", 0, ""},
		{"unknown key", "settings: {check: [magic]}", 3, `unknown field "check"`},
		{"unknown check", "settings: {checks: [magical]}", 3, "magical"},
		{"a number", "settings: {require: [1016]}", 0, ""},
		{"a code that is none", "settings: {require: [777777]}", 3, `is meant by "777777"`},
		{"a folder of constants", "settings: {constants: ./codes}", 3, "import path"},
		{"malformed origin", "settings: {origin: [StatusCode]}", 3, "StatusCode"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			files := map[string]string{
				"go.mod": "module example.com/m\n\ngo 1.26\n",
				"a.go":   "// Package m is empty.\npackage m\n",
				".golangci.yml": "version: \"2\"\nlinters:\n  default: none\n  enable: [retcode]\n  settings:\n    custom:\n" +
					"      retcode:\n        type: module\n        " + test.settings + "\n",
			}
			for name, data := range files {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			r, err := command(dir, nil, tl.golangci, "run", "--allow-parallel-runners", "./...")
			if err != nil {
				t.Fatal(err)
			}
			all := string(r.stdout) + string(r.stderr)
			if r.code != test.code || !strings.Contains(all, test.want) || strings.Contains(all, "goroutine ") {
				t.Errorf("exit code %d, want %d and %q in:\n%s", r.code, test.code, test.want, all)
			}
		})
	}
}

// TestLeft fixes what it can, fails for what is left, and says where the package of
// constants is out of sight.
func TestLeft(t *testing.T) {
	t.Parallel()
	tl := e2e(t)
	const settings = "version: \"2\"\nlinters:\n  default: none\n  enable: [retcode]\n  settings:\n    custom:\n" +
		"      retcode:\n        type: module\n        settings: {constants: example.com/m/codes}\n"
	dir := t.TempDir()
	files := map[string]string{
		"go.mod":          "module example.com/m\n\ngo 1.26\n",
		".golangci.yml":   settings,
		"codes/codes.go":  "// Package codes names codes.\npackage codes\n\n//retcode:code business\nconst RateLimited = 1008\n",
		"near/near.go":    "// Package near imports them.\npackage near\n\nimport _ \"example.com/m/codes\"\n\n//retcode:code business\ntype code int\n\n// F is.\nfunc F(c code) bool {return c == 1008 || c == 21402}\n",
		"far/far.go":      "// Package far does not.\npackage far\n\n//retcode:code business\ntype code int\n\n// F is.\nfunc F(c code) bool { return c == 1008 }\n",
		"far/far_test.go": "package far\n",
	}
	for name, data := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r, err := command(dir, nil, tl.golangci, "run", "--allow-parallel-runners", "--fix", "./...")
	if err != nil {
		t.Fatal(err)
	}
	out := string(r.stdout)
	if r.code != 1 || strings.Count(out, "no fix uses example.com/m/codes") != 1 || !strings.Contains(out, "21402 is no documented") || strings.Contains(out, "use codes.RateLimited") {
		t.Errorf("exit code %d\n%s%s", r.code, out, r.stderr)
	}
	fixed, err := os.ReadFile(filepath.Join(dir, "near", "near.go"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "func F(c code) bool { return c == codes.RateLimited || c == 21402 }"; !strings.Contains(string(fixed), want) {
		t.Errorf("no %q in\n%s", want, fixed)
	}
}
