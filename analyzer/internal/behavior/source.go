package behavior

import (
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// Shape is what kind of carrier a source yields.
type Shape uint8

// The shapes.
const (
	Err      Shape = iota // an error that holds the code, nil on success
	Response              // a response, its bytes, or a decoded value
	Number                // the code itself
	Quoted                // its text form
)

// Source is one event that yields one carrier. What its propagation decides is the dispatch.
type Source struct {
	Fn      *ssa.Function
	Space   int
	Shape   Shape
	Instr   ssa.Instruction     // the event: a call, a decoding, the first use of a variable
	Call    ssa.CallInstruction // the call that produced the carrier here, or nil
	Result  int
	From    ssa.CallInstruction // the call that yields the carrier, where Call only runs it
	Decoded bool                // the event fills the variable that its argument points to
	Outer   bool                // the carrier is a parameter, captured or a package variable
	Dropped bool                // no use of the result is in the program
	vals    map[ssa.Value]bool
	beside  map[ssa.Value]bool // responses beside an error that hold the code too
	errors  map[ssa.Value]bool // errors beside a response, nil where it holds a code
	codes   map[ssa.Value]bool // the code itself beside a response
	parts   map[ssa.Value]bool // codes of the other space beside a response
}

func (s *Source) binds(v ssa.Value) bool {
	return s.vals[v] || s.beside[v] || s.errors[v] || s.codes[v] || s.parts[v]
}

// at is what a bound value is in a propagation.
func (s *Source) at(r *run, v ssa.Value) Value {
	switch {
	case s.beside[v]:
		return Value{Kind: Carrier}
	case s.errors[v]:
		return null
	case s.codes[v]:
		return intVal(r.code)
	case s.parts[v]:
		return Value{Kind: Carrier, Part: true}
	}
	return s.value(r)
}

// value is what the carrier is in a propagation.
func (s *Source) value(r *run) Value {
	switch s.Shape {
	case Err:
		if r.success {
			return Value{Kind: Nil, Depends: true}
		}
		return Value{Kind: Carrier}
	case Number:
		return intVal(r.code)
	case Quoted:
		return textForm(intVal(r.code))
	}
	return Value{Kind: Carrier}
}

// Sources lists the carriers that appear in a function, in the order of its blocks.
func (e *Engine) Sources(fn *ssa.Function) []*Source {
	if s, ok := e.sources[fn]; ok {
		return s
	}
	e.sources[fn] = nil // for those who ask while they are being found: helpers that call each other
	var out []*Source
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if c, ok := instr.(ssa.CallInstruction); ok {
				out = append(out, e.callSources(fn, c)...)
			}
		}
	}
	all := slices.Clone(out)
	out = e.dropMade(e.dropTaken(dropAnswered(out)))
	out = append(out, e.outerSources(fn, out, all)...)
	e.sources[fn] = out
	return out
}

// dropAnswered drops an HTTP response whose request also yields the body, which decides.
func dropAnswered(list []*Source) []*Source {
	return slices.DeleteFunc(list, func(s *Source) bool {
		if s.Shape != Response || s.Decoded || flow.TypePath(s.Call.Common().Signature().Results().At(s.Result).Type()) != "net/http.Response" {
			return false
		}
		return slices.ContainsFunc(list, func(o *Source) bool {
			return o != s && o.Shape == Response && !o.Decoded && o.Call != nil && o.Call != s.Call && sharesRequest(s.Call.Common(), o.Call.Common())
		})
	})
}

// dropTaken drops an HTTP response that a method takes out of what another call answered: the
// code of that answer, or of the error beside it, decides.
func (e *Engine) dropTaken(list []*Source) []*Source {
	return slices.DeleteFunc(list, func(s *Source) bool {
		if s.Decoded || flow.TypePath(s.Call.Common().Signature().Results().At(s.Result).Type()) != "net/http.Response" {
			return false
		}
		args := flow.Args(s.Call.Common())
		if len(args) != 1 || !s.Call.Common().IsInvoke() && s.Call.Common().Signature().Recv() == nil {
			return false
		}
		root := e.root(args[0], nil, 0)
		if x, ok := root.(*ssa.Extract); ok {
			root = x.Tuple
		}
		return slices.ContainsFunc(list, func(o *Source) bool {
			return o != s && o.Call != nil && o.Call != s.Call && root == ssa.Value(o.Call.Value())
		})
	})
}

// dropMade drops a response that a helper makes of another one's carrier, as bytes that it
// decodes: what becomes of it is followed from there.
func (e *Engine) dropMade(list []*Source) []*Source {
	var out []*Source
	for _, s := range list {
		made := (s.Shape == Response || s.Shape == Number) && !s.Decoded && len(s.vals) > 0
		for v := range s.vals {
			made = made && e.heldBy(out, v)
		}
		if !made {
			out = append(out, s)
		}
	}
	return out
}

// sharesRequest reports whether two calls are methods of one request.
func sharesRequest(a, b *ssa.CallCommon) bool {
	x, y := flow.Args(a), flow.Args(b)
	return a.Signature().Recv() != nil && b.Signature().Recv() != nil && len(x) > 0 && len(y) > 0 && x[0] == y[0] &&
		flow.TypePath(x[0].Type()) != "net/http.Client"
}

// callSources are the carriers that a call yields: its errors that can hold a code, else
// its response.
func (e *Engine) callSources(fn *ssa.Function, c ssa.CallInstruction) []*Source {
	common := c.Common()
	if s := e.decodeSource(fn, c); s != nil {
		return []*Source{s}
	}
	if s := e.capturedSource(fn, c); s != nil {
		return []*Source{s}
	}
	var errs, rest []*Source
	n := common.Signature().Results().Len()
	for i := range n {
		space, shape, ok := e.yields(c, i)
		if !ok {
			if s := e.fieldSource(fn, c, i, n); s != nil {
				errs = append(errs, s)
			}
			continue
		}
		s := &Source{Fn: fn, Space: space, Shape: shape, Instr: c, Call: c, Result: i, vals: resultValues(c, i, n)}
		s.Dropped = len(s.vals) == 0
		if shape == Err {
			errs = append(errs, s)
		} else {
			rest = append(rest, s)
		}
	}
	if len(errs) > 0 {
		for _, s := range errs {
			s.beside = make(map[ssa.Value]bool)
			for i := range n {
				if _, sp, ok := e.G.CarrierField(common.Signature().Results().At(i).Type()); ok && sp == s.Space && i != s.Result {
					maps.Copy(s.beside, resultValues(c, i, n))
				}
			}
		}
		return errs
	}
	s := e.answerSource(fn, c, rest)
	if s == nil && len(rest) == 0 {
		s = e.freshSource(fn, c)
	}
	if s == nil || e.runsGiven(c) {
		return nil
	}
	s.errors = make(map[ssa.Value]bool)
	for i := range n {
		if flow.IsError(common.Signature().Results().At(i).Type()) {
			maps.Copy(s.errors, resultValues(c, i, n))
		}
	}
	return []*Source{s}
}

// fieldSource is the error in a struct that a call returns, as that of a Result[T], where
// nothing is done with the struct but to read its fields.
func (e *Engine) fieldSource(fn *ssa.Function, c ssa.CallInstruction, i, n int) *Source {
	t := c.Common().Signature().Results().At(i).Type()
	s := flow.StructOf(t)
	bits := e.resultBits(c, i)
	if s == nil || isErrorLike(t) || bits&fact.Carriers == 0 || bits&fact.Foreign != 0 {
		return nil
	}
	index := -1
	for k := range s.NumFields() {
		if flow.IsError(s.Field(k).Type()) {
			if index >= 0 {
				return nil
			}
			index = k
		} else if e.mayHold(s.Field(k).Type()) {
			return nil // the code may be looked at there
		}
	}
	if index < 0 {
		return nil
	}
	loads := make(map[ssa.Value]bool)
	for v := range resultValues(c, i, n) {
		if !readsField(v, index, loads) {
			return nil
		}
	}
	if len(loads) == 0 {
		return nil
	}
	for _, space := range e.spaces() {
		if bits&fact.Carrier(space) != 0 && e.G.FieldBits(s.Field(index))&fact.Carrier(space) != 0 {
			return &Source{Fn: fn, Space: space, Shape: Err, Instr: c, Call: c, Result: i, vals: loads}
		}
	}
	return nil
}

// readsField adds the reads of a field of a struct, and reports whether it is only read.
func readsField(v ssa.Value, index int, loads map[ssa.Value]bool) bool {
	for _, ref := range *v.Referrers() {
		switch x := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Field:
			if x.Field == index {
				loads[x] = true
			}
		case *ssa.FieldAddr:
			if x.Field != index {
				continue
			}
			for _, use := range *x.Referrers() {
				switch u := use.(type) {
				case *ssa.DebugRef:
				case *ssa.UnOp:
					loads[u] = true
				default:
					return false
				}
			}
		case *ssa.Store:
			a, ok := x.Addr.(*ssa.Alloc)
			if x.Addr == v {
				continue // the variable is filled
			}
			if !ok || len(wholeStores(a)) != 1 || !readsField(a, index, loads) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// wholeStores lists the stores of a variable as a whole.
func wholeStores(a *ssa.Alloc) []*ssa.Store {
	var out []*ssa.Store
	for _, ref := range *a.Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == ssa.Value(a) {
			out = append(out, s)
		}
	}
	return out
}

func resultValues(c ssa.CallInstruction, i, n int) map[ssa.Value]bool {
	v, ok := c.(*ssa.Call)
	if !ok {
		return nil
	}
	out := make(map[ssa.Value]bool)
	if n == 1 {
		if used(v) {
			out[v] = true
		}
		return out
	}
	for _, ref := range *v.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && x.Index == i && used(x) {
			out[x] = true
		}
	}
	return out
}

func used(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); !ok {
			return true
		}
	}
	return false
}

func isDecode(c *ssa.Call) bool { return isDecoding(flow.FullName(&c.Call)) }

func isDecoding(name string) bool {
	switch name {
	case "encoding/json.Unmarshal", "(*encoding/json.Decoder).Decode":
		return true
	}
	return false
}
