package flow

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/fact"
)

// spaces is a set of a catalog's spaces, by their index.
type spaces uint64

// label is what is known of one place. Every part only grows, so the fixed point
// is reached whatever the order.
type label struct {
	spaces spaces // spaces whose codes come here
	bad    spaces // spaces in which a number that comes here is no code
	other  bool   // something that is no code comes here
	zero   bool   // a 0 that is written comes here: it stands for no code
	text   spaces // spaces whose codes come here as text

	own  fact.Bits // labels from within the function, fields, globals and callees
	down fact.Bits // labels from the function's callers in this package
	from uint64    // parameters whose labels come here as they are
	asks uint64    // parameters whose requests come here answered

	fns   []*ssa.Function // functions that this value may be
	anyFn bool            // it may be others too

	via []*types.Func // methods of interfaces of which the answer comes here, whoever implements them
}

const maxFns = 8

func (l *label) bits() fact.Bits { return l.own | l.down }

// join adds o and reports whether anything was new.
func (l *label) join(o *label) bool {
	spaces, bad, other, zero, text := l.spaces|o.spaces, l.bad|o.bad, l.other || o.other, l.zero || o.zero, l.text|o.text
	own, down, from, asks := l.own|o.own, l.down|o.down, l.from|o.from, l.asks|o.asks
	changed := spaces != l.spaces || bad != l.bad || other != l.other || zero != l.zero || text != l.text ||
		own != l.own || down != l.down || from != l.from || asks != l.asks
	l.spaces, l.bad, l.other, l.zero, l.text, l.own, l.down, l.from, l.asks = spaces, bad, other, zero, text, own, down, from, asks
	if o.anyFn && !l.anyFn {
		l.anyFn, changed = true, true
	}
	for _, fn := range o.fns {
		if !slices.Contains(l.fns, fn) && !l.anyFn {
			if len(l.fns) == maxFns {
				l.anyFn = true
			} else {
				l.fns = append(l.fns, fn)
			}
			changed = true
		}
	}
	for _, m := range o.via {
		if !slices.Contains(l.via, m) {
			l.via, changed = append(l.via[:len(l.via):len(l.via)], m), true
		}
	}
	return changed
}

// foreign reports whether something is another API's, and nothing shows that it is this one's: a
// helper that asks both answers each caller with what that one asked for. So is what answers a
// request of which the path, or all, is in sight, and nothing of it the API's.
func (l *label) foreign() bool {
	b := l.bits()
	return b&fact.Response == 0 && (b&fact.Foreign != 0 || b&fact.Answer != 0 && (b&fact.Path != 0 || l.from|l.asks == 0))
}

// evidence keeps what shows the API, without codes and carriers.
func (l label) evidence() label {
	const mask = fact.Request | fact.Response | fact.Foreign | fact.JSON | fact.Answer | fact.Path
	return label{own: l.own & mask, down: l.down & mask, from: l.from, asks: l.asks, fns: l.fns, anyFn: l.anyFn}
}

// native is a label without what shows another API.
func (l label) native() label {
	l.own &^= fact.Foreign
	l.down &^= fact.Foreign
	return l
}

// asked is evidence after the request was made: what asked now answers.
func (l label) asked() label {
	answer := func(b fact.Bits) fact.Bits {
		out := b&(fact.Foreign|fact.Response|fact.JSON|fact.Path) | fact.Answer
		if b&fact.Request != 0 {
			out |= fact.Response
		}
		return out
	}
	return label{own: answer(l.own), down: answer(l.down), asks: l.from | l.asks}
}

func (l label) opaque() label {
	l.spaces, l.bad, l.text, l.other = 0, 0, 0, true
	return l
}

var none label

// peek returns the label of a place without making one.
func (g *Graph) peek(key any) *label {
	if l := g.labels[canonical(key)]; l != nil {
		return l
	}
	return &none
}

func canonical(key any) any {
	if v, ok := key.(*types.Var); ok {
		return v.Origin()
	}
	return key
}

// put joins o into the label of key.
func (g *Graph) put(key any, o label) {
	key = canonical(key)
	l := g.labels[key]
	if l == nil {
		l = &label{}
		g.labels[key] = l
		g.changed = true
	}
	if l.join(&o) {
		g.changed = true
	}
}

// get returns the label that flows out of a value.
func (g *Graph) get(v ssa.Value) label {
	switch v := v.(type) {
	case nil:
		return label{}
	case *ssa.Const:
		return g.constLabel(v)
	case *ssa.Function:
		return label{fns: []*ssa.Function{v}, other: true}
	case *ssa.FieldAddr:
		return g.fieldLabel(v.X, v.Field)
	case *ssa.IndexAddr:
		return g.get(v.X).evidence().opaque()
	case *ssa.Global:
		l := *g.peek(v)
		if s, ok := g.globalSpace(v); ok {
			return label{spaces: 1 << s}
		}
		return l
	}
	return *g.peek(v)
}

func (g *Graph) constLabel(c *ssa.Const) label {
	if c.Value == nil {
		return label{}
	}
	switch c.Value.Kind() {
	case constant.Int:
		n, ok := constant.Int64Val(c.Value)
		if !ok {
			return label{other: true}
		}
		l := g.literal(catalog.IntValue(n))
		l.zero = n == 0
		return l
	case constant.Float:
		return label{other: true}
	case constant.String:
		s := constant.StringVal(c.Value)
		l := g.literal(catalog.StringValue(s))
		l.zero = s == ""
		l.own = g.address(s)
		return l
	}
	return label{other: true}
}

// literal is the label of a written value: it is no code of the spaces that do not have it.
// Zero values stand for no code.
func (g *Graph) literal(v catalog.Value) label {
	l := label{other: true}
	for i, s := range g.Catalog.Spaces {
		if s.Kind != v.Kind() {
			l.bad |= 1 << i
			continue
		}
		l.other = false
		if v != catalog.IntValue(0) && v != catalog.StringValue("") {
			if !s.MayBe(v) && !s.NamedByOther(v) {
				l.bad |= 1 << i
			}
		}
	}
	return l
}

// space returns the one space that a label stands for.
func (l *label) space() (int, bool) {
	if l.spaces == 0 || l.other || l.spaces&(l.spaces-1) != 0 || l.bad&l.spaces != 0 {
		return 0, false
	}
	n := 0
	for l.spaces>>n != 1 {
		n++
	}
	return n, true
}

// Space returns the space whose codes v holds.
func (g *Graph) Space(v ssa.Value) (int, bool) {
	if v == nil {
		return 0, false
	}
	l := g.get(v)
	if s, ok := g.TypeSpace(v.Type()); ok && l.spaces == 0 {
		return s, true
	}
	return l.space()
}

// typed returns the label that flows out of a value which loses its type: a value of the type
// of a code is a code, wherever it comes from.
func (g *Graph) typed(v ssa.Value) label {
	l := g.get(v)
	if s, ok := g.TypeSpace(v.Type()); ok && l.spaces == 0 {
		l.spaces, l.bad, l.other = 1<<s, 0, false
	}
	return l
}

// retyped is a label that flows into a value of another type: if that is the type of a code, it
// is one of that space, whatever it was before.
func (g *Graph) retyped(l label, to types.Type) label {
	if s, ok := g.TypeSpace(to); ok && l.spaces != 0 {
		l.spaces, l.bad, l.other = 1<<s, 0, false
	}
	return l
}

// Zero reports whether a 0 that the program writes can come to v, and stands there for no code.
func (g *Graph) Zero(v ssa.Value) bool {
	return v != nil && g.get(v).zero
}

// TextSpace returns the space whose codes v holds in text form.
func (g *Graph) TextSpace(v ssa.Value) (int, bool) {
	if v == nil {
		return 0, false
	}
	l := g.get(v)
	t := label{spaces: l.text}
	return t.space()
}

// Bits returns the labels of v on some path.
func (g *Graph) Bits(v ssa.Value) fact.Bits {
	if v == nil {
		return 0
	}
	l := g.get(v)
	return l.bits()
}

// From lists the parameters of its function whose labels come to v, as bits.
func (g *Graph) From(v ssa.Value) uint64 {
	l := g.get(v)
	return l.from
}

// API reports whether v is an answer of this API: a response, body, bytes, decoded value.
func (g *Graph) API(v ssa.Value) bool {
	b := g.Bits(v)
	return b&fact.Response != 0 && b&fact.Foreign == 0
}

// FieldBits returns the labels of what is stored in a field.
func (g *Graph) FieldBits(v *types.Var) fact.Bits { return g.peek(v).own | g.holders[v.Origin()] }
