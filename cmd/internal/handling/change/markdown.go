package change

import (
	"fmt"
	"io"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
)

// shown is how many rows of new and gone calls a comment has: more are counted.
const shown = 50

// Markdown writes what changed since base for a comment on a pull request.
func (d *Diff) Markdown(w io.Writer, base string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### Handling of return codes\n\n%s.\n", sentence(d.summary(base)))
	if len(d.Changed) > 0 {
		b.WriteString("\n| call | codes | before | now | |\n|---|---|---|---|---|\n")
		for _, c := range d.Changed {
			for _, k := range c.Codes {
				verdict := string(k.Verdict)
				if k.Verdict.Worse() {
					verdict = "**" + verdict + "**"
				}
				row(&b, c.New.cell(), plain(k.about(most)), plain(k.From), plain(k.To), verdict)
			}
		}
		var found, gone []report.Finding
		for _, c := range d.Changed {
			found, gone = append(found, c.Found...), append(gone, c.Gone...)
		}
		markFindings(&b, "Findings in these calls", found, gone)
	}
	markPlaces(&b, "New calls", d.Added)
	markPlaces(&b, "Calls that are gone", d.Removed)
	markFindings(&b, "Other findings", d.Found, d.Gone)
	_, err := io.WriteString(w, b.String())
	return err
}

// sentence writes a line's first letter large.
func sentence(s string) string { return strings.ToUpper(s[:1]) + plain(s[1:]) }

func row(b *strings.Builder, cells ...string) {
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

// cell is a call in a table.
func (p Place) cell() string {
	return fmt.Sprintf("%s<br>%s, %s", code(p.Site.Function), plain(p.Site.Call), plain(fmt.Sprintf("%s:%d", p.Site.At.File, p.Site.At.Line)))
}

func markFindings(b *strings.Builder, head string, found, gone []report.Finding) {
	if len(found)+len(gone) == 0 {
		return
	}
	fmt.Fprintf(b, "\n**%s**\n\n", head)
	for _, f := range found {
		fmt.Fprintf(b, "- new: %s:%d: %s\n", plain(f.At.File), f.At.Line, plain(said(f)))
	}
	for _, f := range gone {
		fmt.Fprintf(b, "- gone: %s\n", plain(said(f)))
	}
}

func markPlaces(b *strings.Builder, head string, list []Place) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "\n<details><summary>%s: %d</summary>\n\n| call | what is done |\n|---|---|\n", head, len(list))
	for i, p := range list {
		if i == shown {
			row(b, fmt.Sprintf("and %d more", len(list)-shown), "")
			break
		}
		row(b, p.cell(), plain(p.does()))
	}
	b.WriteString("\n</details>\n")
}

// CodesMarkdown writes which codes changed since base for a comment on a pull request.
func CodesMarkdown(w io.Writer, list []CodeDiff, base string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### Return codes\n\n%s.\n", sentence(codesSummary(list, base)))
	if len(list) > 0 {
		b.WriteString("\n| code | change | calls |\n|---|---|---|\n")
	}
	for i := range list {
		d := &list[i]
		_, change, _ := strings.Cut(d.headline(), ": ")
		row(&b, plain(d.Space.ID)+" "+plain(d.code().String()), plain(change), plain(d.reached()))
	}
	for i := range list {
		d := &list[i]
		if len(d.Look) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n**To look at for %s**\n\n", plain(d.code().String()))
		for j, p := range d.Look {
			if j == shown {
				fmt.Fprintf(&b, "- and %d more\n", len(d.Look)-shown)
				break
			}
			fmt.Fprintf(&b, "- %s, %s:%d: %s\n", code(p.Site.Function), plain(p.Site.At.File), p.Site.At.Line, plain(p.doesFor(d.code().Value)))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// plain escapes what Markdown, a table or GitHub would read as more than text.
func plain(s string) string {
	return strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "|", `\|`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;",
		"&", "&amp;", "#", `\#`, "~", `\~`, "@", "@\u200b", "\n", " ",
	).Replace(s)
}

// code writes text as code, also where it holds a back-quote.
func code(s string) string {
	if strings.ContainsAny(s, "`|") {
		return plain(s)
	}
	return "`" + s + "`"
}
