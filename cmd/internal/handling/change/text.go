package change

import (
	"fmt"
	"io"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
)

// most is how many codes a line names.
const most = 4

// Text writes what changed since base, a name for the older report.
func (d *Diff) Text(w io.Writer, base string) error {
	var b strings.Builder
	fmt.Fprintln(&b, d.summary(base))
	for _, c := range d.Changed {
		fmt.Fprintf(&b, "\n%s\n", c.New.line())
		if c.Old.Site.Function != c.New.Site.Function {
			fmt.Fprintf(&b, "  was in %s\n", c.Old.Site.Function)
		}
		for _, k := range c.Codes {
			fmt.Fprintf(&b, "  %s %s: %s -> %s%s\n", sign(k.Verdict), k.about(most), k.From, k.To, behind(k.Verdict))
		}
		writeFindings(&b, "  ", c.Found, c.Gone)
	}
	writePlaces(&b, "new", d.Added)
	writePlaces(&b, "gone", d.Removed)
	if len(d.Found)+len(d.Gone) > 0 {
		fmt.Fprintln(&b, "\nelsewhere")
		writeFindings(&b, "  ", d.Found, d.Gone)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (d *Diff) summary(base string) string {
	if d.Empty() {
		return fmt.Sprintf("handling is the same as in %s: %s", base, calls(d.Same))
	}
	worse := 0
	for _, c := range d.Changed {
		for _, k := range c.Codes {
			if k.Verdict.Worse() {
				worse++
				break
			}
		}
	}
	text := fmt.Sprintf("handling since %s: %s changed", base, calls(len(d.Changed)))
	if worse > 0 {
		text += fmt.Sprintf(" (%d for the worse)", worse)
	}
	return text + fmt.Sprintf(", %d new, %d gone, %d the same", len(d.Added), len(d.Removed), d.Same)
}

func calls(n int) string {
	if n == 1 {
		return "1 call"
	}
	return fmt.Sprintf("%d calls", n)
}

// line is the head of what is said of a call.
func (p Place) line() string {
	return fmt.Sprintf("%s: %s %s %s (%s)", p.Site.At, p.Site.Function, p.Site.Verb(), p.Site.Call, p.Space.Short())
}

// sign is what a line begins with: ! is worse.
func sign(v Verdict) string {
	if v.Worse() {
		return "!"
	}
	return "~"
}

func behind(v Verdict) string {
	if v == NoVerdict {
		return ""
	}
	return " (" + string(v) + ")"
}

func writeFindings(b *strings.Builder, indent string, found, gone []report.Finding) {
	for _, f := range found {
		fmt.Fprintf(b, "%s+ %s: %s\n", indent, f.At, said(f))
	}
	for _, f := range gone {
		fmt.Fprintf(b, "%s- %s\n", indent, said(f))
	}
}

func said(f report.Finding) string {
	if !f.Silenced {
		return f.Message
	}
	text := "silenced: " + f.Message
	if f.Reason != "" {
		text += ": " + f.Reason
	}
	return text
}

func writePlaces(b *strings.Builder, head string, list []Place) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", head)
	for _, p := range list {
		fmt.Fprintf(b, "  %s: %s\n", p.line(), p.does())
	}
}

// does is what a site does, in a line: its classes but for success.
func (p Place) does() string {
	var parts []string
	for i := range p.Site.Classes {
		c := &p.Site.Classes[i]
		if !c.Success {
			parts = append(parts, p.Space.List(c, most)+" "+c.String())
		}
	}
	if len(p.Site.Untold) > 0 {
		untold := report.Class{Codes: p.Site.Untold}
		parts = append(parts, "not told apart: "+p.Space.List(&untold, most))
	}
	return strings.Join(parts, "; ")
}

// CodesText writes which codes changed since base, a name for the older table.
func CodesText(w io.Writer, list []CodeDiff, base string) error {
	var b strings.Builder
	fmt.Fprintln(&b, codesSummary(list, base))
	for i := range list {
		d := &list[i]
		fmt.Fprintf(&b, "\n%s %s\n", codeSign(d.Kind), d.headline())
		for _, p := range d.Look {
			fmt.Fprintf(&b, "  look at %s: %s\n", p.line(), p.doesFor(d.code().Value))
		}
		if reached := d.reached(); reached != "" {
			fmt.Fprintf(&b, "  %s\n", reached)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func codesSummary(list []CodeDiff, base string) string {
	if len(list) == 0 {
		return fmt.Sprintf("the codes are the same as in %s", base)
	}
	count := make(map[CodeKind]int)
	look := make(map[*report.Site]bool)
	for _, d := range list {
		count[d.Kind]++
		for _, p := range d.Look {
			look[p.Site] = true
		}
	}
	var parts []string
	for _, k := range codeKinds() {
		if count[k] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[k], k))
		}
	}
	return fmt.Sprintf("codes since %s: %s; %s to look at", base, strings.Join(parts, ", "), calls(len(look)))
}

func codeSign(k CodeKind) string {
	switch k {
	case New:
		return "+"
	case Gone:
		return "-"
	}
	return "~"
}

// headline says what changed about a code.
func (d *CodeDiff) headline() string {
	text := d.Space.ID + " " + d.code().String() + ": "
	switch d.Kind {
	case Reclassified:
		return text + "was " + class(d.Old) + ", is " + class(d.New)
	case Renamed:
		return text + "was called " + d.Old.Name
	}
	return text + string(d.Kind) + ", " + class(d.code())
}

// reached says what becomes of a code at all the calls that it reaches.
func (d *CodeDiff) reached() string {
	if d.Calls == 0 {
		return "reached from no call"
	}
	var parts []string
	for _, c := range d.Count {
		parts = append(parts, fmt.Sprintf("%s in %d", c.Outcome, c.Calls))
	}
	return fmt.Sprintf("reached from %s: %s", calls(d.Calls), strings.Join(parts, ", "))
}

// doesFor is what a site does for a code.
func (p Place) doesFor(v report.Value) string {
	c, ok := p.Site.Class(v)
	if !ok {
		return report.OutcomeAbsent.String()
	}
	text := c.String()
	if p.Site.Outcome(v) == report.OutcomePermanent {
		text += ", like a permanent failure"
	}
	return text
}
