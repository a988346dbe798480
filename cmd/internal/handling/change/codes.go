package change

import (
	"cmp"
	"slices"

	"github.com/go-retcode/retcode/analyzer/report"
)

// A CodeKind is how a code differs between two tables.
type CodeKind string

// The kinds, in the order in which they are shown.
const (
	New          CodeKind = "new"
	Reclassified CodeKind = "reclassified"
	Gone         CodeKind = "gone"
	Renamed      CodeKind = "renamed"
)

func codeKinds() []CodeKind { return []CodeKind{New, Reclassified, Gone, Renamed} }

// A CodeDiff is a code that differs, and the calls that it touches.
type CodeDiff struct {
	Kind  CodeKind
	Space report.Space
	// Old and New are the code in the two tables; that of a new or gone one is zero.
	Old, New report.Code
	// Look are the calls that have to be looked at, Count all that the code reaches.
	Look  []Place
	Count []report.Count
	Calls int
}

// code is the one of the newer table, or what is left of it.
func (d *CodeDiff) code() report.Code {
	if d.Kind == Gone {
		return d.Old
	}
	return d.New
}

// Codes compares tables. Only spaces of the APIs that the old tables are of are compared,
// since nobody knows what the others had. The calls are those of a report made with the
// new ones.
func Codes(old, new []report.Space, r *report.Report) []CodeDiff {
	apis := make(map[string]bool)
	ids := make(map[string][2]*report.Space)
	var order []string
	for i, list := range [][]report.Space{old, new} {
		for j := range list {
			s := &list[j]
			if i == 0 {
				apis[s.API] = true
			} else if !apis[s.API] {
				continue
			}
			both, ok := ids[s.ID]
			if !ok {
				order = append(order, s.ID)
			}
			both[i] = s
			ids[s.ID] = both
		}
	}
	slices.Sort(order)
	all := places(r)
	var out []CodeDiff
	for _, id := range order {
		out = append(out, spaceChanges(ids[id][0], ids[id][1], all)...)
	}
	return out
}

func spaceChanges(old, new *report.Space, all []*Place) []CodeDiff {
	space := new
	switch {
	case old == nil:
		old = &report.Space{}
	case new == nil:
		space, new = old, &report.Space{}
	}
	var out []CodeDiff
	add := func(d CodeDiff) {
		d.Space = report.Space{ID: space.ID, API: space.API, Name: space.Name, Title: space.Title}
		d.touch(all)
		out = append(out, d)
	}
	for _, c := range new.Codes {
		was, ok := old.Lookup(c.Value)
		switch {
		case !ok:
			add(CodeDiff{Kind: New, New: c})
		case was.Retry != c.Retry || was.Success != c.Success:
			add(CodeDiff{Kind: Reclassified, Old: was, New: c})
		case was.Name != c.Name:
			add(CodeDiff{Kind: Renamed, Old: was, New: c})
		}
	}
	for _, c := range old.Codes {
		if _, ok := new.Lookup(c.Value); !ok {
			add(CodeDiff{Kind: Gone, Old: c})
		}
	}
	kinds := codeKinds()
	slices.SortStableFunc(out, func(a, b CodeDiff) int {
		return cmp.Or(
			cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
			cmp.Compare(rank(a.code()), rank(b.code())), a.code().Value.Compare(b.code().Value),
		)
	})
	return out
}

// rank puts retryable codes first.
func rank(c report.Code) int {
	if c.Retryable() {
		return 0
	}
	return 1
}

// touch finds the calls that a code reaches, and those to look at.
func (d *CodeDiff) touch(all []*Place) {
	count := make(map[report.Outcome]int)
	v := d.code().Value
	for _, p := range all {
		if p.Space.ID != d.Space.ID {
			continue
		}
		o := p.Site.Outcome(v)
		if o == report.OutcomeAbsent {
			continue
		}
		d.Calls++
		count[o]++
		if d.look(p.Site, o) {
			d.Look = append(d.Look, *p)
		}
	}
	for _, o := range report.Outcomes() {
		if n := count[o]; n > 0 {
			d.Count = append(d.Count, report.Count{Outcome: o, Calls: n})
		}
	}
}

// look reports whether a call that a code reaches has to be looked at.
func (d *CodeDiff) look(s *report.Site, o report.Outcome) bool {
	named := slices.Contains(s.Named, d.code().Value)
	retried := o == report.OutcomeRetried || o == report.OutcomeHurried
	switch {
	case d.Kind == Gone, d.Kind == Renamed:
		return named
	case d.New.Success != d.Old.Success && d.Kind == Reclassified, o == report.OutcomeSwallowed:
		return true
	case d.New.Retryable():
		return o == report.OutcomeHurried || !retried && o != report.OutcomeHandedOn
	}
	return retried
}

// class names a retry class, the empty one too.
func class(c report.Code) string {
	switch {
	case c.Success:
		return "success"
	case c.Retry == report.Permanent:
		return "permanent"
	}
	return string(c.Retry)
}
