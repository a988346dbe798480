package behavior

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

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
	if describes(c) || e.tellsOfClient(c) || f.Name() == "Close" && c.Signature().Params().Len() == 0 {
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
	case "encoding/json", "encoding/xml", "compress/gzip":
		// What an encoder is given is written to somebody.
		return !recvIs(f, "Encoder") && !recvIs(f, "Writer")
	case "strings", "strconv", "errors", "bytes", "math", "unicode", "unicode/utf8", "cmp", "path", "path/filepath",
		"regexp", "net/url", "reflect", "encoding/hex", "encoding/base64", "crypto/sha1", "crypto/sha256",
		"crypto/md5", "crypto/hmac", "hash", "hash/maphash", "hash/fnv", "hash/crc32", "context", "math/rand", "math/rand/v2", "slices", "maps", "sort", "mime":
		return true
	case "sync":
		return !recvIs(f, "Map") || name == "Load"
	case "sync/atomic":
		return strings.HasPrefix(name, "Load")
	case "fmt":
		return !strings.HasPrefix(name, "Fprint") && !strings.HasPrefix(name, "Scan")
	case "time":
		return !isWait(f)
	case "io", "io/ioutil", "bufio":
		return strings.HasPrefix(name, "Read") || strings.HasPrefix(name, "New") || name == "NopCloser" || name == "LimitReader"
	case "net/http":
		return strings.HasPrefix(name, "NewRequest") || name == "StatusText" || f.Signature().Recv() != nil && recvIs(f, "Header")
	case "runtime":
		return strings.HasPrefix(name, "Caller") || name == "FuncForPC" || recvIs(f, "Func") || recvIs(f, "Frames")
	case "runtime/debug":
		return name == "Stack"
	case "os":
		return name == "Getenv" || name == "LookupEnv"
	}
	return false
}

func recvIs(f *types.Func, name string) bool {
	if f.Signature().Recv() == nil {
		return false
	}
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

// Quiet reports whether nothing that a function does outlives it, besides logging.
func (e *Engine) Quiet(fn *ssa.Function) bool { return e.funcQuiet(fn) }
