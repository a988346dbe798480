package memory

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Memory is what is known of the variables of one package, whatever the code. It keeps what
// it found out; it is not safe for concurrent use.
type Memory struct {
	G *flow.Graph

	storesOf     map[*ssa.Alloc][]Store
	reachOf      map[readAt][]Store
	literals     map[ssa.Value]*Literal
	globalStores map[*ssa.Global][]*ssa.Store
	mutated      map[*ssa.Global]bool
}

// New returns the memory of a package.
func New(g *flow.Graph) *Memory {
	return &Memory{
		G:        g,
		storesOf: make(map[*ssa.Alloc][]Store),
		reachOf:  make(map[readAt][]Store),
		literals: make(map[ssa.Value]*Literal),
	}
}

const maxAssigned = 4 // variables followed to what is assigned to them

// StoredType is the type of what an interface value holds, where one alone is stored.
func (m *Memory) StoredType(v ssa.Value) types.Type {
	if i, ok := m.Assigned(v).(*ssa.MakeInterface); ok {
		return i.X.Type()
	}
	return nil
}

// Assigned follows a variable that is assigned once to what is assigned, and that in turn.
// It returns nil where the way is too long, as from a variable that is assigned to itself.
func (m *Memory) Assigned(v ssa.Value) ssa.Value {
	for range maxAssigned {
		u, ok := v.(*ssa.UnOp)
		if !ok || u.Op != token.MUL {
			return v
		}
		switch x := u.X.(type) {
		case *ssa.Global:
			s := m.onlyStore(x)
			if s == nil {
				return v
			}
			v = s
		case *ssa.Alloc:
			st := m.Stores(x)
			if len(st) != 1 || st[0].Val == nil {
				return v
			}
			v = st[0].Val
		default:
			return v
		}
	}
	return nil
}

// A Store is one thing that fills a local variable.
type Store struct {
	Instr   ssa.Instruction
	Block   int // -1 if it is not in the function
	Val     ssa.Value
	Call    ssa.Instruction // a call that is given the address
	Field   int             // -1: the whole
	Index   bool            // an element
	Outside bool            // a closure that captured the variable
	Runs    bool            // the call runs such a closure
	Zero    bool            // its declaration
	kills   bool
}

// Stores lists what fills a variable, in the order of its referrers.
func (m *Memory) Stores(a *ssa.Alloc) []Store {
	if s, ok := m.storesOf[a]; ok {
		return s
	}
	var out []Store
	var visit func(v ssa.Value, field int, index bool)
	visit = func(v ssa.Value, field int, index bool) {
		for _, ref := range *v.Referrers() {
			switch i := ref.(type) {
			case *ssa.Store:
				if i.Val == v && i.Addr != v {
					for _, c := range append(ir.DecodesOf(i.Addr), ir.ThroughVariable(i.Addr)...) {
						out = append(out, Store{Instr: c, Block: c.Block().Index, Call: c, Field: -1})
					}
				}
				if i.Addr == v {
					out = append(out, Store{Instr: i, Block: i.Block().Index, Val: i.Val, Field: field, Index: index, kills: field < 0 && !index})
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
						out = append(out, Store{Instr: c, Block: c.Block().Index, Call: c, Field: field})
					}
				}
			case *ssa.MakeInterface:
				for _, iref := range *i.Referrers() {
					if c, ok := iref.(*ssa.Call); ok {
						out = append(out, Store{Instr: c, Block: c.Block().Index, Call: c, Field: field, kills: m.fills(c)})
					}
				}
			case *ssa.Call:
				out = append(out, Store{Instr: i, Block: i.Block().Index, Call: i, Field: field, kills: m.fills(i)})
			case *ssa.MakeClosure:
				if !ir.CapturedStore(i, v) {
					continue
				}
				if d := ir.DeferOf(i); d != nil {
					for _, rd := range ir.RunDefers(i.Parent()) {
						out = append(out, Store{Instr: rd, Block: rd.Block().Index, Call: rd, Field: -1, kills: true, Runs: true})
					}
					continue
				}
				calls, all := ir.CallsOf(i)
				for _, c := range calls {
					out = append(out, Store{Instr: c, Block: c.Block().Index, Call: c, Runs: true, Field: -1, kills: true})
				}
				if !all {
					out = append(out, Store{Instr: i, Block: i.Block().Index, Outside: true, Field: -1})
				}
			}
		}
	}
	visit(a, -1, false)
	m.storesOf[a] = out
	return out
}

// fills reports whether a call overwrites what its argument points to.
func (m *Memory) fills(c *ssa.Call) bool {
	switch m.G.FullName(&c.Call) {
	case "errors.As", "encoding/json.Unmarshal", "(*encoding/json.Decoder).Decode":
		return true
	}
	return false
}

type readAt struct {
	a  *ssa.Alloc
	at ssa.Instruction
}

// Reaching lists the stores that can reach a reader; all of them if at is nil.
func (m *Memory) Reaching(a *ssa.Alloc, at ssa.Instruction) []Store {
	all := m.Stores(a)
	if at == nil || len(all) <= 1 && !ir.NeedsZero(a) {
		return all
	}
	at = ir.ReadPoint(at)
	key := readAt{a, at}
	if s, ok := m.reachOf[key]; ok {
		return s
	}
	byInstr := make(map[ssa.Instruction][]Store)
	for _, s := range all {
		byInstr[s.Instr] = append(byInstr[s.Instr], s)
	}
	var out []Store
	add := func(list []Store) (killed bool) {
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
				out = append(out, Store{Instr: a, Block: b.Index, Zero: true, Field: -1})
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
		if s.Outside {
			out = append(out, s)
		}
	}
	m.reachOf[key] = out
	return out
}

// AssignedTo lists the values that a variable is assigned where it is declared.
func (m *Memory) AssignedTo(a *ssa.Alloc) []ssa.Value {
	var out []ssa.Value
	for _, s := range m.Stores(a) {
		if s.Val != nil {
			out = append(out, s.Val)
		}
	}
	return out
}

// Stored is the one value that a variable holds where it is read, or v itself: a function
// that defers returns through variables.
func (m *Memory) Stored(v ssa.Value) ssa.Value {
	u, ok := v.(*ssa.UnOp)
	if !ok {
		return v
	}
	a, ok := u.X.(*ssa.Alloc)
	if !ok {
		return v
	}
	if list := m.Reaching(a, u); len(list) == 1 && list[0].Val != nil {
		return list[0].Val
	}
	return v
}

// Ticks reports whether a channel is that of a ticker.
func (m *Memory) Ticks(ch ssa.Value) bool {
	switch v := m.Assigned(ch).(type) {
	case *ssa.Call:
		return ir.FullName(&v.Call) == "time.Tick"
	case *ssa.UnOp:
		a, ok := v.X.(*ssa.FieldAddr)
		return ok && ir.TypePath(ir.Pointee(a.X.Type())) == "time.Ticker"
	}
	return false
}
