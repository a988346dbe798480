package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// markSigned labels the requests on which fn sets every header that the API asks for.
func (g *Graph) markSigned(fn *ssa.Function) {
	var found []string
	var bases []ssa.Value
	var copied []*ssa.CallCommon
	note := func(name, base ssa.Value) {
		for _, h := range ir.ConstantsOf(name) {
			if _, ok := g.Catalog.Evidence.Header(h); ok {
				found = append(found, h)
				bases = append(bases, base)
			}
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.MapUpdate:
				note(i.Key, i.Map)
			case ssa.CallInstruction:
				c := i.Common()
				f, args := ir.Callee(c), ir.Args(c)
				switch {
				case f == nil:
				case f.Signature().Recv() != nil && setsHeader(f) && len(args) >= 3:
					note(args[1], args[0])
				case ir.FullNameOf(f) == "maps.Copy":
					copied = append(copied, c)
				}
			}
		}
	}
	if !g.Catalog.Evidence.Signed(found) {
		return
	}
	for _, c := range copied {
		if slices.ContainsFunc(bases, func(b ssa.Value) bool { return ir.UnderConversion(c.Args[1]) == ir.UnderConversion(b) }) {
			bases = append(bases, c.Args[0])
		}
	}
	for _, b := range bases {
		g.mark(b, fact.Request, 0)
		g.put(ir.Root(b), label{own: fact.Request})
	}
}

func setsHeader(f *types.Func) bool {
	switch f.Name() {
	case "Set", "Add", "Header", "SetHeader", "AddHeader":
		return true
	}
	return false
}
