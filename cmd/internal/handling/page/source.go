package page

import (
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/report"
)

const (
	around  = 3  // lines shown before the first and behind the last place
	between = 12 // lines between two places that are shown for their sake
)

// excerpts chooses the lines to show for some places: file, first and last line.
func (e *encoder) excerpts(at []report.Position) [][3]int {
	lines := make(map[int][]int)
	var order []int
	for _, p := range at {
		if !p.IsValid() {
			continue
		}
		f := e.file(p.File)
		if lines[f] == nil {
			order = append(order, f)
		}
		lines[f] = append(lines[f], p.Line)
	}
	var out [][3]int
	for _, f := range order {
		slices.Sort(lines[f])
		first := lines[f][0]
		last := first
		for _, line := range lines[f] {
			if line > last+between {
				out = append(out, e.excerpt(f, first, last))
				first = line
			}
			last = line
		}
		out = append(out, e.excerpt(f, first, last))
	}
	return out
}

func (e *encoder) excerpt(file, first, last int) [3]int {
	first, last = max(1, first-around), last+around
	e.wanted[file] = append(e.wanted[file], [2]int{first, last})
	return [3]int{file, first, last}
}

// sources reads the lines that are shown, each once. What cannot be read is left out: the
// page says so.
func (e *encoder) sources(source func(string) ([]byte, error)) {
	for i := range e.data.Files {
		f := &e.data.Files[i]
		if len(e.wanted[i]) == 0 {
			continue
		}
		text, err := source(f.Name)
		if err != nil {
			continue
		}
		lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		for _, r := range union(e.wanted[i]) {
			first, last := r[0], min(r[1], len(lines))
			if first <= last {
				f.Lines = append(f.Lines, linesData{first, lines[first-1 : last]})
			}
		}
	}
}

// union joins ranges that overlap or touch.
func union(ranges [][2]int) [][2]int {
	slices.SortFunc(ranges, func(a, b [2]int) int { return a[0] - b[0] })
	var out [][2]int
	for _, r := range ranges {
		if n := len(out); n > 0 && r[0] <= out[n-1][1]+1 {
			out[n-1][1] = max(out[n-1][1], r[1])
			continue
		}
		out = append(out, r)
	}
	return out
}
