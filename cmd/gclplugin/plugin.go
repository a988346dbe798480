// Package gclplugin makes retcode a module plugin of golangci-lint.
package gclplugin

import (
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
	Checks                     []string `json:"checks"`
	IncludeTests               bool     `json:"include-tests"`
	SuccessLiterals            bool     `json:"success-literals"`
	Origin                     []string `json:"origin"`
	Require                    []string `json:"require"`
	DefaultSignifiesExhaustive bool     `json:"default-signifies-exhaustive"`
	Boundary                   bool     `json:"boundary"`
	Constants                  string   `json:"constants"`
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
		IncludeTests:               s.IncludeTests,
		SuccessLiterals:            s.SuccessLiterals,
		Origins:                    s.Origin,
		Require:                    s.Require,
		DefaultSignifiesExhaustive: s.DefaultSignifiesExhaustive,
		Boundary:                   s.Boundary,
		Constants:                  s.Constants,
	})
	if err != nil {
		return nil, fmt.Errorf("retcode: %w", err)
	}
	a.Run = withoutRelated(a.Run)
	return plugin{a}, nil
}

// withoutRelated reports findings alone: golangci-lint makes an issue of each related place.
func withoutRelated(run func(*analysis.Pass) (any, error)) func(*analysis.Pass) (any, error) {
	return func(pass *analysis.Pass) (any, error) {
		p := *pass
		p.Report = func(d analysis.Diagnostic) {
			d.Related = nil
			pass.Report(d)
		}
		return run(&p)
	}
}

// BuildAnalyzers returns the one analyzer.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{p.analyzer}, nil
}

// GetLoadMode asks for types.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
