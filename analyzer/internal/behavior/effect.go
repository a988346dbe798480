package behavior

import (
	"fmt"
	"go/types"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// effects is what a propagation can reach that outlives the function.
type effects struct {
	keys    map[string]bool
	returns map[*ssa.Return]string
	quiet   bool // nothing but returns, logging and formatting
	handed  bool // the carrier or its code goes on to somebody else
	spread  bool // it does by another way than a result
	exits   bool // no return is reached: the process, the goroutine or the test ends
	ended   bool // a call that ends the process is reached
	calls   []ssa.CallInstruction
	tests   []*ssa.Call // calls without effects
	sink    *effects    // of code that runs before the event: only what it hands on counts
}

func (f *effects) key() string {
	list := make([]string, 0, len(f.keys))
	for k := range f.keys {
		list = append(list, k)
	}
	sort.Strings(list)
	return strings.Join(list, "\n")
}

func (f *effects) hands(yes bool) {
	f.answers(yes)
	f.spread = f.spread || yes
	if f.sink != nil {
		f.sink.spread = f.sink.spread || yes
	}
}

// answers notes what a result hands on.
func (f *effects) answers(yes bool) {
	f.handed = f.handed || yes
	if f.sink != nil {
		f.sink.handed = f.sink.handed || yes
	}
}

func (f *effects) add(key string) { f.keys[key] = true; f.quiet = false }

// effects lists what r reaches.
func (r *run) effects() *effects {
	f := &effects{keys: make(map[string]bool), returns: make(map[*ssa.Return]string), quiet: true, exits: true}
	k := &keyer{r: r, memo: make(map[ssa.Value]string)}
	after := r.afterEvent()
	for _, b := range r.fn.Blocks {
		if !r.reached(b) {
			continue
		}
		for n, instr := range b.Instrs {
			if _, deferred := instr.(*ssa.Defer); after.has(b, n) || deferred {
				r.effect(f, k, instr)
			} else {
				r.effect(&effects{keys: make(map[string]bool), returns: make(map[*ssa.Return]string), sink: f}, k, instr)
			}
			if r.ends[b] == instr {
				f.ended = f.ended || after.has(b, n)
				break
			}
		}
	}
	return f
}

// region is the code that can run behind an event, up to the next time that it happens.
type region struct {
	all    bool
	home   *ssa.BasicBlock
	event  int // index in home
	blocks map[*ssa.BasicBlock]bool
	again  bool // home is reached again
}

func (g *region) has(b *ssa.BasicBlock, n int) bool {
	switch {
	case g.all:
		return true
	case b == g.home:
		return n > g.event || g.again && n < g.event
	}
	return g.blocks[b]
}

// afterEvent is what can run once the carrier is there: the whole function for one that
// comes from outside.
func (r *run) afterEvent() *region {
	if r.src == nil || r.src.Outer || r.src.Instr == nil {
		return &region{all: true}
	}
	g := &region{home: r.src.Instr.Block(), blocks: make(map[*ssa.BasicBlock]bool)}
	for n, instr := range g.home.Instrs {
		if instr == r.src.Instr {
			g.event = n
		}
	}
	stack := []*ssa.BasicBlock{g.home}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if r.ends[b] != nil {
			continue
		}
		for _, s := range b.Succs {
			switch {
			case !r.edges[[2]int{b.Index, s.Index}]:
			case s == g.home:
				g.again = true
			case !g.blocks[s]:
				g.blocks[s] = true
				stack = append(stack, s)
			}
		}
	}
	return g
}

func (r *run) effect(f *effects, k *keyer, instr ssa.Instruction) {
	switch i := instr.(type) {
	case *ssa.Return:
		var key strings.Builder
		key.WriteString("return")
		if isMain(r.fn) {
			fmt.Fprint(&key, " from block ", i.Block().Index) // it ends the process
		}
		for n, v := range i.Results {
			x := r.val(v)
			f.answers(r.handsOn(v, x))
			key.WriteByte(' ')
			s := k.key(v, 0)
			if x.Kind == Top && r.nonNilAt(v, i.Block()) {
				s += "!"
			}
			key.WriteString(s)
			_ = n
		}
		f.returns[i] = key.String()
		f.keys[key.String()] = true
		f.exits = false
	case *ssa.Panic:
		f.add("panic " + k.key(i.X, 0))
		f.ended = true
	case *ssa.Store:
		if local(i.Addr) {
			return
		}
		x := r.val(i.Val)
		f.hands(x.holds() || x.code() || x.Part && x.Kind == Carrier)
		f.add("store " + k.place(i.Addr) + " = " + k.key(i.Val, 0))
	case *ssa.MapUpdate:
		x := r.val(i.Value)
		f.hands(x.holds() || x.code())
		if !r.literalEntry(i) {
			f.add("map " + k.key(i.Map, 0) + "[" + k.key(i.Key, 0) + "] = " + k.key(i.Value, 0))
		}
	case *ssa.Send:
		x := r.val(i.X)
		f.hands(x.holds() || x.code())
		f.add("send " + k.key(i.Chan, 0) + " " + k.key(i.X, 0))
	case *ssa.Select:
		for _, s := range i.States {
			if s.Send != nil {
				x := r.val(s.Send)
				f.hands(x.holds() || x.code())
				f.add("send " + k.key(s.Chan, 0) + " " + k.key(s.Send, 0))
			}
		}
	case *ssa.MakeClosure:
		f.hands(r.closureHands(i))
	case ssa.CallInstruction:
		r.callEffect(f, k, i)
	}
}

func isMain(fn *ssa.Function) bool {
	return fn.Name() == "main" && fn.Parent() == nil && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main"
}

func local(addr ssa.Value) bool {
	switch a := addr.(type) {
	case *ssa.Alloc:
		return true
	case *ssa.FieldAddr:
		return local(a.X)
	case *ssa.IndexAddr:
		return local(a.X)
	case *ssa.Slice:
		return local(a.X)
	}
	return false
}

// literalEntry reports whether a map update is part of a composite literal: the map is
// known by its entries where it is used.
func (r *run) literalEntry(i *ssa.MapUpdate) bool {
	m, ok := i.Map.(*ssa.MakeMap)
	return ok && m.Block() == i.Block() && r.e.onlyEntries(m)
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

// handsOn reports whether returning v hands the carrier or its code on.
func (r *run) handsOn(v ssa.Value, x Value) bool {
	if x.holds() {
		return true
	}
	if !x.code() {
		return false
	}
	if n, ok := parseNumber(x.C); ok && n == r.code {
		return true // the code in text form, and nothing else
	}
	_, isNumber := x.isInt()
	_, bound := r.bound(v)
	if !isNumber || isConstResult(v) {
		return false
	}
	n, _ := x.isInt()
	return n == r.code || bound
}

// isConstResult reports whether a value is a number that the function chose, not the code.
func isConstResult(v ssa.Value) bool {
	_, ok := v.(*ssa.Const)
	return ok
}

// closureHands reports whether a closure that captures the carrier takes it elsewhere.
func (r *run) closureHands(m *ssa.MakeClosure) bool {
	captures := false
	for _, b := range m.Bindings {
		if a, ok := b.(*ssa.Alloc); ok {
			captures = captures || r.behind(a, nil, nil).holds() || r.behind(a, nil, nil).code()
		} else {
			x := r.val(b)
			captures = captures || x.holds() || x.code()
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
			o := r.e.outcome(r, fn, nil, r.captured(m))
			if o == nil || o.handed {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func (r *run) callEffect(f *effects, k *keyer, c ssa.CallInstruction) {
	common := c.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "append":
			for _, a := range common.Args[1:] {
				if x := r.val(a); x.holds() || x.code() {
					f.hands(true)
				}
			}
		case "copy":
			f.hands(r.val(common.Args[1]).holds())
		case "close", "delete", "panic":
			f.add(b.Name() + " " + k.args(common))
		}
		return
	}
	if r.src != nil && c == r.src.Instr {
		return
	}
	if isLogging(common) {
		return
	}
	call, _ := c.(*ssa.Call)
	if call != nil {
		if o := r.inner[call]; o != nil {
			f.hands(o.spread || o.handed && !r.receives(call))
			if o.exits {
				f.add(fmt.Sprint("exit in block ", c.Block().Index))
				f.ended = true
				return
			}
			if o.quiet {
				f.tests = append(f.tests, call)
			} else {
				f.calls = append(f.calls, c)
				f.add("call " + k.callee(common) + "(" + k.args(common) + "){" + o.effects + "}")
			}
			return
		}
	}
	if r.e.neverReturns(common) || call != nil && r.fatal(common) {
		f.add(fmt.Sprint("exit in block ", c.Block().Index))
		return
	}
	if call == nil && r.laterEffect(f, k, c) {
		return
	}
	f.hands(r.passesOn(common) || call != nil && r.decodesAway(call))
	if r.e.isQuiet(common) && call != nil {
		f.tests = append(f.tests, call)
		return
	}
	f.calls = append(f.calls, c)
	prefix := "call "
	switch c.(type) {
	case *ssa.Go:
		prefix = "go "
	case *ssa.Defer:
		prefix = "defer "
	}
	f.add(prefix + k.callee(common) + "(" + k.args(common) + ")")
}

// receives reports whether the results of a followed call are the code or the response, so
// that what becomes of it is seen here too; an error that holds it is a carrier of its own.
func (r *run) receives(c *ssa.Call) bool {
	list := r.tuples[c]
	if len(list) == 0 {
		list = []Value{r.val(c)}
	}
	received := false
	for i, v := range list {
		if v.holds() && isErrorLike(c.Call.Signature().Results().At(i).Type()) {
			return false
		}
		received = received || v.holds() || v.code()
	}
	return received
}

// laterEffect notes what a closure does that is deferred or started with go.
func (r *run) laterEffect(f *effects, k *keyer, c ssa.CallInstruction) bool {
	m, ok := c.Common().Value.(*ssa.MakeClosure)
	if !ok {
		return false
	}
	fn, ok := m.Fn.(*ssa.Function)
	if !ok || len(c.Common().Args) > 0 {
		return false
	}
	o := r.e.outcome(r, fn, nil, r.captured(m))
	if o == nil {
		return false
	}
	r.trace.merge(o.trace)
	r.trace.asked[fn] = true
	f.hands(o.handed)
	if !o.quiet {
		f.calls = append(f.calls, c)
		f.add("later " + k.callee(c.Common()) + "{" + o.effects + "}")
	}
	return true
}

// decodesAway reports whether a call decodes the carrier into something that the function
// does not own: a parameter, or what one points to.
func (r *run) decodesAway(c *ssa.Call) bool {
	if x, ok := r.content[c]; !ok || !x.holds() {
		return false
	}
	args := flow.Args(&c.Call)
	if isDecode(c) {
		_, ok := rootAlloc(underInterface(args[1]))
		return !ok
	}
	return false
}

// passesOn reports whether the carrier or its code is an argument of a function that is
// not known to end it.
func (r *run) passesOn(c *ssa.CallCommon) bool {
	holds := -1
	for i, a := range flow.Args(c) {
		x := r.val(a)
		if x.holds() || x.code() && !x.Text {
			holds = i
			break
		}
	}
	if holds < 0 {
		return false
	}
	name := flow.FullName(c)
	switch name {
	case "encoding/json.Marshal", "encoding/json.MarshalIndent", "(*encoding/json.Encoder).Encode":
		return true
	case "(*sync.Pool).Put":
		return false
	}
	f := flow.Callee(c)
	if f == nil || f.Pkg() == nil {
		return f == nil || !describes(c)
	}
	if fact := r.e.G.FuncFact(c); fact != nil {
		if p := fact.Param(holds); p != nil && p.Ends {
			return false
		}
		if fact.Quiet && !r.answersFor(c) {
			return false
		}
	}
	if holds == 0 && (describes(c) || r.e.tellsOfClient(c) || f.Name() == "Close") {
		return false
	}
	if flow.Std(f.Pkg().Path()) {
		return r.spills(f, c) || !quietStd(f) && !formats(f) && !discards(c)
	}
	if r.e.G.IsSDK(f) && f.Signature().Recv() != nil && holds == 0 {
		return false
	}
	return true
}

// answersFor reports whether a function that is given a response returns an error: it may have
// looked at what it was given.
func (r *run) answersFor(c *ssa.CallCommon) bool {
	res := c.Signature().Results()
	return r.src != nil && r.src.Shape == Response && res.Len() > 0 && flow.IsError(res.At(res.Len()-1).Type())
}

// spills reports whether a function of the standard library puts bytes or text of the
// carrier, as they are, into another argument: a buffer, a writer, a value that is decoded in
// a way that is not known here.
func (r *run) spills(f *types.Func, c *ssa.CallCommon) bool {
	if f.Pkg().Path() == "strconv" || madeOfText(f) || discards(c) || isDecoding(flow.FullName(c)) || !answersNothing(f.Signature().Results()) {
		return false
	}
	args := flow.Args(c)
	if f.Signature().Recv() != nil {
		args = args[1:]
	}
	return slices.ContainsFunc(args, r.holdsText)
}

// holdsText reports whether a value, or one of those written out for a variadic parameter,
// is bytes or text of the carrier as they are.
func (r *run) holdsText(v ssa.Value) bool {
	return slices.ContainsFunc(append(flow.Varargs(v), v), func(v ssa.Value) bool {
		v = underInterface(v)
		return (isBytes(v.Type()) || isText(v.Type())) && r.val(v).holds()
	})
}

// madeOfText reports whether a function makes an error of a text: the code is lost in it.
func madeOfText(f *types.Func) bool {
	return f.Pkg().Path() == "errors" || f.Pkg().Path() == "fmt" && f.Name() == "Errorf"
}

// answersNothing reports whether results tell how it went at most: nothing, an error, a
// count beside an error.
func answersNothing(res *types.Tuple) bool {
	switch n := res.Len(); {
	case n == 0:
		return true
	case !flow.IsError(res.At(n - 1).Type()):
		return false
	default:
		return n == 1 || n == 2 && isInteger(res.At(0).Type())
	}
}

func isText(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// formats reports whether a function writes text: the code is lost in it.
func formats(f *types.Func) bool {
	path, name := f.Pkg().Path(), f.Name()
	return path == "fmt" || path == "net/http" && (name == "Error" || name == "Do" || name == "Redirect") || path == "log"
}

// discards reports whether a call copies to io.Discard.
func discards(c *ssa.CallCommon) bool {
	if len(c.Args) == 0 {
		return false
	}
	u, ok := underInterface(c.Args[0]).(*ssa.UnOp)
	if !ok {
		return false
	}
	g, ok := u.X.(*ssa.Global)
	return ok && g.Pkg != nil && flow.Std(g.Pkg.Pkg.Path()) && g.Name() == "Discard"
}
