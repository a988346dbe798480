package page

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
)

// Options are what a report does not know.
type Options struct {
	// Source reads a file that the report names. Without it no source is shown.
	Source func(file string) ([]byte, error)
	// Version is the tool's.
	Version string
}

//go:embed assets
var assets embed.FS

// scripts are the parts of the script, in their order.
func scripts() []string {
	return []string{"model.js", "filter.js", "matrix.js", "pane.js", "totals.js", "main.js"}
}

// Write writes a report as a page.
func Write(w io.Writer, r report.Report, o Options) error {
	var script strings.Builder
	script.WriteString("(() => {\n\"use strict\";\n")
	for _, name := range scripts() {
		text, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return err
		}
		script.Write(text)
	}
	script.WriteString("})();\n")
	style, err := assets.ReadFile("assets/page.css")
	if err != nil {
		return err
	}
	t, err := template.ParseFS(assets, "assets/page.html")
	if err != nil {
		return err
	}
	title := "Handling of return codes"
	if r.Module != "" {
		title = r.Module
	}
	return t.Execute(w, map[string]any{
		"Title":   title,
		"Version": o.Version,
		"Data":    encode(&r, o.Source),
		"Style":   template.CSS(style),
		"Script":  template.JS(script.String()),
		// The page's own style and script run, and nothing is loaded, whatever a report says.
		"Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + hash(string(style)) + "; script-src " + hash(script.String()),
	})
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
