package sarif

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-retcode/retcode/analyzer/report"
)

const schemaURI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

type (
	log struct {
		Schema  string `json:"$schema"`
		Version string `json:"version"`
		Runs    []run  `json:"runs"`
	}
	run struct {
		Tool       tool     `json:"tool"`
		ColumnKind string   `json:"columnKind"`
		Results    []result `json:"results"`
	}
	tool struct {
		Driver driver `json:"driver"`
	}
	driver struct {
		Name           string `json:"name"`
		Version        string `json:"version,omitempty"`
		InformationURI string `json:"informationUri"`
		Rules          []rule `json:"rules"`
	}
	rule struct {
		ID      string `json:"id"`
		HelpURI string `json:"helpUri,omitempty"`
	}
	result struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      message           `json:"message"`
		Locations    []location        `json:"locations"`
		Related      []location        `json:"relatedLocations,omitempty"`
		CodeFlows    []codeFlow        `json:"codeFlows,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Suppressions []suppression     `json:"suppressions,omitempty"`
	}
	message struct {
		Text string `json:"text"`
	}
	location struct {
		ID       int       `json:"id,omitempty"`
		Physical physical  `json:"physicalLocation"`
		Logical  []logical `json:"logicalLocations,omitempty"`
		Message  *message  `json:"message,omitempty"`
	}
	physical struct {
		Artifact artifact `json:"artifactLocation"`
		Region   region   `json:"region"`
	}
	artifact struct {
		URI       string `json:"uri"`
		URIBaseID string `json:"uriBaseId,omitempty"`
	}
	region struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	logical struct {
		FullyQualifiedName string `json:"fullyQualifiedName"`
		Kind               string `json:"kind"`
	}
	codeFlow struct {
		ThreadFlows []threadFlow `json:"threadFlows"`
	}
	threadFlow struct {
		Locations []flowLocation `json:"locations"`
	}
	flowLocation struct {
		Location location `json:"location"`
	}
	suppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification,omitempty"`
	}
)

// Options are what a report does not know.
type Options struct {
	// Version is that of the tool.
	Version string
	// Source reads a file that the report names; without it columns are counted in bytes.
	Source func(file string) ([]byte, error)
}

// Write writes the findings of a report.
func Write(w io.Writer, r report.Report, o Options) error {
	e := &encoder{source: o.Source, lines: make(map[string][]string), seen: make(map[string]int)}
	e.rules(&r)
	results := []result{} // an empty list says that there are none, null that nobody looked
	for i := range r.Packages {
		p := &r.Packages[i]
		for j := range p.Sites {
			for _, f := range p.Sites[j].Findings {
				results = append(results, e.result(p, &p.Sites[j], f))
			}
		}
		for _, f := range p.Findings {
			results = append(results, e.result(p, nil, f))
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	return enc.Encode(log{Schema: schemaURI, Version: "2.1.0", Runs: []run{{
		Tool: tool{driver{
			Name: "retcode", Version: o.Version, InformationURI: "https://github.com/go-retcode/retcode", Rules: e.list,
		}},
		ColumnKind: "unicodeCodePoints", Results: results,
	}}})
}

type encoder struct {
	source func(string) ([]byte, error)
	lines  map[string][]string
	list   []rule
	seen   map[string]int
}

func (e *encoder) rules(r *report.Report) {
	e.list = []rule{}
	add := func(f report.Finding) {
		i := slices.IndexFunc(e.list, func(k rule) bool { return k.ID == f.Category })
		if i < 0 {
			e.list = append(e.list, rule{f.Category, f.URL})
		} else if e.list[i].HelpURI == "" {
			e.list[i].HelpURI = f.URL
		}
	}
	for i := range r.Packages {
		for _, s := range r.Packages[i].Sites {
			for _, f := range s.Findings {
				add(f)
			}
		}
		for _, f := range r.Packages[i].Findings {
			add(f)
		}
	}
	slices.SortFunc(e.list, func(a, b rule) int { return cmp.Compare(a.ID, b.ID) })
}

func (e *encoder) result(p *report.Package, s *report.Site, f report.Finding) result {
	out := result{
		RuleID:    f.Category,
		RuleIndex: slices.IndexFunc(e.list, func(k rule) bool { return k.ID == f.Category }),
		Level:     "warning", Message: message{f.Message},
		Locations: []location{e.location(f.At, "", 0)},
	}
	function := ""
	if s != nil {
		function = p.Path + "." + s.Function
		out.Locations[0].Logical = []logical{{function, "function"}}
		if flow := e.flow(s, f); flow != nil {
			out.CodeFlows = []codeFlow{{[]threadFlow{{flow}}}}
		}
	}
	for i, step := range f.Related {
		out.Related = append(out.Related, e.location(step.At, step.Text, i+1))
	}
	if f.Silenced {
		out.Level = "note" // for readers that do not know suppressions
		out.Suppressions = []suppression{{"inSource", f.Reason}}
	}
	out.Fingerprints = map[string]string{"retcodeFinding/v1": e.fingerprint(p, s, f)}
	return out
}

// flow is the way from the call to the finding, if it has more than one place.
func (e *encoder) flow(s *report.Site, f report.Finding) []flowLocation {
	var out []flowLocation
	var last report.Position
	for _, step := range s.Path {
		out = append(out, flowLocation{e.location(step.At, step.Text, 0)})
		last = step.At
	}
	if last != f.At {
		out = append(out, flowLocation{e.location(f.At, f.Message, 0)})
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

var places = regexp.MustCompile(`\S+\.go:\d+(:\d+)?`)

// fingerprint tells findings apart by what they are about, not by where they stand: moved
// lines do not change it. Those of which the same is said are numbered.
func (e *encoder) fingerprint(p *report.Package, s *report.Site, f report.Finding) string {
	parts := []string{p.Path, f.Category, places.ReplaceAllString(f.Message, "")}
	if s != nil {
		parts = append(parts, s.Function, s.Call, s.Space)
	}
	key := strings.Join(parts, "\x00")
	e.seen[key]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, e.seen[key]))
	return hex.EncodeToString(sum[:16])
}

func (e *encoder) location(p report.Position, text string, id int) location {
	loc := location{ID: id, Physical: physical{
		Artifact: artifact{URI: uri(p.File)},
		Region: region{
			StartLine: p.Line, StartColumn: e.column(p.File, p.Line, p.Column),
			EndLine: p.EndLine, EndColumn: e.column(p.File, p.EndLine, p.EndColumn),
		},
	}}
	if !strings.HasPrefix(p.File, "/") {
		loc.Physical.Artifact.URIBaseID = "%SRCROOT%"
	}
	if text != "" {
		loc.Message = &message{text}
	}
	return loc
}

// uri makes a reference of a path, which may hold a colon, a space or a drive's letter.
func uri(file string) string {
	u := url.URL{Path: file}
	if strings.HasPrefix(file, "/") {
		u.Scheme = "file"
	}
	return u.String()
}

// column counts in characters what a report counts in bytes.
func (e *encoder) column(file string, line, column int) int {
	if e.source == nil || line < 1 || column < 1 {
		return column
	}
	lines, ok := e.lines[file]
	if !ok {
		if data, err := e.source(file); err == nil {
			lines = strings.Split(string(data), "\n")
		}
		e.lines[file] = lines
	}
	if line > len(lines) || column-1 > len(lines[line-1]) {
		return column
	}
	return utf8.RuneCountInString(lines[line-1][:column-1]) + 1
}
