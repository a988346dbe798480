package flow

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// markSigned labels the requests on which fn sets every header that the API asks for.
func (g *Graph) markSigned(fn *ssa.Function) {
	var found []string
	var bases []ssa.Value
	note := func(name, base ssa.Value) {
		c, ok := name.(*ssa.Const)
		if !ok || c.Value == nil || c.Value.Kind() != constant.String {
			return
		}
		h := constant.StringVal(c.Value)
		if _, ok := g.Catalog.Evidence.Header(h); !ok {
			return
		}
		found = append(found, h)
		bases = append(bases, base)
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.MapUpdate:
				note(i.Key, i.Map)
			case ssa.CallInstruction:
				c := i.Common()
				if f := ir.Callee(c); f != nil && f.Signature().Recv() != nil && setsHeader(f) {
					if args := ir.Args(c); len(args) >= 3 {
						note(args[1], args[0])
					}
				}
			}
		}
	}
	if !g.Catalog.Evidence.Signed(found) {
		return
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
