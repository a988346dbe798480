package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// Input is what the graph is built from.
type Input struct {
	Fset     *token.FileSet
	Files    []*ast.File
	Pkg      *types.Package
	Info     *types.Info
	Catalog  *catalog.Catalog
	Origins  *origin.Table
	Facts    func(*types.Package) *fact.Package // the fact of a package, or nil
	Evidence bool                               // the package shows that it talks to this API
	Skip     func(*ast.File) bool               // files that add no flow
}

// Graph is what flows where in one package.
type Graph struct {
	Input
	Prog  *ssa.Program
	SSA   *ssa.Package
	Funcs []*ssa.Function // source functions and closures, in the order of the source

	exprs     map[ast.Expr]ssa.Value
	labels    map[any]*label
	known     map[*ssa.Function]bool
	envelopes map[*types.Var]*envelope
	foreign   map[*types.Var]int  // code fields found by other packages' facts
	declared  map[*types.Var]bool // those of them that a directive declares
	callers   map[*ssa.Function][]ssa.CallInstruction
	entered   map[entry]bool // the callers again
	methods   map[string][]*ssa.Function
	made      map[*types.TypeName][]types.Type // what values of the package's interfaces are made of
	status    int                              // the space of HTTP status codes, or -1
	holders   map[*types.Var]fact.Bits         // fields of other packages that hold a carrier
	byPath    map[string]*types.Package
	decoded   map[types.Type]*types.Var // fields that JSON decodes a code into
	meant     map[*ssa.Parameter]bool   // parameters that are codes by declaration or forwarding
	fixed     map[*ssa.Parameter]bool   // those of them that are, whatever number they are given
	names     map[*types.Func]string
	implement map[invocation][]*ssa.Function
	clients   map[string]bool // paths of client libraries
	changed   bool
	allSeen   bool // every function value has the functions that flow to it
}

// Build makes the SSA of the package and follows every label to its fixed point.
func Build(in Input) *Graph {
	g := &Graph{
		Input:     in,
		exprs:     make(map[ast.Expr]ssa.Value),
		labels:    make(map[any]*label),
		known:     make(map[*ssa.Function]bool),
		envelopes: make(map[*types.Var]*envelope),
		callers:   make(map[*ssa.Function][]ssa.CallInstruction),
		entered:   make(map[entry]bool),
		methods:   make(map[string][]*ssa.Function),
		made:      make(map[*types.TypeName][]types.Type),
		declared:  make(map[*types.Var]bool),
		holders:   make(map[*types.Var]fact.Bits),
		decoded:   make(map[types.Type]*types.Var),
		meant:     make(map[*ssa.Parameter]bool),
		fixed:     make(map[*ssa.Parameter]bool),
		names:     make(map[*types.Func]string),
		implement: make(map[invocation][]*ssa.Function),
		clients:   clientLibraries(in.Catalog.Origins.StatusMethods),
		status:    -1,
	}
	for i, s := range in.Catalog.Spaces {
		if s.Constants == "net/http" {
			g.status = i
		}
	}
	g.buildSSA()
	g.foreign = g.foreignFields()
	g.solve()
	return g
}

func (g *Graph) buildSSA() {
	g.Prog = ssa.NewProgram(g.Fset, ssa.GlobalDebug)
	for _, p := range g.Pkg.Imports() {
		g.Prog.CreatePackage(p, nil, nil, true)
	}
	g.SSA = g.Prog.CreatePackage(g.Pkg, g.Files, g.Info, false)
	g.SSA.Build()

	if init := g.SSA.Func("init"); init != nil {
		g.add(init)
	}
	for _, f := range g.Files {
		if g.Skip != nil && g.Skip(f) {
			continue
		}
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok {
				g.noteAsserted(d)
				continue
			}
			if obj, ok := g.Info.Defs[decl.Name].(*types.Func); ok {
				if fn := g.Prog.FuncValue(obj); fn != nil {
					g.add(fn)
				} else if decl.Name.Name == "init" && decl.Recv == nil {
					g.addInit(obj)
				}
			}
		}
	}
	for _, fn := range g.Funcs {
		if recv := fn.Signature.Recv(); recv != nil {
			g.methods[fn.Name()] = append(g.methods[fn.Name()], fn)
		}
	}
}

// addInit finds a declared init function, which has no name that SSA can look up.
func (g *Graph) addInit(obj *types.Func) {
	for _, m := range g.SSA.Members {
		if fn, ok := m.(*ssa.Function); ok && fn.Object() == obj {
			g.add(fn)
		}
	}
}

func (g *Graph) add(fn *ssa.Function) {
	if fn == nil || g.known[fn] || fn.Blocks == nil {
		return
	}
	g.known[fn] = true
	g.Funcs = append(g.Funcs, fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.DebugRef:
				if !instr.IsAddr {
					g.exprs[instr.Expr] = instr.X
				} else if _, ok := g.exprs[instr.Expr]; !ok {
					g.exprs[instr.Expr] = instr.X
				}
			case *ssa.MakeClosure:
				if c, ok := instr.Fn.(*ssa.Function); ok && c.Synthetic != "" {
					g.add(c)
				}
			case *ssa.MakeInterface:
				g.noteMade(instr)
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		g.add(anon)
	}
}

// Local returns the function of this package behind fn (the generic one for an
// instance), or nil if its body is not here.
func (g *Graph) Local(fn *ssa.Function) *ssa.Function {
	if fn == nil {
		return nil
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if g.known[fn] {
		return fn
	}
	return nil
}

// Value returns the SSA value of an expression, or nil (in dead code).
func (g *Graph) Value(e ast.Expr) ssa.Value {
	if v, ok := g.exprs[e]; ok {
		return v
	}
	return g.exprs[ast.Unparen(e)]
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
		fns = g.implementing(c)
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

// An invocation is a method of an interface, as a call asks for it.
type invocation struct {
	iface  types.Type
	method *types.Func
}

// implementing lists the methods of this package that implement the one that a call asks an
// interface of this package for.
func (g *Graph) implementing(c *ssa.CallCommon) []*ssa.Function {
	iface, ok := c.Value.Type().Underlying().(*types.Interface)
	if !ok || c.Method.Pkg() != g.Pkg {
		return nil
	}
	key := invocation{c.Value.Type(), c.Method}
	fns, known := g.implement[key]
	if !known {
		for _, m := range g.methods[c.Method.Name()] {
			if recv := m.Signature.Recv().Type(); types.Implements(recv, iface) || types.Implements(types.NewPointer(recv), iface) {
				fns = append(fns, m)
			}
		}
		g.implement[key] = fns
	}
	return fns
}

// Meant reports whether a parameter is meant to be a code: declared, of the vendor's SDK,
// or forwarded to one that is.
func (g *Graph) Meant(p *ssa.Parameter) bool { return g.meant[p] }

// DeclaredField returns the space of a field that a directive declares in another package.
func (g *Graph) DeclaredField(v *types.Var) (int, bool) {
	s, ok := g.foreign[v.Origin()]
	return s, ok && s >= 0 && g.declared[v.Origin()]
}

// Package returns the package of that path that this one imports over any number of steps.
func (g *Graph) Package(path string) *types.Package { return g.byPath[path] }

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
