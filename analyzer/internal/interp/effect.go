package interp

import (
	"fmt"
	"go/constant"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
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

// None reports whether there is nothing but returns, logging and formatting.
func (f *Effects) None() bool { return f.pure }

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
	if x.C.Kind() == constant.String && r.codeKind() == catalog.IntKind {
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
