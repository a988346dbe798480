package flow

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
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
	case elsewhere(&g.Catalog.Evidence, s):
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

// elsewhere reports whether a text is a path, or the beginning of one, that no documented endpoint
// has; nor is it the end of one by its suffix, or two segments of it.
func elsewhere(e *catalog.Evidence, s string) bool {
	if _, rest, ok := strings.Cut(s, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		s = "/" + path
	}
	if !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, " \t\r\n\"<>\\%{") || len(e.Paths) == 0 {
		return false
	}
	base := s
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		base = s[:i]
	}
	ends := strings.Count(base, "/") > 1
	for _, suffix := range e.Suffixes {
		if cut, ok := strings.CutSuffix(base, suffix); ok {
			base, ends = cut, true
		}
	}
	base = strings.TrimSuffix(base, "/")
	return base != "" && !slices.ContainsFunc(e.Paths, func(pattern string) bool {
		fixed, _, _ := strings.Cut(pattern, "{}")
		return strings.HasPrefix(fixed+"/", base+"/") || ends && strings.HasSuffix(pattern, base) || strings.HasPrefix(base, fixed)
	})
}

// joinedPath is what the path shows that url.JoinPath, or the method, makes of segments that are
// written out.
func (g *Graph) joinedPath(f *types.Func, args []ssa.Value) label {
	if f.Pkg().Path() != "net/url" || f.Name() != "JoinPath" {
		return label{}
	}
	var path strings.Builder
	for _, v := range ir.Varargs(args[len(args)-1]) {
		segment, ok := ir.Text(v)
		if !ok {
			return label{}
		}
		path.WriteString("/" + strings.Trim(segment, "/"))
	}
	return label{own: g.address(path.String())}
}
