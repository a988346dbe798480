package behavior

import (
	"fmt"
	"go/token"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// Case is what a function does for one code.
type Case struct {
	Code     catalog.Code
	Success  bool
	Class    int  // codes of one class behave alike; success comes first
	Named    bool // the function, or a predicate that it asks, names the code
	Opaque   bool // something that cannot be decided is asked of the code
	Handed   bool // the carrier or its code goes on to somebody else
	Retried  bool // the call is made again, and would not be on success
	Repeated bool // the call is reached again, by a way that success may take too
	Exits    bool // the process, the goroutine or the test ends

	run     *run
	effects *effects
	sig     string
}

// Behaviour is what a function does for each code of one carrier: a partition of the codes
// into classes that behave alike.
type Behaviour struct {
	Source *Source
	Space  *catalog.Space
	Cases  []*Case // successes first, then by number
	All    bool    // every documented code was run, for the function uses more than equality
	names  map[int64]bool
	extra  map[int]bool // codes that the user requires
}

// propagate runs the function once with the source bound to a code.
func (e *Engine) propagate(s *Source, code int64, success bool) *run {
	r := &run{e: e, fn: s.Fn, space: s.Space, code: code, success: success, src: s, trace: newTrace()}
	r.exec()
	return r
}

// Behaviour works out the partition of one source.
func (e *Engine) Behaviour(s *Source) *Behaviour {
	if b, ok := e.behaviours[s]; ok {
		return b
	}
	space := e.G.Catalog.Spaces[s.Space]
	b := &Behaviour{Source: s, Space: space, names: make(map[int64]bool), extra: make(map[int]bool)}
	e.behaviours[s] = b
	cases := make(map[int64]*Case)
	t := newTrace()
	add := func(c catalog.Code, success bool) {
		if cases[int64(c.Number)] != nil {
			return
		}
		k := e.runCase(s, c, success)
		cases[int64(c.Number)] = k
		t.merge(k.run.trace)
	}
	if s.Shape == Err {
		add(catalog.Code{Number: space.Success[0], Name: "nil"}, true)
	} else {
		for _, n := range space.Success {
			if c, ok := space.Lookup(int64(n)); ok {
				add(c, true)
			}
		}
	}
	addCode := func(c catalog.Code) {
		if s.Shape == Err || !space.IsSuccess(int64(c.Number)) {
			add(c, false)
		}
	}
	if e.Extra != nil {
		for _, c := range e.Extra(space) {
			b.extra[c.Number] = true
			addCode(c)
		}
	}
	for range 3 {
		before := len(cases)
		for _, c := range representatives(space, t, b.extra) {
			addCode(c)
		}
		if len(cases) == before {
			break
		}
	}
	b.All = t.all || len(t.bounds) > 0
	for n := range t.named {
		b.names[n] = true
	}
	for _, c := range cases {
		c.Named = b.names[int64(c.Code.Number)]
		b.Cases = append(b.Cases, c)
	}
	sort.Slice(b.Cases, func(i, j int) bool {
		if b.Cases[i].Success != b.Cases[j].Success {
			return b.Cases[i].Success
		}
		return b.Cases[i].Code.Number < b.Cases[j].Code.Number
	})
	b.settle(e)
	return b
}

// representatives are the codes worth a run: those that are named, one permanent code that
// is not, the retryable ones of group general and of every group that is named, and every
// code where more than equality is used.
func representatives(space *catalog.Space, t *trace, extra map[int]bool) []catalog.Code {
	if t.all || len(t.bounds) > 0 {
		return space.Codes
	}
	groups := map[string]bool{"general": true}
	for n := range t.named {
		if c, ok := space.Lookup(n); ok {
			groups[c.Group] = true
		}
	}
	var out []catalog.Code
	permanent := false
	for _, c := range space.Codes {
		switch {
		case t.named[int64(c.Number)], c.Retryable() && groups[c.Group]:
			out = append(out, c)
		case !permanent && !c.Retryable() && !space.IsSuccess(int64(c.Number)) && !extra[c.Number]:
			permanent = true
			out = append(out, c)
		}
	}
	return out
}

func (e *Engine) runCase(s *Source, c catalog.Code, success bool) *Case {
	r := e.propagate(s, int64(c.Number), success)
	k := &Case{Code: c, Success: success, run: r, Opaque: r.trace.opaque}
	k.effects = r.effects()
	k.sig = k.effects.key()
	k.Handed = k.effects.handed
	k.Exits = k.effects.ended
	if s.Call != nil {
		k.Repeated = r.repeated(s.Call) || r.calledAgain(s.Call) != nil
	}
	return k
}

// settle numbers the classes and tells repeated from retried.
func (b *Behaviour) settle(e *Engine) {
	classes := make(map[string]int)
	repeats := false
	for _, c := range b.Cases {
		if _, ok := classes[c.sig]; !ok {
			classes[c.sig] = len(classes)
		}
		c.Class = classes[c.sig]
	}
	for _, c := range b.Successes() {
		repeats = repeats || c.Repeated
	}
	helper := e.inRetryHelper(b.Source.Fn)
	for _, c := range b.Cases {
		if !c.Success {
			c.Retried = c.Repeated && !repeats || helper && c.Handed
		}
	}
}

// Case returns what is done for a code, or nil if it was not run.
func (b *Behaviour) Case(n int) *Case {
	for _, c := range b.Cases {
		if c.Code.Number == n && !c.Success {
			return c
		}
	}
	return nil
}

// Other returns a permanent code that the function does not name, or nil.
func (b *Behaviour) Other() *Case {
	for _, c := range b.Cases {
		if !c.Success && !c.Named && !c.Code.Retryable() && !b.extra[c.Code.Number] {
			return c
		}
	}
	return nil
}

// Successes are the success values that the function takes for success: those that do not
// behave like an unnamed failure, or all if every one does.
func (b *Behaviour) Successes() []*Case {
	var all, known []*Case
	other := b.Other()
	for _, c := range b.Cases {
		if c.Success {
			all = append(all, c)
			if other == nil || c.Class != other.Class {
				known = append(known, c)
			}
		}
	}
	if len(known) > 0 {
		return known
	}
	return all
}

// Alike reports whether two codes behave alike.
func (c *Case) Alike(d *Case) bool { return c.Class == d.Class }

// Distinguished reports whether no permanent code that the function does not name behaves
// like c.
func (b *Behaviour) Distinguished(c *Case) bool {
	if c.Opaque {
		return true
	}
	for _, d := range b.Cases {
		if !d.Success && !d.Named && !d.Code.Retryable() && !b.extra[d.Code.Number] && d.Class == c.Class {
			return false
		}
	}
	return true
}

// NamesFailure reports whether the dispatch names a failure.
func (b *Behaviour) NamesFailure() bool {
	for n := range b.names {
		if c, ok := b.Space.Lookup(n); ok && !b.Space.IsSuccess(int64(c.Number)) {
			return true
		}
	}
	return false
}

// Names reports whether the dispatch names a number.
func (b *Behaviour) Names(n int) bool { return b.names[int64(n)] }

// Groups are the groups of which the dispatch names a failure.
func (b *Behaviour) Groups() []string {
	var out []string
	for n := range b.names {
		if c, ok := b.Space.Lookup(n); ok && !b.Space.IsSuccess(n) && !slices.Contains(out, c.Group) {
			out = append(out, c.Group)
		}
	}
	sort.Strings(out)
	return out
}

// Classes counts the classes that failures fall into.
func (b *Behaviour) Classes() int {
	seen := make(map[int]bool)
	for _, c := range b.Cases {
		if !c.Success {
			seen[c.Class] = true
		}
	}
	return len(seen)
}

// Swallowed reports whether a failure passes as success: for a response, the permanent
// codes that are not named behave like every success value; for an error, no failure at
// all behaves unlike nil.
func (b *Behaviour) Swallowed() bool {
	var failures, successes []*Case
	for _, c := range b.Cases {
		switch {
		case c.Success:
			successes = append(successes, c)
		case c.Opaque:
			return false
		case b.Source.Shape == Err || !c.Named && !c.Code.Retryable():
			failures = append(failures, c)
		}
	}
	if len(failures) == 0 {
		return false
	}
	for _, f := range failures {
		if f.Handed {
			return false
		}
		for _, s := range successes {
			if f.Class != s.Class {
				return false
			}
		}
	}
	return true
}

// Looks reports whether something else of the answer is tested: an empty token, nil, the status.
func (b *Behaviour) Looks() bool {
	for _, c := range b.Cases {
		for _, blk := range c.run.fn.Blocks {
			if !c.run.live[blk.Index] || len(blk.Instrs) == 0 {
				continue
			}
			if i, ok := blk.Instrs[len(blk.Instrs)-1].(*ssa.If); ok {
				if x := c.run.val(i.Cond); x.Part {
					return true
				}
			}
		}
	}
	return false
}

// Executable reports whether code c reaches the position's block.
func (c *Case) Executable(b *ssa.BasicBlock) bool { return c.run.live[b.Index] }

// Depends reports whether a value is decided by the code in this case.
func (c *Case) Depends(v ssa.Value) bool {
	x := c.run.val(v)
	return x.Depends || x.holds()
}

// Is reports whether a value is the code itself, or its text, in this case.
func (c *Case) Is(v ssa.Value) bool {
	x := c.run.val(v)
	if !x.code() {
		return false
	}
	if n, ok := x.isInt(); ok {
		return n == c.run.code
	}
	n, ok := parseNumber(x.C)
	return ok && n == c.run.code
}

// Holds reports whether a value is the carrier, or holds it.
func (c *Case) Holds(v ssa.Value) bool { return c.run.val(v).holds() }

// Answers lists the returns by which a failure is answered: those behind a condition that
// the code decides, unless success takes them too.
func (b *Behaviour) Answers(c *Case) []*ssa.Return {
	type answer struct {
		ret *ssa.Return
		key string
	}
	success := make(map[answer]bool)
	for _, s := range b.Successes() {
		for _, ret := range s.decidedReturns() {
			success[answer{ret, s.effects.returns[ret]}] = true
		}
	}
	var out []*ssa.Return
	for _, ret := range c.decidedReturns() {
		if len(ret.Results) > 0 && !success[answer{ret, c.effects.returns[ret]}] {
			out = append(out, ret)
		}
	}
	return out
}

// decidedReturns lists the returns behind a condition that the code decides, or whose
// results it decides.
func (c *Case) decidedReturns() []*ssa.Return {
	r := c.run
	behind := make(map[*ssa.BasicBlock]bool)
	for _, blk := range r.fn.Blocks {
		if !r.live[blk.Index] || len(blk.Instrs) == 0 {
			continue
		}
		if i, ok := blk.Instrs[len(blk.Instrs)-1].(*ssa.If); ok && r.val(i.Cond).Depends {
			for _, s := range blk.Succs {
				if r.edges[[2]int{blk.Index, s.Index}] {
					for b := range reachable(r, s) {
						behind[b] = true
					}
				}
			}
		}
	}
	var out []*ssa.Return
	for _, ret := range r.returns() {
		decided := behind[ret.Block()]
		for _, v := range ret.Results {
			decided = decided || r.val(v).Depends
		}
		if decided {
			out = append(out, ret)
		}
	}
	return out
}

// OnlyHere lists the calls with effects that c reaches and no success does.
func (b *Behaviour) OnlyHere(c *Case) []ssa.CallInstruction {
	reached := make(map[ssa.CallInstruction]bool)
	for _, s := range b.Successes() {
		for _, i := range s.effects.calls {
			reached[i] = true
		}
	}
	var out []ssa.CallInstruction
	for _, i := range c.effects.calls {
		if !reached[i] {
			out = append(out, i)
		}
	}
	return out
}

// TestsOnlyHere lists the calls without effects that c reaches and no success does.
func (b *Behaviour) TestsOnlyHere(c *Case) []*ssa.Call {
	reached := make(map[*ssa.Call]bool)
	for _, s := range b.Successes() {
		for _, i := range s.effects.tests {
			reached[i] = true
		}
	}
	var out []*ssa.Call
	for _, i := range c.effects.tests {
		if !reached[i] {
			out = append(out, i)
		}
	}
	return out
}

// Conditions lists the branches that the code decides, in the order of the source.
func (b *Behaviour) Conditions() []*ssa.If {
	seen := make(map[*ssa.If]bool)
	var out []*ssa.If
	for _, c := range b.Cases {
		for _, blk := range c.run.fn.Blocks {
			if !c.run.live[blk.Index] || len(blk.Instrs) == 0 {
				continue
			}
			i, ok := blk.Instrs[len(blk.Instrs)-1].(*ssa.If)
			if ok && !seen[i] && c.run.val(i.Cond).Depends {
				seen[i] = true
				out = append(out, i)
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return condPos(out[i]) < condPos(out[j]) })
	return out
}

func condPos(i *ssa.If) token.Pos {
	if p := i.Cond.Pos(); p.IsValid() {
		return p
	}
	return i.Pos()
}

// CondPos is the position of a branch's condition.
func CondPos(i *ssa.If) token.Pos { return condPos(i) }

// String draws the partition as a table: one line for each class.
func (b *Behaviour) String() string {
	type row struct {
		codes []string
		c     *Case
	}
	var rows []*row
	for _, c := range b.Cases {
		name := c.Code.String()
		if c.Success && b.Source.Shape == Err {
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
		} else if !slices.Contains(r.codes, "every other") {
			r.codes = append(r.codes, "every other")
		}
	}
	var s strings.Builder
	for _, r := range rows {
		var what []string
		for _, w := range []struct {
			is   bool
			name string
		}{{r.c.Retried, "retried"}, {r.c.Repeated && !r.c.Retried, "repeated"}, {r.c.Handed, "handed on"}, {r.c.Exits, "exits"}, {r.c.Opaque, "undecided"}} {
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

// FuncOf names the function that produced the carrier, as a message does.
func (s *Source) FuncOf() string {
	if s.Call == nil {
		return ""
	}
	f := flow.Callee(s.Call.Common())
	if f == nil {
		return ""
	}
	return flow.FuncName(f)
}
