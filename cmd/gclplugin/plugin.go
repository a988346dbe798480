// Package gclplugin makes retcode a module plugin of golangci-lint.
package gclplugin

import (
	"encoding/json"
	"fmt"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/go-retcode/retcode/analyzer"
)

// init is how golangci-lint wants its plugins announced.
func init() {
	register.Plugin("retcode", New)
}

// Settings are the plugin's settings: the keys are the names of the command's flags.
type Settings struct {
	Checks                     List   `json:"checks"`
	Catalogs                   List   `json:"catalogs"`
	IncludeTests               bool   `json:"include-tests"`
	SuccessLiterals            bool   `json:"success-literals"`
	Origin                     List   `json:"origin"`
	Require                    List   `json:"require"`
	DefaultSignifiesExhaustive bool   `json:"default-signifies-exhaustive"`
	Boundary                   bool   `json:"boundary"`
	Constants                  string `json:"constants"`
	// Related is false by default: golangci-lint makes an issue of each related place.
	Related bool `json:"related"`
}

// A List is a list of words, as YAML may write it: [1016, "class:poll"], or one word alone.
type List []string

// UnmarshalJSON reads a word, a number or a list of them.
func (l *List) UnmarshalJSON(data []byte) error {
	var list []json.RawMessage
	if json.Unmarshal(data, &list) != nil {
		list = []json.RawMessage{data}
	}
	*l = nil
	for _, element := range list {
		var word string
		var number json.Number
		switch {
		case string(element) == "null":
		case json.Unmarshal(element, &word) == nil:
			*l = append(*l, word)
		case json.Unmarshal(element, &number) == nil:
			*l = append(*l, number.String())
		default:
			return fmt.Errorf("%s is neither a word nor a number; write a list such as [1016, \"class:poll\"]", element)
		}
	}
	return nil
}

type plugin struct{ analyzer *analysis.Analyzer }

// New returns the plugin for golangci-lint's settings, which may be nil. It
// refuses keys that it does not know and values that the command would refuse.
func New(conf any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[Settings](conf)
	if err != nil {
		return nil, fmt.Errorf("retcode: %w", err)
	}
	a, err := analyzer.New(analyzer.Config{
		Checks:                     s.Checks,
		Catalogs:                   s.Catalogs,
		IncludeTests:               s.IncludeTests,
		SuccessLiterals:            s.SuccessLiterals,
		Origins:                    s.Origin,
		Require:                    s.Require,
		DefaultSignifiesExhaustive: s.DefaultSignifiesExhaustive,
		Boundary:                   s.Boundary,
		Constants:                  s.Constants,
		OmitRelated:                !s.Related,
	})
	if err != nil {
		return nil, fmt.Errorf("retcode: %w", err)
	}
	return plugin{a}, nil
}

// BuildAnalyzers returns the one analyzer.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{p.analyzer}, nil
}

// GetLoadMode asks for types.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
