package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// An Outcome is what becomes of a code at a site, coarse enough to count.
type Outcome string

// The outcomes.
const (
	OutcomeHurried   Outcome = "hurried"   // retried without a pause
	OutcomeRetried   Outcome = "retried"   // retried after a pause
	OutcomeHandedOn  Outcome = "handed-on" // the caller can still tell the code
	OutcomeSettled   Outcome = "settled"   // dealt with here: answered, mapped, another call made
	OutcomePermanent Outcome = "permanent" // retryable, and treated like a permanent failure
	OutcomeSwallowed Outcome = "swallowed" // logged only, dropped, or taken for success
	OutcomeEnded     Outcome = "ended"     // the process ends
	OutcomeUndecided Outcome = "undecided" // the analysis could not follow
	OutcomeSuccess   Outcome = "success"   // no failure
	OutcomeAbsent    Outcome = "absent"    // the code does not reach the site
)

// Outcomes lists the outcomes in the order in which readers are shown them.
func Outcomes() []Outcome {
	return []Outcome{
		OutcomeRetried, OutcomeHurried, OutcomeHandedOn, OutcomeSettled, OutcomePermanent,
		OutcomeSwallowed, OutcomeEnded, OutcomeUndecided, OutcomeSuccess, OutcomeAbsent,
	}
}

// String returns the outcome in words: "treated like a permanent failure".
func (o Outcome) String() string {
	switch o {
	case OutcomeHurried:
		return "retried without a pause"
	case OutcomeRetried:
		return "retried after a pause"
	case OutcomeHandedOn:
		return "handed on"
	case OutcomeSettled:
		return "dealt with"
	case OutcomePermanent:
		return "treated like a permanent failure"
	case OutcomeSwallowed:
		return "dropped or only logged"
	case OutcomeEnded:
		return "ends the process"
	case OutcomeUndecided:
		return "not followed"
	case OutcomeSuccess:
		return "success"
	case OutcomeAbsent:
		return "does not come here"
	}
	return string(o)
}

// Verb is what the function does to have the carrier: it "calls" something, or "is given" it.
func (s *Site) Verb() string {
	if s.Carrier.Given {
		return "is given"
	}
	return "calls"
}

// Outcome returns what becomes of v at a site.
func (s *Site) Outcome(v Value) Outcome {
	c, ok := s.Class(v)
	if !ok {
		return OutcomeAbsent
	}
	return c.outcome(slices.Contains(s.Untold, v))
}

// ClassOutcome returns what becomes of the codes of a class of the site: of those that are
// not told apart from permanent failures, if it has such codes.
func (s *Site) ClassOutcome(c *Class) Outcome {
	return c.outcome(slices.ContainsFunc(s.Untold, func(v Value) bool {
		of, ok := s.Class(v)
		return ok && of == c
	}))
}

// Outcome returns what becomes of the codes of a class that are told apart, or permanent.
func (c *Class) Outcome() Outcome { return c.outcome(false) }

func (c *Class) outcome(untold bool) Outcome {
	if c.Success {
		return OutcomeSuccess
	}
	k, _ := kindOf(c.Main().Kind)
	if k.outcome == OutcomeSettled && untold {
		return OutcomePermanent
	}
	return k.outcome
}

// Unhandled reports whether a site needs a look: a retryable code is not told apart from
// permanent ones, or a failure is dropped or only logged.
func (s *Site) Unhandled() bool {
	if len(s.Untold) > 0 {
		return true
	}
	for i := range s.Classes {
		if s.Classes[i].Outcome() == OutcomeSwallowed {
			return true
		}
	}
	return false
}

// A Total says what becomes of one code at all sites that it reaches.
type Total struct {
	Space string
	Code  Code
	Calls int     // the sites that the code reaches
	Count []Count // those of 0 are left out, in the order of Outcomes
}

// A Count is a number of sites with one outcome.
type Count struct {
	Outcome Outcome
	Calls   int
}

// String returns a sentence: "1008 (RateLimited) is reached from 41 calls: handed on in 20, …".
func (t Total) String() string {
	noun := "calls"
	if t.Calls == 1 {
		noun = "call"
	}
	var parts []string
	for _, c := range t.Count {
		parts = append(parts, fmt.Sprintf("%s in %d", c.Outcome, c.Calls))
	}
	return fmt.Sprintf("%s is reached from %d %s: %s", t.Code, t.Calls, noun, strings.Join(parts, ", "))
}

// Totals returns a total for each code that reaches a site and is retryable or named by
// one: by space, retryable ones first, then by value.
func (r *Report) Totals() []Total {
	named := make(map[string][]Value)
	sites := make(map[string][]*Site)
	for _, s := range r.All {
		named[s.Space] = append(named[s.Space], s.Named...)
		sites[s.Space] = append(sites[s.Space], s)
	}
	var out []Total
	for i := range r.Spaces {
		space := &r.Spaces[i]
		var codes []Code
		for _, c := range space.Codes {
			if c.Retryable() {
				codes = append(codes, c)
			}
		}
		for _, v := range named[space.ID] {
			codes = append(codes, space.Code(v))
		}
		slices.SortFunc(codes, func(a, b Code) int {
			return cmp.Or(-compareBool(a.Retryable(), b.Retryable()), a.Value.Compare(b.Value))
		})
		codes = slices.CompactFunc(codes, func(a, b Code) bool { return a.Value == b.Value })
		for _, c := range codes {
			if t := total(c, sites[space.ID]); t.Calls > 0 {
				t.Space = space.ID
				out = append(out, t)
			}
		}
	}
	return out
}

func total(c Code, sites []*Site) Total {
	count := make(map[Outcome]int)
	for _, s := range sites {
		count[s.Outcome(c.Value)]++
	}
	t := Total{Code: c}
	for _, o := range Outcomes() {
		if n := count[o]; n > 0 && o != OutcomeSuccess && o != OutcomeAbsent {
			t.Calls += n
			t.Count = append(t.Count, Count{o, n})
		}
	}
	return t
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
