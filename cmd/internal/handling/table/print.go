package table

import (
	"strings"
	"unicode/utf8"

	"github.com/go-retcode/retcode/analyzer/report"
)

// A style is an ANSI attribute.
type style string

const (
	plain   style = ""
	bold    style = "1"
	dim     style = "2"
	red     style = "31"
	green   style = "32"
	yellow  style = "33"
	magenta style = "35"
	cyan    style = "36"
)

func styleOf(o report.Outcome) style {
	switch o {
	case report.OutcomeRetried:
		return green
	case report.OutcomeHurried:
		return yellow
	case report.OutcomeHandedOn:
		return cyan
	case report.OutcomePermanent, report.OutcomeSwallowed:
		return red
	case report.OutcomeEnded:
		return magenta
	case report.OutcomeUndecided, report.OutcomeSuccess:
		return dim
	}
	return plain
}

// A part is text of one style.
type part struct {
	text  string
	style style
}

func (p *printer) styled(s part) string {
	if !p.Color || s.style == plain || strings.TrimSpace(s.text) == "" {
		return s.text
	}
	return "\x1b[" + string(s.style) + "m" + s.text + "\x1b[0m"
}

// line writes parts with a space between them, cut where the terminal ends.
func (p *printer) line(indent string, parts ...part) {
	room := p.Width - width(indent)
	p.out.WriteString(indent)
	for i, s := range parts {
		if i > 0 {
			p.out.WriteString(" ")
			room--
		}
		if p.Width > 0 {
			s.text = cut(s.text, room)
			room -= width(s.text)
		}
		p.out.WriteString(p.styled(s))
		if p.Width > 0 && room < 2 {
			break
		}
	}
	p.out.WriteString("\n")
}

// cells writes a line that nothing cuts, with two spaces between the parts.
func (p *printer) cells(parts []part) {
	for i, s := range parts {
		if i > 0 {
			p.out.WriteString("  ")
		}
		p.out.WriteString(p.styled(s))
	}
	p.out.WriteString("\n")
}

// wrapped writes text over as many lines as it takes, those behind the first below what
// follows the bullet.
func (p *printer) wrapped(indent, bullet, text string, s style) {
	room := p.Width - width(indent) - width(bullet)
	for i, line := range Wrap(text, room) {
		if i > 0 {
			bullet = strings.Repeat(" ", width(bullet))
		}
		p.out.WriteString(indent + p.styled(part{bullet + line, s}) + "\n")
	}
}

// Wrap breaks text between words into lines of at most room columns, if there is room for
// its words; without room it is one line.
func Wrap(text string, room int) []string {
	if room <= 0 {
		return []string{text}
	}
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && width(line)+1+width(word) > room {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

func width(s string) int { return utf8.RuneCountInString(s) }

func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-width(s)))
}

// cut shortens text to n columns, the last of them an ellipsis.
func cut(s string, n int) string {
	if width(s) <= n {
		return s
	}
	if n < 1 {
		return ""
	}
	return string([]rune(s)[:n-1]) + "…"
}
