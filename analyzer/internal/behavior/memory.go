package behavior

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A store is one thing that fills a local variable.
type store struct {
	instr   ssa.Instruction
	block   int // -1 if it is not in the function
	val     ssa.Value
	call    ssa.Instruction // a call that is given the address
	field   int             // -1: the whole
	index   bool            // an element
	outside bool            // a closure that captured the variable
	runs    bool            // the call runs such a closure
	zero    bool            // its declaration
	kills   bool
}

// stores lists what fills a variable, in the order of its referrers.
func (e *Engine) stores(a *ssa.Alloc) []store {
	if s, ok := e.storesOf[a]; ok {
		return s
	}
	var out []store
	var visit func(v ssa.Value, field int, index bool)
	visit = func(v ssa.Value, field int, index bool) {
		for _, ref := range *v.Referrers() {
			switch i := ref.(type) {
			case *ssa.Store:
				if i.Val == v && i.Addr != v {
					for _, c := range append(decodesOf(i.Addr), throughVariable(i.Addr)...) {
						out = append(out, store{instr: c, block: c.Block().Index, call: c, field: -1})
					}
				}
				if i.Addr == v {
					out = append(out, store{instr: i, block: i.Block().Index, val: i.Val, field: field, index: index, kills: field < 0 && !index})
				}
			case *ssa.FieldAddr:
				if field < 0 && !index {
					visit(i, i.Field, false)
				} else {
					visit(i, field, index)
				}
			case *ssa.IndexAddr:
				visit(i, field, true)
			case *ssa.Slice:
				for _, sref := range *i.Referrers() {
					if c, ok := sref.(*ssa.Call); ok {
						out = append(out, store{instr: c, block: c.Block().Index, call: c, field: field})
					}
				}
			case *ssa.MakeInterface:
				for _, iref := range *i.Referrers() {
					if c, ok := iref.(*ssa.Call); ok {
						out = append(out, store{instr: c, block: c.Block().Index, call: c, field: field, kills: e.fills(c)})
					}
				}
			case *ssa.Call:
				out = append(out, store{instr: i, block: i.Block().Index, call: i, field: field, kills: e.fills(i)})
			case *ssa.MakeClosure:
				if !capturedStore(i, v) {
					continue
				}
				if d := deferOf(i); d != nil {
					for _, rd := range runDefers(i.Parent()) {
						out = append(out, store{instr: rd, block: rd.Block().Index, call: rd, field: -1, kills: true, runs: true})
					}
					continue
				}
				calls, all := callsOf(i)
				for _, c := range calls {
					out = append(out, store{instr: c, block: c.Block().Index, call: c, runs: true, field: -1, kills: true})
				}
				if !all {
					out = append(out, store{instr: i, block: i.Block().Index, outside: true, field: -1})
				}
			}
		}
	}
	visit(a, -1, false)
	e.storesOf[a] = out
	return out
}

// decodesOf lists the decodings into the local struct in which an address is stored: they
// fill what the address points to as well.
func decodesOf(addr ssa.Value) []*ssa.Call {
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	holder, ok := fa.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var out []*ssa.Call
	for _, ref := range *holder.Referrers() {
		m, ok := ref.(*ssa.MakeInterface)
		if !ok {
			continue
		}
		for _, ref := range *m.Referrers() {
			if c, ok := ref.(*ssa.Call); ok && isDecode(c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// throughVariable lists the calls that are given a pointer out of the variable that it is
// stored in: a named result of a function that defers is one.
func throughVariable(addr ssa.Value) []*ssa.Call {
	variable, ok := addr.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var out []*ssa.Call
	for _, ref := range *variable.Referrers() {
		load, ok := ref.(*ssa.UnOp)
		if !ok {
			continue
		}
		for _, ref := range *load.Referrers() {
			switch i := ref.(type) {
			case *ssa.Call:
				out = append(out, i)
			case *ssa.MakeInterface:
				for _, ref := range *i.Referrers() {
					if c, ok := ref.(*ssa.Call); ok {
						out = append(out, c)
					}
				}
			}
		}
	}
	return out
}

// fills reports whether a call overwrites what its argument points to.
func (e *Engine) fills(c *ssa.Call) bool {
	switch e.G.FullName(&c.Call) {
	case "errors.As", "encoding/json.Unmarshal", "(*encoding/json.Decoder).Decode":
		return true
	}
	return false
}

// capturedStore reports whether a closure assigns to the variable that v is the address of.
func capturedStore(c *ssa.MakeClosure, v ssa.Value) bool {
	fn, ok := c.Fn.(*ssa.Function)
	if !ok {
		return true
	}
	for k, b := range c.Bindings {
		if b != v || k >= len(fn.FreeVars) {
			continue
		}
		for _, ref := range *fn.FreeVars[k].Referrers() {
			switch i := ref.(type) {
			case *ssa.Store:
				if i.Addr == fn.FreeVars[k] {
					return true
				}
			case *ssa.MakeClosure:
				if capturedStore(i, fn.FreeVars[k]) {
					return true
				}
			}
		}
	}
	return false
}

// deferOf returns the defer statement of a closure that has no other use.
func deferOf(m *ssa.MakeClosure) *ssa.Defer {
	var out *ssa.Defer
	for _, ref := range *m.Referrers() {
		switch i := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Defer:
			if out != nil || i.Call.Value != ssa.Value(m) {
				return nil
			}
			out = i
		default:
			return nil
		}
	}
	return out
}

func runDefers(fn *ssa.Function) []*ssa.RunDefers {
	var out []*ssa.RunDefers
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			if rd, ok := i.(*ssa.RunDefers); ok {
				out = append(out, rd)
			}
		}
	}
	return out
}

// callsOf lists the direct calls of a closure, and reports whether there is no other use.
func callsOf(m *ssa.MakeClosure) (calls []*ssa.Call, all bool) {
	all = true
	for _, ref := range *m.Referrers() {
		switch i := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Call:
			if i.Call.Value == ssa.Value(m) {
				calls = append(calls, i)
				continue
			}
			all = false
		default:
			all = false
		}
	}
	return calls, all
}

type readAt struct {
	a  *ssa.Alloc
	at ssa.Instruction
}

// reaching lists the stores that can reach a reader; all of them if at is nil.
func (e *Engine) reaching(a *ssa.Alloc, at ssa.Instruction) []store {
	all := e.stores(a)
	if at == nil || len(all) <= 1 && !needsZero(a) {
		return all
	}
	at = readPoint(at)
	key := readAt{a, at}
	if s, ok := e.reachOf[key]; ok {
		return s
	}
	byInstr := make(map[ssa.Instruction][]store)
	for _, s := range all {
		byInstr[s.instr] = append(byInstr[s.instr], s)
	}
	var out []store
	add := func(list []store) (killed bool) {
		for _, s := range list {
			out = append(out, s)
			killed = killed || s.kills
		}
		return killed
	}
	seen := make(map[*ssa.BasicBlock]bool)
	var back func(b *ssa.BasicBlock, from int)
	back = func(b *ssa.BasicBlock, from int) {
		for k := from; k >= 0; k-- {
			if b.Instrs[k] == a {
				out = append(out, store{instr: a, block: b.Index, zero: true, field: -1})
				return
			}
			if add(byInstr[b.Instrs[k]]) {
				return
			}
		}
		for _, p := range b.Preds {
			if !seen[p] {
				seen[p] = true
				back(p, len(p.Instrs)-1)
			}
		}
	}
	b := at.Block()
	for k, instr := range b.Instrs {
		if instr == at {
			back(b, k-1)
			break
		}
	}
	for _, s := range all {
		if s.outside {
			out = append(out, s)
		}
	}
	e.reachOf[key] = out
	return out
}

// readPoint is where a load takes effect: in "return v, f(&v)" the order of operands is not
// specified, and the compiler reads the variable behind the call.
func readPoint(at ssa.Instruction) ssa.Instruction {
	load, ok := at.(*ssa.UnOp)
	if !ok {
		return at
	}
	var use ssa.Instruction
	for _, ref := range *load.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Return, *ssa.Store:
			if use != nil || ref.Block() != at.Block() {
				return at
			}
			use = ref
		default:
			return at
		}
	}
	if use == nil {
		return at
	}
	list := at.Block().Instrs
	for i := slices.Index(list, use) - 1; i > 0 && list[i] != at; i-- {
		if _, ok := list[i].(*ssa.Call); ok {
			return list[i+1]
		}
	}
	return at
}

func needsZero(a *ssa.Alloc) bool { return !StructLike(a) }

// StructLike reports whether an allocation is of a struct or an array, whose zero value
// is of no interest.
func StructLike(a *ssa.Alloc) bool {
	switch pointee(a.Type()).Underlying().(type) {
	case *types.Struct, *types.Array:
		return true
	}
	return false
}

func pointee(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// zeroOf is the zero value of a type.
func zeroOf(t types.Type) Value {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return constVal(constant.MakeBool(false))
		case u.Info()&types.IsInteger != 0:
			return constVal(constant.MakeInt64(0))
		case u.Info()&types.IsString != 0:
			return constVal(constant.MakeString(""))
		}
	case *types.Pointer, *types.Interface, *types.Map, *types.Slice, *types.Signature, *types.Chan:
		if _, ok := t.(*types.TypeParam); !ok {
			return null
		}
	}
	return top
}

// literal is a list or map whose content is written in the program and nowhere changed.
type literal struct {
	keys []constant.Value // of a list: its elements
	vals []ssa.Value      // of a map
}

// literalOf returns the content of a literal list or map, or nil.
func (e *Engine) literalOf(v ssa.Value) *literal {
	if l, ok := e.literals[v]; ok {
		return l
	}
	e.literals[v] = nil
	l := e.findLiteral(v)
	e.literals[v] = l
	return l
}

func (e *Engine) findLiteral(v ssa.Value) *literal {
	switch x := v.(type) {
	case *ssa.UnOp:
		g, ok := x.X.(*ssa.Global)
		if !ok {
			if a, ok := x.X.(*ssa.Alloc); ok {
				if s := e.stores(a); len(s) == 1 && s[0].val != nil && s[0].kills {
					return e.literalOf(s[0].val)
				}
				return arrayLiteral(a)
			}
			return nil
		}
		if init := e.onlyStore(g); init != nil {
			return e.literalOf(init)
		}
		return nil
	case *ssa.Slice:
		if a, ok := x.X.(*ssa.Alloc); ok && x.Low == nil && x.High == nil {
			return arrayLiteral(a)
		}
	case *ssa.MakeMap:
		return mapLiteral(x)
	case *ssa.ChangeType:
		return e.literalOf(x.X)
	case *ssa.Alloc:
		return arrayLiteral(x)
	}
	return nil
}

// onlyStore returns the value of a package variable that is assigned once, in its declaration.
func (e *Engine) onlyStore(g *ssa.Global) ssa.Value {
	if e.globalStores == nil {
		e.globalStores = make(map[*ssa.Global][]*ssa.Store)
		e.mutated = make(map[*ssa.Global]bool)
		for _, fn := range e.G.Funcs {
			for _, b := range fn.Blocks {
				for _, i := range b.Instrs {
					e.noteGlobal(i)
				}
			}
		}
	}
	if e.mutated[g] {
		return nil
	}
	if s := e.globalStores[g]; len(s) == 1 && s[0].Parent().Name() == "init" {
		return s[0].Val
	}
	return nil
}

// noteGlobal notes assignments to package variables, and changes of what they hold.
func (e *Engine) noteGlobal(i ssa.Instruction) {
	loaded := func(v ssa.Value) {
		if u, ok := v.(*ssa.UnOp); ok {
			if g, ok := u.X.(*ssa.Global); ok {
				e.mutated[g] = true
			}
		}
	}
	switch i := i.(type) {
	case *ssa.Store:
		switch a := i.Addr.(type) {
		case *ssa.Global:
			e.globalStores[a] = append(e.globalStores[a], i)
		case *ssa.IndexAddr:
			loaded(a.X)
		}
	case *ssa.MapUpdate:
		loaded(i.Map)
	case ssa.CallInstruction:
		if b, ok := i.Common().Value.(*ssa.Builtin); ok && (b.Name() == "delete" || b.Name() == "clear") {
			loaded(i.Common().Args[0])
		}
	}
}

func arrayLiteral(a *ssa.Alloc) *literal {
	l := &literal{}
	for _, ref := range *a.Referrers() {
		switch i := ref.(type) {
		case *ssa.IndexAddr:
			for _, r := range *i.Referrers() {
				switch s := r.(type) {
				case *ssa.Store:
					c, ok := s.Val.(*ssa.Const)
					if !ok || c.Value == nil || s.Addr != i {
						return nil
					}
					l.keys = append(l.keys, c.Value)
				case *ssa.UnOp, *ssa.DebugRef:
				default:
					return nil
				}
			}
		case *ssa.Slice, *ssa.DebugRef, *ssa.UnOp:
		default:
			return nil
		}
	}
	if len(l.keys) == 0 {
		return nil
	}
	return l
}

func mapLiteral(m *ssa.MakeMap) *literal {
	l := &literal{}
	for _, ref := range *m.Referrers() {
		switch i := ref.(type) {
		case *ssa.MapUpdate:
			c, ok := i.Key.(*ssa.Const)
			if !ok || c.Value == nil || i.Map != m {
				return nil
			}
			l.keys = append(l.keys, c.Value)
			l.vals = append(l.vals, i.Value)
		case *ssa.Lookup, *ssa.DebugRef, *ssa.Store:
		default:
			return nil
		}
	}
	return l
}
