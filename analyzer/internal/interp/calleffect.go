package interp

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

func (r *Propagation) callEffect(f *Effects, k *Canonicalizer, c ssa.CallInstruction) {
	common := c.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "append":
			for _, a := range common.Args[1:] {
				if x := r.Val(a); x.Holds() || x.Code() {
					f.noteEscape(true)
				}
			}
		case "copy":
			f.noteEscape(r.Val(common.Args[1]).Holds())
		default:
			if library.BuiltinActs(b.Name()) {
				f.add(b.Name() + " " + k.Args(common))
			}
		}
		return
	}
	if r.Src != nil && c == r.Src.Instr {
		return
	}
	if library.IsLogging(common) {
		return
	}
	call, _ := c.(*ssa.Call)
	if call != nil {
		if o := r.inner[call]; o != nil {
			f.noteEscape(o.escapesBeyond || o.escapes && !r.receives(call))
			if o.exits {
				f.add(fmt.Sprint("exit in block ", c.Block().Index))
				f.Ended = true
				return
			}
			if o.pure {
				f.Tests = append(f.Tests, call)
			} else {
				f.Calls = append(f.Calls, c)
				f.add("call " + k.Callee(common) + "(" + k.Args(common) + "){" + o.effects + "}")
			}
			return
		}
	}
	if r.Engine.NeverReturns(common) || call != nil && r.fatal(common) {
		f.add(fmt.Sprint("exit in block ", c.Block().Index))
		return
	}
	if call == nil && r.laterEffect(f, k, c) {
		return
	}
	f.noteEscape(r.passesOn(common) || call != nil && r.decodesAway(call))
	if r.Engine.IsPure(common) && call != nil {
		f.Tests = append(f.Tests, call)
		return
	}
	f.Calls = append(f.Calls, c)
	prefix := "call "
	switch c.(type) {
	case *ssa.Go:
		prefix = "go "
	case *ssa.Defer:
		prefix = "defer "
	}
	f.add(prefix + k.Callee(common) + "(" + k.Args(common) + ")")
}

// receives reports whether the results of a followed call are the code or the response, so
// that what becomes of it is seen here too; an error that holds it is a carrier of its own.
func (r *Propagation) receives(c *ssa.Call) bool {
	list := r.tuples[c]
	if len(list) == 0 {
		list = []Value{r.Val(c)}
	}
	received := false
	for i, v := range list {
		if v.Holds() && ir.IsErrorLike(c.Call.Signature().Results().At(i).Type()) {
			return false
		}
		received = received || v.Holds() || v.Code()
	}
	return received
}

// laterEffect notes what a closure does that is deferred or started with go.
func (r *Propagation) laterEffect(f *Effects, k *Canonicalizer, c ssa.CallInstruction) bool {
	m, ok := c.Common().Value.(*ssa.MakeClosure)
	if !ok {
		return false
	}
	fn, ok := m.Fn.(*ssa.Function)
	if !ok || len(c.Common().Args) > 0 {
		return false
	}
	o := r.Engine.evaluate(r, fn, nil, r.captured(m))
	if o == nil {
		return false
	}
	r.Observed.Merge(o.trace)
	r.Observed.Asked[fn] = true
	f.noteEscape(o.escapes)
	if !o.pure {
		f.Calls = append(f.Calls, c)
		f.add("later " + k.Callee(c.Common()) + "{" + o.effects + "}")
	}
	return true
}

// decodesAway reports whether a call decodes the carrier into something that the function
// does not own: a parameter, or what one points to.
func (r *Propagation) decodesAway(c *ssa.Call) bool {
	if x, ok := r.content[c]; !ok || !x.Holds() {
		return false
	}
	args := ir.Args(&c.Call)
	if ir.IsDecode(c) {
		_, ok := ir.RootAlloc(ir.UnderInterface(args[1]))
		return !ok
	}
	return false
}

// passesOn reports whether the carrier or its code is an argument of a function that is
// not known to end it.
func (r *Propagation) passesOn(c *ssa.CallCommon) bool {
	holds := -1
	for i, a := range ir.Args(c) {
		x := r.Val(a)
		if x.Holds() || x.Code() && !x.Text {
			holds = i
			break
		}
	}
	if holds < 0 {
		return false
	}
	name := ir.FullName(c)
	switch name {
	case "encoding/json.Marshal", "encoding/json.MarshalIndent", "(*encoding/json.Encoder).Encode":
		return true
	case "(*sync.Pool).Put":
		return false
	}
	f := ir.Callee(c)
	if f == nil || f.Pkg() == nil {
		return f == nil || !ir.DescribesReceiver(c)
	}
	if r.Engine.G.Tells(f) {
		return false
	}
	if fact := r.Engine.G.FuncFact(c); fact != nil {
		if p := fact.Param(holds); p != nil && p.Ends {
			return false
		}
		if fact.Pure && !r.mayExamine(c) {
			return false
		}
	}
	if holds == 0 && (ir.DescribesReceiver(c) || r.Engine.G.TellsOfClient(c) || f.Name() == "Close") {
		return false
	}
	if ir.Std(f.Pkg().Path()) {
		return r.spills(f, c) || !library.PureStd(f) && !library.Formats(f) && !library.Discards(c)
	}
	if r.Engine.G.IsSDK(f) && f.Signature().Recv() != nil && holds == 0 {
		return false
	}
	return true
}

// answersFor reports whether a function that is given a response returns an error: it may have
// looked at what it was given.
func (r *Propagation) mayExamine(c *ssa.CallCommon) bool {
	res := c.Signature().Results()
	return r.Src != nil && r.Src.Kind == Response && res.Len() > 0 && ir.IsError(res.At(res.Len()-1).Type())
}

// spills reports whether a function of the standard library puts bytes or text of the
// carrier, as they are, into another argument: a buffer, a writer, a value that is decoded in
// a way that is not known here.
func (r *Propagation) spills(f *types.Func, c *ssa.CallCommon) bool {
	if f.Pkg().Path() == "strconv" || library.MadeOfText(f) || library.Discards(c) || ir.IsDecoding(ir.FullName(c)) || !ir.AnswersNothing(f.Signature().Results()) {
		return false
	}
	args := ir.Args(c)
	if f.Signature().Recv() != nil {
		args = args[1:]
	}
	return slices.ContainsFunc(args, r.holdsText)
}

// holdsText reports whether a value, or one of those written out for a variadic parameter,
// is bytes or text of the carrier as they are.
func (r *Propagation) holdsText(v ssa.Value) bool {
	return slices.ContainsFunc(append(ir.Varargs(v), v), func(v ssa.Value) bool {
		v = ir.UnderInterface(v)
		return (ir.IsBytes(v.Type()) || ir.IsString(v.Type())) && r.Val(v).Holds()
	})
}
