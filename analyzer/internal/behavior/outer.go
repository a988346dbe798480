package behavior

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// outerSources are the carriers that a function looks at but did not produce: parameters,
// captured and package variables, elements. They are found from where a code is used; of what
// calls yield, all is known, also where another source has taken its place among the inner ones.
func (e *Engine) outerSources(fn *ssa.Function, inner, all []*Source) []*Source {
	covered := make(map[ssa.Value]bool)
	for _, s := range all {
		for v := range s.vals {
			covered[v] = true
		}
		for v := range s.codes {
			covered[v] = true
		}
		if s.Decoded {
			if t, _ := e.decodeTarget(s.Call0()); t != nil {
				if a, ok := rootAlloc(t); ok {
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
	var out []*Source
	use := func(v ssa.Value, at ssa.Instruction) {
		switch v.Type().Underlying().(type) {
		case *types.Basic, *types.Interface:
		default:
			return
		}
		space, ok := e.G.Space(v)
		if !ok {
			if space, ok = e.G.TextSpace(v); !ok {
				return
			}
		}
		root := e.root(v, covered, 0)
		if root == nil || covered[root] || seen[key{root, space}] || e.heldBy(inner, root) {
			return
		}
		seen[key{root, space}] = true
		out = append(out, &Source{
			Fn: fn, Space: space, Shape: shapeOf(root), Instr: at, Outer: true,
			vals: map[ssa.Value]bool{root: true},
		})
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.BinOp:
				if isComparison(i.Op) {
					use(i.X, i)
					use(i.Y, i)
				}
			case *ssa.Lookup:
				use(i.Index, i)
			case *ssa.Call:
				for _, a := range i.Call.Args {
					use(a, i)
				}
			}
		}
	}
	return out
}

// heldBy reports whether a value is the carrier, or the code, of another source here.
func (e *Engine) heldBy(inner []*Source, v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Call, *ssa.Extract, *ssa.Phi:
	default:
		return false
	}
	return slices.ContainsFunc(inner, func(s *Source) bool {
		return slices.ContainsFunc(e.Behaviour(s).Cases, func(c *Case) bool { return !c.Success && !s.parts[v] && c.Depends(v) })
	})
}

// Call0 is the call of a source as an *ssa.Call, or nil.
func (s *Source) Call0() *ssa.Call {
	c, _ := s.Instr.(*ssa.Call)
	return c
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

func shapeOf(root ssa.Value) Shape {
	t := root.Type()
	if _, ok := root.(*ssa.FreeVar); ok {
		t = pointee(t)
	}
	if _, ok := root.(*ssa.Global); ok {
		t = pointee(t)
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		if b.Info()&types.IsString != 0 {
			return Quoted
		}
		return Number
	}
	if isErrorLike(t) {
		return Err
	}
	return Response
}

// root is the value of this function that a code was taken from, or nil where it cannot
// be told.
func (e *Engine) root(v ssa.Value, stop map[ssa.Value]bool, depth int) ssa.Value {
	if depth > 24 || stop[v] {
		return v
	}
	switch x := v.(type) {
	case *ssa.Const:
		return nil
	case *ssa.Convert:
		return e.root(x.X, stop, depth+1)
	case *ssa.ChangeType:
		return e.root(x.X, stop, depth+1)
	case *ssa.ChangeInterface:
		return e.root(x.X, stop, depth+1)
	case *ssa.MakeInterface:
		return e.root(x.X, stop, depth+1)
	case *ssa.TypeAssert:
		return e.root(x.X, stop, depth+1)
	case *ssa.Lookup:
		if _, ok := e.G.Space(x); ok {
			return e.root(x.X, stop, depth+1)
		}
		return x
	case *ssa.Field:
		return e.root(x.X, stop, depth+1)
	case *ssa.FieldAddr:
		return e.root(x.X, stop, depth+1)
	case *ssa.UnOp:
		if x.Op != token.MUL {
			return x
		}
		return e.root(x.X, stop, depth+1)
	case *ssa.Alloc:
		return e.rootOfAlloc(x, stop, depth)
	case *ssa.Extract:
		switch t := x.Tuple.(type) {
		case *ssa.TypeAssert:
			return e.root(t.X, stop, depth+1)
		case *ssa.Lookup:
			return e.root(t.X, stop, depth+1)
		case *ssa.Call:
			if flow.FullName(&t.Call) == "errors.AsType" {
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
	case *ssa.Phi:
		return x
	}
	return v
}

// throughGetter returns the root of the carrier or code that a call takes the code from.
func (e *Engine) throughGetter(c *ssa.Call, stop map[ssa.Value]bool, depth int) ssa.Value {
	if len(flow.Args(&c.Call)) == 0 {
		return nil
	}
	a := flow.Args(&c.Call)[0]
	switch e.G.FullName(&c.Call) {
	case "strconv.Itoa", "strconv.FormatInt", "strconv.Atoi", "(encoding/json.Number).Int64", "errors.Unwrap":
		return e.root(a, stop, depth+1)
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
		if e.holdsCode(pointee(a.Type()), s) {
			return e.root(a, stop, depth+1)
		}
	}
	return nil
}

// onlyCarrier is the one argument of a function that can hold a code, where the function
// returns the code alone, or with whether there is one.
func (e *Engine) onlyCarrier(c *ssa.Call) ssa.Value {
	res := c.Call.Signature().Results()
	if res.Len() == 0 || res.Len() > 2 || res.Len() == 2 && !isBoolean(res.At(1).Type()) || !isInteger(res.At(0).Type()) {
		return nil
	}
	var from ssa.Value
	for _, a := range flow.Args(&c.Call) {
		if _, _, typed := e.G.CarrierField(a.Type()); !typed && !isErrorLike(a.Type()) {
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
	for _, s := range e.stores(a) {
		switch {
		case s.call != nil:
			c, ok := s.call.(*ssa.Call)
			if !ok {
				continue
			}
			if e.G.FullName(&c.Call) == "errors.As" {
				return e.root(c.Call.Args[0], stop, depth+1)
			}
			if isDecode(c) {
				return e.rootOfData(flow.Args(&c.Call)[0], stop, depth)
			}
		case s.val != nil && s.field < 0 && !s.index:
			if r := e.root(s.val, stop, depth+1); r != nil {
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
	if ok && flow.Std(calleePath(&c.Call)) && len(flow.Args(&c.Call)) > 0 {
		return e.rootOfData(flow.Args(&c.Call)[0], stop, depth+2)
	}
	return r
}
