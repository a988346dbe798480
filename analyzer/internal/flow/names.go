package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

func (g *Graph) sdk(path string) bool { return g.Catalog.Owns(path) }

// FullName names the callee of a call, or is "". A function that only hands its parameters
// on to one of package errors goes by the name of that.
func (g *Graph) FullName(c *ssa.CallCommon) string {
	if f := g.FuncFact(c); f != nil && f.Like != "" {
		return f.Like
	}
	return g.fullName(ir.Callee(c))
}

// fullName is the function of that name, which spells each name once.
func (g *Graph) fullName(f *types.Func) string {
	name, ok := g.names[f]
	if !ok {
		name = ir.FullNameOf(f)
		g.names[f] = name
	}
	return name
}

// NameOf is FullName of a function that the syntax calls.
func (g *Graph) NameOf(f *types.Func) string {
	if f != nil && f.Pkg() != nil && f.Pkg() != g.Pkg {
		if told := g.Facts(f.Pkg()).Func(ir.FuncName(f.Origin())); told != nil && told.Like != "" {
			return told.Like
		}
	}
	return ir.FullNameOf(f)
}

// MethodSpace returns the space whose codes every method of that name returns that is
// known to return one: here, or in the vendor's SDK.
func (g *Graph) MethodSpace(name string) (int, bool) {
	for _, p := range g.Pkg.Imports() {
		f := g.Facts(p)
		if f == nil || !g.sdk(p.Path()) {
			continue
		}
		for i := range f.Funcs {
			if fn := &f.Funcs[i]; strings.HasSuffix(fn.Name, ")."+name) {
				if r := fn.Result(0); r != nil && r.Code > 0 {
					return r.Code - 1, true
				}
			}
		}
	}
	return 0, false
}
