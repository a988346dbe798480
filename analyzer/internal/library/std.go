package library

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// FillsFirst reports whether a function of the standard library copies what it is given into
// its first argument, as a buffer does.
func FillsFirst(f *types.Func) bool {
	switch f.Pkg().Path() {
	case "bytes", "strings":
		return f.Signature().Recv() != nil && (f.Name() == "ReadFrom" || strings.HasPrefix(f.Name(), "Write") && f.Name() != "WriteTo")
	case "io":
		return strings.HasPrefix(f.Name(), "Copy")
	}
	return false
}

// MadeOfText reports whether a function makes an error of a text: the code is lost in it.
func MadeOfText(f *types.Func) bool {
	return f.Pkg().Path() == "errors" || f.Pkg().Path() == "fmt" && f.Name() == "Errorf"
}

// Formats reports whether a function writes text: the code is lost in it.
func Formats(f *types.Func) bool {
	path, name := f.Pkg().Path(), f.Name()
	return path == "fmt" || path == "net/http" && (name == "Error" || name == "Do" || name == "Redirect") || path == "log"
}

// Discards reports whether a call copies to io.Discard.
func Discards(c *ssa.CallCommon) bool {
	if len(c.Args) == 0 {
		return false
	}
	u, ok := ir.UnderInterface(c.Args[0]).(*ssa.UnOp)
	if !ok {
		return false
	}
	g, ok := u.X.(*ssa.Global)
	return ok && g.Pkg != nil && ir.Std(g.Pkg.Pkg.Path()) && g.Name() == "Discard"
}

func PureStd(f *types.Func) bool {
	name := f.Name()
	switch f.Pkg().Path() {
	case "encoding/json", "encoding/xml", "compress/gzip":
		// What an encoder is given is written to somebody.
		return !ir.RecvIs(f, "Encoder") && !ir.RecvIs(f, "Writer")
	case "strings", "strconv", "errors", "bytes", "math", "unicode", "unicode/utf8", "cmp", "path", "path/filepath",
		"regexp", "net/url", "reflect", "encoding/hex", "encoding/base64", "crypto/sha1", "crypto/sha256",
		"crypto/md5", "crypto/hmac", "hash", "hash/maphash", "hash/fnv", "hash/crc32", "context", "math/rand", "math/rand/v2", "slices", "maps", "sort", "mime":
		return true
	case "sync":
		return !ir.RecvIs(f, "Map") || name == "Load"
	case "sync/atomic":
		return strings.HasPrefix(name, "Load")
	case "fmt":
		return !strings.HasPrefix(name, "Fprint") && !strings.HasPrefix(name, "Scan")
	case "time":
		return !IsWait(f)
	case "io", "io/ioutil", "bufio":
		return strings.HasPrefix(name, "Read") || strings.HasPrefix(name, "New") || name == "NopCloser" || name == "LimitReader"
	case "net/http":
		if ir.RecvIs(f, "Request") {
			return slices.Contains([]string{"BasicAuth", "Context", "Cookie", "Cookies", "FormValue", "PathValue", "PostFormValue", "Referer", "UserAgent"}, name)
		}
		return strings.HasPrefix(name, "NewRequest") || name == "StatusText" || ir.RecvIs(f, "Header")
	case "runtime":
		return strings.HasPrefix(name, "Caller") || name == "FuncForPC" || ir.RecvIs(f, "Func") || ir.RecvIs(f, "Frames")
	case "runtime/debug":
		return name == "Stack"
	case "os":
		return name == "Getenv" || name == "LookupEnv"
	}
	return false
}

// BuiltinActs reports whether a builtin of that name has an effect of its own.
func BuiltinActs(name string) bool { return name == "close" || name == "delete" || name == "panic" }
