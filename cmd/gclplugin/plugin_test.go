package gclplugin_test

import (
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/golangci/plugin-module-register/register"

	"github.com/go-retcode/retcode/analyzer"
	"github.com/go-retcode/retcode/cmd/gclplugin"
)

func TestRegistered(t *testing.T) {
	t.Parallel()
	newPlugin, err := register.GetPlugin("retcode")
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(nil)
	if err != nil {
		t.Fatalf("nil settings: %v", err)
	}
	if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
		t.Errorf("load mode %q", mode)
	}
	list, err := p.BuildAnalyzers()
	if err != nil || len(list) != 1 || list[0].Name != "retcode" {
		t.Errorf("BuildAnalyzers() = %v, %v", list, err)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		settings any
		want     string // part of the error, "" if none
	}{
		{"empty", map[string]any{}, ""},
		{"all", map[string]any{
			"checks":                       []any{"all", "-magic"},
			"catalogs":                     []any{"all", "-mysql"},
			"include-tests":                true,
			"success-literals":             true,
			"origin":                       []any{"net/http.Response.StatusCode=http"},
			"require":                      []any{"1008", "class:transient"},
			"default-signifies-exhaustive": true,
			"boundary":                     true,
			"constants":                    "example.com/codes",
			"related":                      true,
		}, ""},
		{"a number", map[string]any{"require": []any{1016, "class:poll"}}, ""},
		{"a word alone", map[string]any{"checks": "magic", "require": 1016}, ""},
		{"nothing", map[string]any{"checks": nil, "require": []any{}}, ""},
		{"a list of lists", map[string]any{"require": []any{[]any{1016}}}, "neither a word nor a number"},
		{"a number that is no code", map[string]any{"require": []any{99999}}, `"99999"`},
		{"half a code", map[string]any{"require": []any{10.5}}, "10.5"},
		{"an unknown space", map[string]any{"origin": []any{"net/http.Response.StatusCode=body"}}, `"body"`},
		{"a catalog", map[string]any{"catalogs": []any{"postgresql", "grpc"}, "require": []any{"23505"}}, ""},
		{"a catalog alone", map[string]any{"catalogs": "mysql"}, ""},
		{"an unknown catalog", map[string]any{"catalogs": []any{"oracle"}}, "oracle"},
		{"a folder", map[string]any{"constants": "./codes"}, "import path"},
		{"all left out", map[string]any{"checks": []any{"-all"}}, "checks"},
		{"unknown key", map[string]any{"check": []any{"magic"}}, `unknown field "check"`},
		{"wrong type", map[string]any{"boundary": "yes"}, "boundary"},
		{"unknown check", map[string]any{"checks": []any{"magical"}}, "magical"},
		{"malformed origin", map[string]any{"origin": []any{"StatusCode"}}, "StatusCode"},
		{"malformed require", map[string]any{"require": []any{"class:none"}}, "none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := gclplugin.New(test.settings)
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "retcode: ")):
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

// keys returns the settings' keys.
func keys() map[string]bool {
	keys := make(map[string]bool)
	for f := range reflect.TypeFor[gclplugin.Settings]().Fields() {
		keys[f.Tag.Get("json")] = true
	}
	return keys
}

func TestKeysAreFlags(t *testing.T) {
	t.Parallel()
	left := keys()
	analyzer.Analyzer.Flags.VisitAll(func(f *flag.Flag) {
		if !left[f.Name] {
			t.Errorf("flag -%s has no setting", f.Name)
		}
		delete(left, f.Name)
	})
	if len(left) > 0 {
		t.Errorf("settings without a flag: %v", left)
	}
}

func TestExampleHasEverySetting(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../.golangci.example.yml")
	if err != nil {
		t.Fatal(err)
	}
	var example struct {
		Linters struct {
			Settings struct {
				Custom map[string]struct {
					Settings map[string]any
				}
			}
		}
	}
	if err := yaml.Unmarshal(data, &example); err != nil {
		t.Fatal(err)
	}
	settings := example.Linters.Settings.Custom["retcode"].Settings
	for key := range keys() {
		if _, ok := settings[key]; !ok {
			t.Errorf("setting %s is not in the example", key)
		}
	}
	if _, err := gclplugin.New(settings); err != nil {
		t.Error(err)
	}
}
