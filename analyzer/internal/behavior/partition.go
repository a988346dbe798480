package behavior

import (
	"go/constant"
	"slices"
	"sort"

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
	Below  bool    // a function of this package that turns codes into errors decides; it is judged itself
	All    bool    // every documented code was run, for the function uses more than equality
	asked  map[*ssa.Function]bool
	names  map[int64]bool
	extra  map[int]bool // codes that the user requires
	omits  map[int]bool
}

// propagate runs the function once with the source bound to a code.
func (e *Engine) propagate(s *Source, code int64, success bool) *run {
	e.budget = maxFollowed
	r := &run{e: e, fn: s.Fn, space: s.Space, code: code, success: success, src: s, trace: newTrace()}
	r.exec()
	return r
}

// Behaviour works out the partition of one source, and keeps it.
func (e *Engine) Behaviour(s *Source) *Behaviour {
	b, ok := e.behaviours[s]
	if !ok {
		b = &Behaviour{Source: s}
		e.behaviours[s] = b // before it is there, for it may be asked for meanwhile
		e.partition(b)
	}
	return b
}

// behaviourOnce is Behaviour of a source that was made for one question.
func (e *Engine) behaviourOnce(s *Source) *Behaviour {
	b := &Behaviour{Source: s}
	e.partition(b)
	return b
}

func (e *Engine) partition(b *Behaviour) {
	s := b.Source
	space := e.G.Catalog.Spaces[s.Space]
	b.Space, b.names, b.extra = space, make(map[int64]bool), make(map[int]bool)
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
	b.Below = t.below
	b.asked, b.omits = t.asked, t.omits
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
	if s.Call != nil && r.asksAbove(s.Call) {
		r = r.behindCall(s.Call)
	}
	k := &Case{Code: c, Success: success, run: r, Opaque: r.trace.opaque}
	k.effects = r.effects()
	k.sig = k.effects.key()
	k.Handed = k.effects.handed || r.leftAlone()
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
			c.Retried = c.Repeated && !repeats || helper && c.fails()
		}
	}
}

// fails reports whether a closure answers the code with an error, so that a helper that
// calls it again does; one that returns no error hands it on in another way.
func (c *Case) fails() bool {
	res := c.run.fn.Signature.Results()
	asked := false
	for i := range res.Len() {
		if !flow.IsError(res.At(i).Type()) {
			continue
		}
		asked = true
		for _, ret := range c.run.returns() {
			if c.run.goesOn(lastStored(ret.Results[i]), 0) {
				return true
			}
		}
	}
	return !asked && c.Handed
}

// goesOn reports whether a retry helper goes on after an answer: an error that the helper's
// package did not make to tell it to stop.
func (r *run) goesOn(v ssa.Value, depth int) bool {
	if r.val(v).Kind == Nil {
		return false
	}
	switch x := underInterface(v).(type) {
	case *ssa.Phi:
		for k, e := range x.Edges {
			if r.edges[[2]int{x.Block().Preds[k].Index, x.Block().Index}] && depth < maxDepth && r.goesOn(e, depth+1) {
				return true
			}
		}
		return false
	case *ssa.Call:
		return !r.e.tellsToStop(&x.Call)
	}
	return true
}

// tellsToStop reports whether a call of a retry package marks an error as one that is not
// worth another attempt.
func (e *Engine) tellsToStop(c *ssa.CallCommon) bool {
	f := flow.Callee(c)
	if f == nil || f.Pkg() == nil || f.Pkg() == e.G.Pkg || !e.isRetryPath(f.Pkg().Path()) {
		return false
	}
	switch f.Name() {
	case "Permanent", "Unrecoverable", "Stop", "Abort", "Unretryable", "NonRetryable":
		return true
	}
	return false
}

// lastStored is what was stored into a captured variable right before it is read, or v itself.
func lastStored(v ssa.Value) ssa.Value {
	u, ok := v.(*ssa.UnOp)
	if !ok {
		return v
	}
	b := u.Block()
	at := slices.Index(b.Instrs, ssa.Instruction(u))
	for {
		for k := at - 1; k >= 0; k-- {
			if s, ok := b.Instrs[k].(*ssa.Store); ok && s.Addr == u.X {
				return s.Val
			}
		}
		if len(b.Preds) != 1 {
			return v
		}
		b = b.Preds[0]
		at = len(b.Instrs)
		if b == u.Block() {
			return v
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

// Asks reports whether the function gives the carrier or its code to another of its package.
func (b *Behaviour) Asks(fn *ssa.Function) bool { return b.asked[fn] }

// Names reports whether the dispatch names a number.
func (b *Behaviour) Names(n int) bool { return b.names[int64(n)] }

// Omits reports whether the dispatch asks a function of another package for which a code
// was reported there.
func (b *Behaviour) Omits(n int) bool { return b.omits[n] }

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
		if f.Handed || f.Retried {
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

// Looks reports whether something else of the answer is tested, such as an empty token, nil
// or the status, on a path that then leaves; or whether that test is what is returned.
func (b *Behaviour) Looks() bool {
	for _, c := range b.Cases {
		for _, blk := range c.run.fn.Blocks {
			if !c.run.live[blk.Index] || len(blk.Instrs) == 0 {
				continue
			}
			switch i := blk.Instrs[len(blk.Instrs)-1].(type) {
			case *ssa.If:
				if !c.run.val(i.Cond).Part || walks(i) {
					continue
				}
				next := testsEmpty(i.Cond)
				if leaves(blk, blk.Succs[0], next) || leaves(blk, blk.Succs[1], next) {
					return true
				}
			case *ssa.Return:
				for _, v := range i.Results {
					if c.run.val(v).Part && isBoolean(v.Type()) && testsEmpty(c.run.e.stored(v)) {
						return true
					}
				}
			}
		}
	}
	return false
}

// stored is the one value that a variable holds where it is read, or v itself: a function
// that defers returns through variables.
func (e *Engine) stored(v ssa.Value) ssa.Value {
	u, ok := v.(*ssa.UnOp)
	if !ok {
		return v
	}
	a, ok := u.X.(*ssa.Alloc)
	if !ok {
		return v
	}
	if list := e.reaching(a, u); len(list) == 1 && list[0].val != nil {
		return list[0].val
	}
	return v
}

// walks reports whether a condition is that of a loop over elements: it asks whether there
// is another one, and its end is no answer.
func walks(i *ssa.If) bool {
	switch cond := i.Cond.(type) {
	case *ssa.Extract:
		_, ok := cond.Tuple.(*ssa.Next)
		return ok
	case *ssa.BinOp:
		if testsEmpty(cond) {
			return false
		}
		header := i.Block()
		return slices.ContainsFunc(header.Preds, header.Dominates) && (isLen(cond.X) || isLen(cond.Y))
	}
	return false
}

func isLen(v ssa.Value) bool {
	c, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := c.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "len"
}

// testsEmpty reports whether a condition asks whether something is there at all: it
// compares with nil, zero or the empty string, or is no comparison.
func testsEmpty(cond ssa.Value) bool {
	b, ok := cond.(*ssa.BinOp)
	if !ok {
		return true
	}
	for _, x := range []ssa.Value{b.X, b.Y} {
		if c, ok := x.(*ssa.Const); ok {
			if c.Value == nil {
				return true
			}
			switch c.Value.Kind() {
			case constant.String:
				return constant.StringVal(c.Value) == ""
			case constant.Int:
				return constant.Sign(c.Value) == 0
			}
		}
	}
	return false
}

// leaves reports whether a branch never comes back to what follows the condition: it
// returns or ends the process, or, if next says that this counts, goes on with the next
// iteration.
func leaves(cond, branch *ssa.BasicBlock, next bool) bool {
	if branch.Dominates(cond) {
		return next
	}
	if len(branch.Preds) != 1 {
		return false
	}
	for _, b := range cond.Parent().Blocks {
		if !branch.Dominates(b) {
			continue
		}
		for _, s := range b.Succs {
			if !branch.Dominates(s) && !(next && s.Dominates(branch)) {
				return false
			}
		}
	}
	return true
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
