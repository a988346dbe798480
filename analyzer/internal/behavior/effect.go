package behavior

import (
	"fmt"
	"go/token"
	"go/types"
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
	exits   bool // no return is reached: the process, the goroutine or the test ends
	ended   bool // a call that ends the process is reached
	calls   []ssa.CallInstruction
	tests   []*ssa.Call // calls without effects
}

func (f *effects) key() string {
	list := make([]string, 0, len(f.keys))
	for k := range f.keys {
		list = append(list, k)
	}
	sort.Strings(list)
	return strings.Join(list, "\n")
}

func (f *effects) add(key string) { f.keys[key] = true; f.quiet = false }

// effects lists what r reaches.
func (r *run) effects() *effects {
	f := &effects{keys: make(map[string]bool), returns: make(map[*ssa.Return]string), quiet: true, exits: true}
	k := &keyer{r: r, memo: make(map[ssa.Value]string)}
	for _, b := range r.fn.Blocks {
		if !r.reached(b) {
			continue
		}
		for _, instr := range b.Instrs {
			r.effect(f, k, instr)
			if r.ends[b] == instr {
				f.ended = true
				break
			}
		}
	}
	return f
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
			f.handed = f.handed || r.handsOn(v, x)
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
		f.handed = f.handed || x.holds() || x.code() || x.Part && x.Kind == Carrier
		f.add("store " + k.key(i.Addr, 0) + " = " + k.key(i.Val, 0))
	case *ssa.MapUpdate:
		x := r.val(i.Value)
		f.handed = f.handed || x.holds() || x.code()
		if _, ok := i.Map.(*ssa.MakeMap); !ok {
			f.add("map " + k.key(i.Map, 0) + "[" + k.key(i.Key, 0) + "] = " + k.key(i.Value, 0))
		}
	case *ssa.Send:
		x := r.val(i.X)
		f.handed = f.handed || x.holds() || x.code()
		f.add("send " + k.key(i.Chan, 0) + " " + k.key(i.X, 0))
	case *ssa.Select:
		for _, s := range i.States {
			if s.Send != nil {
				x := r.val(s.Send)
				f.handed = f.handed || x.holds() || x.code()
				f.add("send " + k.key(s.Chan, 0) + " " + k.key(s.Send, 0))
			}
		}
	case *ssa.MakeClosure:
		f.handed = f.handed || r.closureHands(i)
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
	case *ssa.MakeSlice:
		return true
	}
	return false
}

// handsOn reports whether returning v hands the carrier or its code on.
func (r *run) handsOn(v ssa.Value, x Value) bool {
	if x.holds() {
		return true
	}
	if !x.code() {
		return false
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
					f.handed = true
				}
			}
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
			f.handed = f.handed || o.handed
			if o.exits {
				f.add("exit")
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
	if r.e.neverReturns(common) {
		f.add("exit")
		return
	}
	f.handed = f.handed || r.passesOn(common) || call != nil && r.decodesAway(call)
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
		if fact.Quiet {
			return false
		}
	}
	if holds == 0 && (describes(c) || f.Name() == "Close") {
		return false
	}
	if flow.Std(f.Pkg().Path()) {
		return !quietStd(f) && !formats(f) && !discards(c)
	}
	if r.e.G.IsSDK(f) && f.Signature().Recv() != nil && holds == 0 {
		return false
	}
	return true
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

// isQuiet reports whether a call has no effect that outlives the caller.
func (e *Engine) isQuiet(c *ssa.CallCommon) bool {
	f := flow.Callee(c)
	if f == nil {
		if fns, complete := e.G.Targets(c); complete {
			for _, fn := range fns {
				if !e.funcQuiet(fn) {
					return false
				}
			}
			return true
		}
		return false
	}
	if describes(c) || f.Name() == "Close" && c.Signature().Params().Len() == 0 {
		return true
	}
	if f.Pkg() == nil {
		return true
	}
	if flow.Std(f.Pkg().Path()) {
		return quietStd(f)
	}
	if fact := e.G.FuncFact(c); fact != nil {
		return fact.Quiet
	}
	if fn := e.G.Local(c.StaticCallee()); fn != nil {
		return e.funcQuiet(fn)
	}
	if fns, complete := e.G.Targets(c); complete {
		for _, fn := range fns {
			if !e.funcQuiet(fn) {
				return false
			}
		}
		return true
	}
	return false
}

// describes reports whether a call is of a method that only tells something of its
// receiver: no parameters, and basic results.
func describes(c *ssa.CallCommon) bool {
	sig := c.Signature()
	if !c.IsInvoke() && sig.Recv() == nil || sig.Params().Len() != 0 || sig.Results().Len() != 1 || !c.IsInvoke() && len(c.Args) != 1 {
		return false
	}
	_, ok := sig.Results().At(0).Type().Underlying().(*types.Basic)
	return ok && (c.IsInvoke() || sig.Recv() != nil && c.Method == nil && flow.Callee(c) != nil && flow.Callee(c).Name() == "Error")
}

func quietStd(f *types.Func) bool {
	name := f.Name()
	switch f.Pkg().Path() {
	case "strings", "strconv", "errors", "bytes", "math", "unicode", "unicode/utf8", "cmp", "path", "path/filepath",
		"regexp", "net/url", "reflect", "encoding/json", "encoding/hex", "encoding/base64", "crypto/sha1", "crypto/sha256",
		"crypto/md5", "hash", "context", "math/rand", "math/rand/v2", "slices", "maps", "sort", "sync", "sync/atomic", "encoding/xml", "mime", "compress/gzip":
		return true
	case "fmt":
		return !strings.HasPrefix(name, "Fprint") && !strings.HasPrefix(name, "Scan")
	case "time":
		return !isWait(f)
	case "io", "io/ioutil", "bufio":
		return strings.HasPrefix(name, "Read") || strings.HasPrefix(name, "New") || name == "NopCloser" || name == "LimitReader" || name == "Copy" && false
	case "net/http":
		return strings.HasPrefix(name, "NewRequest") || name == "StatusText" || f.Signature().Recv() != nil && recvIs(f, "Header")
	case "os":
		return name == "Getenv" || name == "LookupEnv"
	}
	return false
}

func recvIs(f *types.Func, name string) bool {
	n := flow.NamedOf(f.Signature().Recv().Type())
	return n != nil && n.Obj().Name() == name
}

// funcQuiet reports whether nothing that a function of this package does outlives it.
func (e *Engine) funcQuiet(fn *ssa.Function) bool {
	if v, ok := e.quiet[fn]; ok {
		return v
	}
	e.quiet[fn] = true // a cycle adds nothing
	v := e.findQuiet(fn)
	e.quiet[fn] = v
	return v
}

func (e *Engine) findQuiet(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch i := instr.(type) {
			case *ssa.Store:
				if !local(i.Addr) {
					return false
				}
			case *ssa.MapUpdate:
				if _, ok := i.Map.(*ssa.MakeMap); !ok {
					return false
				}
			case *ssa.Send, *ssa.Go, *ssa.Panic, *ssa.Select:
				return false
			case ssa.CallInstruction:
				c := i.Common()
				if b, ok := c.Value.(*ssa.Builtin); ok {
					if b.Name() == "close" || b.Name() == "delete" || b.Name() == "panic" {
						return false
					}
					continue
				}
				if !isLogging(c) && !e.isQuiet(c) || stops(flow.Callee(c)) {
					return false
				}
			case *ssa.UnOp:
				if i.Op == token.ARROW {
					return false
				}
			}
		}
	}
	return true
}

// keyer makes structural keys of values, so that the same thing done in two places is the same.
type keyer struct {
	r    *run
	memo map[ssa.Value]string
}

const maxKeyDepth = 8

func (k *keyer) args(c *ssa.CallCommon) string {
	var b strings.Builder
	for i, a := range flow.Args(c) {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(k.key(a, 1))
	}
	return b.String()
}

func (k *keyer) callee(c *ssa.CallCommon) string {
	if f := flow.Callee(c); f != nil {
		return f.FullName()
	}
	return k.key(c.Value, 1)
}

func (k *keyer) key(v ssa.Value, depth int) string {
	if v == nil {
		return "_"
	}
	if s, ok := k.memo[v]; ok {
		return s
	}
	if depth > maxKeyDepth {
		return "…" + v.Name()
	}
	k.memo[v] = "↺"
	s := k.find(v, depth)
	k.memo[v] = s
	return s
}

func (k *keyer) find(v ssa.Value, depth int) string {
	x := k.r.val(v)
	switch {
	case x.Kind == Carrier || x.Kind == Maybe:
		return "CARRIER"
	case x.Text:
		return "TEXT"
	case x.Kind == Nil:
		return "nil"
	case x.Kind == Const && x.C != nil:
		if c, ok := v.(*ssa.Const); ok {
			return "=" + c.Value.ExactString()
		}
		if x.code() {
			if _, isLit := x.isInt(); isLit || x.Depends {
				if n, ok := x.isInt(); ok && n != k.r.code && !k.r.fromCode(v) {
					return "=" + x.C.ExactString()
				}
				return "CODE"
			}
		}
		return "=" + x.C.ExactString()
	}
	d := depth + 1
	switch i := v.(type) {
	case *ssa.Const:
		return "zero"
	case *ssa.Phi:
		var parts []string
		for n, e := range i.Edges {
			if k.r.edges[[2]int{i.Block().Preds[n].Index, i.Block().Index}] && e != v {
				s := k.key(e, d)
				if !contains(parts, s) {
					parts = append(parts, s)
				}
			}
		}
		sort.Strings(parts)
		return "φ{" + strings.Join(parts, "|") + "}"
	case *ssa.Call:
		s := k.callee(&i.Call) + "(" + k.args(&i.Call) + ")"
		if o := k.r.inner[i]; o != nil {
			s += "→" + strings.Join(o.keys, ",")
		}
		return s
	case *ssa.Extract:
		return k.key(i.Tuple, d) + fmt.Sprint("#", i.Index)
	case *ssa.MakeInterface:
		return k.key(i.X, d)
	case *ssa.ChangeInterface:
		return k.key(i.X, d)
	case *ssa.ChangeType:
		return k.key(i.X, d)
	case *ssa.Convert:
		return k.key(i.X, d)
	case *ssa.Slice:
		return k.key(i.X, d)
	case *ssa.FieldAddr:
		return k.key(i.X, d) + fmt.Sprint(".", i.Field)
	case *ssa.Field:
		return k.key(i.X, d) + fmt.Sprint(".", i.Field)
	case *ssa.IndexAddr:
		return k.key(i.X, d) + "[" + k.key(i.Index, d) + "]"
	case *ssa.UnOp:
		if a, ok := i.X.(*ssa.Alloc); ok && i.Op == token.MUL {
			return k.content(a, i, d)
		}
		return i.Op.String() + k.key(i.X, d)
	case *ssa.BinOp:
		return "(" + k.key(i.X, d) + i.Op.String() + k.key(i.Y, d) + ")"
	case *ssa.TypeAssert:
		return k.key(i.X, d)
	case *ssa.Alloc:
		return "&" + k.content(i, nil, d)
	case *ssa.MakeClosure:
		return "func " + i.Fn.Name()
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global, *ssa.Function, *ssa.Builtin:
		return v.Name()
	case *ssa.Lookup:
		return k.key(i.X, d) + "[" + k.key(i.Index, d) + "]"
	}
	return v.Name()
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// content is the key of what a local variable holds.
func (k *keyer) content(a *ssa.Alloc, at ssa.Instruction, depth int) string {
	var parts []string
	for _, s := range k.r.e.reaching(a, at) {
		if s.block >= 0 && !k.r.live[s.block] {
			continue
		}
		var part string
		switch {
		case s.val != nil:
			part = fmt.Sprint(s.field, "=") + k.key(s.val, depth)
		case s.zero:
			part = "zero"
		default:
			part = "filled"
		}
		if !contains(parts, part) {
			parts = append(parts, part)
		}
	}
	sort.Strings(parts)
	return "{" + strings.Join(parts, ";") + "}"
}

// fromCode reports whether v is the code itself, or arithmetic on it, rather than a
// number that the code chose.
func (r *run) fromCode(v ssa.Value) bool {
	for range 8 {
		if _, ok := r.bound(v); ok {
			return true
		}
		switch x := v.(type) {
		case *ssa.Convert:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.BinOp, *ssa.Field:
			return true
		case *ssa.UnOp:
			return true
		case *ssa.Extract, *ssa.Call:
			return true
		default:
			return false
		}
	}
	return true
}

// Quiet reports whether nothing that a function does outlives it, besides logging.
func (e *Engine) Quiet(fn *ssa.Function) bool { return e.funcQuiet(fn) }
