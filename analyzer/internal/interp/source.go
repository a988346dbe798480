package interp

import (
	"go/types"

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
	if _, ok := root.(*ssa.FreeVar); ok {
		t = ir.Pointee(t)
	}
	if _, ok := root.(*ssa.Global); ok {
		t = ir.Pointee(t)
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		if b.Info()&types.IsString != 0 && codes == catalog.Integer {
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
	From    ssa.CallInstruction // the call that yields the carrier, where Call only runs it
	Decoded bool                // the event fills the variable that its argument points to
	Outer   bool                // the carrier is a parameter, captured or a package variable
	Dropped bool                // no use of the result is in the program
	Vals    map[ssa.Value]bool
	Beside  map[ssa.Value]bool // responses beside an error that hold the code too
	Errors  map[ssa.Value]bool // errors beside a response, nil where it holds a code
	Codes   map[ssa.Value]bool // the code itself beside a response
	Parts   map[ssa.Value]bool // codes of the other space beside a response
}

func (s *Source) binds(v ssa.Value) bool {
	return s.Vals[v] || s.Beside[v] || s.Errors[v] || s.Codes[v] || s.Parts[v]
}

// at is what a bound value is in a propagation.
func (s *Source) at(r *Propagation, v ssa.Value) Value {
	switch {
	case s.Beside[v]:
		return Value{Kind: Carrier}
	case s.Errors[v]:
		return null
	case s.Codes[v]:
		return codeVal(r.Code)
	case s.Parts[v]:
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
