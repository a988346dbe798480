package memory

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// Literal is a list or map whose content is written in the program and nowhere changed.
type Literal struct {
	Keys []constant.Value // of a list: its elements
	Vals []ssa.Value      // of a map
}

// LiteralOf returns the content of a literal list or map, or nil.
func (m *Memory) LiteralOf(v ssa.Value) *Literal {
	if l, ok := m.literals[v]; ok {
		return l
	}
	m.literals[v] = nil
	l := m.findLiteral(v)
	m.literals[v] = l
	return l
}

func (m *Memory) findLiteral(v ssa.Value) *Literal {
	switch x := v.(type) {
	case *ssa.UnOp:
		g, ok := x.X.(*ssa.Global)
		if !ok {
			if a, ok := x.X.(*ssa.Alloc); ok {
				if s := m.Stores(a); len(s) == 1 && s[0].Val != nil && s[0].kills {
					return m.LiteralOf(s[0].Val)
				}
				return m.arrayLiteral(a)
			}
			return nil
		}
		if init := m.onlyStore(g); init != nil {
			return m.LiteralOf(init)
		}
		return nil
	case *ssa.Slice:
		if a, ok := x.X.(*ssa.Alloc); ok && x.Low == nil && x.High == nil {
			return m.arrayLiteral(a)
		}
	case *ssa.MakeMap:
		return m.mapLiteral(x)
	case *ssa.ChangeType:
		return m.LiteralOf(x.X)
	case *ssa.Alloc:
		return m.arrayLiteral(x)
	}
	return nil
}

// Written is the constant that a value is, or the code that a variable of the API's libraries
// names, in another type or not; nil if it is neither.
func (m *Memory) Written(v ssa.Value) constant.Value {
	switch x := v.(type) {
	case *ssa.Const:
		return x.Value
	case *ssa.ChangeType:
		return m.Written(x.X)
	case *ssa.Convert:
		if ir.IsString(x.X.Type()) == ir.IsString(x.Type()) {
			return m.Written(x.X)
		}
	case *ssa.UnOp:
		if g := ir.GlobalRead(x); g != nil {
			if _, code, ok := m.G.Origins.Variable(g.Object()); ok {
				return code.Constant()
			}
		}
	}
	return nil
}

// onlyStore returns the value of a package variable that is assigned once, in its declaration.
func (m *Memory) onlyStore(g *ssa.Global) ssa.Value {
	if m.globalStores == nil {
		m.globalStores = make(map[*ssa.Global][]*ssa.Store)
		m.mutated = make(map[*ssa.Global]bool)
		for _, fn := range m.G.Funcs {
			for _, b := range fn.Blocks {
				for _, i := range b.Instrs {
					m.noteGlobal(i)
				}
			}
		}
	}
	if m.mutated[g] {
		return nil
	}
	if s := m.globalStores[g]; len(s) == 1 && s[0].Parent().Name() == "init" {
		return s[0].Val
	}
	return nil
}

// noteGlobal notes assignments to package variables, and changes of what they hold.
func (m *Memory) noteGlobal(i ssa.Instruction) {
	loaded := func(v ssa.Value) {
		if u, ok := v.(*ssa.UnOp); ok {
			if g, ok := u.X.(*ssa.Global); ok {
				m.mutated[g] = true
			}
		}
	}
	switch i := i.(type) {
	case *ssa.Store:
		switch a := i.Addr.(type) {
		case *ssa.Global:
			m.globalStores[a] = append(m.globalStores[a], i)
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

func (m *Memory) arrayLiteral(a *ssa.Alloc) *Literal {
	l := &Literal{}
	for _, ref := range *a.Referrers() {
		switch i := ref.(type) {
		case *ssa.IndexAddr:
			for _, r := range *i.Referrers() {
				switch s := r.(type) {
				case *ssa.Store:
					c := m.Written(s.Val)
					if c == nil || s.Addr != i {
						return nil
					}
					l.Keys = append(l.Keys, c)
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
	if len(l.Keys) == 0 {
		return nil
	}
	return l
}

func (m *Memory) mapLiteral(made *ssa.MakeMap) *Literal {
	l := &Literal{}
	for _, ref := range *made.Referrers() {
		switch i := ref.(type) {
		case *ssa.MapUpdate:
			c := m.Written(i.Key)
			if c == nil || i.Map != made {
				return nil
			}
			l.Keys = append(l.Keys, c)
			l.Vals = append(l.Vals, i.Value)
		case *ssa.Lookup, *ssa.DebugRef, *ssa.Store:
		default:
			return nil
		}
	}
	return l
}
