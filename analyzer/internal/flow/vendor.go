package flow

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Inspected reports whether libraries hide the calls of the API: an error carries a code where
// it is asked for one.
func (g *Graph) Inspected() bool { return g.Catalog.Nature == catalog.Inspected }

// vendor flows through a function or method of the API's libraries by what the catalog says.
func (g *Graph) vendor(c *ssa.CallCommon, args []ssa.Value, v *ssa.Call) bool {
	f := ir.Callee(c)
	if v == nil || f == nil {
		return false
	}
	n := ir.ResultCount(c)
	set := func(space int) bool {
		for i := range n {
			l := label{other: true}
			if i == 0 && space >= 0 {
				l = label{spaces: 1 << space}
			}
			g.setResult(v, i, n, l)
		}
		return true
	}
	if fn, ok := g.Origins.Function(f); ok {
		return set(g.Catalog.Index(fn.Space))
	}
	if space, ok := g.Origins.Method(f); ok {
		return set(space)
	}
	if k, ok := g.Origins.Constructor(f); ok && n == 1 {
		g.setResult(v, 0, n, label{own: fact.Carrier(g.Catalog.Index(k.Space))})
		return true
	}
	if g.Inspected() && len(args) == 1 && n == 1 && ir.IsString(ir.ResultType(c, 0)) && g.tells(f.Name(), args[0]) {
		g.setResult(v, 0, n, label{own: fact.Text, other: true})
		return true
	}
	return false
}

// Tells reports whether a function or method of the libraries of an inspected API only tells of
// an error, or of a code, and does nothing else.
func (g *Graph) Tells(f *types.Func) bool {
	if !g.Inspected() {
		return false
	}
	_, function := g.Origins.Function(f)
	_, method := g.Origins.Method(f)
	_, predicate := g.Origins.Predicate(f)
	_, text := g.Origins.Text(f)
	return function || method || predicate || text
}

// tells reports whether a method of that name gives the text of an error.
func (g *Graph) tells(name string, err ssa.Value) bool {
	if name == "Error" && ir.IsErrorLike(err.Type()) {
		return true
	}
	t, ok := g.Origins.CarrierType(err.Type())
	if !ok {
		return false
	}
	for _, m := range t.Messages {
		if m == name {
			return true
		}
	}
	return false
}

// ResultFrom lists the parameters of a function whose labels come to one of its results, as bits.
func (g *Graph) ResultFrom(r Given) uint64 { return g.peek(result{r.Fn, r.Result}).from }

// Speaks reports whether the package, by what it imports over any number of steps, deals with a
// dialect.
func (g *Graph) Speaks(d catalog.Dialect) bool {
	return g.imports(d.Uses)
}

// Reaches reports whether the package uses a library of the API, itself or through what it imports.
func (g *Graph) Reaches() bool {
	return g.imports(g.Catalog.Uses)
}

// imports reports whether the package imports one of those paths over any number of steps.
func (g *Graph) imports(is func(path string) bool) bool {
	for path := range g.byPath {
		if is(path) {
			return true
		}
	}
	return false
}

// Masked returns the code of which a mask makes one of another space, and that space.
func (g *Graph) Masked(i *ssa.BinOp) (code ssa.Value, space int, ok bool) {
	if i.Op != token.AND {
		return nil, 0, false
	}
	for _, p := range [][2]ssa.Value{{i.X, i.Y}, {i.Y, i.X}} {
		k, ok := p[1].(*ssa.Const)
		from, isCode := g.Space(p[0])
		if !ok || !isCode || k.Value == nil || k.Value.Kind() != constant.Int {
			continue
		}
		n, exact := constant.Int64Val(k.Value)
		for to, s := range g.Catalog.Spaces {
			if exact && s.Derived.From == g.Catalog.Spaces[from].Name && s.Derived.Mask == n {
				return p[0], to, true
			}
		}
	}
	return nil, 0, false
}
