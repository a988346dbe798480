package behavior

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// Waits reports whether a call sleeps, or waits for a timer or a limiter.
func (e *Engine) Waits(c *ssa.CallCommon) bool {
	f := flow.Callee(c)
	if f != nil && f.Pkg() != nil {
		if isWait(f) {
			return true
		}
		if fact := e.G.FuncFact(c); fact != nil && (fact.Waits || sameModule(f.Pkg().Path(), e.G.Pkg.Path())) {
			return fact.Waits
		}
		if f.Pkg() != e.G.Pkg && !sameModule(f.Pkg().Path(), e.G.Pkg.Path()) && e.isRetryPath(f.Pkg().Path()) {
			return true
		}
	}
	if f == nil && !c.IsInvoke() {
		// A clock that tests replace: func(time.Duration).
		sig := c.Signature()
		if sig.Results().Len() <= 1 && sig.Params().Len() >= 1 && sig.Params().Len() <= 2 &&
			flow.TypePath(sig.Params().At(sig.Params().Len()-1).Type()) == "time.Duration" {
			return true
		}
	}
	if c.IsInvoke() && (c.Method.Name() == "Sleep" || c.Method.Name() == "Wait") {
		return true
	}
	fns, _ := e.G.Targets(c)
	for _, fn := range fns {
		if e.funcWaits(fn) {
			return true
		}
	}
	return false
}

// Pauses reports whether a function is known to wait by its name.
func Pauses(f *types.Func) bool { return f.Pkg() != nil && isWait(f) }

// Exits reports whether a function is known never to return by its name.
func Exits(f *types.Func) bool { return stops(f) }

func isWait(f *types.Func) bool {
	name := f.Name()
	switch path := f.Pkg().Path(); path {
	case "time":
		switch name {
		case "Sleep", "After", "Tick", "NewTimer", "NewTicker", "AfterFunc", "Reset":
			return true
		}
		return false
	case "golang.org/x/time/rate":
		return strings.HasPrefix(name, "Wait") || strings.HasPrefix(name, "Reserve")
	default:
		if flow.Std(path) {
			return false
		}
		switch name {
		case "Sleep", "Wait", "WaitN", "Take":
			return true
		}
		return false
	}
}

// isRetryPath reports whether an element of an import path is that of a retry library. The
// elements that the package under analysis shares say nothing: they are its module's.
func (e *Engine) isRetryPath(path string) bool {
	elements, own := strings.Split(path, "/"), strings.Split(e.G.Pkg.Path(), "/")
	for i, el := range elements {
		if i < len(own) && own[i] == el && slices.Equal(own[:i], elements[:i]) {
			continue
		}
		if isRetryElement(el) {
			return true
		}
	}
	return false
}

func isRetryElement(el string) bool {
	switch strings.TrimPrefix(strings.TrimSuffix(el, "-go"), "go-") {
	case "retry", "backoff", "retryablehttp":
		return true
	}
	return false
}

// sameModule reports whether two import paths begin alike, as those of one module do.
func sameModule(a, b string) bool {
	x, y := strings.SplitN(a, "/", 4), strings.SplitN(b, "/", 4)
	n := 1
	if strings.Contains(x[0], ".") {
		n = 2
		if x[0] == "github.com" || x[0] == "gitlab.com" || x[0] == "bitbucket.org" {
			n = 3
		}
	}
	return len(x) >= n && len(y) >= n && slices.Equal(x[:n], y[:n])
}

func (e *Engine) funcWaits(fn *ssa.Function) bool {
	if v, ok := e.waits[fn]; ok {
		return v
	}
	e.waits[fn] = false
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if e.instrWaits(instr) {
				e.waits[fn] = true
				return true
			}
		}
	}
	return false
}

// instrWaits reports whether an instruction waits for time to pass.
func (e *Engine) instrWaits(instr ssa.Instruction) bool {
	switch i := instr.(type) {
	case *ssa.Call:
		return e.Waits(&i.Call)
	case *ssa.Defer:
		return e.Waits(&i.Call)
	case *ssa.UnOp:
		return i.Op == token.ARROW && (timeChan(i.X.Type()) || endOfContext(i.X) || e.paced(i.X))
	case *ssa.Select:
		for _, s := range i.States {
			if i.Blocking && (timeChan(s.Chan.Type()) || s.Send == nil && e.paced(s.Chan)) {
				return true
			}
		}
	}
	return false
}

// endOfContext reports whether a channel is that of a context's end: to wait for nothing else is
// to let its time pass.
func endOfContext(ch ssa.Value) bool {
	c, ok := ch.(*ssa.Call)
	if !ok {
		return false
	}
	f := flow.Callee(&c.Call)
	return f != nil && f.Pkg() != nil && f.Pkg().Path() == "context" && f.Name() == "Done"
}

func timeChan(t types.Type) bool {
	c, ok := t.Underlying().(*types.Chan)
	return ok && flow.TypePath(c.Elem()) == "time.Time"
}

// ticks reports whether a channel is that of a ticker.
func (e *Engine) ticks(ch ssa.Value) bool {
	switch v := e.assigned(ch).(type) {
	case *ssa.Call:
		return flow.FullName(&v.Call) == "time.Tick"
	case *ssa.UnOp:
		a, ok := v.X.(*ssa.FieldAddr)
		return ok && flow.TypePath(pointee(a.X.Type())) == "time.Ticker"
	}
	return false
}

// inRetryHelper reports whether a closure is handed to a helper that calls it again: one
// that a fact or this package says so of, or one of a retry or backoff package.
func (e *Engine) inRetryHelper(fn *ssa.Function) bool {
	if fn.Parent() == nil {
		return false
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			var v ssa.Value
			switch i := instr.(type) {
			case *ssa.MakeClosure:
				if i.Fn == fn {
					v = i
				}
			case ssa.CallInstruction:
				for n, a := range i.Common().Args {
					if underInterface(a) == ssa.Value(fn) && e.retriesParam(i.Common(), n) {
						return true
					}
				}
			}
			if v == nil {
				continue
			}
			for _, ref := range *v.Referrers() {
				if c, ok := ref.(ssa.CallInstruction); ok && e.handsToRetry(c, v) {
					return true
				}
				if ct, ok := ref.(*ssa.ChangeType); ok {
					for _, ref := range *ct.Referrers() {
						if c, ok := ref.(ssa.CallInstruction); ok && e.handsToRetry(c, ct) {
							return true
						}
					}
				}
			}
		}
	}
	return false
}

func (e *Engine) handsToRetry(c ssa.CallInstruction, v ssa.Value) bool {
	for n, a := range flow.Args(c.Common()) {
		if underInterface(a) == v && e.retriesParam(c.Common(), n) {
			return true
		}
	}
	return false
}

func (e *Engine) retriesParam(c *ssa.CallCommon, n int) bool {
	f := flow.Callee(c)
	if f == nil || f.Pkg() == nil {
		return false
	}
	if f.Pkg() != e.G.Pkg && e.isRetryPath(f.Pkg().Path()) {
		return true
	}
	if fact := e.G.FuncFact(c); fact != nil {
		p := fact.Param(n)
		return p != nil && p.Retries
	}
	fns, _ := e.G.Targets(c)
	for _, fn := range fns {
		if n < len(fn.Params) {
			if loops, _ := e.loopsOver(fn, fn.Params[n]); loops {
				return true
			}
		}
	}
	return false
}

// loopsOver reports whether fn calls a function parameter in a loop that success leaves,
// and whether it asks something of the failure besides whether there is one.
func (e *Engine) loopsOver(fn *ssa.Function, p *ssa.Parameter) (loops, asks bool) {
	if _, ok := p.Type().Underlying().(*types.Signature); !ok {
		return false, false
	}
	for _, ref := range *p.Referrers() {
		c, ok := ref.(*ssa.Call)
		if !ok || c.Call.Value != ssa.Value(p) {
			continue
		}
		n := c.Call.Signature().Results().Len()
		if n == 0 || !isErrorLike(c.Call.Signature().Results().At(n-1).Type()) {
			continue
		}
		s := &Source{Fn: fn, Shape: Err, Instr: c, Call: c, Result: n - 1, vals: resultValues(c, n-1, n)}
		r := e.propagate(s, 1, false)
		if r.asks() || r.repeated(c) && !e.propagate(s, 0, true).repeated(c) {
			loops = loops || inLoop(c.Block())
			asks = asks || r.asks()
		}
	}
	return loops, asks
}

// asks reports whether a function looks at more of the carrier than whether it is nil: it
// hands it to something that answers yes or no, or asserts its type. A function that it is
// given itself is its caller's affair.
func (r *run) asks() bool {
	for _, b := range r.fn.Blocks {
		if !r.live[b.Index] {
			continue
		}
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.TypeAssert:
				if r.val(i.X).holds() {
					return true
				}
			case *ssa.Call:
				res := i.Call.Signature().Results()
				if res.Len() == 0 || !isBoolean(res.At(res.Len()-1).Type()) {
					continue
				}
				if _, given := i.Call.Value.(*ssa.Parameter); given && !i.Call.IsInvoke() {
					continue
				}
				for _, a := range flow.Args(&i.Call) {
					if r.val(a).holds() {
						return true
					}
				}
			}
		}
	}
	return false
}
