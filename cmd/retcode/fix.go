package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
)

// An edit replaces a part of a file.
type edit struct {
	start, end int
	text       string
}

// overlaps reports whether two edits cannot both be made.
func (e edit) overlaps(f edit) bool {
	return e.start < f.end && f.start < e.end || e.start == f.start && e.end == e.start && f.end == f.start
}

// A change is what fixes make of a file.
type change struct {
	name          string
	before, after []byte
}

// fixes returns what the first fix of every finding changes, and how many were taken. Of
// two that overlap the second is left out, as a whole.
func fixes(graph *checker.Graph) (changes []change, taken int) {
	edits := make(map[string][]edit)
	for _, act := range graph.Roots {
		for _, d := range act.Diagnostics {
			if len(d.SuggestedFixes) > 0 && take(edits, act.Package.Fset, d.SuggestedFixes[0].TextEdits) {
				taken++
			}
		}
	}
	for name, list := range edits {
		before, err := os.ReadFile(name)
		if err != nil {
			continue // the finding stays
		}
		after, err := apply(before, list)
		if err != nil {
			fmt.Fprintf(os.Stderr, "retcode: %s is left as it is: %v\n", name, err)
			continue
		}
		changes = append(changes, change{name, before, after})
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.name, b.name) })
	return changes, taken
}

// take adds the edits of one fix, all or none.
func take(edits map[string][]edit, fset *token.FileSet, fix []analysis.TextEdit) bool {
	added := make(map[string][]edit)
	for _, e := range fix {
		file := fset.File(e.Pos)
		end := e.End
		if !end.IsValid() {
			end = e.Pos
		}
		if file == nil {
			return false
		}
		ed := edit{file.Offset(e.Pos), file.Offset(end), string(e.NewText)}
		if slices.Contains(edits[file.Name()], ed) {
			continue
		}
		if slices.ContainsFunc(edits[file.Name()], ed.overlaps) {
			return false
		}
		added[file.Name()] = append(added[file.Name()], ed)
	}
	for name, list := range added {
		edits[name] = append(edits[name], list...)
	}
	return true
}

// apply makes edits in a file. Only a file that is in gofmt form stays in it: of every other,
// and of its line ends and its byte order mark, nothing changes but the edited bytes.
func apply(src []byte, edits []edit) ([]byte, error) {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	var out []byte
	at := 0
	for _, e := range edits {
		if e.start < at || e.end > len(src) {
			return nil, fmt.Errorf("it changed since it was read")
		}
		out = append(append(out, src[at:e.start]...), e.text...)
		at = e.end
	}
	out = append(out, src[at:]...)
	f, before := formOf(src)
	if clean, err := format.Source(before); err != nil || !bytes.Equal(clean, before) {
		return out, err
	}
	_, after := formOf(out)
	clean, err := format.Source(after)
	if err != nil {
		return nil, err
	}
	return f.write(clean), nil
}

// A form is how a file's bytes differ from what gofmt writes.
type form struct{ mark, crlf bool }

var byteOrderMark = []byte("\xef\xbb\xbf")

// formOf returns the form of a file, and the file without it: a file of which only some
// lines end with CR LF keeps them.
func formOf(src []byte) (form, []byte) {
	var f form
	src, f.mark = bytes.CutPrefix(src, byteOrderMark)
	n := bytes.Count(src, []byte("\r\n"))
	f.crlf = n > 0 && n == bytes.Count(src, []byte("\n"))
	if f.crlf {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	}
	return f, src
}

func (f form) write(src []byte) []byte {
	if f.crlf {
		src = bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))
	}
	if f.mark {
		src = append(slices.Clone(byteOrderMark), src...)
	}
	return src
}

// printDiff shows changes, with names that patch and git take where they are applied: relative to
// the current folder, if the file lies below it.
func printDiff(w io.Writer, changes []change) error {
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	for _, c := range changes {
		name := c.name
		if rel, err := filepath.Rel(here, name); err == nil && filepath.IsLocal(rel) {
			name = filepath.ToSlash(rel)
		}
		if _, err := w.Write(diff.Diff(name, c.before, name, c.after)); err != nil {
			return err
		}
	}
	return nil
}
