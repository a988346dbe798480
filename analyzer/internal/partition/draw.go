package partition

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
)

// String draws the partition as a table: one line for each class.
func (b *Partition) String() string {
	type row struct {
		codes  []string
		c      *CodeCase
		others int // codes that are neither named nor retryable
		first  catalog.Code
	}
	const everyOther = "every other"
	var rows []*row
	for _, c := range b.Cases {
		name := c.Code.String()
		if c.Success && b.Source.Kind == interp.Err {
			name = "nil"
		}
		if c.Success {
			name += " success"
		}
		var r *row
		for _, x := range rows {
			if x.c.Class == c.Class && x.c.Retried == c.Retried {
				r = x
			}
		}
		if r == nil {
			r = &row{c: c}
			rows = append(rows, r)
		}
		if c.Named || c.Code.Retryable() || c.Success {
			r.codes = append(r.codes, name)
			continue
		}
		if r.others++; r.others == 1 {
			r.first = c.Code
			r.codes = append(r.codes, everyOther)
		}
	}
	others := 0
	for _, r := range rows {
		if r.others > 0 {
			others++
		}
	}
	var s strings.Builder
	for _, r := range rows {
		if r.others > 0 && others > 1 { // which, since they are not alike
			r.codes[slices.Index(r.codes, everyOther)] = fmt.Sprintf("%d others such as %s", r.others, r.first)
		}
		var what []string
		for _, w := range []struct {
			is   bool
			name string
		}{{r.c.Retried, "retried"}, {r.c.Repeated && !r.c.Retried, "repeated"}, {r.c.Escapes, "handed on"}, {r.c.Exits, "exits"}, {r.c.Opaque, "undecided"}} {
			if w.is {
				what = append(what, w.name)
			}
		}
		if len(what) == 0 {
			what = []string{"-"}
		}
		fmt.Fprintf(&s, "%d\t%s\t%s\n", r.c.Class, strings.Join(what, ", "), strings.Join(r.codes, ", "))
	}
	return s.String()
}
