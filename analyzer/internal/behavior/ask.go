package behavior

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Makes reports whether a call does something, and is more than a question for what is kept.
func (e *Engine) Makes(c ssa.CallInstruction) bool { return !e.IsPure(c.Common()) }

// MadeType names the one type of the SDK of which a function makes the error that v is, from
// a code that it is given.
func (e *Engine) MadeType(v ssa.Value) (string, bool) {
	c, ok := e.Assigned(v).(*ssa.Call)
	if !ok || c.Call.Signature().Results().Len() != 1 || !e.Constructs(c) {
		return "", false
	}
	t, known := e.ErrorTypes(c)
	if !known || len(t.Outer) != 1 || len(t.Inner) > 0 {
		return "", false
	}
	dot := strings.LastIndexByte(t.Outer[0], '.')
	return t.Outer[0], dot > 0 && e.G.Catalog.Owns(t.Outer[0][:dot])
}

// Pattern is the constant expression that a *regexp.Regexp was compiled from.
func (e *Engine) Pattern(v ssa.Value) (string, bool) {
	v = e.Assigned(v)
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return "", false
	}
	switch ir.FullName(&call.Call) {
	case "regexp.MustCompile", "regexp.Compile":
		return ir.Text(call.Call.Args[0])
	}
	return "", false
}
