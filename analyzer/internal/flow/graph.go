package flow

import (
	"go/types"
	"iter"
	"maps"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
	"github.com/go-retcode/retcode/analyzer/internal/program"
)

// Input is what the graph is built from.
type Input struct {
	*program.Program
	Catalog  *catalog.Catalog
	Origins  *origin.Table
	Facts    func(*types.Package) *fact.Package // the fact of a package, or nil
	Evidence bool                               // the package shows that it talks to this API
}

// Graph is what flows where in one package.
type Graph struct {
	Input
	codeFields
	callGraph

	labels  map[any]*label
	meant   map[*ssa.Parameter]bool // parameters that are codes by declaration or forwarding
	fixed   map[*ssa.Parameter]bool // those of them that are, whatever number they are given
	status  int                     // the space of HTTP status codes, or -1
	byPath  map[string]*types.Package
	clients map[string]bool // paths of client libraries
	changed bool
	allSeen bool // every function value has the functions that flow to it
	asked   bool // every answer has the label of what was asked, and the package's evidence counts
}

// codeFields are the fields that may hold codes and carriers.
type codeFields struct {
	envelopes map[*types.Var]*envelope
	foreign   map[*types.Var]int        // code fields found by other packages' facts
	declared  map[*types.Var]bool       // those of them that a directive declares
	holders   map[*types.Var]fact.Bits  // fields of other packages that hold a carrier
	decoded   map[types.Type]*types.Var // fields that JSON decodes a code into
}

// callGraph is who calls the functions of the package, and what functions are called.
type callGraph struct {
	callers map[*ssa.Function][]ssa.CallInstruction
	entered map[entry]bool // the callers again
	names   map[*types.Func]string
}

// Build follows every label to its fixed point.
func Build(in Input) *Graph {
	g := &Graph{
		Input: in,
		codeFields: codeFields{
			envelopes: make(map[*types.Var]*envelope),
			declared:  make(map[*types.Var]bool),
			holders:   make(map[*types.Var]fact.Bits),
			decoded:   make(map[types.Type]*types.Var),
		},
		callGraph: callGraph{
			callers: make(map[*ssa.Function][]ssa.CallInstruction),
			entered: make(map[entry]bool),
			names:   make(map[*types.Func]string),
		},
		labels:  make(map[any]*label),
		meant:   make(map[*ssa.Parameter]bool),
		fixed:   make(map[*ssa.Parameter]bool),
		clients: clientLibraries(in.Catalog.Origins.StatusMethods),
		status:  in.Catalog.Index(in.Catalog.Origins.StatusSpace),
	}

	g.foreign = g.foreignFields()
	g.solve()
	return g
}

// Targets lists the functions of this package that a call can reach: the static callee,
// the methods that implement an interface's method, or the functions that flow to the value.
// complete is false if there may be others.
func (g *Graph) Targets(c *ssa.CallCommon) (fns []*ssa.Function, complete bool) {
	if fn := c.StaticCallee(); fn != nil {
		if l := g.Local(fn); l != nil {
			return []*ssa.Function{l}, true
		}
		return nil, false
	}
	if c.IsInvoke() {
		fns = g.Implementing(c)
		return fns, len(fns) > 0
	}
	l := g.peek(c.Value)
	for _, fn := range l.fns {
		if ir.Callable(fn, c.Signature()) {
			fns = append(fns, fn)
		}
	}
	return fns, len(fns) > 0 && !l.anyFn
}

// IsSink reports whether a parameter is meant to be a code: declared, of the vendor's SDK,
// or forwarded to one that is.
func (g *Graph) IsSink(p *ssa.Parameter) bool { return g.meant[p] }

// DeclaredField returns the space of a field that a directive declares in another package.
func (g *Graph) DeclaredField(v *types.Var) (int, bool) {
	s, ok := g.foreign[v.Origin()]
	return s, ok && s >= 0 && g.declared[v.Origin()]
}

// Package returns the package of that path that this one imports over any number of steps.
func (g *Graph) Package(path string) *types.Package { return g.byPath[path] }

// Imported yields the packages that this one imports over any number of steps, and itself.
func (g *Graph) Imported() iter.Seq[*types.Package] { return maps.Values(g.byPath) }

// Callers lists the calls of fn seen in this package.
func (g *Graph) Callers(fn *ssa.Function) []ssa.CallInstruction { return g.callers[fn] }

func (g *Graph) foreignFields() map[*types.Var]int {
	out := make(map[*types.Var]int)
	seen := make(map[*types.Package]bool)
	byPath := map[string]*types.Package{g.Pkg.Path(): g.Pkg}
	g.byPath = byPath
	var all []*types.Package
	var walk func(*types.Package)
	walk = func(p *types.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		all = append(all, p)
		byPath[p.Path()] = p
		for _, q := range p.Imports() {
			walk(q)
		}
	}
	for _, p := range g.Pkg.Imports() {
		walk(p)
	}
	for _, p := range all {
		f := g.Facts(p)
		if f == nil {
			continue
		}
		for _, s := range f.Errors {
			g.put(integerError(s.Name), label{spaces: 1 << s.Space})
		}
		for _, s := range f.Holds {
			if v := lookupField(byPath, s.Name); v != nil {
				g.holders[v] |= fact.Carrier(s.Space)
			}
		}
		for _, s := range f.Fields {
			if v := lookupField(byPath, s.Name); v != nil {
				if old, ok := out[v]; ok && old != s.Space {
					out[v] = -1
					continue
				}
				out[v] = s.Space
				g.declared[v] = s.Declared
			}
		}
	}
	return out
}
