package table

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
)

// Options say how a report is shown.
type Options struct {
	// Width is the number of columns of the terminal, 0 if there is no bound.
	Width int
	// Wide asks for one line for each class, which nothing cuts.
	Wide bool
	// Color adds the terminal's colours.
	Color bool
	// Only, if it is not nil, chooses the codes to show.
	Only func(*report.Space, report.Code) bool
}

// narrowest is how few columns are still used: what is shown in fewer cannot be read.
const narrowest = 40

// Write shows a report.
func Write(w io.Writer, r report.Report, o Options) error {
	if o.Width > 0 {
		o.Width = max(o.Width, narrowest)
	}
	p := &printer{Options: o, report: &r}
	if o.Wide {
		p.wide()
	} else {
		p.narrow()
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

type printer struct {
	Options
	report *report.Report
	out    strings.Builder
}

// A row is a class of a site as it is shown.
type row struct {
	codes, done string
	outcome     report.Outcome
}

// rows returns the classes of a site with a code to show.
func (p *printer) rows(s *report.Site, most int) []row {
	space, ok := p.report.Space(s.Space)
	if !ok {
		return nil
	}
	var out []row
	for i := range s.Classes {
		c := &s.Classes[i]
		if c.Success && (!p.Wide || p.Only != nil) {
			continue
		}
		codes := space.List(c, most)
		if p.Only != nil {
			if codes = p.chosen(space, s, c); codes == "" {
				continue
			}
		}
		out = append(out, row{codes, c.String(), s.ClassOutcome(c)})
	}
	return out
}

// chosen lists the chosen codes that are of a class.
func (p *printer) chosen(space *report.Space, s *report.Site, c *report.Class) string {
	var list []string
	for _, code := range candidates(space, s) {
		if of, ok := s.Class(code.Value); ok && of == c && p.Only(space, code) {
			list = append(list, code.String())
		}
	}
	return strings.Join(list, ", ")
}

// candidates are the codes of a space and those that a site names besides.
func candidates(space *report.Space, s *report.Site) []report.Code {
	list := slices.Clone(space.Codes)
	for _, v := range s.Named {
		if _, ok := space.Lookup(v); !ok {
			list = append(list, report.Code{Value: v})
		}
	}
	return list
}

// untold names the retryable codes that are not told apart, and were chosen.
func (p *printer) untold(s *report.Site, most int) string {
	space, ok := p.report.Space(s.Space)
	if !ok {
		return ""
	}
	var class report.Class
	for _, v := range s.Untold {
		if p.Only == nil || p.Only(space, space.Code(v)) {
			class.Codes = append(class.Codes, v)
		}
	}
	if len(class.Codes) == 0 {
		return ""
	}
	return space.List(&class, most)
}

func (p *printer) narrow() {
	codes := p.codesWidth()
	for i := range p.report.Packages {
		pkg := &p.report.Packages[i]
		if i > 0 {
			p.out.WriteString("\n")
		}
		p.line("", part{pkg.Path, bold})
		for j := range pkg.Sites {
			p.site(&pkg.Sites[j], codes)
		}
		for _, f := range pkg.Findings {
			p.finding("  ", f)
		}
	}
	p.totals()
}

// codesWidth is the width of the column of codes: as wide as it has to be, and no wider
// than leaves room for what is done.
func (p *printer) codesWidth() int {
	widest := 0
	for _, s := range p.report.All {
		for _, r := range p.rows(s, mostCodes) {
			widest = max(widest, width(r.codes))
		}
	}
	if p.Width > 0 {
		return min(widest, (p.Width-6)/2)
	}
	return widest
}

// mostCodes is how many codes of a class are named when room matters.
const mostCodes = 3

func (p *printer) site(s *report.Site, codes int) {
	api := s.Space
	if space, ok := p.report.Space(s.Space); ok {
		api = space.Short()
	}
	p.line("  ", part{fmt.Sprintf("%s:%d", s.At.File, s.At.Line), plain}, part{s.Function, bold},
		part{s.Verb(), dim}, part{s.Call, plain}, part{"(" + api + ")", dim})
	for _, r := range p.rows(s, mostCodes) {
		p.line("    ", part{pad(cut(r.codes, codes), codes), plain}, part{r.done, styleOf(r.outcome)})
	}
	if untold := p.untold(s, 2*mostCodes); untold != "" {
		p.wrapped("    ", "! ", "not told apart: "+untold, red)
	}
	for _, f := range s.Findings {
		p.finding("    ", f)
	}
}

func (p *printer) finding(indent string, f report.Finding) {
	text := fmt.Sprintf("%d:%d: %s", f.At.Line, f.At.Column, f.Message)
	style := yellow
	if f.Silenced {
		text, style = "silenced: "+text, dim
		if f.Reason != "" {
			text += ": " + f.Reason
		}
	}
	p.wrapped(indent, "! ", text, style)
}

// totals writes what becomes of each code over all calls. Codes of a space of which the
// same can be said share a line.
func (p *printer) totals() {
	type group struct {
		total report.Total
		codes []string
	}
	var groups []*group
	of := make(map[string]*group)
	for _, t := range p.report.Totals() {
		space, ok := p.report.Space(t.Space)
		if !ok || p.Only == nil && !t.Code.Retryable() || p.Only != nil && !p.Only(space, t.Code) {
			continue
		}
		key := t.Space + fmt.Sprint(t.Calls, t.Count)
		if of[key] == nil {
			of[key] = &group{total: t}
			groups = append(groups, of[key])
		}
		of[key].codes = append(of[key].codes, t.Code.Value.String())
	}
	if len(groups) > 0 && len(p.report.Packages) > 0 {
		p.out.WriteString("\n")
	}
	for _, g := range groups {
		text := g.total.String()
		if last := len(g.codes) - 1; last > 0 {
			_, counts, _ := strings.Cut(text, " is reached")
			text = strings.Join(g.codes[:last], ", ") + " and " + g.codes[last] + " are each reached" + counts
		}
		p.wrapped("", "", text, plain)
	}
}

// wide writes a table with a line for each class.
func (p *printer) wide() {
	table := [][]part{heads("PACKAGE", "CALL AT", "DECISION", "FUNCTION", "CALL", "SPACE", "CARRIER", "CODES", "WHAT IS DONE", "NOT TOLD APART", "FINDINGS")}
	for pkg, s := range p.report.All {
		untold, found := p.untold(s, 0), findings(s.Findings)
		for _, r := range p.rows(s, 0) {
			carrier := strings.TrimSpace(string(s.Carrier.Kind) + " " + s.Carrier.Name)
			table = append(table, []part{
				{pkg.Path, plain}, {s.At.String(), plain}, {s.Decision.String(), plain}, {s.Function, bold}, {s.Call, plain},
				{s.Space, plain}, {carrier, plain}, {r.codes, plain}, {r.done, styleOf(r.outcome)}, {dash(untold), red}, {dash(found), yellow},
			})
		}
	}
	widths := make([]int, len(table[0]))
	for _, line := range table {
		for i, cell := range line {
			widths[i] = max(widths[i], width(cell.text))
		}
	}
	for _, line := range table {
		for i := range line[:len(line)-1] {
			line[i].text = pad(line[i].text, widths[i])
		}
		p.cells(line)
	}
}

func heads(names ...string) []part {
	var out []part
	for _, n := range names {
		out = append(out, part{n, dim})
	}
	return out
}

// findings names the checks that speak at a site, those that are silenced in brackets.
func findings(list []report.Finding) string {
	var out []string
	for _, f := range list {
		name := f.Category
		if f.Silenced {
			name = "[" + name + "]"
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
