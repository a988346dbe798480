package gen

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/cmd/internal/cmdline"
	"github.com/go-retcode/retcode/cmd/internal/near"
)

// headings are the columns that a table is asked for, each with the headings by which it is
// known, the surest first.
var headings = []struct {
	column string
	known  []string
}{
	{"value", []string{"value", "number", "errno", "code", "id", "status"}},
	{"name", []string{"name", "constant", "identifier", "symbol", "key", "condition", "code"}},
	{"meaning", []string{"meaning", "description", "message", "text", "comment", "doc"}},
	{"retry", []string{"retry", "retryclass", "retryable"}},
	{"group", []string{"group", "category", "module"}},
}

func columnNames() []string {
	var out []string
	for _, h := range headings {
		out = append(out, h.column)
	}
	return out
}

// A sheet is a table of cells as the file has it.
type sheet struct {
	t     *table
	rows  [][]string
	lines []int // of each row
	at    map[string]int
}

// readSheet reads a CSV or TSV file.
func readSheet(o *options, data []byte) (*table, error) {
	s := &sheet{t: &table{file: o.source}}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if i := invalid(data); i >= 0 {
		return nil, s.t.errorf(1+bytes.Count(data[:i], []byte("\n")), "this is no UTF-8; save the table in that encoding")
	}
	if err := s.cells(data); err != nil {
		return nil, err
	}
	if len(s.rows) == 0 {
		return nil, s.t.errorf(1, "the table is empty; it needs a row with the names of its columns, and one for each code")
	}
	if err := s.columns(o); err != nil {
		return nil, err
	}
	return s.t, s.codes(o)
}

// invalid returns where data stops to be UTF-8, or -1.
func invalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n <= 1 || r == 0 {
			return i
		}
		i += n
	}
	return -1
}

// cells splits the file.
func (s *sheet) cells(data []byte) error {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	first, _, _ := bytes.Cut(data, []byte("\n"))
	switch {
	case strings.EqualFold(filepath.Ext(s.t.file), ".tsv"):
		r.Comma, r.LazyQuotes = '\t', true
	case bytes.Contains(first, []byte(";")) && !bytes.Contains(first, []byte(",")):
		r.Comma = ';' // as spreadsheets write it where the comma is in numbers
	}
	for {
		cells, err := r.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &wrong):
			return s.t.errorf(wrong.Line, "%v", wrong.Err)
		case err != nil:
			return s.t.errorf(1, "%v", err)
		}
		line, _ := r.FieldPos(0)
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if !slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			continue
		}
		s.rows, s.lines = append(s.rows, cells), append(s.lines, line)
	}
}

// columns finds the columns by -columns, or by their headings. Numbers alone mean a table
// without headings.
func (s *sheet) columns(o *options) error {
	s.at = make(map[string]int)
	head, numbers := s.rows[0], 0
	for _, a := range o.columns {
		if err := near.OneOf("column", a.name, columnNames()); err != nil {
			return cmdline.Errorf("-columns %s=%s: %v", a.name, a.value, err)
		}
		if _, twice := s.at[a.name]; twice {
			return cmdline.Errorf("-columns names the column of the %s twice", a.name)
		}
		i := slices.Index(head, a.value)
		if n, err := strconv.Atoi(a.value); err == nil {
			if n < 1 || n > len(head) {
				return cmdline.Errorf("-columns %s=%d: %s has %d columns", a.name, n, s.t.file, len(head))
			}
			i, numbers = n-1, numbers+1
		}
		if i < 0 {
			return cmdline.Errorf("-columns %s=%s: %s:%d has no such column%s; it has %s", a.name, a.value, s.t.file, s.lines[0], near.Suffix(a.value, head), strings.Join(head, ", "))
		}
		s.at[a.name] = i
	}
	if numbers > 0 && numbers < len(o.columns) {
		return cmdline.Errorf("-columns has names and numbers of columns; numbers are for a table without headings")
	}
	if numbers == 0 {
		s.guess(head)
		s.rows, s.lines = s.rows[1:], s.lines[1:]
	}
	if _, ok := s.at["value"]; !ok {
		return s.t.errorf(1, "no column has the values of the codes: the headings are %s; name it with -columns value=HEADING, or -columns value=1,name=2 if there are no headings", strings.Join(head, ", "))
	}
	return nil
}

// guess finds the columns that nobody has named by their headings.
func (s *sheet) guess(head []string) {
	var plain []string
	for _, h := range head {
		plain = append(plain, strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(h)))
	}
	taken := func(i int) bool {
		for _, at := range s.at {
			if at == i {
				return true
			}
		}
		return false
	}
	for _, h := range headings {
		for _, known := range h.known {
			i := slices.Index(plain, known)
			if _, has := s.at[h.column]; !has && i >= 0 && !taken(i) {
				s.at[h.column] = i
			}
		}
	}
}

// cell returns what a row has in a column, or "".
func (s *sheet) cell(row []string, column string) string {
	if i, ok := s.at[column]; ok && i < len(row) {
		return row[i]
	}
	return ""
}

// codes reads the rows.
func (s *sheet) codes(o *options) error {
	var values []word
	for i, cells := range s.rows {
		if wide := len(cells); i > 0 && wide > len(s.rows[0]) {
			return s.t.errorf(s.lines[i], "the row has %d cells and the one before %d; put quotes around a cell that has the separator in it", wide, len(s.rows[i-1]))
		}
		values = append(values, word{s.cell(cells, "value"), s.lines[i]})
	}
	kind, err := s.t.kindOf(values, o.kind)
	if err != nil {
		return err
	}
	s.t.kind = kind
	_, named := s.at["name"]
	if !named && kind == catalog.IntKind {
		return s.t.errorf(1, "no column has the names of the codes; name it with -columns name=HEADING")
	}
	for i, cells := range s.rows {
		r := row{line: s.lines[i], written: s.cell(cells, "name"), meaning: text(s.cell(cells, "meaning")), group: s.cell(cells, "group")}
		if !named {
			r.written = values[i].text
		}
		r.value = catalog.StringValue(values[i].text)
		if kind == catalog.IntKind {
			n, err := integer(values[i].text)
			if err != nil {
				return s.t.errorf(r.line, "%v", err)
			}
			r.value = catalog.IntValue(n)
		}
		r.retry = retryCell(s.cell(cells, "retry"))
		s.t.rows = append(s.t.rows, r)
	}
	return nil
}

// retryCell reads a cell: a class, or yes and no as many tables have them.
func retryCell(cell string) string {
	switch word := strings.ToLower(cell); word {
	case "yes", "true", "y", "1":
		return string(catalog.Transient)
	case "no", "false", "n", "0":
		return permanent
	case "-":
		return ""
	default:
		return strings.NewReplacer("_", "-", " ", "-").Replace(word)
	}
}

// integer reads a value, in any of Go's forms but the octal one, which nobody means here.
func integer(s string) (int64, error) {
	digits := strings.TrimLeft(s, "+-")
	base := 0
	if len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9' {
		base = 10
	}
	n, err := strconv.ParseInt(s, base, 64)
	if errors.Is(err, strconv.ErrRange) {
		return 0, fmt.Errorf("%s does not fit in 64 bits", s)
	} else if err != nil {
		return 0, fmt.Errorf("%q is no integer", s)
	}
	return n, nil
}

// number matches what is meant as an integer, however long.
var number = regexp.MustCompile(`^[+-]?(0|[1-9][0-9_]*|0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+)$`)

// kindOf says whether values are integers or strings. All have to be of one kind; a 0 before
// other digits is a string's.
func (t *table) kindOf(values []word, asked string) (catalog.Kind, error) {
	var ints, texts []word
	for _, v := range values {
		if v.text == "" {
			return 0, t.errorf(v.line, "the code has no value")
		}
		if number.MatchString(v.text) {
			ints = append(ints, v)
		} else {
			texts = append(texts, v)
		}
	}
	switch {
	case asked == "string", asked == "" && len(ints) == 0:
		return catalog.StringKind, nil
	case asked == "int" || len(texts) == 0:
		return catalog.IntKind, nil
	case len(texts) <= len(ints):
		return 0, t.errorf(texts[0].line, "%q is no integer, as other values are; mend it, or write -kind=string if the codes are strings", texts[0].text)
	}
	return 0, t.errorf(ints[0].line, "%q is an integer and other values are not; mend it, or write -kind=string if the codes are strings", ints[0].text)
}
