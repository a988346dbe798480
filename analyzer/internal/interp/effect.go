package interp

import (
	"fmt"
	"go/constant"
	"go/types"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// Effects is what a propagation can reach that outlives the function.
type Effects struct {
	keys          map[string]bool
	Returns       map[*ssa.Return]string
	pure          bool // nothing but returns, logging and formatting
	Escapes       bool // the carrier or its code goes on to somebody else
	escapesBeyond bool // it does by another way than a result
	Exits         bool // no return is reached: the process, the goroutine or the test ends
	Ended         bool // a call that ends the process is reached
	Calls         []ssa.CallInstruction
	Tests         []*ssa.Call // calls without effects
	sink          *Effects    // of code that runs before the event: only what it hands on counts
}

func (f *Effects) Key() string {
	list := make([]string, 0, len(f.keys))
	for k := range f.keys {
		list = append(list, k)
	}
	sort.Strings(list)
	return strings.Join(list, "\n")
}

func (f *Effects) noteEscape(yes bool) {
	f.noteReturned(yes)
	f.escapesBeyond = f.escapesBeyond || yes
	if f.sink != nil {
		f.sink.escapesBeyond = f.sink.escapesBeyond || yes
	}
}

// noteReturned notes what a result hands on.
func (f *Effects) noteReturned(yes bool) {
	f.Escapes = f.Escapes || yes
	if f.sink != nil {
		f.sink.Escapes = f.sink.Escapes || yes
	}
}

func (f *Effects) add(key string) { f.keys[key] = true; f.pure = false }

// Effects lists what r reaches.
func (r *Propagation) Effects() *Effects {
	f := &Effects{keys: make(map[string]bool), Returns: make(map[*ssa.Return]string), pure: true, Exits: true}
	k := &Canonicalizer{R: r, Memo: make(map[ssa.Value]string)}
	after := r.AfterEvent()
	for _, b := range r.Fn.Blocks {
		if !r.Reached(b) {
			continue
		}
		for n, instr := range b.Instrs {
			if _, deferred := instr.(*ssa.Defer); after.has(b, n) || deferred {
				r.effect(f, k, instr)
			} else {
				r.effect(&Effects{keys: make(map[string]bool), Returns: make(map[*ssa.Return]string), sink: f}, k, instr)
			}
			if r.Ends[b] == instr {
				f.Ended = f.Ended || after.has(b, n)
				break
			}
		}
	}
	return f
}

// region is the code that can run behind an event, up to the next time that it happens.
type region struct {
	All    bool
	home   *ssa.BasicBlock
	event  int // index in home
	blocks map[*ssa.BasicBlock]bool
	Again  bool // home is reached again
}

func (g *region) has(b *ssa.BasicBlock, n int) bool {
	switch {
	case g.All:
		return true
	case b == g.home:
		return n > g.event || g.Again && n < g.event
	}
	return g.blocks[b]
}

// AfterEvent is what can run once the carrier is there: the whole function for one that
// comes from outside.
func (r *Propagation) AfterEvent() *region {
	if r.Src == nil || r.Src.Outer || r.Src.Instr == nil {
		return &region{All: true}
	}
	g := &region{home: r.Src.Instr.Block(), blocks: make(map[*ssa.BasicBlock]bool)}
	for n, instr := range g.home.Instrs {
		if instr == r.Src.Instr {
			g.event = n
		}
	}
	stack := []*ssa.BasicBlock{g.home}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if r.Ends[b] != nil {
			continue
		}
		for _, s := range b.Succs {
			switch {
			case !r.Edges[[2]int{b.Index, s.Index}]:
			case s == g.home:
				g.Again = true
			case !g.blocks[s]:
				g.blocks[s] = true
				stack = append(stack, s)
			}
		}
	}
	return g
}

func (r *Propagation) effect(f *Effects, k *Canonicalizer, instr ssa.Instruction) {
	switch i := instr.(type) {
	case *ssa.Return:
		var key strings.Builder
		key.WriteString("return")
		if ir.IsMain(r.Fn) {
			fmt.Fprint(&key, " from block ", i.Block().Index) // it ends the process
		}
		for n, v := range i.Results {
			x := r.Val(v)
			f.noteReturned(r.escapesBy(v, x))
			key.WriteByte(' ')
			s := k.key(v, 0)
			if x.Kind == Top && r.NonNilAt(v, i.Block()) {
				s += "!"
			}
			key.WriteString(s)
			_ = n
		}
		f.Returns[i] = key.String()
		f.keys[key.String()] = true
		f.Exits = false
	case *ssa.Panic:
		f.add("panic " + k.key(i.X, 0))
		f.Ended = true
	case *ssa.Store:
		if ir.IsLocal(i.Addr) {
			return
		}
		x := r.Val(i.Val)
		f.noteEscape(x.Holds() || x.Code() || x.Beside && x.Kind == Carrier)
		f.add("store " + k.place(i.Addr) + " = " + k.key(i.Val, 0))
	case *ssa.MapUpdate:
		x := r.Val(i.Value)
		f.noteEscape(x.Holds() || x.Code())
		if !r.literalEntry(i) {
			f.add("map " + k.key(i.Map, 0) + "[" + k.key(i.Key, 0) + "] = " + k.key(i.Value, 0))
		}
	case *ssa.Send:
		x := r.Val(i.X)
		f.noteEscape(x.Holds() || x.Code())
		f.add("send " + k.key(i.Chan, 0) + " " + k.key(i.X, 0))
	case *ssa.Select:
		for _, s := range i.States {
			if s.Send != nil {
				x := r.Val(s.Send)
				f.noteEscape(x.Holds() || x.Code())
				f.add("send " + k.key(s.Chan, 0) + " " + k.key(s.Send, 0))
			}
		}
	case *ssa.MakeClosure:
		f.noteEscape(r.closureEscapes(i))
	case ssa.CallInstruction:
		r.callEffect(f, k, i)
	}
}

// literalEntry reports whether a map update is part of a composite literal: the map is
// known by its entries where it is used.
func (r *Propagation) literalEntry(i *ssa.MapUpdate) bool {
	m, ok := i.Map.(*ssa.MakeMap)
	return ok && m.Block() == i.Block() && r.Engine.onlyEntries(m)
}

// onlyEntries reports whether every update of a map stands in the block that makes it.
func (e *Engine) onlyEntries(m *ssa.MakeMap) bool {
	for _, ref := range *m.Referrers() {
		if u, ok := ref.(*ssa.MapUpdate); ok && u.Block() != m.Block() {
			return false
		}
	}
	return true
}

// escapesBy reports whether returning v hands the carrier or its code on.
func (r *Propagation) escapesBy(v ssa.Value, x Value) bool {
	if x.Holds() {
		return true
	}
	if !x.Code() {
		return false
	}
	if x.C.Kind() == constant.String && r.codeKind() == catalog.Integer {
		return r.isCode(x) // the code in text form, and nothing else
	}
	_, bound := r.bound(v)
	return !isConstResult(v) && (r.isCode(x) || bound)
}

// isConstResult reports whether a value is a number that the function chose, not the code.
func isConstResult(v ssa.Value) bool {
	_, ok := v.(*ssa.Const)
	return ok
}

// closureEscapes reports whether a closure that captures the carrier takes it elsewhere.
func (r *Propagation) closureEscapes(m *ssa.MakeClosure) bool {
	captures := false
	for _, b := range m.Bindings {
		if a, ok := b.(*ssa.Alloc); ok {
			captures = captures || r.contentOf(a, nil, nil).Holds() || r.contentOf(a, nil, nil).Code()
		} else {
			x := r.Val(b)
			captures = captures || x.Holds() || x.Code()
		}
	}
	if !captures {
		return false
	}
	for _, ref := range *m.Referrers() {
		switch i := ref.(type) {
		case *ssa.DebugRef:
		case ssa.CallInstruction:
			if i.Common().Value != m {
				return true
			}
			fn, _ := m.Fn.(*ssa.Function)
			o := r.Engine.evaluate(r, fn, nil, r.captured(m))
			if o == nil || o.escapes {
				return true
			}
		default:
			return true
		}
	}
	return false
}

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
		case "close", "delete", "panic":
			f.add(b.Name() + " " + k.Args(common))
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
