package interp

import (
	"go/constant"
	"go/token"
	"slices"

	"github.com/go-retcode/retcode/analyzer/internal/memory"
)

// Kind is how much is known of a value.
type Kind uint8

// The kinds, from nothing to anything.
const (
	Bottom  Kind = iota
	Const        // the constant C
	Nil          // nil
	NonNil       // not nil, and nothing of the carrier
	Top          // anything but the carrier
	Carrier      // the carrier, or a value that holds it or its code
	Maybe        // the carrier, or nil or a constant in its place
)

// Value is an element of the lattice of sparse conditional constant propagation (Wegman and
// Zadeck, "Constant Propagation with Conditional Branches", TOPLAS 1991), whose flat lattice
// of constants is one component here of a product. The others say what has met in a value:
//
//   - the carrier: absent, below in another error, below as it is (Carrier, Maybe, Wrapped);
//   - nil or a constant: absent, below present (Nil, Const, Maybe, plain);
//   - anything else: nothing, below one constant, nil or not nil, below anything. What stands
//     beside the carrier is not kept: where the carrier may be, it speaks for the value;
//   - who decided: a set of the code and anything else (ByCode, mixed);
//   - Beside and Text: no, below yes;
//   - Unmasked: yes, below no;
//   - the list that is written out: one, below not known which;
//   - the answers of functions of other packages: a set, in which "" is any other value.
//
// Each component is a join semilattice of finite height, and so is their product, with one
// Bottom below all. Kind and ByCode are what the components come to.
type Value struct {
	Kind     Kind
	ByCode   bool            // decided by the code, or by something opaque that is given it: of Top, by nothing else
	Beside   bool            // something else of the answer that holds the code
	Unmasked bool            // something else that is a code of which a mask makes the bound one
	Wrapped  bool            // a carrier inside another error, wherever it comes from
	Text     bool            // the text of a carrier or of its code
	Element  bool            // one of List, not known which
	C        constant.Value  // of a Const
	List     *memory.Literal // a list that is written out
	Answers  []string        // which of its answers a function of another package gives, sorted; none is [""]

	plain bool // of Top: nil or a constant was among what met
	mixed bool // the code decided some of what met, and something else the rest
}

// Join is the least value above both.
func Join(v, w Value) Value {
	switch {
	case v.Kind == Bottom:
		return w
	case w.Kind == Bottom:
		return v
	}
	out := Value{
		Beside:   v.Beside || w.Beside,
		Text:     v.Text || w.Text,
		Unmasked: v.Unmasked && w.Unmasked,
		Answers:  v.answersWith(w),
		mixed:    v.mixed || w.mixed || v.ByCode != w.ByCode,
		ByCode:   v.ByCode,
	}
	if v.List == w.List && v.Element == w.Element {
		out.List, out.Element = v.List, v.Element
	}
	plain := v.hasPlain() || w.hasPlain()
	switch {
	case v.Holds() || w.Holds():
		out.Kind = Carrier
		if plain {
			out.Kind = Maybe
		}
		out.Wrapped = (v.Wrapped || !v.Holds()) && (w.Wrapped || !w.Holds())
	case v.Kind == w.Kind && v.Kind != Top && (v.Kind != Const || constEqual(v.C, w.C)):
		out.Kind, out.C = v.Kind, v.C
	default:
		out.Kind, out.plain = Top, plain
	}
	return out.decided()
}

// hasPlain reports whether nil or a constant is among what met in v.
func (v Value) hasPlain() bool {
	return v.plain || v.Kind == Nil || v.Kind == Const || v.Kind == Maybe
}

// decided brings ByCode into agreement with who decided: the code alone for what is not known,
// the code among others for what is.
func (v Value) decided() Value {
	if v.mixed {
		v.ByCode = v.Kind != Top
	}
	return v
}

// answersWith is the union of the answers of two values.
func (v Value) answersWith(w Value) []string {
	if slices.Equal(v.Answers, w.Answers) {
		return v.Answers
	}
	all := slices.Concat(v.Answers, w.Answers)
	if len(v.Answers) == 0 || len(w.Answers) == 0 {
		all = append(all, "")
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (v Value) equal(w Value) bool {
	if v.Kind != w.Kind || v.ByCode != w.ByCode || v.Beside != w.Beside || v.Wrapped != w.Wrapped || v.Text != w.Text || v.Unmasked != w.Unmasked ||
		v.List != w.List || v.Element != w.Element || v.plain != w.plain || v.mixed != w.mixed {
		return false
	}
	return slices.Equal(v.Answers, w.Answers) && (v.Kind != Const || constEqual(v.C, w.C))
}

// below reports whether w is above v, or v itself.
func (v Value) below(w Value) bool { return Join(v, w).equal(w) }

func constEqual(a, b constant.Value) bool {
	return a.Kind() == b.Kind() && constant.Compare(a, token.EQL, b)
}

// unknown is v where its value is not known any more, but what it has to do with the carrier is.
func (v Value) unknown() Value {
	if v.Kind == Bottom {
		return v
	}
	return Value{Kind: Top, ByCode: v.ByCode, Beside: v.Beside, Unmasked: v.Unmasked, Text: v.Text, Answers: v.Answers, plain: v.hasPlain(), mixed: v.mixed}.decided()
}

// shown is v where it is shown not to be nil.
func (v Value) shown() Value {
	switch v.Kind {
	case Const, Nil, Top:
		v.Kind, v.C, v.plain = NonNil, nil, false
	}
	return v.decided()
}

// not is the negation of a boolean.
func not(v Value) Value {
	b, ok := v.isBool()
	if !ok {
		return v.unknown()
	}
	v.C = constant.MakeBool(!b)
	return v
}
