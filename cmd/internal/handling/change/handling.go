package change

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/go-retcode/retcode/analyzer/report"
)

// A Diff is what changed between two reports.
type Diff struct {
	Changed []Changed
	// Added and Removed are the calls of one report that the other does not have.
	Added, Removed []Place
	// Same is the number of calls whose handling did not change.
	Same int
	// Found and Gone are findings that belong to no call.
	Found, Gone []report.Finding
}

// Empty reports whether nothing changed.
func (d *Diff) Empty() bool {
	return len(d.Changed)+len(d.Added)+len(d.Removed)+len(d.Found)+len(d.Gone) == 0
}

// Only drops what is not about chosen codes: changes of other codes, calls that none of
// them reaches, and findings, which are about a call as a whole.
func (d *Diff) Only(chosen func(*report.Space, report.Code) bool) {
	var changed []Changed
	for _, c := range d.Changed {
		c.Codes = slices.Clone(c.Codes)
		for i := range c.Codes {
			k := &c.Codes[i]
			k.Rest = false
			k.Codes = slices.DeleteFunc(slices.Clone(k.Codes), func(code report.Code) bool { return !chosen(c.New.Space, code) })
		}
		c.Codes = slices.DeleteFunc(c.Codes, func(k CodeChange) bool { return len(k.Codes) == 0 })
		c.Found, c.Gone = nil, nil
		if len(c.Codes) > 0 {
			changed = append(changed, c)
		} else {
			d.Same++
		}
	}
	unreached := func(p Place) bool {
		return !slices.ContainsFunc(p.Space.Codes, func(code report.Code) bool {
			return chosen(p.Space, code) && p.Site.Outcome(code.Value) != report.OutcomeAbsent
		})
	}
	d.Changed, d.Found, d.Gone = changed, nil, nil
	d.Added = slices.DeleteFunc(d.Added, unreached)
	d.Removed = slices.DeleteFunc(d.Removed, unreached)
}

// A Place is a site with what is known around it.
type Place struct {
	Package string
	Space   *report.Space
	Site    *report.Site
}

// Changed is a call that both reports have, and that is handled otherwise.
type Changed struct {
	Old, New Place
	Codes    []CodeChange
	// Found and Gone are findings of one report that the other does not have.
	Found, Gone []report.Finding
}

// A CodeChange is what was and is done for some codes.
type CodeChange struct {
	// Codes are what the change is about; Rest says that every other code changed, too.
	Codes []report.Code
	Rest  bool
	// Success says that the change is about what follows a success.
	Success  bool
	From, To string
	Verdict  Verdict
}

// A Verdict says what a change means for the program, where that is plain.
type Verdict string

// The verdicts.
const (
	NoVerdict      Verdict = ""
	StoppedRetries Verdict = "stopped retrying"
	NowRetried     Verdict = "now retried"
	NoLongerTold   Verdict = "no longer told apart"
	NowTold        Verdict = "now told apart"
	NowSwallowed   Verdict = "now swallowed"
	NotSwallowed   Verdict = "no longer swallowed"
	LostPause      Verdict = "lost its pause"
	NowPaused      Verdict = "now with a pause"
)

// Worse reports whether a verdict asks for a look.
func (v Verdict) Worse() bool {
	return v == StoppedRetries || v == NoLongerTold || v == NowSwallowed || v == LostPause
}

// rank puts what got worse first, and what nothing is said of last.
func (v Verdict) rank() int {
	switch {
	case v.Worse():
		return 0
	case v != NoVerdict:
		return 1
	}
	return 2
}

// Handling compares two reports.
func Handling(old, new *report.Report) Diff {
	var d Diff
	olds, news := places(old), places(new)
	for _, m := range match(olds, news) {
		switch {
		case m.old == nil:
			d.Added = append(d.Added, *m.new)
		case m.new == nil:
			d.Removed = append(d.Removed, *m.old)
		default:
			c := Changed{Old: *m.old, New: *m.new, Codes: codeChanges(*m.old, *m.new)}
			c.Found, c.Gone = findings(m.old.Site.Findings, m.new.Site.Findings)
			if len(c.Codes)+len(c.Found)+len(c.Gone) == 0 {
				d.Same++
			} else {
				d.Changed = append(d.Changed, c)
			}
		}
	}
	slices.SortFunc(d.Changed, func(a, b Changed) int { return comparePlaces(a.New, b.New) })
	slices.SortFunc(d.Added, comparePlaces)
	slices.SortFunc(d.Removed, comparePlaces)
	d.Found, d.Gone = loose(old, new)
	return d
}

func comparePlaces(a, b Place) int {
	return cmp.Or(
		cmp.Compare(a.Package, b.Package), cmp.Compare(a.Site.At.File, b.Site.At.File),
		cmp.Compare(a.Site.At.Line, b.Site.At.Line), cmp.Compare(a.Site.At.Column, b.Site.At.Column),
		cmp.Compare(a.Space.ID, b.Space.ID), cmp.Compare(a.Site.Carrier.Name, b.Site.Carrier.Name),
	)
}

func places(r *report.Report) []*Place {
	var out []*Place
	for p, s := range r.All {
		space, ok := r.Space(s.Space)
		if !ok {
			space = &report.Space{ID: s.Space, API: s.Space}
		}
		out = append(out, &Place{p.Path, space, s})
	}
	return out
}

// loose compares the findings that belong to no call, by package.
func loose(old, new *report.Report) (found, gone []report.Finding) {
	lists := make(map[string][2][]report.Finding)
	for i, r := range []*report.Report{old, new} {
		for _, p := range r.Packages {
			pair := lists[p.Path]
			pair[i] = p.Findings
			lists[p.Path] = pair
		}
	}
	var paths []string
	for path := range lists {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		f, g := findings(lists[path][0], lists[path][1])
		found, gone = append(found, f...), append(gone, g...)
	}
	return found, gone
}

// findings tells which are in one list alone. Positions do not count, nor does the number
// of a line in a message; whether a finding is silenced does.
func findings(old, new []report.Finding) (found, gone []report.Finding) {
	count := make(map[string]int)
	for _, f := range old {
		count[findingKey(f)]++
	}
	for _, f := range new {
		if count[findingKey(f)]--; count[findingKey(f)] < 0 {
			found = append(found, f)
		}
	}
	for _, f := range slices.Backward(old) {
		if count[findingKey(f)]--; count[findingKey(f)] >= 0 {
			gone = append(gone, f)
		}
	}
	slices.Reverse(gone)
	return found, gone
}

func findingKey(f report.Finding) string {
	return fmt.Sprint(f.Category, "\x00", f.Message, "\x00", f.Silenced)
}

// A probe is a code to ask both sites about. One stands for all that neither lists.
type probe struct {
	code          report.Code
	rest, success bool
}

func codeChanges(old, new Place) []CodeChange {
	var out []CodeChange
	for _, p := range probes(old, new) {
		from, to := answer(old.Site, p), answer(new.Site, p)
		if from.text == to.text && from.outcome == to.outcome {
			continue
		}
		verdict := judge(from, to, p)
		i := slices.IndexFunc(out, func(c CodeChange) bool {
			return c.From == from.text && c.To == to.text && c.Verdict == verdict && c.Success == p.success
		})
		if i < 0 {
			i = len(out)
			out = append(out, CodeChange{From: from.text, To: to.text, Verdict: verdict, Success: p.success})
		}
		switch {
		case p.rest:
			out[i].Rest = true
		case !p.success:
			out[i].Codes = append(out[i].Codes, p.code)
		}
	}
	slices.SortStableFunc(out, func(a, b CodeChange) int {
		return cmp.Compare(a.Verdict.rank(), b.Verdict.rank())
	})
	return out
}

// probes are success, all codes that a site lists or that are retryable, and the rest.
func probes(old, new Place) []probe {
	out := []probe{{success: true}}
	var list []report.Value
	for _, p := range []Place{old, new} {
		for _, c := range p.Site.Classes {
			if !c.Success {
				list = append(list, c.Codes...)
			}
		}
		list = slices.Concat(list, p.Site.Untold, p.Site.Below)
		for _, c := range p.Space.Codes {
			if c.Retryable() {
				list = append(list, c.Value)
			}
		}
	}
	slices.SortFunc(list, report.Value.Compare)
	for _, v := range slices.Compact(list) {
		code, ok := new.Space.Lookup(v)
		if !ok {
			code = old.Space.Code(v)
		}
		out = append(out, probe{code: code})
	}
	return append(out, probe{rest: true})
}

// An answered probe: what is done, in words and coarsely.
type answered struct {
	text    string
	outcome report.Outcome
}

func answer(s *report.Site, p probe) answered {
	var c *report.Class
	outcome := report.OutcomeAbsent
	switch {
	case p.success, p.rest:
		for i := range s.Classes {
			if of := &s.Classes[i]; p.success && of.Success || p.rest && of.Rest {
				c, outcome = of, of.Outcome()
			}
		}
	default:
		if of, ok := s.Class(p.code.Value); ok {
			c, outcome = of, s.Outcome(p.code.Value)
		}
	}
	if c == nil {
		if p.success {
			return answered{"goes on", report.OutcomeSuccess}
		}
		return answered{"does not come here", outcome}
	}
	text := c.String()
	if outcome == report.OutcomePermanent {
		text += ", like a permanent failure"
	}
	return answered{text, outcome}
}

func judge(from, to answered, p probe) Verdict {
	retried := func(o report.Outcome) bool {
		return o == report.OutcomeRetried || o == report.OutcomeHurried
	}
	switch {
	case p.success:
		return NoVerdict
	case to.outcome == report.OutcomeSwallowed && from.outcome != to.outcome:
		return NowSwallowed
	case retried(from.outcome) && !retried(to.outcome) && to.outcome != report.OutcomeAbsent:
		return StoppedRetries
	case to.outcome == report.OutcomePermanent && from.outcome != to.outcome:
		return NoLongerTold
	case from.outcome == report.OutcomeRetried && to.outcome == report.OutcomeHurried:
		return LostPause
	case from.outcome == report.OutcomeHurried && to.outcome == report.OutcomeRetried:
		return NowPaused
	case retried(to.outcome) && !retried(from.outcome):
		return NowRetried
	case from.outcome == report.OutcomeSwallowed && to.outcome != from.outcome:
		return NotSwallowed
	case from.outcome == report.OutcomePermanent && to.outcome != from.outcome:
		return NowTold
	}
	return NoVerdict
}

// about names the codes of a change.
func (c CodeChange) about(most int) string {
	if c.Success {
		return "success"
	}
	return report.Names(c.Codes, c.Rest, most)
}
