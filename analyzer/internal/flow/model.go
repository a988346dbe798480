package flow

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// model flows through a function whose body and facts are not known: the standard
// library by what it documents, client libraries by the shape of their methods.
func (g *Graph) model(c *ssa.CallCommon, args []ssa.Value, v *ssa.Call) {
	f := ir.Callee(c)
	name := g.fullName(f)
	n := ir.ResultCount(c)
	done := make([]bool, n)
	set := func(i int, l label) {
		if v != nil && i < n {
			done[i] = true
			g.setResult(v, i, n, l)
		}
	}
	defer func() {
		for i := range n {
			if !done[i] {
				set(i, label{other: true})
			}
		}
	}()
	if g.errorModel(name, c, args, set) || g.textModel(name, args, set) || g.jsonModel(name, args) || g.httpModel(name, args, set) {
		return
	}
	if f != nil {
		if f.Name() == "Error" && len(args) == 1 && n == 1 && ir.IsString(ir.ResultType(c, 0)) {
			l := g.arg(args, 0)
			if _, _, ok := g.CarrierField(args[0].Type()); ok || l.bits()&fact.Carriers != 0 {
				set(0, label{own: fact.Text, other: true})
			}
			return
		}
	}
	if f == nil || f.Pkg() == nil {
		g.unknown(c, args, set, n)
		return
	}
	path := f.Pkg().Path()
	switch {
	case path == "encoding/json":
		if f.Name() == "Marshal" || f.Name() == "Valid" {
			return
		}
		g.passThrough(c, args, set, n)
	case ir.Std(path):
		g.std(path, f, c, args, set, n)
	case g.isDecoder(f, c):
		src, dst := decoderArgs(args)
		g.decode(g.get(src), src, dst)
	case path == g.Pkg.Path():
		g.unknown(c, args, set, n)
	default:
		g.client(f, c, args, set, n)
	}
}

// codeError is the label of the codes that errors of a type are made of.
func (g *Graph) codeError(t types.Type) label {
	if s, ok := g.TypeSpace(t); ok {
		return label{spaces: 1 << s}
	}
	return *g.peek(integerError(ir.TypePath(t)))
}

// An integerError is the place of all values of an integer type that become errors, as those
// of type errCode int; it goes by the type's path.
type integerError string

// integer is what is found when an error with those labels is asserted to be of type t, if
// that is an integer type whose errors are made of codes; nothing while it may become one.
func (g *Graph) integer(bits fact.Bits, t types.Type) (l label, ok bool) {
	if !g.FitsAny(t) || !ir.IsErrorType(t) {
		return label{}, false
	}
	l = g.codeError(t)
	for s := range g.Catalog.Spaces {
		if l.spaces == 1<<s && bits&fact.Carrier(s) != 0 {
			return l, true
		}
	}
	return label{}, l.spaces != 0 || !g.allSeen
}

// asInteger labels the target of errors.As that is a number of its own: an error type made
// of a code.
func (g *Graph) asInteger(args []ssa.Value) {
	target := ir.UnderConversion(args[1])
	if p, ok := target.Type().Underlying().(*types.Pointer); ok {
		if l, ok := g.integer(g.Bits(args[0]), p.Elem()); ok {
			g.put(ir.Root(target), l)
		}
	}
}

// textOf labels the text form of a code or of a carrier.
func (g *Graph) textOf(name string, args []ssa.Value, set func(int, label)) {
	if len(args) == 0 {
		return
	}
	switch name {
	case "strconv.Itoa", "strconv.FormatInt":
		l := g.get(args[0])
		if s, ok := l.space(); ok {
			set(0, label{text: 1 << s, other: true})
		}
		return
	}
	rest := args[len(args)-1]
	l := g.get(rest)
	out := l.evidence()
	if name == "fmt.Sprintf" {
		f := g.get(args[0])
		e := f.evidence()
		out.join(&e)
	}
	if l.bits()&fact.Carriers != 0 && l.spaces == 0 {
		out.own |= fact.Text
	}
	if s, ok := (&label{spaces: l.spaces}).space(); ok && ir.OnlyVerb(name, args[0]) && ir.VarargsLen(rest) == 1 {
		out.text = 1 << s
	}
	out.other = true
	set(0, out)
}

// errorModel is the model of what wraps and unwraps errors.
func (g *Graph) errorModel(name string, c *ssa.CallCommon, args []ssa.Value, set func(int, label)) bool {
	switch name {
	case "fmt.Errorf":
		out := label{other: true}
		for _, v := range ir.WrappedBy(c) {
			l := g.get(v)
			out.own |= l.own & fact.Carriers
			out.down |= l.down & fact.Carriers
			out.from |= l.from
			if _, s, ok := g.CarrierField(v.Type()); ok {
				out.own |= fact.Carrier(s)
			}
		}
		set(0, out)
	case "errors.As":
		g.asInteger(args)
	case "errors.AsType":
		if ir.ResultCount(c) == 2 {
			if l, ok := g.integer(g.Bits(args[0]), ir.ResultType(c, 0)); ok {
				set(0, l)
			}
		}
	case "errors.Join", "errors.Unwrap", "cmp.Or":
		l := g.arg(args, 0)
		set(0, label{own: l.own & fact.Carriers, down: l.down & fact.Carriers, from: l.from, other: true})
	default:
		return false
	}
	return true
}

// textModel is the model of what writes a code as text, and reads it.
func (g *Graph) textModel(name string, args []ssa.Value, set func(int, label)) bool {
	switch name {
	case "strconv.Itoa", "strconv.FormatInt", "fmt.Sprint", "fmt.Sprintf":
		g.textOf(name, args, set)
	case "strconv.Atoi", "strconv.ParseInt":
		set(0, label{spaces: g.arg(args, 0).text})
	case "(encoding/json.Number).Int64", "(encoding/json.Number).Float64":
		l := g.arg(args, 0)
		set(0, label{spaces: l.spaces, bad: l.bad, other: l.other})
	case "(encoding/json.Number).String":
		set(0, label{text: g.arg(args, 0).spaces, other: true})
	default:
		return false
	}
	return true
}

// jsonModel is the model of what decodes JSON.
func (g *Graph) jsonModel(name string, args []ssa.Value) bool {
	if !ir.IsDecoding(name) {
		return false
	}
	g.decode(g.arg(args, 0), args[0], args[1])
	return true
}

// httpModel is the model of what makes a request, and asks it.
func (g *Graph) httpModel(name string, args []ssa.Value, set func(int, label)) bool {
	switch name {
	case "net/http.NewRequest":
		set(0, g.arg(args, 1).evidence())
	case "net/http.NewRequestWithContext":
		set(0, g.arg(args, 2).evidence())
	case "net/http.Get", "net/http.Head", "net/http.Post", "net/http.PostForm":
		set(0, g.arg(args, 0).asked())
	case "(*net/http.Client).Get", "(*net/http.Client).Head", "(*net/http.Client).Post", "(*net/http.Client).PostForm":
		set(0, g.arg(args, 1).asked())
	default:
		return false
	}
	return true
}

// arg is the label of an argument, or none.
func (g *Graph) arg(args []ssa.Value, i int) label {
	if i < len(args) {
		return g.get(args[i])
	}
	return label{}
}

// std passes evidence through the standard library, but not into errors.
func (g *Graph) std(path string, f *types.Func, c *ssa.CallCommon, args []ssa.Value, set func(int, label), n int) {
	if isDo(c, args) {
		set(0, g.get(args[len(args)-1]).asked())
		return
	}
	switch path {
	case "io", "io/ioutil", "bufio", "bytes", "strings", "net/url", "fmt", "path", "context", "compress/gzip", "net/http", "net/http/httputil":
		g.passThrough(c, args, set, n)
		if l := g.joinedPath(f, args); l.own != 0 {
			set(0, l)
		}
		writes := f.Signature().Recv() != nil && (strings.HasPrefix(f.Name(), "Write") || f.Name() == "ReadFrom") ||
			path == "io" && (strings.HasPrefix(f.Name(), "Copy") || f.Name() == "WriteString") || path == "fmt" && strings.HasPrefix(f.Name(), "Fprint")
		if writes && len(args) > 1 {
			for _, a := range args[1:] {
				e := g.get(a).evidence()
				e.fns, e.anyFn = nil, false
				g.put(ir.Root(ir.UnderConversion(args[0])), e)
			}
		}
	}
}

// passThrough labels every result but errors with the evidence of the arguments.
func (g *Graph) passThrough(c *ssa.CallCommon, args []ssa.Value, set func(int, label), n int) {
	var l label
	for _, a := range args {
		x := g.get(a)
		e := x.evidence()
		e.own |= x.own & fact.Text
		e.down |= x.down & fact.Text
		l.join(&e)
	}
	l.fns, l.anyFn, l.other = nil, false, true
	for i := range n {
		if !ir.IsError(ir.ResultType(c, i)) {
			set(i, l)
		}
	}
}

// isDo reports whether a call sends its last argument, an *http.Request, and returns the response.
func isDo(c *ssa.CallCommon, args []ssa.Value) bool {
	return len(args) > 0 && ir.ResultCount(c) > 0 && ir.TypePath(ir.ResultType(c, 0)) == "net/http.Response" &&
		ir.TypePath(args[len(args)-1].Type()) == "net/http.Request"
}

// unknown flows through a call of a function value or an interface method.
func (g *Graph) unknown(c *ssa.CallCommon, args []ssa.Value, set func(int, label), n int) {
	if isDo(c, args) {
		set(0, g.get(args[len(args)-1]).asked())
		return
	}
	if c.IsInvoke() && n == 1 && len(args) == 1 && g.FitsAny(ir.ResultType(c, 0)) {
		if s, ok := g.MethodSpace(c.Method.Name()); ok && g.Fits(ir.ResultType(c, 0), s) {
			set(0, label{spaces: 1 << s})
		}
	}
}

// isDecoder reports whether a function of another JSON library decodes its first argument
// into its second.
func (g *Graph) isDecoder(f *types.Func, c *ssa.CallCommon) bool {
	if !strings.HasPrefix(f.Name(), "Unmarshal") && f.Name() != "Decode" {
		return false
	}
	sig := f.Signature()
	last := sig.Params().Len() - 1
	if last < 0 || sig.Results().Len() != 1 || !ir.IsError(sig.Results().At(0).Type()) {
		return false
	}
	i, ok := sig.Params().At(last).Type().Underlying().(*types.Interface)
	return ok && i.NumMethods() == 0 && len(ir.Args(c)) >= 2
}

func decoderArgs(args []ssa.Value) (src, dst ssa.Value) {
	return args[len(args)-2], args[len(args)-1]
}

// dataArg is the argument of a method that takes a name and its value which is the value: an
// address there is what a request sends, not where it goes. It is -1 for other functions.
func dataArg(c *ssa.CallCommon) int {
	f := ir.Callee(c)
	if f == nil {
		return -1
	}
	sig := f.Signature()
	if sig.Recv() == nil || sig.Params().Len() != 2 || !ir.IsString(sig.Params().At(0).Type()) || !ir.IsString(sig.Params().At(1).Type()) {
		return -1
	}
	for _, name := range []string{"Param", "Set", "Add", "Header", "Field", "Form", "Query", "With"} {
		if strings.HasPrefix(f.Name(), name) {
			return 2
		}
	}
	return -1
}

// client flows through a method of an HTTP client library: what is given to a builder
// stays in it, and what it returns answers.
func (g *Graph) client(f *types.Func, c *ssa.CallCommon, args []ssa.Value, set func(int, label), n int) {
	var all label
	for i, a := range args {
		e := g.get(a).evidence()
		if i == dataArg(c) {
			e = e.native()
		}
		all.join(&e)
	}
	all.fns, all.anyFn, all.other = nil, false, true
	if all.bits() == 0 && all.from == 0 && all.asks == 0 {
		if g.isStatusMethod(f) {
			set(0, label{})
		}
		return
	}
	recv := f.Signature().Recv()
	if recv != nil && !g.sdk(f.Pkg().Path()) {
		if g.isStatusMethod(f) {
			if b := all.bits(); b&fact.Response != 0 && b&fact.Foreign == 0 {
				set(0, label{spaces: 1 << g.status})
			} else {
				set(0, label{})
			}
			return
		}
		e := all
		e.other = false
		g.put(ir.Root(args[0]), e)
		if strings.HasPrefix(f.Name(), "SetResult") || strings.HasPrefix(f.Name(), "SetSuccessResult") {
			g.decode(all.asked(), nil, args[len(args)-1])
		}
	}
	for i := range n {
		t := ir.ResultType(c, i)
		if ir.IsError(t) || ir.IsBoolean(t) {
			continue
		}
		l := all
		if recv == nil || !types.Identical(ir.BaseType(t), ir.BaseType(recv.Type())) {
			a := all.asked()
			l.join(&a)
		}
		set(i, l)
	}
}

func (g *Graph) isStatusMethod(f *types.Func) bool {
	recv := f.Signature().Recv()
	return recv != nil && g.status >= 0 && slices.Contains(g.Catalog.Origins.StatusMethods, ir.TypePath(recv.Type())+"."+f.Name())
}
