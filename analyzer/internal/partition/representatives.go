package partition

import (
	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
)

// mostCodes is how many codes of a space may all be run; of more, classes of them are.
const mostCodes = 150

// representatives are the codes worth a run: those that are named, one permanent code that is
// not, the required ones that any call may answer or that belong to a group that is named,
// those that a named one owes, and every code where more than equality is used.
func representatives(cat *catalog.Catalog, space *catalog.Space, t *interp.Observed, extra map[catalog.Value]bool) []catalog.Code {
	all := t.All || len(t.Bounds) > 0
	if all && len(space.Codes) <= mostCodes {
		return space.Codes
	}
	groups := map[string]bool{space.General: true}
	wanted := make(map[catalog.Value]bool)
	for n := range t.Named {
		wanted[n] = true
		if c, ok := space.Find(n); ok {
			groups[c.Group] = true
		}
		for _, set := range cat.OwedBy(space, n) {
			for _, v := range set.Owes {
				wanted[v] = true
			}
		}
	}
	seen := make(map[string]bool) // groups of which a permanent code is run
	var out []catalog.Code
	rest, found := standsForRest(space, t, extra)
	for i, c := range space.Codes {
		failure := !c.Retryable() && !space.Succeeds(c.Value) && !extra[c.Value]
		switch {
		case wanted[c.Value], cat.Requires(c) && groups[c.Group], all && (c.Retry != catalog.Permanent || besideBound(space, i, t.Bounds)):
			out = append(out, c)
		case found && c.Value == rest.Value, all && failure && !seen[c.Group]:
			seen[c.Group] = true
			out = append(out, c)
		}
	}
	return out
}

// standsForRest is the permanent code that stands for those that are not named: the first, or
// one of which that is not known where there is no other.
func standsForRest(space *catalog.Space, t *interp.Observed, extra map[catalog.Value]bool) (rest catalog.Code, found bool) {
	for _, c := range space.Codes {
		if t.Named[c.Value] || c.Retryable() || space.Succeeds(c.Value) || extra[c.Value] {
			continue
		}
		if c.Retry == catalog.Permanent {
			return c, true
		}
		if !found {
			rest, found = c, true
		}
	}
	return rest, found
}

// besideBound reports whether a bound of a range lies at code i of a space, or between it and
// the next one.
func besideBound(space *catalog.Space, i int, bounds map[catalog.Value]bool) bool {
	for n := range bounds {
		if i > 0 && space.Codes[i-1].Value.Compare(n) < 0 && space.Codes[i].Value.Compare(n) >= 0 ||
			space.Codes[i].Value.Compare(n) <= 0 && (i+1 == len(space.Codes) || space.Codes[i+1].Value.Compare(n) > 0) {
			return true
		}
	}
	return false
}
