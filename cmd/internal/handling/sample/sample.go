package sample

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
)

// Module is the path of the module that the reports are about.
const Module = "example.com/shop"

// A Program is a report and the files that it is about.
type Program struct {
	Report report.Report
	Files  map[string]string
}

// Source returns a file of the program.
func (p Program) Source(file string) ([]byte, error) {
	text, ok := p.Files[file]
	if !ok {
		return nil, fmt.Errorf("there is no file %s", file)
	}
	return []byte(text), nil
}

// New makes a program with a number of sites. The same number makes the same program.
func New(sites int) Program {
	var packages []report.Package
	files := make(map[string]string)
	rng := rand.New(rand.NewPCG(1, 2))
	rooms := rooms()
	for n := 0; sites > 0; n++ {
		room := rooms[n%len(rooms)]
		count := min(sites, 4+rng.IntN(9))
		sites -= count
		path := room.path
		if round := n / len(rooms); round > 0 {
			path = fmt.Sprintf("%s/v%d", path, round+1)
		}
		p := report.Package{Path: Module + "/" + path, Spaces: Spaces()}
		b := builder{file: path + "/" + room.file, rng: rng}
		b.printf("package %s\n", path[strings.LastIndex(path, "/")+1:])
		for i := range count {
			b.add(&p, room, i)
		}
		files[b.file] = b.text.String()
		packages = append(packages, p)
	}
	r := report.Merge(packages...)
	r.Module = Module
	return Program{r, files}
}

// A room is a package of the shop.
type room struct {
	path, file, typ, noun string
	verbs                 []string
	shapes                []shape
}

func rooms() []room {
	return []room{
		{"internal/orders", "store.go", "Store", "Order", []string{"Create", "Update", "Cancel", "Archive", "Split"}, databases()},
		{"internal/chat", "send.go", "Client", "Message", []string{"Send", "Recall", "Join", "Greet", "Block", "Invite", "Open"}, messages()},
		{"internal/stock", "client.go", "Client", "Item", []string{"Reserve", "Release", "Count", "Move"}, services()},
		{"internal/billing", "ledger.go", "Ledger", "Invoice", []string{"Book", "Refund", "Charge", "Close"}, databases()},
		{"internal/api", "handlers.go", "Server", "Quote", []string{"Get", "Put", "List", "Accept"}, services()},
		{"internal/notify", "push.go", "Pusher", "Notice", []string{"Push", "Broadcast", "Mute", "Subscribe"}, messages()},
		{"cmd/importer", "main.go", "Importer", "Row", []string{"Load", "Check", "Write"}, append(databases(), services()...)},
	}
}

// A builder writes a file and remembers where things are in it.
type builder struct {
	file string
	text strings.Builder
	line int
	rng  *rand.Rand
}

func (b *builder) printf(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	b.line += strings.Count(s, "\n")
	b.text.WriteString(s)
}

// add writes a function and what is said of it.
func (b *builder) add(p *report.Package, r room, i int) {
	s := r.shapes[b.rng.IntN(len(r.shapes))]
	name := r.verbs[i%len(r.verbs)]
	if i >= len(r.verbs) {
		name += r.noun
	}
	if i >= 2*len(r.verbs) {
		name += fmt.Sprint(i)
	}
	b.printf("\n")
	at := make(map[string]report.Position)
	for line := range strings.Lines(s.source + "\n") {
		line = strings.NewReplacer("*T)", "*"+r.typ+")", " F(", " "+name+"(").Replace(line)
		b.printf("%s", b.mark(withNoun(line, r.noun), at))
	}
	site := report.Site{
		Function: fmt.Sprintf("(*%s).%s", r.typ, name), Call: s.call, At: at["call"], Decision: at["decision"],
		Space: s.space, Carrier: s.carrier, Named: s.named, Untold: s.untold,
	}
	for _, c := range s.classes {
		class := report.Class{Codes: c.codes, Rest: c.rest, Success: c.success}
		for _, a := range c.actions {
			class.Actions = append(class.Actions, report.Action{Kind: a.kind, Detail: withNoun(a.detail, r.noun), At: at[a.tag]})
		}
		site.Classes = append(site.Classes, class)
	}
	for _, f := range s.findings {
		site.Findings = append(site.Findings, report.Finding{
			Category: f.category, Message: f.message, At: at[f.tag], Silenced: f.reason != "", Reason: f.reason,
			URL:     "https://github.com/go-retcode/retcode/blob/main/docs/checks/" + f.category + ".md",
			Related: steps(f.related, at),
		})
	}
	site.Path = steps(s.path, at)
	p.Sites = append(p.Sites, site)
}

func steps(list []step, at map[string]report.Position) []report.Step {
	var out []report.Step
	for _, s := range list {
		out = append(out, report.Step{At: at[s.tag], Text: s.text})
	}
	return out
}

// mark takes the marks out of a line and remembers their places.
func (b *builder) mark(line string, at map[string]report.Position) string {
	for {
		before, rest, ok := strings.Cut(line, "⟦")
		if !ok {
			return line
		}
		tag, rest, _ := strings.Cut(rest, "|")
		text, after, _ := strings.Cut(rest, "⟧")
		at[tag] = report.Position{
			File: b.file, Line: b.line + 1, Column: len(before) + 1,
			EndLine: b.line + 1, EndColumn: len(before) + len(text) + 1,
		}
		line = before + text + after
	}
}

// withNoun puts a noun for each N that is no part of a longer word's beginning: the N of
// "insertN(" and of "o N)", not that of "NotFound".
func withNoun(line, noun string) string {
	return lone.ReplaceAllString(line, noun+"$1")
}

var lone = regexp.MustCompile(`N([^A-Za-z]|$)`)
