package behavior

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// TypeString names a type with its import path, as facts do.
func TypeString(t types.Type) string { return types.TypeString(types.Unalias(t), nil) }

// DynamicTypes lists the types that an error result can have where it holds a code, or
// nil if that is not known.
func (e *Engine) DynamicTypes(fn *ssa.Function, result int) []string {
	d := &dynamic{e: e, seen: make(map[any]bool), known: true}
	d.function(fn, result, 0)
	if !d.known || len(d.types) == 0 {
		return nil
	}
	slices.Sort(d.types)
	return slices.Compact(d.types)
}

// ErrorTypes lists the types that the source's carrier can have, or nil.
func (e *Engine) ErrorTypes(s *Source) []string {
	if s.Shape != Err {
		return nil
	}
	d := &dynamic{e: e, seen: make(map[any]bool), known: true}
	if s.From != nil {
		return nil
	}
	if s.Call != nil {
		d.call(s.Call.Common(), s.Result, 0)
	} else {
		for v := range s.vals {
			d.value(v, 0)
		}
	}
	if !d.known || len(d.types) == 0 {
		return nil
	}
	slices.Sort(d.types)
	return slices.Compact(d.types)
}

type dynamic struct {
	e     *Engine
	types []string
	known bool
	seen  map[any]bool
}

func (d *dynamic) function(fn *ssa.Function, i, depth int) {
	key := struct {
		fn *ssa.Function
		i  int
	}{fn, i}
	if d.seen[key] {
		return
	}
	d.seen[key] = true
	if depth > 8 {
		d.known = false
		return
	}
	for _, b := range fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
			d.value(ret.Results[i], depth)
		}
	}
}

func (d *dynamic) call(c *ssa.CallCommon, i, depth int) {
	switch flow.FullName(c) {
	case "fmt.Errorf", "errors.Join":
		for _, a := range c.Args {
			d.value(a, depth+1)
		}
		return
	case "errors.Unwrap":
		d.value(c.Args[0], depth+1)
		return
	}
	if f := d.e.G.FuncFact(c); f != nil {
		r := f.Result(i)
		if r == nil || r.Holds.Own&fact.Carriers == 0 {
			if r != nil && r.Holds.From != 0 {
				d.known = false
			}
			return
		}
		if r.Types == nil {
			d.known = false
		}
		d.types = append(d.types, r.Types...)
		return
	}
	fns, complete := d.e.G.Targets(c)
	if len(fns) > 0 {
		d.known = d.known && complete
		for _, fn := range fns {
			d.function(fn, i, depth+1)
		}
		return
	}
	if f := flow.Callee(c); f == nil || f.Pkg() == nil || !flow.Std(f.Pkg().Path()) {
		d.known = false
	}
}

func (d *dynamic) value(v ssa.Value, depth int) {
	if v == nil || d.seen[v] {
		return
	}
	d.seen[v] = true
	switch x := v.(type) {
	case *ssa.Const:
	case *ssa.MakeInterface:
		for s := range d.e.G.Catalog.Spaces {
			if d.e.holdsCode(pointee(x.X.Type()), s) {
				d.types = append(d.types, TypeString(x.X.Type()))
				return
			}
		}
	case *ssa.ChangeInterface:
		d.value(x.X, depth)
	case *ssa.Phi:
		for _, edge := range x.Edges {
			d.value(edge, depth)
		}
	case *ssa.Call:
		d.call(&x.Call, 0, depth)
	case *ssa.Extract:
		if c, ok := x.Tuple.(*ssa.Call); ok {
			d.call(&c.Call, x.Index, depth)
			return
		}
		d.known = false
	case *ssa.Slice:
		d.value(x.X, depth)
	case *ssa.Parameter:
		d.param(x, depth)
	case *ssa.Alloc:
		for _, s := range d.e.stores(x) {
			if s.val != nil {
				d.value(s.val, depth)
			} else if s.outside {
				d.known = false
			}
		}
	case *ssa.UnOp:
		if a, ok := x.X.(*ssa.Alloc); ok {
			d.value(a, depth)
			return
		}
		if d.e.G.Bits(x)&fact.Carriers != 0 {
			d.known = false
		}
	default:
		d.known = false
	}
}

// param is what the callers of an unexported function hand to it.
func (d *dynamic) param(p *ssa.Parameter, depth int) {
	fn := p.Parent()
	obj, ok := fn.Object().(*types.Func)
	callers := d.e.G.Callers(fn)
	if !ok || obj.Exported() || len(callers) == 0 || depth > 8 {
		d.known = false
		return
	}
	for _, c := range callers {
		args := flow.Args(c.Common())
		for i, q := range fn.Params {
			if q == p && i < len(args) {
				d.value(args[i], depth+1)
			}
		}
	}
}
