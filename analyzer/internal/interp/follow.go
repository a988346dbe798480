package interp

import (
	"strconv"

	"golang.org/x/tools/go/ssa"
)

const (
	maxFollowed = 200  // functions with given arguments, of one propagation
	maxBlocks   = 2000 // of a function that is followed
)

// following is what was followed for a propagation of a function. Functions that call each other
// need no assumption: how deep a call stands is a part of the question what it does, and depth
// has an end.
type following struct {
	run    *run
	took   []*calleeResult // of the functions that it calls
	height int             // how many calls below each other were followed
	cut    bool            // a call was too deep to be followed
}

// run is one propagation with all that it follows.
type run struct {
	used  map[*calleeResult]bool
	spent bool // it would follow too many
}

func begin() following { return following{run: &run{used: make(map[*calleeResult]bool)}} }

// mayFollow reports whether a call of fn may be followed, and notes where it is too deep.
func (r *Propagation) mayFollow(fn *ssa.Function) bool {
	if len(fn.Blocks) == 0 || len(fn.Blocks) > maxBlocks {
		return false
	}
	r.cut = r.cut || r.depth >= MaxDepth
	return r.depth < MaxDepth
}

// followed notes what was followed for a call.
func (f *following) followed(below following) {
	f.height = max(f.height, below.height+1)
	f.cut = f.cut || below.cut
}

// uses counts a result and all that it took, whether they were found for this propagation or
// before, and reports whether the run may go on.
func (r *run) uses(o *calleeResult) bool {
	if !r.used[o] {
		r.used[o] = true
		for _, below := range o.took {
			r.uses(below)
		}
		r.spent = r.spent || len(r.used) > maxFollowed
	}
	return !r.spent
}

// kept is the result of a call that stands that deep, if it is known: what was found with all
// that it calls holds at each depth at which all of that would be followed again.
func (e *Engine) kept(key string, depth int) *calleeResult {
	if o := e.results[key]; o != nil && (o.height == 0 || depth+o.height < MaxDepth) {
		return o
	}
	return e.results[atDepth(key, depth)]
}

func (e *Engine) keep(key string, depth int, o *calleeResult) {
	if o.cut {
		key = atDepth(key, depth)
	}
	e.results[key] = o
}

func atDepth(key string, depth int) string { return key + " at " + strconv.Itoa(depth) }
