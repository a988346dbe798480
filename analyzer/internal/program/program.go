package program

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Input is what a program is built from.
type Input struct {
	Fset  *token.FileSet
	Files []*ast.File
	Pkg   *types.Package
	Info  *types.Info
	Skip  func(*ast.File) bool // files whose functions are left out, or nil
}

// Program is the SSA of one package. It is the same for every catalog.
type Program struct {
	Pkg   *types.Package
	Info  *types.Info
	Prog  *ssa.Program
	SSA   *ssa.Package
	Funcs []*ssa.Function // source functions and closures, in the order of the source

	exprs     map[ast.Expr]ssa.Value
	known     map[*ssa.Function]bool
	methods   map[string][]*ssa.Function
	made      map[*types.TypeName][]types.Type // what values of the package's interfaces are made of
	implement map[invocation][]*ssa.Function
}

// Build makes the SSA of a package.
func Build(in Input) *Program {
	p := &Program{
		Pkg:       in.Pkg,
		Info:      in.Info,
		exprs:     make(map[ast.Expr]ssa.Value),
		known:     make(map[*ssa.Function]bool),
		methods:   make(map[string][]*ssa.Function),
		made:      make(map[*types.TypeName][]types.Type),
		implement: make(map[invocation][]*ssa.Function),
	}
	p.build(in)
	return p
}

func (p *Program) build(in Input) {
	p.Prog = ssa.NewProgram(in.Fset, ssa.GlobalDebug)
	for _, dep := range in.Pkg.Imports() {
		p.Prog.CreatePackage(dep, nil, nil, true)
	}
	p.SSA = p.Prog.CreatePackage(p.Pkg, in.Files, p.Info, false)
	p.SSA.Build()

	if init := p.SSA.Func("init"); init != nil {
		p.add(init)
	}
	for _, f := range in.Files {
		if in.Skip != nil && in.Skip(f) {
			continue
		}
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok {
				p.noteAsserted(d)
				continue
			}
			if obj, ok := p.Info.Defs[decl.Name].(*types.Func); ok {
				if fn := p.Prog.FuncValue(obj); fn != nil {
					p.add(fn)
				} else if decl.Name.Name == "init" && decl.Recv == nil {
					p.addInit(obj)
				}
			}
		}
	}
	for _, fn := range p.Funcs {
		if recv := fn.Signature.Recv(); recv != nil {
			p.methods[fn.Name()] = append(p.methods[fn.Name()], fn)
		}
	}
}

// addInit finds a declared init function, which has no name that SSA can look up.
func (p *Program) addInit(obj *types.Func) {
	for _, m := range p.SSA.Members {
		if fn, ok := m.(*ssa.Function); ok && fn.Object() == obj {
			p.add(fn)
		}
	}
}

func (p *Program) add(fn *ssa.Function) {
	if fn == nil || p.known[fn] || fn.Blocks == nil {
		return
	}
	p.known[fn] = true
	p.Funcs = append(p.Funcs, fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.DebugRef:
				if !instr.IsAddr {
					p.exprs[instr.Expr] = instr.X
				} else if _, ok := p.exprs[instr.Expr]; !ok {
					p.exprs[instr.Expr] = instr.X
				}
			case *ssa.MakeClosure:
				if c, ok := instr.Fn.(*ssa.Function); ok && c.Synthetic != "" {
					p.add(c)
				}
			case *ssa.MakeInterface:
				p.noteMade(instr)
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		p.add(anon)
	}
}

// Local returns the function of this package behind fn (the generic one for an
// instance), or nil if its body is not here.
func (p *Program) Local(fn *ssa.Function) *ssa.Function {
	if fn == nil {
		return nil
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if p.known[fn] {
		return fn
	}
	return nil
}

// Value returns the SSA value of an expression, or nil (in dead code).
func (p *Program) Value(e ast.Expr) ssa.Value {
	if v, ok := p.exprs[e]; ok {
		return v
	}
	return p.exprs[ast.Unparen(e)]
}

// An invocation is a method of an interface, as a call asks for it.
type invocation struct {
	iface  types.Type
	method *types.Func
}

// Implementing lists the methods of this package that implement the one that a call asks an
// interface of this package for.
func (p *Program) Implementing(c *ssa.CallCommon) []*ssa.Function {
	iface, ok := c.Value.Type().Underlying().(*types.Interface)
	if !ok || c.Method.Pkg() != p.Pkg {
		return nil
	}
	key := invocation{c.Value.Type(), c.Method}
	fns, known := p.implement[key]
	if !known {
		for _, m := range p.methods[c.Method.Name()] {
			if recv := m.Signature.Recv().Type(); types.Implements(recv, iface) || types.Implements(types.NewPointer(recv), iface) {
				fns = append(fns, m)
			}
		}
		p.implement[key] = fns
	}
	return fns
}

// noteMade notes the types that values of this package's interfaces are made of.
func (p *Program) noteMade(i *ssa.MakeInterface) { p.noteType(i.Type(), i.X.Type()) }

// noteAsserted notes the type of var _ Interface = value, for which there is no SSA.
func (p *Program) noteAsserted(d ast.Decl) {
	decl, ok := d.(*ast.GenDecl)
	if !ok || decl.Tok != token.VAR {
		return
	}
	for _, s := range decl.Specs {
		spec, ok := s.(*ast.ValueSpec)
		if !ok || spec.Type == nil {
			continue
		}
		for i, v := range spec.Values {
			if t := p.Info.TypeOf(v); i < len(spec.Names) && spec.Names[i].Name == "_" && t != nil && !types.IsInterface(t) {
				p.noteType(p.Info.TypeOf(spec.Type), t)
			}
		}
	}
}

func (p *Program) noteType(iface, t types.Type) {
	n, ok := types.Unalias(iface).(*types.Named)
	if !ok || n.Obj().Pkg() != p.Pkg {
		return
	}
	obj := n.Origin().Obj()
	if !slices.ContainsFunc(p.made[obj], func(x types.Type) bool { return types.Identical(x, t) }) {
		p.made[obj] = append(p.made[obj], t)
	}
}

// MadeOf lists the types that values of an interface of this package are made of.
func (p *Program) MadeOf(n *types.Named) []types.Type { return p.made[n.Origin().Obj()] }
