package partition

import (
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// CodeCase is what a function does for one code.
type CodeCase struct {
	Code     catalog.Code
	Success  bool
	Class    int  // codes of one class behave alike; success comes first
	Named    bool // the function, or a predicate that it asks, names the code
	Opaque   bool // something that cannot be decided is asked of the code
	Escapes  bool // the carrier or its code goes on to somebody else
	Retried  bool // the call is made again, and would not be on success
	Repeated bool // the call is reached again, by a way that success may take too
	Exits    bool // the process, the goroutine or the test ends

	Propagation *interp.Propagation
	Effects     *interp.Effects
	sig         string
}

// Partition is what a function does for each code of one carrier: a partition of the codes
// into classes that behave alike.
type Partition struct {
	Source     *interp.Source
	Space      *catalog.Space
	Cases      []*CodeCase // successes first, then by number
	Delegated  bool        // a function of this package that turns codes into errors decides; it is judged itself
	All        bool        // every documented code was run, for the function uses more than equality
	AskedFuncs map[*ssa.Function]bool
	NamedCodes map[catalog.Value]bool
	extra      map[catalog.Value]bool // codes that the user requires
	Omitted    map[catalog.Value]bool
}

// Partition works out the partition of one source, and keeps it.
func (e *Engine) Partition(s *interp.Source) *Partition {
	b, ok := e.partitions[s]
	if !ok {
		b = e.PartitionOnce(s)
		e.partitions[s] = b
	}
	return b
}

// PartitionOnce is Behaviour of a source that was made for one question.
func (e *Engine) PartitionOnce(s *interp.Source) *Partition {
	b := &Partition{Source: s}
	e.compute(b)
	return b
}

func (e *Engine) compute(b *Partition) {
	s := b.Source
	space := e.G.Catalog.Spaces[s.Space]
	b.Space, b.NamedCodes, b.extra = space, make(map[catalog.Value]bool), make(map[catalog.Value]bool)
	cases := make(map[catalog.Value]*CodeCase)
	t := interp.NewObserved()
	add := func(c catalog.Code, success bool) {
		if cases[c.Value] != nil {
			return
		}
		k := e.RunCase(s, c, success)
		cases[c.Value] = k
		t.Merge(k.Propagation.Observed)
	}
	if s.Kind == interp.Err {
		add(catalog.Undocumented(space.NoFailure(), "nil"), true)
	} else {
		for _, v := range space.Success {
			if c, ok := space.Find(v); ok {
				add(c, true)
			}
		}
	}
	addCode := func(c catalog.Code) {
		if s.Kind == interp.Err || !space.Succeeds(c.Value) {
			add(c, false)
		}
	}
	if e.Extra != nil {
		for _, c := range e.Extra(space) {
			b.extra[c.Value] = true
			addCode(c)
		}
	}
	for range 3 {
		before := len(cases)
		for _, c := range representatives(e.G.Catalog, space, t, b.extra) {
			addCode(c)
		}
		if len(cases) == before {
			break
		}
	}
	b.All = t.All || len(t.Bounds) > 0
	b.Delegated = t.Below
	b.AskedFuncs, b.Omitted = t.Asked, t.Omits
	for n := range t.Named {
		b.NamedCodes[n] = true
	}
	for _, c := range cases {
		c.Named = b.NamedCodes[c.Code.Value]
		b.Cases = append(b.Cases, c)
	}
	sort.Slice(b.Cases, func(i, j int) bool {
		if b.Cases[i].Success != b.Cases[j].Success {
			return b.Cases[i].Success
		}
		return b.Cases[i].Code.Value.Compare(b.Cases[j].Code.Value) < 0
	})
	b.settle(e)
}

func (e *Engine) RunCase(s *interp.Source, c catalog.Code, success bool) *CodeCase {
	r := e.Propagate(s, c.Value, success)
	if s.Call != nil && r.ExaminedBefore(s.Call) {
		r = r.AfterCall(s.Call)
	}
	k := &CodeCase{Code: c, Success: success, Propagation: r, Opaque: r.Observed.Opaque}
	k.Effects = r.Effects()
	k.sig = k.Effects.Key()
	k.Escapes = k.Effects.Escapes || r.LeftAlone() || k.Elsewhere()
	k.Exits = k.Effects.Ended
	if s.Call != nil {
		k.Repeated = e.repeated(r, s.Call) || e.calledAgain(r, s.Call) != nil
	}
	return k
}

// Elsewhere reports whether something else of the answer is looked at, which then decides.
func (c *CodeCase) Elsewhere() bool {
	for b := range c.Propagation.Src.Instead {
		if c.Propagation.Live[b.Index] {
			return true
		}
	}
	return false
}

// settle numbers the classes and tells repeated from retried.
func (b *Partition) settle(e *Engine) {
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

// Case returns what is done for a code, or nil if it was not run.
func (b *Partition) Case(n catalog.Value) *CodeCase {
	for _, c := range b.Cases {
		if c.Code.Value == n && !c.Success {
			return c
		}
	}
	return nil
}

// Other returns a permanent code that the function does not name, or nil.
func (b *Partition) Other() *CodeCase {
	for _, c := range b.Cases {
		if !c.Success && !c.Named && !c.Code.Retryable() && !b.extra[c.Code.Value] {
			return c
		}
	}
	return nil
}

// Successes are the success values that the function takes for success: those that do not
// behave like an unnamed failure, or all if every one does.
func (b *Partition) Successes() []*CodeCase {
	var all, known []*CodeCase
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
func (c *CodeCase) Alike(d *CodeCase) bool { return c.Class == d.Class }

// Distinguished reports whether no permanent code that the function does not name behaves
// like c.
func (b *Partition) Distinguished(c *CodeCase) bool {
	if c.Opaque {
		return true
	}
	others, required := false, false // a code that the user does not require; one that is required, and alike
	for _, d := range b.Cases {
		// One of which nobody knows whether it passes is no company for one that does.
		permanent := d.Code.Retry == catalog.Permanent || d.Code.Retry == catalog.Unsure && !c.Code.Retryable()
		switch {
		case !permanent || d.Success || d.Named:
		case b.extra[d.Code.Value]:
			required = required || d.Alike(c)
		case d.Alike(c):
			return false
		default:
			others = true
		}
	}
	return others || !required // where the user requires every code, each stands for the rest
}

// NamesFailure reports whether the dispatch names a failure.
func (b *Partition) NamesFailure() bool {
	for n := range b.NamedCodes {
		if _, ok := Failure(b.Space, n); ok {
			return true
		}
	}
	return false
}

// Failures are the failures that the dispatch names.
func (b *Partition) Failures() []catalog.Code {
	var out []catalog.Code
	for n := range b.NamedCodes {
		if c, ok := Failure(b.Space, n); ok {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(c, d catalog.Code) int { return c.Value.Compare(d.Value) })
	return out
}

// NamesUnknown reports whether the dispatch names what is no code of its space.
func (b *Partition) NamesUnknown() bool {
	for n := range b.NamedCodes {
		if _, ok := b.Space.Find(n); !ok {
			return true
		}
	}
	return false
}

// Failure returns the documented failure that a value is: neither a success nor the zero of an enum,
// which only tells that nothing was said.
func Failure(s *catalog.Space, v catalog.Value) (c catalog.Code, ok bool) {
	c, ok = s.Find(v)
	if !ok || s.Succeeds(v) {
		return c, false
	}
	n, isInt := v.Int()
	name := strings.ToUpper(c.Name)
	return c, !isInt || n != 0 || !strings.HasSuffix(name, "UNSPECIFIED") && !strings.HasSuffix(name, "UNKNOWN")
}

// Asks reports whether the function gives the carrier or its code to another of its package.
func (b *Partition) Asks(fn *ssa.Function) bool { return b.AskedFuncs[fn] }

// Names reports whether the dispatch names a number.
func (b *Partition) Names(n catalog.Value) bool { return b.NamedCodes[n] }

// Omits reports whether the dispatch asks a function of another package for which a code
// was reported there.
func (b *Partition) Omits(n catalog.Value) bool { return b.Omitted[n] }

// Groups are the groups of which the dispatch names a failure.
func (b *Partition) Groups() []string {
	var out []string
	for n := range b.NamedCodes {
		if c, ok := b.Space.Find(n); ok && !b.Space.Succeeds(n) && !slices.Contains(out, c.Group) {
			out = append(out, c.Group)
		}
	}
	sort.Strings(out)
	return out
}

// Classes counts the classes that failures fall into.
func (b *Partition) Classes() int {
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
func (b *Partition) Swallowed() bool {
	var failures, successes []*CodeCase
	for _, c := range b.Cases {
		switch {
		case c.Success:
			successes = append(successes, c)
		case c.Opaque:
			return false
		case b.Source.Kind == interp.Err || !c.Named && !c.Code.Retryable():
			failures = append(failures, c)
		}
	}
	if len(failures) == 0 {
		return false
	}
	for _, f := range failures {
		if f.Escapes || f.Retried {
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
func (b *Partition) ExaminesBeside() bool {
	for _, c := range b.Cases {
		for _, blk := range c.Propagation.Fn.Blocks {
			if !c.Propagation.Live[blk.Index] || len(blk.Instrs) == 0 {
				continue
			}
			switch i := blk.Instrs[len(blk.Instrs)-1].(type) {
			case *ssa.If:
				if !c.Propagation.Val(i.Cond).Beside || ir.IsRangeCondition(i) {
					continue
				}
				next := ir.TestsEmpty(i.Cond)
				if ir.BranchLeaves(blk, blk.Succs[0], next) || ir.BranchLeaves(blk, blk.Succs[1], next) {
					return true
				}
			case *ssa.Return:
				for _, v := range i.Results {
					if c.Propagation.Val(v).Beside && ir.IsBoolean(v.Type()) && ir.TestsEmpty(c.Propagation.Engine.Stored(v)) {
						return true
					}
				}
			}
		}
	}
	return false
}

// Executable reports whether code c reaches the position's block.
func (c *CodeCase) Executable(b *ssa.BasicBlock) bool { return c.Propagation.Live[b.Index] }

// DecidedByCode reports whether a value is decided by the code in this case.
func (c *CodeCase) DecidedByCode(v ssa.Value) bool {
	x := c.Propagation.Val(v)
	return x.ByCode || x.Holds()
}

// Is reports whether a value is the code itself, or its text, in this case.
func (c *CodeCase) Is(v ssa.Value) bool { return c.Propagation.IsCode(v) }

// Holds reports whether a value is the carrier, or holds it.
func (c *CodeCase) Holds(v ssa.Value) bool { return c.Propagation.Val(v).Holds() }
