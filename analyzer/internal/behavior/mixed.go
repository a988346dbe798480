package behavior

import "golang.org/x/tools/go/ssa"

// isNumber reports whether v is the code itself as the source's call yields it.
func (r *run) isNumber(v ssa.Value) bool {
	if r.src == nil || !isInteger(v.Type()) {
		return false
	}
	switch x := v.(type) {
	case *ssa.Convert:
		return r.isNumber(x.X)
	case *ssa.ChangeType:
		return r.isNumber(x.X)
	}
	return r.src.codes[v] || r.src.Shape == Number && r.src.vals[v]
}

// askedAgain is the value of v, which may come from another call where a variable holds the
// number that the source's call yields.
func (r *run) askedAgain(v ssa.Value, asked bool) Value {
	if asked && r.another(v) {
		return intVal(r.code)
	}
	return r.val(v)
}

// another reports whether v is what another call of the function that the source calls yields: a
// number that is asked for again. As with carriers, the bound one stands for it.
func (r *run) another(v ssa.Value) bool {
	if r.src == nil || r.src.Call == nil || len(r.src.codes) == 0 && r.src.Shape != Number {
		return false
	}
	if !isInteger(v.Type()) {
		return false
	}
	switch x := v.(type) {
	case *ssa.Convert:
		return r.another(x.X)
	case *ssa.ChangeType:
		return r.another(x.X)
	case *ssa.Extract:
		v = x.Tuple
	}
	c, ok := v.(*ssa.Call)
	return ok && ssa.CallInstruction(c) != r.src.Call && sameCallee(&c.Call, r.src.Call.Common())
}

func sameCallee(a, b *ssa.CallCommon) bool {
	if a.IsInvoke() || b.IsInvoke() {
		return a.IsInvoke() && b.IsInvoke() && a.Method == b.Method
	}
	return a.StaticCallee() != nil && a.StaticCallee() == b.StaticCallee()
}

// mixes reports whether a number meets one that does not come from another call of the same
// function: what is asked of it then is asked of both.
func (e *Engine) mixes(c ssa.CallInstruction, v ssa.Value, depth int) bool {
	if depth > maxDepth || v.Referrers() == nil {
		return false
	}
	foreign := func(x ssa.Value) bool {
		for {
			switch y := x.(type) {
			case *ssa.Convert:
				x = y.X
				continue
			case *ssa.ChangeType:
				x = y.X
				continue
			case *ssa.Extract:
				x = y.Tuple
				continue
			}
			break
		}
		switch y := x.(type) {
		case *ssa.Const:
			return false
		case *ssa.Call:
			return !sameCallee(&y.Call, c.Common())
		}
		return true
	}
	for _, ref := range *v.Referrers() {
		switch i := ref.(type) {
		case *ssa.Convert:
			if e.mixes(c, i, depth+1) {
				return true
			}
		case *ssa.ChangeType:
			if e.mixes(c, i, depth+1) {
				return true
			}
		case *ssa.Phi:
			for _, edge := range i.Edges {
				if edge != ssa.Value(i) && edge != v && foreign(edge) {
					return true
				}
			}
		case *ssa.Store:
			a, ok := i.Addr.(*ssa.Alloc)
			if !ok || i.Val != v {
				continue
			}
			for _, s := range e.stores(a) {
				if s.val == nil || s.val != v && foreign(s.val) {
					return true
				}
			}
		}
	}
	return false
}
