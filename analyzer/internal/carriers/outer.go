package carriers

import (
	"go/types"
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// outerSources are the carriers that a function looks at but did not produce: parameters,
// captured and package variables, elements. They are found from where a code is used; of what
// calls yield, all is known, also where another source has taken its place among the inner ones.
func (e *Engine) outerSources(fn *ssa.Function, inner, all []*interp.Source) []*interp.Source {
	covered := make(map[ssa.Value]bool)
	for _, s := range all {
		for v := range s.Roles.In(interp.Itself) {
			covered[v] = true
		}
		for v := range s.Roles.In(interp.ItsCode) {
			covered[v] = true
		}
		if s.Decoded {
			if t, _ := e.decodeTarget(s.EventCall()); t != nil {
				if a, ok := ir.RootAlloc(t); ok {
					covered[a] = true
				}
			}
		}
	}
	type key struct {
		root  ssa.Value
		space int
	}
	seen := make(map[key]bool)
	var out []*interp.Source
	add := func(v ssa.Value, space int, at ssa.Instruction) {
		root := e.root(v, covered, 0)
		if root == nil || covered[root] || seen[key{root, space}] || e.heldBy(inner, root) {
			return
		}
		seen[key{root, space}] = true
		out = append(out, e.outerSource(fn, space, root, at))
	}
	for v, at := range operands(fn) {
		if space, ok := e.codeSpace(v); ok {
			add(v, space, at)
		}
	}
	if e.G.Inspected() {
		for c := range calls(fn) {
			for v, space := range e.asked(c) {
				add(v, space, c)
			}
		}
		return out
	}
	for c := range calls(fn) {
		for p, space := range e.judged(c) {
			add(p, space, c)
		}
	}
	return out
}

// judged yields the parameters of a carrier's own type that a predicate is asked about, each with
// its space. Of one that is just an error nobody says whose it is.
func (e *Engine) judged(c *ssa.Call) iter.Seq2[ssa.Value, int] {
	return func(yield func(ssa.Value, int) bool) {
		if !ir.IsBoolean(c.Type()) {
			return
		}
		fns, _ := e.G.Targets(&c.Call)
		f := e.G.FuncFact(&c.Call)
		for i, a := range ir.Args(&c.Call) {
			p, ok := ir.UnderInterface(a).(*ssa.Parameter)
			if !ok || len(fns) == 0 && !f.Judges(i) {
				continue
			}
			if _, space, typed := e.G.CarrierField(p.Type()); typed && !yield(p, space) {
				return
			}
		}
	}
}

// operands yields what a function compares, looks up and hands to calls.
func operands(fn *ssa.Function) iter.Seq2[ssa.Value, ssa.Instruction] {
	return func(yield func(ssa.Value, ssa.Instruction) bool) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				var used []ssa.Value
				switch i := instr.(type) {
				case *ssa.BinOp:
					if ir.IsComparison(i.Op) {
						used = []ssa.Value{i.X, i.Y}
					}
				case *ssa.Lookup:
					used = []ssa.Value{i.Index}
				case *ssa.Call:
					used = i.Call.Args
				}
				for _, v := range used {
					if !yield(v, instr) {
						return
					}
				}
			}
		}
	}
}

// calls yields the calls of a function, in the order of its blocks.
func calls(fn *ssa.Function) iter.Seq[*ssa.Call] {
	return func(yield func(*ssa.Call) bool) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if c, ok := instr.(*ssa.Call); ok && !yield(c) {
					return
				}
			}
		}
	}
}

// codeSpace is the space of the codes that a value is, or whose text it is.
func (e *Engine) codeSpace(v ssa.Value) (int, bool) {
	switch v.Type().Underlying().(type) {
	case *types.Basic, *types.Interface:
	default:
		return 0, false
	}
	if space, ok := e.G.Space(v); ok {
		return space, true
	}
	return e.G.TextSpace(v)
}

// heldBy reports whether a value is the carrier, or the code, of another source here.
func (e *Engine) heldBy(inner []*interp.Source, v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Call, *ssa.Extract, *ssa.Phi:
	default:
		return false
	}
	return slices.ContainsFunc(inner, func(s *interp.Source) bool {
		return slices.ContainsFunc(e.Partition(s).Cases, func(c *partition.CodeCase) bool {
			return !c.Success && s.Roles[v] != interp.OtherCode && c.DecidedByCode(v)
		})
	})
}

// root is the value of this function that a code was taken from, or nil where it cannot
// be told.
func (e *Engine) root(v ssa.Value, stop map[ssa.Value]bool, depth int) ssa.Value {
	if depth > 24 || stop[v] {
		return v
	}
	if from := ir.TakenFrom(v); from != nil {
		return e.root(from, stop, depth+1)
	}
	switch x := v.(type) {
	case *ssa.Const:
		return nil
	case *ssa.Lookup:
		if _, ok := e.G.Space(x); ok {
			return e.root(x.X, stop, depth+1)
		}
		return x
	case *ssa.Alloc:
		return e.rootOfAlloc(x, stop, depth)
	case *ssa.Extract:
		switch t := x.Tuple.(type) {
		case *ssa.TypeAssert:
			return e.root(t.X, stop, depth+1)
		case *ssa.Lookup:
			return e.root(t.X, stop, depth+1)
		case *ssa.Call:
			if ir.FullName(&t.Call) == "errors.AsType" {
				return e.root(t.Call.Args[0], stop, depth+1)
			}
			if r := e.throughGetter(t, stop, depth); r != nil {
				return r
			}
		}
		return x
	case *ssa.Call:
		if r := e.throughGetter(x, stop, depth); r != nil {
			return r
		}
		return x
	case *ssa.BinOp:
		if code, _, ok := e.G.Masked(x); ok {
			return e.root(code, stop, depth+1)
		}
		return x
	case *ssa.Phi:
		return x
	}
	return v
}

// throughGetter returns the root of the carrier or code that a call takes the code from.
func (e *Engine) throughGetter(c *ssa.Call, stop map[ssa.Value]bool, depth int) ssa.Value {
	if len(ir.Args(&c.Call)) == 0 {
		return nil
	}
	a := ir.Args(&c.Call)[0]
	switch e.G.FullName(&c.Call) {
	case "strconv.Itoa", "strconv.FormatInt", "strconv.Atoi", "(encoding/json.Number).Int64", "errors.Unwrap":
		return e.root(a, stop, depth+1)
	}
	if from := e.takenFrom(c); from != nil {
		return e.root(from, stop, depth+1)
	}
	if c.Call.Signature().Recv() == nil && !c.Call.IsInvoke() {
		if from := e.onlyCarrier(c); from != nil {
			return e.root(from, stop, depth+1)
		}
		return nil
	}
	if _, _, ok := e.G.CarrierField(a.Type()); ok {
		return e.root(a, stop, depth+1)
	}
	for s := range e.G.Catalog.Spaces {
		if e.G.HoldsCode(ir.Pointee(a.Type()), s) {
			return e.root(a, stop, depth+1)
		}
	}
	return nil
}

// onlyCarrier is the one argument of a function that can hold a code, where the function
// returns the code alone, or with whether there is one.
func (e *Engine) onlyCarrier(c *ssa.Call) ssa.Value {
	res := c.Call.Signature().Results()
	if res.Len() == 0 || res.Len() > 2 || res.Len() == 2 && !ir.IsBoolean(res.At(1).Type()) || !e.G.FitsAny(res.At(0).Type()) {
		return nil
	}
	var from ssa.Value
	for _, a := range ir.Args(&c.Call) {
		if _, _, typed := e.G.CarrierField(a.Type()); !typed && !ir.IsErrorLike(a.Type()) {
			continue
		}
		if from != nil {
			return nil
		}
		from = a
	}
	return from
}

func (e *Engine) rootOfAlloc(a *ssa.Alloc, stop map[ssa.Value]bool, depth int) ssa.Value {
	for _, s := range e.Stores(a) {
		switch {
		case s.Call != nil:
			c, ok := s.Call.(*ssa.Call)
			if !ok {
				continue
			}
			if e.G.FullName(&c.Call) == "errors.As" {
				return e.root(c.Call.Args[0], stop, depth+1)
			}
			if ir.IsDecode(c) {
				return e.rootOfData(ir.Args(&c.Call)[0], stop, depth)
			}
		case s.Val != nil && s.Field < 0 && !s.Index:
			if r := e.root(s.Val, stop, depth+1); r != nil {
				return r
			}
		}
	}
	return a
}

// rootOfData is the parameter or variable that decoded bytes come from.
func (e *Engine) rootOfData(v ssa.Value, stop map[ssa.Value]bool, depth int) ssa.Value {
	r := e.root(v, stop, depth+1)
	c, ok := r.(*ssa.Call)
	if x, is := r.(*ssa.Extract); is {
		c, ok = x.Tuple.(*ssa.Call)
	}
	if ok && ir.Std(ir.CalleePath(&c.Call)) && len(ir.Args(&c.Call)) > 0 {
		return e.rootOfData(ir.Args(&c.Call)[0], stop, depth+2)
	}
	return r
}
