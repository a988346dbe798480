package graph

import (
	"fmt"
	"io"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
	"github.com/go-retcode/retcode/cmd/internal/handling/table"
)

// A node is a box, an edge an arrow from one to another.
type node struct {
	id, text string
	shape    shape
	outcome  report.Outcome
}

type shape int

const (
	call shape = iota
	decision
	action
	note
)

type edge struct{ from, to, text string }

type drawing struct {
	title string
	nodes []node
	edges []edge
}

// most is how many codes an arrow names.
const most = 4

// draw makes the drawing of all sites of a report, which are those of one function.
func draw(r *report.Report) drawing {
	var d drawing
	for p, s := range r.All {
		d.title = p.Path + ": " + s.Function
		d.site(r, s)
	}
	return d
}

func (d *drawing) add(text string, sh shape, o report.Outcome) string {
	id := fmt.Sprintf("n%d", len(d.nodes)+1)
	d.nodes = append(d.nodes, node{id, text, sh, o})
	return id
}

func (d *drawing) site(r *report.Report, s *report.Site) {
	space, ok := r.Space(s.Space)
	if !ok {
		return
	}
	from := d.add(fmt.Sprintf("%s\n%s", s.Call, place(s.At)), call, "")
	if s.Decision.IsValid() {
		to := d.add(fmt.Sprintf("%s code?\n%s", space.Short(), place(s.Decision)), decision, "")
		d.edges = append(d.edges, edge{from, to, strings.TrimSpace(string(s.Carrier.Kind) + " " + s.Carrier.Name)})
		from = to
	}
	for i := range s.Classes {
		c := &s.Classes[i]
		to := d.add(c.String(), action, s.ClassOutcome(c))
		d.edges = append(d.edges, edge{from, to, strings.ReplaceAll(space.List(c, most), ", ", "\n")})
	}
	for _, f := range s.Findings {
		text := f.Message
		if f.Silenced {
			text = "silenced: " + text
		}
		to := d.add(strings.Join(table.Wrap(text, 48), "\n"), note, "")
		d.edges = append(d.edges, edge{from, to, ""})
	}
}

func place(p report.Position) string {
	return fmt.Sprintf("%s:%d", p.File[strings.LastIndex(p.File, "/")+1:], p.Line)
}

// color is what a box of an outcome is filled with; all can be read with black text.
func color(o report.Outcome) string {
	switch o {
	case report.OutcomeRetried:
		return "#b9e4c9"
	case report.OutcomeHurried:
		return "#fbe3a2"
	case report.OutcomeHandedOn:
		return "#c4dcf5"
	case report.OutcomeSettled:
		return "#dcd6f2"
	case report.OutcomePermanent, report.OutcomeSwallowed:
		return "#f6c4bd"
	case report.OutcomeEnded:
		return "#eac4de"
	}
	return "#eceff1"
}

// Dot writes the drawing of a report, whose sites are those of one function, for Graphviz.
func Dot(w io.Writer, r report.Report) error {
	d := draw(&r)
	var b strings.Builder
	fmt.Fprintf(&b, "digraph handling {\n\tlabel=%s;\n\tlabelloc=t;\n\trankdir=LR;\n", dotText(d.title))
	b.WriteString("\tgraph [fontname=\"sans-serif\"];\n\tnode [fontname=\"sans-serif\", fontsize=11, shape=box, style=\"rounded,filled\", fillcolor=white];\n")
	b.WriteString("\tedge [fontname=\"sans-serif\", fontsize=10];\n")
	for _, n := range d.nodes {
		more := ""
		switch n.shape {
		case decision:
			more = ", shape=diamond, style=filled"
		case note:
			more = `, shape=note, style=filled, fillcolor="#fff4c2"`
		case action:
			more = fmt.Sprintf(", fillcolor=%q", color(n.outcome))
		}
		fmt.Fprintf(&b, "\t%s [label=%s%s];\n", n.id, dotText(n.text), more)
	}
	for _, e := range d.edges {
		fmt.Fprintf(&b, "\t%s -> %s [label=%s];\n", e.from, e.to, dotText(e.text))
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func dotText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// Mermaid writes the drawing of a report, whose sites are those of one function, for Mermaid.
func Mermaid(w io.Writer, r report.Report) error {
	d := draw(&r)
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n---\nflowchart LR\n", dotText(d.title))
	used := make(map[report.Outcome]bool)
	for _, n := range d.nodes {
		text := mermaidText(n.text)
		switch n.shape {
		case decision:
			text = "{" + text + "}"
		case note:
			text = ">" + text + "]:::note"
			used["note"] = true
		case action:
			text = "(" + text + "):::" + className(n.outcome)
			used[n.outcome] = true
		case call:
			text = "[" + text + "]"
		}
		fmt.Fprintf(&b, "\t%s%s\n", n.id, text)
	}
	for _, e := range d.edges {
		arrow := "-->"
		if e.text != "" {
			arrow += "|" + mermaidText(e.text) + "|"
		}
		fmt.Fprintf(&b, "\t%s %s %s\n", e.from, arrow, e.to)
	}
	for _, o := range report.Outcomes() {
		if used[o] {
			fmt.Fprintf(&b, "\tclassDef %s fill:%s,stroke:#555,color:#111\n", className(o), color(o))
		}
	}
	if used["note"] {
		b.WriteString("\tclassDef note fill:#fff4c2,stroke:#555,color:#111\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func className(o report.Outcome) string { return strings.ReplaceAll(string(o), "-", "") }

// mermaidText quotes text; a # begins one of Mermaid's own escapes.
func mermaidText(s string) string {
	return `"` + strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "\n", "<br>").Replace(s) + `"`
}
