package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// implementation is the method of another package that a call of an interface of this one
// runs: that of the only type that this package makes such a value of, or says to be one.
func (g *Graph) implementation(c *ssa.CallCommon) *types.Func {
	n, ok := types.Unalias(c.Value.Type()).(*types.Named)
	if !ok {
		return nil
	}
	made := g.made[n.Origin().Obj()]
	if len(made) != 1 || len(g.implementing(c)) > 0 {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(made[0], false, c.Method.Pkg(), c.Method.Name())
	f, _ := obj.(*types.Func)
	return f
}

// noteMade notes the types that values of this package's interfaces are made of.
func (g *Graph) noteMade(i *ssa.MakeInterface) { g.noteType(i.Type(), i.X.Type()) }

// noteAsserted notes the type of var _ Interface = value, for which there is no SSA.
func (g *Graph) noteAsserted(d ast.Decl) {
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
			if t := g.Info.TypeOf(v); i < len(spec.Names) && spec.Names[i].Name == "_" && t != nil && !types.IsInterface(t) {
				g.noteType(g.Info.TypeOf(spec.Type), t)
			}
		}
	}
}

func (g *Graph) noteType(iface, t types.Type) {
	n, ok := types.Unalias(iface).(*types.Named)
	if !ok || n.Obj().Pkg() != g.Pkg {
		return
	}
	obj := n.Origin().Obj()
	if !slices.ContainsFunc(g.made[obj], func(x types.Type) bool { return types.Identical(x, t) }) {
		g.made[obj] = append(g.made[obj], t)
	}
}
