package gen

import (
	"bytes"
	"fmt"
	"go/format"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// longest is how long a meaning may be that stands behind its constant.
const longest = 90

// source returns the Go file of an API of its own: the type with the directive of the space, a
// group of constants for each group of codes, in the order of the source, and the predicate.
func (t *table) source(o *options, pkg string) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, header, filepath.Base(t.file), pkg)
	b.WriteByte('\n')
	doc := t.doc
	if doc == "" {
		doc = fmt.Sprintf("%s is what the %s API answers.", t.typ, pkg)
	}
	comment(&b, "", doc)
	fmt.Fprintf(&b, "//\n%s\ntype %s %s\n", t.directive(o), t.typ, t.underlying())
	var groups []string
	for _, r := range t.rows {
		if !slices.Contains(groups, r.group) {
			groups = append(groups, r.group)
		}
	}
	for _, g := range groups {
		b.WriteByte('\n')
		if g != "" {
			fmt.Fprintf(&b, "// Codes of the group %s.\n//\n//retcode:group %[1]s\n", g)
		}
		b.WriteString("const (\n")
		for _, r := range t.rows {
			if r.group == g {
				t.constant(&b, r)
			}
		}
		b.WriteString(")\n")
	}
	t.predicate(&b, o)
	return format.Source(b.Bytes())
}

// directive is what marks the type.
func (t *table) directive(o *options) string {
	d := "//retcode:space " + t.space
	if len(t.succeed) > 0 {
		var words []string
		for _, v := range t.succeed {
			if r := t.first(v); t.kind == catalog.StringKind && r != nil {
				words = append(words, r.name) // a text may have blanks
			} else {
				words = append(words, v.String())
			}
		}
		d += " success=" + strings.Join(words, ",")
	}
	if o.open {
		d += " open"
	}
	if o.noun != "" {
		d += fmt.Sprintf(" noun=%q", o.noun)
	}
	return d
}

// underlying is the type that the codes' type is of.
func (t *table) underlying() string {
	if t.kind == catalog.StringKind {
		return "string"
	}
	for _, r := range t.rows {
		if n, _ := r.value.Int(); n > math.MaxInt32 || n < math.MinInt32 {
			return "int64" // an int has 32 bits on some machines
		}
	}
	return "int"
}

// constant writes one constant. It is indented, since gofmt would take what it says for the
// comment of a declaration otherwise, and change it.
func (t *table) constant(b *bytes.Buffer, r row) {
	behind := ""
	if len(r.meaning) <= longest && !strings.Contains(r.meaning, "\n") {
		if r.meaning != "" {
			behind = " // " + r.meaning
		}
	} else {
		comment(b, "\t", r.meaning)
	}
	if r.retry != "" {
		fmt.Fprintf(b, "\t//retcode:retry %s\n", r.retry)
	}
	fmt.Fprintf(b, "\t%s %s = %s%s\n", r.name, t.typ, r.value.Literal(), behind)
}

// comment writes a text as a comment.
func comment(b *bytes.Buffer, indent, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(b, "%s%s\n", indent, strings.TrimRight("// "+line, " "))
	}
}

// predicate writes the method that says which codes may be called again. Where no code has a
// class nobody has said which, and there is none.
func (t *table) predicate(b *bytes.Buffer, o *options) {
	var again []string
	classed := false
	for _, r := range t.rows {
		classed = classed || r.retry != ""
		if k := catalog.Class(r.retry); k != catalog.Permanent && k != catalog.Unsure && k != permanent {
			again = append(again, r.name)
		}
	}
	if o.predicate == "" || !classed {
		return
	}
	fmt.Fprintf(b, "\n// %s reports whether a call that failed with this code may succeed when it is made again.\n", o.predicate)
	fmt.Fprintf(b, "func (c %s) %s() bool {\n", t.typ, o.predicate)
	if len(again) > 0 {
		fmt.Fprintf(b, "switch c {\ncase %s:\nreturn true\n}\n", strings.Join(again, ",\n"))
	}
	b.WriteString("return false\n}\n")
}

// text makes one meaning of what a source says: trimmed, without what no comment can hold.
func text(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		if r < ' ' || r == 0x7f || r == 0xfeff || r == 0xfffd {
			return ' '
		}
		return r
	}, s)
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		lines = append(lines, strings.TrimSpace(line))
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
