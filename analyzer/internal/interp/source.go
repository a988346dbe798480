package interp

import (
	"go/types"
	"maps"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// FuncOf names the function that produced the carrier, as a message does.
func (s *Source) FuncOf() string {
	if s.Call == nil {
		return ""
	}
	f := ir.Callee(s.Call.Common())
	if f == nil {
		return ""
	}
	return ir.FuncName(f)
}

// Event is the call at which the carrier appears.
func (s *Source) Event() ssa.CallInstruction {
	if s.Call != nil {
		return s.Call
	}
	c, _ := s.Instr.(ssa.CallInstruction)
	return c
}

// EventCall is the call of a source as an *ssa.Call, or nil.
func (s *Source) EventCall() *ssa.Call {
	c, _ := s.Instr.(*ssa.Call)
	return c
}

// KindOf is what kind of carrier a value of another function is: of codes of a kind, the code
// itself or its text.
func KindOf(root ssa.Value, codes catalog.Kind) CarrierKind {
	t := root.Type()
	switch root.(type) {
	case *ssa.FreeVar, *ssa.Global, *ssa.IndexAddr:
		t = ir.Pointee(t)
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		if b.Info()&types.IsString != 0 && codes == catalog.IntKind {
			return Quoted
		}
		return Number
	}
	if ir.IsErrorLike(t) {
		return Err
	}
	return Response
}

// CarrierKind is what kind of carrier a source yields.
type CarrierKind uint8

// The kinds of carriers.
const (
	Err      CarrierKind = iota // an error that holds the code, nil on success
	Response                    // a response, its bytes, or a decoded value
	Number                      // the code itself
	Quoted                      // its text form
)

// Source is one event that yields one carrier. What its propagation decides is the dispatch.
type Source struct {
	Fn      *ssa.Function
	Space   int
	Kind    CarrierKind
	Instr   ssa.Instruction     // the event: a call, a decoding, the first use of a variable
	Call    ssa.CallInstruction // the call that produced the carrier here, or nil
	Result  int
	From    ssa.CallInstruction      // the call that yields the carrier, where Call only runs it
	Decoded bool                     // the event fills the variable that its argument points to
	Outer   bool                     // the carrier is a parameter, captured or a package variable
	Dropped bool                     // no use of the result is in the program
	Instead map[*ssa.BasicBlock]bool // where something else of the answer is looked at, which then decides
	Roles   Roles                    // what the values of the function that the event yields are to the carrier
}

// A Role is what a value is to a carrier.
type Role uint8

// The roles.
const (
	Itself    Role = iota + 1 // the carrier
	AlsoHolds                 // a response beside an error, which holds the code too
	NilBeside                 // an error beside a response, nil where that holds a code
	ItsCode                   // the code itself, beside a response
	OtherCode                 // a code of another space, beside a response
)

// Roles are the values that a source binds.
type Roles map[ssa.Value]Role

// As returns values in one role.
func As(role Role, values map[ssa.Value]bool) Roles {
	r := make(Roles, len(values))
	r.Add(role, values)
	return r
}

// Swapped returns the roles with one put for another, and the reverse.
func (r Roles) Swapped(a, b Role) Roles {
	out := maps.Clone(r)
	for v, role := range out {
		switch role {
		case a:
			out[v] = b
		case b:
			out[v] = a
		}
	}
	return out
}

// Add gives values a role.
func (r Roles) Add(role Role, values map[ssa.Value]bool) {
	for v := range values {
		r[v] = role
	}
}

// In returns the values in a role, in no order.
func (r Roles) In(role Role) map[ssa.Value]bool {
	out := make(map[ssa.Value]bool)
	for v, is := range r {
		if is == role {
			out[v] = true
		}
	}
	return out
}

// at is what a bound value is in a propagation.
func (s *Source) at(r *Propagation, v ssa.Value) Value {
	switch s.Roles[v] {
	case AlsoHolds:
		return Value{Kind: Carrier}
	case NilBeside:
		return null
	case ItsCode:
		return codeVal(r.Code)
	case OtherCode:
		return Value{Kind: Carrier, Beside: true}
	}
	return s.value(r)
}

// value is what the carrier is in a propagation.
func (s *Source) value(r *Propagation) Value {
	switch s.Kind {
	case Err:
		if r.success {
			return Value{Kind: Nil, ByCode: true}
		}
		return Value{Kind: Carrier}
	case Number:
		return codeVal(r.Code)
	case Quoted:
		return textForm(codeVal(r.Code))
	}
	return Value{Kind: Carrier}
}
