package library

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// IsLogging reports whether a call only logs, formats to a log, or counts.
func IsLogging(c *ssa.CallCommon) bool {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return b.Name() == "print" || b.Name() == "println"
	}
	f := ir.Callee(c)
	if f == nil {
		return isLogName(ir.ValueName(c.Value))
	}
	if f.Pkg() == nil {
		return false
	}
	path := f.Pkg().Path()
	switch path {
	case "log", "log/slog", "expvar", "runtime/pprof", "runtime/trace", "log/syslog":
		return !Stops(f)
	case "fmt":
		if strings.HasPrefix(f.Name(), "Fprint") {
			return isStdStream(c.Args[0])
		}
		return strings.HasPrefix(f.Name(), "Print")
	}
	for el := range strings.SplitSeq(path, "/") {
		switch el {
		case "zap", "logrus", "zerolog", "glog", "klog", "log", "logger", "logging", "logs", "xlog", "slog", "zlog", "seelog",
			"prometheus", "metrics", "statsd", "opentelemetry", "otel", "trace", "opencensus", "sentry-go":
			return !Stops(f)
		}
	}
	if recv := f.Signature().Recv(); recv != nil {
		if n := ir.NamedOf(recv.Type()); n != nil {
			name := strings.ToLower(n.Obj().Name())
			for _, part := range []string{"logger", "metric", "counter", "histogram", "gauge"} {
				if strings.Contains(name, part) {
					return !Stops(f)
				}
			}
			if name == "log" || strings.HasSuffix(name, "log") {
				return !Stops(f)
			}
		}
	}
	return false
}

func isLogName(name string) bool {
	name = strings.ToLower(name)
	return name == "log" || name == "logf" || strings.HasPrefix(name, "log") || strings.HasSuffix(name, "logf") || strings.HasSuffix(name, "logger")
}

func isStdStream(v ssa.Value) bool {
	if m, ok := v.(*ssa.MakeInterface); ok {
		v = m.X
	}
	if m, ok := v.(*ssa.ChangeInterface); ok {
		v = m.X
	}
	u, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	g, ok := u.X.(*ssa.Global)
	return ok && g.Pkg != nil && g.Pkg.Pkg.Path() == "os" && (g.Name() == "Stdout" || g.Name() == "Stderr")
}

// Stops reports whether a function is known to end the process, the goroutine or the test.
func Stops(f *types.Func) bool {
	if f == nil || f.Pkg() == nil {
		return false
	}
	name := f.Name()
	switch path := f.Pkg().Path(); path {
	case "os":
		return name == "Exit"
	case "runtime":
		return name == "Goexit"
	case "syscall":
		return name == "Exit"
	case "testing":
		return strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Skip") || name == "FailNow"
	case "log":
		return strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Panic")
	default:
		if ir.Std(path) {
			return false
		}
		recv := ""
		if r := f.Signature().Recv(); r != nil {
			if n := ir.NamedOf(r.Type()); n != nil {
				recv = strings.ToLower(n.Obj().Name())
			}
		}
		logs := strings.Contains(path, "log") || strings.Contains(path, "zap") || strings.Contains(recv, "log")
		return logs && (strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Panic") || name == "Exit")
	}
}

// IsOutput reports whether a call prints for the one who runs the command.
func IsOutput(c *ssa.CallCommon) bool {
	f := ir.Callee(c)
	if f == nil || f.Pkg() == nil || f.Pkg().Path() != "fmt" {
		return false
	}
	return strings.HasPrefix(f.Name(), "Print") || strings.HasPrefix(f.Name(), "Fprint") && isStdStream(c.Args[0])
}
