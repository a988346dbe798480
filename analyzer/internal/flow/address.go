package flow

import (
	"go/constant"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// address is what a text shows that may be one, or a part of one.
func (g *Graph) address(s string) fact.Bits {
	switch {
	case g.Catalog.Evidence.Constant(s):
		return fact.Request
	case g.knowsHosts() && foreignURL(s):
		return fact.Foreign
	case g.Catalog.Evidence.Elsewhere(s):
		return fact.Path
	}
	return 0
}

// knowsHosts reports whether the catalog says where the API is, so that another address is
// somebody else's.
func (g *Graph) knowsHosts() bool {
	return g.Catalog.Package == "" || len(g.Catalog.Evidence.Hosts)+len(g.Catalog.Evidence.Paths) > 0
}

func foreignURL(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	return ok && rest != "" && rest[0] != '%' && rest[0] != '{'
}

// joinedPath is what the path shows that url.JoinPath, or the method, makes of segments that are
// written out.
func (g *Graph) joinedPath(f *types.Func, args []ssa.Value) label {
	if f.Pkg().Path() != "net/url" || f.Name() != "JoinPath" {
		return label{}
	}
	var path strings.Builder
	for _, v := range ir.Varargs(args[len(args)-1]) {
		c, ok := v.(*ssa.Const)
		if !ok || c.Value == nil || c.Value.Kind() != constant.String {
			return label{}
		}
		path.WriteString("/" + strings.Trim(constant.StringVal(c.Value), "/"))
	}
	return label{own: g.address(path.String())}
}
