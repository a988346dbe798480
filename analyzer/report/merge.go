package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// Merge makes one report of the results for several packages, in an order that does not
// depend on theirs. Two results for one package, as with its test variant, become one;
// tables of one space become one that has all codes. The packages are not changed.
func Merge(packages ...Package) Report {
	r := Report{Spaces: []Space{}, Packages: []Package{}}
	byPath := make(map[string]*Package)
	spaces := make(map[string]*Space)
	var paths, ids []string
	for _, p := range packages {
		for _, s := range p.Spaces {
			if spaces[s.ID] == nil {
				spaces[s.ID] = &Space{}
				ids = append(ids, s.ID)
			}
			spaces[s.ID].merge(s)
		}
		if len(p.Sites) == 0 && len(p.Findings) == 0 {
			continue
		}
		if byPath[p.Path] == nil {
			byPath[p.Path] = &Package{Path: p.Path}
			paths = append(paths, p.Path)
		}
		q := byPath[p.Path]
		for _, s := range p.Sites {
			q.Sites = append(q.Sites, s.sorted())
		}
		q.Findings = append(q.Findings, sortedFindings(p.Findings)...)
	}
	slices.Sort(paths)
	used := make(map[string]bool)
	for _, path := range paths {
		p := byPath[path]
		p.sort()
		for _, s := range p.Sites {
			used[s.Space] = true
		}
		r.Packages = append(r.Packages, *p)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if used[id] {
			r.Spaces = append(r.Spaces, *spaces[id])
		}
	}
	return r
}

// merge adds a table of the same space. Where two tables disagree about a code, the one
// that sorts first wins, whatever the order.
func (s *Space) merge(t Space) {
	codes := append(slices.Clone(s.Codes), t.Codes...)
	if s.ID == "" || compareHead(t, *s) < 0 {
		*s = t
	}
	slices.SortFunc(codes, compareCodes)
	s.Codes = slices.CompactFunc(codes, func(a, b Code) bool { return a.Value == b.Value })
}

func compareHead(a, b Space) int {
	return cmp.Or(cmp.Compare(a.API, b.API), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Title, b.Title), compareBool(a.Open, b.Open))
}

func compareCodes(a, b Code) int {
	return cmp.Or(
		a.Value.Compare(b.Value), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Group, b.Group),
		cmp.Compare(a.Retry, b.Retry), compareBool(a.Success, b.Success), cmp.Compare(a.Meaning, b.Meaning),
	)
}

func (p *Package) sort() {
	slices.SortFunc(p.Sites, compareSites)
	p.Sites = slices.CompactFunc(p.Sites, func(a, b Site) bool { return reflect.DeepEqual(a, b) })
	p.Findings = sortedFindings(p.Findings)
}

// sorted returns a copy with everything in order that has no order of its own.
func (s Site) sorted() Site {
	s.Named, s.Below, s.Untold = values(s.Named), values(s.Below), values(s.Untold)
	s.Findings = sortedFindings(s.Findings)
	classes := make([]Class, 0, len(s.Classes))
	for _, c := range s.Classes {
		c.Codes = values(c.Codes)
		classes = append(classes, c)
	}
	slices.SortFunc(classes, func(a, b Class) int {
		return cmp.Or(
			-compareBool(a.Success, b.Success), compareBool(a.Rest, b.Rest),
			slices.CompareFunc(a.Codes, b.Codes, Value.Compare), strings.Compare(a.String(), b.String()),
		)
	})
	s.Classes = classes
	return s
}

func values(list []Value) []Value {
	list = slices.Clone(list)
	slices.SortFunc(list, Value.Compare)
	return slices.Compact(list)
}

func sortedFindings(list []Finding) []Finding {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Finding) int {
		if c := cmp.Or(comparePositions(a.At, b.At), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Message, b.Message)); c != 0 {
			return c
		}
		return compareEncoded(a, b)
	})
	return slices.CompactFunc(list, func(a, b Finding) bool { return reflect.DeepEqual(a, b) })
}

func comparePositions(a, b Position) int {
	return cmp.Or(
		strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.EndLine, b.EndLine), cmp.Compare(a.EndColumn, b.EndColumn),
	)
}

func compareSites(a, b Site) int {
	if c := cmp.Or(comparePositions(a.At, b.At), comparePositions(a.Decision, b.Decision), strings.Compare(a.Space, b.Space)); c != 0 {
		return c
	}
	return compareEncoded(a, b)
}

// compareEncoded orders what is the same but for details, so that no order of input shows.
func compareEncoded(a, b any) int {
	x, _ := json.Marshal(a) // plain data: there is nothing that cannot be encoded
	y, _ := json.Marshal(b)
	return bytes.Compare(x, y)
}
