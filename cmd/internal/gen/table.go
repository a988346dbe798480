package gen

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/cmd/internal/cmdline"
	"github.com/go-retcode/retcode/cmd/internal/near"
)

// A table is what a source says of an API's codes, whatever its form.
type table struct {
	file    string
	name    string // of the type, as the source has it; "" if it has none
	doc     string // of the type
	kind    catalog.Kind
	success []word
	aliases bool // the source may give a value two names
	rows    []row

	// What settle decides.
	typ, space string
	succeed    []catalog.Value
}

// A word is a part of the source and the line that it stands on.
type word struct {
	text string
	line int
}

// A row is one code.
type row struct {
	line    int
	written string // the name in the source
	name    string // the name in Go
	value   catalog.Value
	meaning string
	retry   string // a class, or ""
	group   string
	alias   bool // an earlier row has the value
}

// An atError is what is wrong at a place of a source.
type atError struct {
	file    string
	line    int
	message string
}

func (e *atError) Error() string { return fmt.Sprintf("%s:%d: %s", e.file, e.line, e.message) }

func (t *table) errorf(line int, format string, args ...any) error {
	return &atError{t.file, max(line, 1), fmt.Sprintf(format, args...)}
}

// most is how many codes the analyzer takes from a package.
const most = 5000

// settle decides the names, adds what the flags say, and refuses a table that makes no
// package.
func (t *table) settle(o *options, pkg string) error {
	if len(t.rows) == 0 {
		return t.errorf(1, "there are no codes here; a package needs at least one")
	}
	if len(t.rows) > most {
		return t.errorf(t.rows[most].line, "there are more than %d codes here, which retcode does not read from a package; leave out those that no program tells apart", most)
	}
	t.typ = goName(t.name)
	if o.form == ofTable {
		t.typ = firstOf(o.typ, "Code")
	}
	if !isFree(t.typ) {
		return t.errorf(t.rows[0].line, "%q makes no Go name for a type", t.name)
	}
	if t.space = o.space; t.space == "" {
		t.space = spaceName(t.typ, pkg)
	}
	for _, step := range []func(*options) error{t.names, t.values, t.flags, t.classes} {
		if err := step(o); err != nil {
			return err
		}
	}
	return nil
}

// spaceName is what a space is called if nothing else names it: as its package, if the type
// says no more than that it is a code.
func spaceName(typ, pkg string) string {
	if typ == "Code" {
		return pkg
	}
	var b strings.Builder
	for i, w := range camel(typ) {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(strings.ToLower(w))
	}
	return b.String()
}

// names makes the names of constants.
func (t *table) names(o *options) error {
	written := make([]string, len(t.rows))
	for i, r := range t.rows {
		written[i] = r.written
	}
	cut := common(written, t.typ)
	seen := make(map[string]row)
	for i := range t.rows {
		r := &t.rows[i]
		r.name = o.prefix + goName(strings.TrimPrefix(r.written, cut))
		switch {
		case r.written == "":
			return t.errorf(r.line, "the code %v has no name", r.value)
		case !isExported(r.name) && (o.prefix == "" || !token.IsIdentifier(r.name)):
			return t.errorf(r.line, "%q makes no exported Go name; write another one, or give all a -prefix", r.written)
		case r.name == t.typ:
			return t.errorf(r.line, "%s would be the name of a constant and of the type; give the constants a -prefix", r.name)
		}
		if other, ok := seen[r.name]; ok {
			if other.written != r.written {
				return t.errorf(r.line, "%s makes the name %s, as %s on line %d does; write another one", r.written, r.name, other.written, other.line)
			}
			return t.errorf(r.line, "the name %s stands on line %d already; each code needs its own", r.written, other.line)
		}
		seen[r.name] = *r
	}
	return nil
}

// values checks that no two codes have one value.
func (t *table) values(*options) error {
	seen := make(map[catalog.Value]row)
	for i := range t.rows {
		r := &t.rows[i]
		if s, ok := r.value.Text(); ok && strings.TrimSpace(s) == "" {
			return t.errorf(r.line, "%s has an empty value", r.written)
		}
		other, ok := seen[r.value]
		switch {
		case !ok:
			seen[r.value] = *r
		case !t.aliases:
			return t.errorf(r.line, "%s has the value %v, as %s on line %d has; each code needs its own", r.written, r.value, other.written, other.line)
		default:
			// Another name of the code: what is said of it is said of the first.
			r.alias, r.group = true, other.group
		}
	}
	return nil
}

// find returns the rows that a word of a flag or of the source means: the one of a name, as it
// stands in the source or in Go, or all of a value.
func (t *table) find(w string) []*row {
	var out []*row
	for i := range t.rows {
		if r := &t.rows[i]; r.written == w || r.name == w {
			return []*row{r}
		} else if r.value.String() == w {
			out = append(out, r)
		}
	}
	return out
}

// first returns the first row of a value, or nil.
func (t *table) first(v catalog.Value) *row {
	for i := range t.rows {
		if t.rows[i].value == v {
			return &t.rows[i]
		}
	}
	return nil
}

// unknown says that a word means no row, and which one it may have meant.
func (t *table) unknown(w string) string {
	var names []string
	for _, r := range t.rows {
		names = append(names, r.written)
	}
	return fmt.Sprintf("%s has no code %q%s", t.file, w, near.Suffix(w, names))
}

// flags adds what -retry and -success say.
func (t *table) flags(o *options) error {
	for _, a := range o.retry {
		rows := t.find(a.name)
		if len(rows) == 0 {
			return cmdline.Errorf("-retry %s=%s: %s", a.name, a.value, t.unknown(a.name))
		}
		for _, r := range rows {
			r.retry = a.value
		}
	}
	words := t.success
	if len(o.success) > 0 {
		words = nil
		for _, s := range o.success {
			words = append(words, word{s, 0})
		}
	}
	for _, w := range words {
		v, err := t.succeeds(w.text)
		switch {
		case err == nil:
			t.succeed = append(t.succeed, v)
		case w.line == 0:
			return cmdline.Errorf("-success: %v", err)
		default:
			return t.errorf(w.line, "%v", err)
		}
	}
	if len(words) > 0 {
		return nil
	}
	for _, r := range t.rows {
		if saysSuccess(r.name[len(o.prefix):]) && !r.alias {
			t.succeed = append(t.succeed, r.value)
		}
	}
	return nil
}

// succeeds returns the value that a word of success means; it need not be in the table.
func (t *table) succeeds(w string) (catalog.Value, error) {
	if rows := t.find(w); len(rows) > 0 {
		return rows[0].value, nil
	}
	v, ok := catalog.ParseValue(w, t.kind)
	if !ok || t.kind == catalog.StringKind && strings.ContainsAny(w, " ,\"\t\n") {
		return v, fmt.Errorf("%s", t.unknown(w))
	}
	return v, nil
}

// saysSuccess reports whether the name of a code says that nothing failed.
func saysSuccess(name string) bool {
	return slices.Contains([]string{"ok", "success", "succeeded", "none", "noerror"}, strings.ToLower(strings.ReplaceAll(name, "_", "")))
}

// classes checks groups and retry classes, and drops what a directive need not say.
func (t *table) classes(*options) error {
	some := false
	for i := range t.rows {
		r := &t.rows[i]
		if r.retry != "" {
			if _, err := classOf(r.retry); err != nil {
				return t.errorf(r.line, "%v", err)
			}
			if slices.Contains(t.succeed, r.value) {
				if r.retry != permanent {
					return t.errorf(r.line, "%s is a success, which nobody calls again; give it no retry class", r.written)
				}
				r.retry = ""
			}
			if first := t.first(r.value); r.alias {
				if first.retry != r.retry {
					return t.errorf(r.line, "%s is another name of %s; give the retry class to that", r.written, first.written)
				}
				r.retry = ""
			}
		}
		if r.group = strings.ReplaceAll(strings.TrimSpace(r.group), " ", "-"); r.group != "" && !isSpaceName(r.group) {
			return t.errorf(r.line, "%q is no name of a group: letters, digits and dashes", r.group)
		}
		if r.group == "general" {
			r.group = "" // where the codes are that say nothing
		}
		some = some || r.retry != "" && r.retry != permanent
	}
	// Where one code has a class all others are permanent without a word.
	for i := range t.rows {
		if some && t.rows[i].retry == permanent {
			t.rows[i].retry = ""
		}
	}
	return nil
}
