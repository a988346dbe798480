package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
)

// The data of the page, with short names: there may be thousands of sites. Codes are indices
// into those of the space, files into Files, outcomes into Outcomes.
type (
	pageData struct {
		Module   string        `json:"module,omitempty"`
		Outcomes []outcomeData `json:"outcomes"`
		Spaces   []spaceData   `json:"spaces"`
		Packages []string      `json:"packages"`
		Sites    []siteData    `json:"sites"`
		Loose    []findingData `json:"loose"`
		Files    []fileData    `json:"files"`
	}
	outcomeData struct {
		ID    report.Outcome `json:"id"`
		Label string         `json:"label"`
	}
	spaceData struct {
		ID    string     `json:"id"`
		API   string     `json:"api"`
		Title string     `json:"title"`
		Codes []codeData `json:"codes"`
		// Columns are the groups of codes that the matrix shows, retryable ones first.
		Columns []groupData `json:"columns"`
	}
	groupData struct {
		Label     string `json:"label"`
		Retryable bool   `json:"retryable,omitempty"`
		Codes     []int  `json:"codes"`
	}
	codeData struct {
		Value   string `json:"v"`
		Name    string `json:"n,omitempty"`
		Group   string `json:"g,omitempty"`
		Retry   string `json:"r,omitempty"`
		Success bool   `json:"ok,omitempty"`
		Meaning string `json:"m,omitempty"`
	}
	siteData struct {
		Package  int           `json:"p"`
		Space    int           `json:"s"`
		Function string        `json:"f"`
		Call     string        `json:"c"`
		Carrier  string        `json:"k"`
		At       place         `json:"at"`
		Decision *place        `json:"d,omitempty"`
		Classes  []classData   `json:"cl"`
		Named    []int         `json:"n,omitempty"`
		Below    []int         `json:"b,omitempty"`
		Untold   []int         `json:"u,omitempty"`
		Findings []findingData `json:"fi,omitempty"`
		Path     []stepData    `json:"pa,omitempty"`
		Source   [][3]int      `json:"src,omitempty"` // file, first and last line
	}
	classData struct {
		Codes   []int      `json:"c,omitempty"`
		Rest    bool       `json:"rest,omitempty"`
		Outcome int        `json:"o"`           // of codes that are told apart
		Untold  int        `json:"ou"`          // of the others
		Text    string     `json:"t"`           // what is done
		Does    []stepData `json:"a,omitempty"` // the same with places
	}
	findingData struct {
		Category string     `json:"cat"`
		Message  string     `json:"msg"`
		At       place      `json:"at"`
		URL      string     `json:"url,omitempty"`
		Silenced bool       `json:"off,omitempty"`
		Reason   string     `json:"why,omitempty"`
		Related  []stepData `json:"rel,omitempty"`
	}
	stepData struct {
		Text string `json:"t"`
		At   place  `json:"at"`
	}
	place    [3]int // file, line, column; a line of 0 is no place
	fileData struct {
		Name string `json:"name"`
		// Lines are runs of lines: the number of the first, and the text.
		Lines []linesData `json:"lines,omitempty"`
	}
	linesData struct {
		First int      `json:"first"`
		Text  []string `json:"text"`
	}
)

// An encoder makes the data of a page.
type encoder struct {
	report *report.Report
	data   pageData
	files  map[string]int
	wanted map[int][][2]int // lines of files to show
	codes  []map[report.Value]int
}

func encode(r *report.Report, source func(string) ([]byte, error)) pageData {
	e := &encoder{report: r, files: make(map[string]int), wanted: make(map[int][][2]int)}
	e.data = pageData{
		Module: r.Module, Spaces: []spaceData{}, Packages: []string{}, Sites: []siteData{}, Loose: []findingData{}, Files: []fileData{},
	}
	for _, o := range report.Outcomes() {
		e.data.Outcomes = append(e.data.Outcomes, outcomeData{o, o.String()})
	}
	for i := range r.Spaces {
		e.space(&r.Spaces[i])
	}
	for i := range r.Packages {
		p := &r.Packages[i]
		e.data.Packages = append(e.data.Packages, p.Path)
		for j := range p.Sites {
			e.site(i, &p.Sites[j])
		}
		for _, f := range p.Findings {
			e.data.Loose = append(e.data.Loose, e.finding(f))
		}
	}
	if source != nil {
		e.sources(source)
	}
	return e.data
}

// space lists the codes of a space, and those that sites name besides, and chooses those
// that the matrix shows: all that are retryable, and all that a site treats apart.
func (e *encoder) space(s *report.Space) {
	codes := slices.Clone(s.Codes)
	shown := make(map[report.Value]bool)
	for _, site := range e.report.All {
		if site.Space != s.ID {
			continue
		}
		list := slices.Clone(site.Named)
		for _, c := range site.Classes {
			if len(c.Codes) <= mostListed {
				list = append(list, c.Codes...)
			}
			for _, v := range c.Codes {
				codes = append(codes, s.Code(v))
			}
		}
		for _, v := range list {
			shown[v] = true
		}
		for _, v := range slices.Concat(site.Named, site.Below, site.Untold) {
			codes = append(codes, s.Code(v))
		}
	}
	slices.SortFunc(codes, func(a, b report.Code) int { return a.Value.Compare(b.Value) })
	codes = slices.CompactFunc(codes, func(a, b report.Code) bool { return a.Value == b.Value })
	out := spaceData{ID: s.ID, API: s.API, Title: cmp.Or(s.Title, s.API), Columns: []groupData{}}
	if name := s.Name; name != s.API && e.sameAPI(s.API) > 1 {
		out.Title += " " + name
	}
	index := make(map[report.Value]int)
	for i, c := range codes {
		index[c.Value] = i
		out.Codes = append(out.Codes, codeData{c.Value.String(), c.Name, c.Group, string(c.Retry), c.Success, c.Meaning})
		if c.Success || !c.Retryable() && !shown[c.Value] {
			continue
		}
		label := cmp.Or(c.Group, "permanent")
		if c.Retryable() {
			label = string(c.Retry)
		} else if c.Retry == report.Unsure {
			label = "unsure"
		}
		out.column(label, c.Retryable(), i)
	}
	slices.SortStableFunc(out.Columns, func(a, b groupData) int { return cmp.Compare(rank(a), rank(b)) })
	e.data.Spaces = append(e.data.Spaces, out)
	e.codes = append(e.codes, index)
}

// mostListed is how many codes a class may list for each to have a column: a longer list is
// a range or a group, not codes that somebody treats apart.
const mostListed = 12

func rank(g groupData) int {
	if g.Retryable {
		return 0
	}
	return 1
}

func (e *encoder) sameAPI(api string) int {
	n := 0
	for _, s := range e.report.Spaces {
		if s.API == api {
			n++
		}
	}
	return n
}

func (s *spaceData) column(label string, retryable bool, code int) {
	i := slices.IndexFunc(s.Columns, func(g groupData) bool { return g.Label == label && g.Retryable == retryable })
	if i < 0 {
		i = len(s.Columns)
		s.Columns = append(s.Columns, groupData{Label: label, Retryable: retryable})
	}
	s.Columns[i].Codes = append(s.Columns[i].Codes, code)
}

func (e *encoder) site(pkg int, s *report.Site) {
	space := slices.IndexFunc(e.report.Spaces, func(sp report.Space) bool { return sp.ID == s.Space })
	if space < 0 {
		return
	}
	index := func(list []report.Value) (out []int) {
		for _, v := range list {
			out = append(out, e.codes[space][v])
		}
		return out
	}
	d := siteData{
		Package: pkg, Space: space, Function: s.Function, Call: s.Call, At: e.place(s.At),
		Carrier: strings.TrimSpace(string(s.Carrier.Kind) + " " + s.Carrier.Name),
		Named:   index(s.Named), Below: index(s.Below), Untold: index(s.Untold),
	}
	at := []report.Position{s.At}
	if s.Decision.IsValid() {
		p := e.place(s.Decision)
		d.Decision = &p
		at = append(at, s.Decision)
	}
	for i := range s.Classes {
		c := &s.Classes[i]
		class := classData{
			Codes: index(c.Codes), Rest: c.Rest, Text: c.String(),
			Outcome: outcomeIndex(c.Outcome()), Untold: outcomeIndex(untold(c)),
		}
		for _, a := range c.Actions {
			class.Does = append(class.Does, stepData{a.String(), e.place(a.At)})
			at = append(at, a.At)
		}
		d.Classes = append(d.Classes, class)
	}
	for _, f := range s.Findings {
		d.Findings = append(d.Findings, e.finding(f))
		at = append(at, f.At)
	}
	for _, step := range s.Path {
		d.Path = append(d.Path, stepData{step.Text, e.place(step.At)})
		at = append(at, step.At)
	}
	d.Source = e.excerpts(at)
	e.data.Sites = append(e.data.Sites, d)
}

// untold is what becomes of the codes of a class that are not told apart.
func untold(c *report.Class) report.Outcome {
	s := report.Site{Classes: []report.Class{{Rest: true, Success: c.Success, Actions: c.Actions}}, Untold: []report.Value{{}}}
	return s.Outcome(report.Value{})
}

func outcomeIndex(o report.Outcome) int { return slices.Index(report.Outcomes(), o) }

func (e *encoder) finding(f report.Finding) findingData {
	d := findingData{Category: f.Category, Message: f.Message, At: e.place(f.At), Silenced: f.Silenced, Reason: f.Reason}
	if strings.HasPrefix(f.URL, "https://") {
		d.URL = f.URL
	}
	for _, step := range f.Related {
		d.Related = append(d.Related, stepData{step.Text, e.place(step.At)})
	}
	return d
}

func (e *encoder) place(p report.Position) place {
	if !p.IsValid() {
		return place{}
	}
	return place{e.file(p.File), p.Line, p.Column}
}

func (e *encoder) file(name string) int {
	i, ok := e.files[name]
	if !ok {
		i = len(e.data.Files)
		e.files[name] = i
		e.data.Files = append(e.data.Files, fileData{Name: name})
	}
	return i
}
