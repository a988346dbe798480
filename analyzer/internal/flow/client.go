package flow

import (
	"go/types"
	"slices"
	"strings"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// ClientResponse reports whether a type is what a client library answers with, whose status
// is a method.
func (g *Graph) ClientResponse(t types.Type) bool {
	path := ir.TypePath(t)
	return path != "" && slices.ContainsFunc(g.Catalog.Origins.StatusMethods, func(m string) bool {
		return strings.HasPrefix(m, path+".")
	})
}

// StatusMethod reports whether a method of a client library tells the status.
func (g *Graph) StatusMethod(f *types.Func) bool { return f != nil && g.isStatusMethod(f) }

// ClientLibrary reports whether a package is one of a client library.
func (g *Graph) ClientLibrary(p *types.Package) bool {
	return p != nil && g.clients[p.Path()]
}

// clientLibraries are the paths of the packages that declare these methods.
func clientLibraries(methods []string) map[string]bool {
	out := make(map[string]bool)
	for _, m := range methods {
		t := m[:max(strings.LastIndexByte(m, '.'), 0)]
		out[t[:max(strings.LastIndexByte(t, '.'), 0)]] = true
	}
	return out
}

// documented reports whether a method of a client library is known by its shape: the request is
// built by methods, and the last one answers. What its source does in between is not followed.
func (g *Graph) documented(f *types.Func) bool {
	if f.Signature().Recv() == nil || !g.ClientLibrary(f.Pkg()) {
		return false
	}
	for p := range f.Signature().Params().Variables() {
		if g.ClientResponse(p.Type()) {
			return false // it fills what it is given
		}
	}
	return true
}
