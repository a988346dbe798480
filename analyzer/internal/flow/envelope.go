package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/origin"
)

// envelope is what is known of a field that JSON decoding fills with a code.
type envelope struct {
	api     bool // decoded from an answer of the API
	foreign bool // decoded from something else
	given   bool // decoded from what is not known to be another's
	beside  bool // a message field of the API stands beside it
	origin  bool
	sources map[ssa.Value]bool // what it was decoded from
}

// decode records that data is decoded into the place that target points to.
func (g *Graph) decode(data label, source, target ssa.Value) {
	target = ir.UnderConversion(target)
	l := data.evidence()
	l.own &^= fact.Request
	l.down &^= fact.Request
	l.own |= fact.JSON
	g.put(ir.Root(target), l)
	if u, ok := target.(*ssa.UnOp); ok {
		if _, ok := u.X.(*ssa.Alloc); ok {
			g.put(u.X, l) // a variable that holds the pointer
		}
	}
	if fa, ok := target.(*ssa.FieldAddr); ok {
		if v := ir.FieldVar(fa.X, fa.Field); v != nil {
			f := l
			f.own |= f.down
			f.down, f.from, f.asks = 0, 0, 0
			g.put(v, f)
		}
	}
	g.decodeType(data, source, target.Type())
}

// decodeType records a decoding into a value of type t.
func (g *Graph) decodeType(data label, source ssa.Value, t types.Type) {
	f := g.codeField(ir.BaseType(t))
	if f == nil {
		return
	}
	f = f.Origin()
	e := g.envelopes[f]
	if e == nil {
		e = &envelope{beside: origin.HasStringField(ir.BaseType(t), g.Catalog.Origins.Beside...), sources: make(map[ssa.Value]bool)}
		g.envelopes[f] = e
		g.changed = true
	}
	switch {
	case data.foreign():
		if data.own&fact.Foreign != 0 && !e.foreign {
			e.foreign, g.changed = true, true
		}
		return
	case data.bits()&fact.Response != 0 && !e.api:
		e.api, g.changed = true, true
	case !e.given:
		e.given, g.changed = true, true
	}
	if source != nil {
		e.sources[source] = true
	}
}

// settleEnvelopes decides which envelopes are origins, and marks the responses that
// such an envelope was decoded from.
func (g *Graph) settleEnvelopes() {
	for _, e := range g.envelopes {
		is := e.api || e.beside && g.Evidence && g.asked && e.given && !e.foreign
		if is != e.origin {
			e.origin, g.changed = is, true
		}
		if !is || !g.asked {
			continue
		}
		for s := range e.sources {
			if l := g.get(s); !l.foreign() && (!e.api || l.bits()&fact.Answer == 0) {
				g.mark(s, fact.Response, 0)
			}
		}
	}
}

// byPackage lets the evidence of the package count for envelopes of whose decoding nothing else
// is known: that is asked again, now that all labels are there.
func (g *Graph) byPackage() {
	g.asked = true
	for _, e := range g.envelopes {
		e.given = false
	}
}

// mark labels a value and what it was taken from: bytes, their reader, the body, the response.
func (g *Graph) mark(v ssa.Value, bits fact.Bits, depth int) {
	if v == nil || depth > 12 {
		return
	}
	if _, ok := v.(*ssa.Const); ok {
		return
	}
	g.put(v, label{own: bits})
	switch v := v.(type) {
	case *ssa.FieldAddr:
		if f := ir.FieldVar(v.X, v.Field); f != nil && f.Pkg() != g.Pkg {
			g.mark(v.X, bits, depth+1)
		}
	case *ssa.Extract:
		if c, ok := v.Tuple.(*ssa.Call); ok {
			g.put(element{c, v.Index}, label{own: bits})
			g.markArgs(c, bits, depth+1)
		}
	case *ssa.Call:
		g.markArgs(v, bits, depth+1)
	case *ssa.Alloc:
		for _, stored := range ir.Stored(v) {
			g.mark(stored, bits, depth+1)
		}
	default:
		g.mark(ir.TakenFrom(v), bits, depth+1)
	}
}

// markArgs follows a reader back through the standard library.
func (g *Graph) markArgs(c *ssa.Call, bits fact.Bits, depth int) {
	fn := c.Call.StaticCallee()
	if fn == nil || fn.Pkg == nil {
		return
	}
	switch fn.Pkg.Pkg.Path() {
	case "io", "io/ioutil", "bufio", "bytes", "strings", "encoding/json", "compress/gzip":
		for _, a := range c.Call.Args {
			if bits&fact.Response != 0 {
				g.mark(a, bits, depth)
			}
		}
	}
}
