package flow

import (
	"go/types"
	"strings"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// BodySpace is the space of the code in a body or, of an API without bodies, in an error.
func (g *Graph) BodySpace() int { return max(0, g.Catalog.Index(g.Catalog.Origins.CodeSpace)) }

// ErrorSpaces are the spaces of the codes that an error of which nothing else is known may hold: that
// of a body or, of an API without bodies, each.
func (g *Graph) ErrorSpaces() []int {
	if body := g.Catalog.Index(g.Catalog.Origins.CodeSpace); body >= 0 {
		return []int{body}
	}
	all := make([]int, len(g.Catalog.Spaces))
	for s := range all {
		all[s] = s
	}
	return all
}

// StatusSpace is the space of HTTP statuses, or -1.
func (g *Graph) StatusSpace() int { return g.Catalog.Index(g.Catalog.Origins.StatusSpace) }

func (g *Graph) IsStatus(typePath, field string) bool {
	for _, f := range g.Catalog.Origins.StatusFields {
		if f == typePath+"."+field {
			return true
		}
	}
	return false
}

// MayHold reports whether a field of type t can hold the carrier itself or its bytes.
func (g *Graph) MayHold(t types.Type) bool {
	if ir.IsErrorLike(t) {
		return true
	}
	if _, _, ok := g.CarrierField(t); ok {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte && !strings.HasSuffix(t.String(), "RawMessage")
	case *types.Interface:
		return u.NumMethods() > 0 && ir.TypePath(t) == "io.ReadCloser"
	}
	return ir.TypePath(t) == "net/http.Response"
}

// IsCode reports whether every value of type t is a code of the space, by declaration.
func (g *Graph) IsCode(t types.Type, space int) bool {
	s, ok := g.TypeSpace(t)
	return ok && s == space
}

// HoldsCode reports whether a value of type t can hold a code of the space: the API's own
// types, and types with a field that a code or a carrier flows into.
func (g *Graph) HoldsCode(t types.Type, space int) bool {
	if _, s, ok := g.CarrierField(t); ok && s == space {
		return true
	}
	if g.Origins.HoldsCode(t, space) {
		return true
	}
	s := ir.StructOf(t)
	if s == nil {
		return false
	}
	for i := range s.NumFields() {
		f := s.Field(i)
		if sp, ok := g.FieldSpace(f); ok && sp == space {
			return true
		}
		if g.FieldBits(f)&fact.Carrier(space) != 0 {
			return true
		}
	}
	return false
}
