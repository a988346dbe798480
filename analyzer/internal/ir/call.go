package ir

import (
	"cmp"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Args lists the arguments of a call with the receiver first.
func Args(c *ssa.CallCommon) []ssa.Value {
	if c.IsInvoke() {
		return append([]ssa.Value{c.Value}, c.Args...)
	}
	return c.Args
}

// Callee returns the function or method that a call names, or nil.
func Callee(c *ssa.CallCommon) *types.Func {
	if c.IsInvoke() {
		return c.Method
	}
	if fn := c.StaticCallee(); fn != nil {
		if o := fn.Origin(); o != nil {
			fn = o
		}
		obj, _ := fn.Object().(*types.Func)
		return obj
	}
	return nil
}

// FuncName is the name of a function within its package: "F", "(T).M" or "(*T).M".
func FuncName(f *types.Func) string {
	recv := f.Signature().Recv()
	if recv == nil {
		return f.Name()
	}
	t := types.Unalias(recv.Type())
	star := ""
	if p, ok := t.(*types.Pointer); ok {
		star, t = "*", types.Unalias(p.Elem())
	}
	name := "?"
	if n, ok := t.(*types.Named); ok {
		name = n.Obj().Name()
	}
	return "(" + star + name + ")." + f.Name()
}

func ResultCount(c *ssa.CallCommon) int { return c.Signature().Results().Len() }

func ResultType(c *ssa.CallCommon, i int) types.Type { return c.Signature().Results().At(i).Type() }

// Std reports whether an import path is one of the standard library.
func Std(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && stdRoots[first]
}

var stdRoots = map[string]bool{
	"archive": true, "bufio": true, "bytes": true, "cmp": true, "compress": true, "container": true, "context": true,
	"crypto": true, "database": true, "debug": true, "embed": true, "encoding": true, "errors": true, "expvar": true,
	"flag": true, "fmt": true, "go": true, "hash": true, "html": true, "image": true, "index": true, "internal": true,
	"io": true, "iter": true, "log": true, "maps": true, "math": true, "mime": true, "net": true, "os": true,
	"path": true, "plugin": true, "reflect": true, "regexp": true, "runtime": true, "slices": true, "sort": true,
	"strconv": true, "strings": true, "structs": true, "sync": true, "syscall": true, "testing": true, "text": true,
	"time": true, "unicode": true, "unique": true, "unsafe": true, "vendor": true, "weak": true,
}

// fullName names a function with its package and receiver: "fmt.Errorf", "(*net/http.Client).Do".
func FullNameOf(f *types.Func) string {
	if f == nil {
		return ""
	}
	return f.Origin().FullName()
}

// FullName names the callee of a call, or is "".
func FullName(c *ssa.CallCommon) string { return FullNameOf(Callee(c)) }

// IsWrapper reports whether a function was made for a method's value or promotion, perhaps of
// a type of another package: it bears the method's name, and has other parameters.
func IsWrapper(fn *ssa.Function) bool {
	return fn.Synthetic != "" && fn.Origin() == nil && fn.Syntax() == nil
}

// ResultUsed reports whether anything but an error of a call is used.
func ResultUsed(c *ssa.Call) bool {
	for _, ref := range *c.Referrers() {
		switch x := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Extract:
			if IsUsed(x) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func SameCallee(a, b *ssa.CallCommon) bool {
	if a.IsInvoke() || b.IsInvoke() {
		return a.IsInvoke() && b.IsInvoke() && a.Method == b.Method
	}
	return a.StaticCallee() != nil && a.StaticCallee() == b.StaticCallee()
}

// DescribesReceiver reports whether a call is of a method that only tells something of its
// receiver: no parameters, and basic results.
func DescribesReceiver(c *ssa.CallCommon) bool {
	sig := c.Signature()
	if !c.IsInvoke() && sig.Recv() == nil || sig.Params().Len() != 0 || sig.Results().Len() != 1 || !c.IsInvoke() && len(c.Args) != 1 {
		return false
	}
	_, ok := sig.Results().At(0).Type().Underlying().(*types.Basic)
	return ok && (c.IsInvoke() || sig.Recv() != nil && c.Method == nil && Callee(c) != nil && Callee(c).Name() == "Error")
}

// PointerArgs lists the pointers among the arguments of a call, its receiver aside.
func PointerArgs(c *ssa.CallCommon) map[ssa.Value]bool {
	out := make(map[ssa.Value]bool)
	args := c.Args
	if !c.IsInvoke() && c.Signature().Recv() != nil {
		args = args[1:]
	}
	for _, a := range args {
		if _, ok := a.Type().Underlying().(*types.Pointer); ok {
			out[a] = true
		}
	}
	return out
}

// SharesRequest reports whether two calls are methods of one request.
func SharesRequest(a, b *ssa.CallCommon) bool {
	x, y := Args(a), Args(b)
	return a.Signature().Recv() != nil && b.Signature().Recv() != nil && len(x) > 0 && len(y) > 0 && x[0] == y[0] &&
		TypePath(x[0].Type()) != "net/http.Client"
}

func ResultValues(c ssa.CallInstruction, i, n int) map[ssa.Value]bool {
	v, ok := c.(*ssa.Call)
	if !ok {
		return nil
	}
	out := make(map[ssa.Value]bool)
	if n == 1 {
		if IsUsed(v) {
			out[v] = true
		}
		return out
	}
	for _, ref := range *v.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && x.Index == i && IsUsed(x) {
			out[x] = true
		}
	}
	return out
}

func IsDecode(c *ssa.Call) bool { return IsDecoding(FullName(&c.Call)) }

func IsDecoding(name string) bool {
	switch name {
	case "encoding/json.Unmarshal", "(*encoding/json.Decoder).Decode":
		return true
	}
	return false
}

// SameModule reports whether two import paths begin alike, as those of one module do.
func SameModule(a, b string) bool {
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

func CalleePath(c *ssa.CallCommon) string {
	if f := Callee(c); f != nil && f.Pkg() != nil {
		return f.Pkg().Path()
	}
	return ""
}

// CalleeName names the function of a call as a reader knows it: "(*sdk.RongCloud).PrivateSend".
func CalleeName(c *ssa.CallCommon) string {
	f := Callee(c)
	if f == nil {
		switch c.Value.(type) {
		case *ssa.MakeClosure, *ssa.Function:
			return "the closure"
		}
		return cmp.Or(ValueName(c.Value), "the function")
	}
	qualify := func(p *types.Package) string { return p.Name() }
	if recv := f.Signature().Recv(); recv != nil {
		return "(" + types.TypeString(recv.Type(), qualify) + ")." + f.Name()
	}
	if f.Pkg() != nil {
		return f.Pkg().Name() + "." + f.Name()
	}
	return f.Name()
}
