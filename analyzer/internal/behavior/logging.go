package behavior

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/flow"
)

// isLogging reports whether a call only logs, formats to a log, or counts.
func isLogging(c *ssa.CallCommon) bool {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return b.Name() == "print" || b.Name() == "println"
	}
	f := flow.Callee(c)
	if f == nil {
		return isLogName(valueName(c.Value))
	}
	if f.Pkg() == nil {
		return false
	}
	path := f.Pkg().Path()
	switch path {
	case "log", "log/slog", "expvar", "runtime/pprof", "runtime/trace", "log/syslog":
		return !stops(f)
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
			return !stops(f)
		}
	}
	if recv := f.Signature().Recv(); recv != nil {
		if n := flow.NamedOf(recv.Type()); n != nil {
			name := strings.ToLower(n.Obj().Name())
			for _, part := range []string{"logger", "metric", "counter", "histogram", "gauge"} {
				if strings.Contains(name, part) {
					return !stops(f)
				}
			}
			if name == "log" || strings.HasSuffix(name, "log") {
				return !stops(f)
			}
		}
	}
	return false
}

func isLogName(name string) bool {
	name = strings.ToLower(name)
	return name == "log" || name == "logf" || strings.HasPrefix(name, "log") || strings.HasSuffix(name, "logf") || strings.HasSuffix(name, "logger")
}

// valueName is the name of the variable or field that a function value comes from.
func valueName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.UnOp:
		return valueName(v.X)
	case *ssa.FieldAddr:
		if f := flow.FieldVar(v.X, v.Field); f != nil {
			return f.Name()
		}
	case *ssa.Field:
		if f := flow.FieldVar(v.X, v.Field); f != nil {
			return f.Name()
		}
	case *ssa.Global, *ssa.Parameter, *ssa.FreeVar:
		return v.Name()
	}
	return ""
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

// stops reports whether a function is known to end the process, the goroutine or the test.
func stops(f *types.Func) bool {
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
		if flow.Std(path) {
			return false
		}
		recv := ""
		if r := f.Signature().Recv(); r != nil {
			if n := flow.NamedOf(r.Type()); n != nil {
				recv = strings.ToLower(n.Obj().Name())
			}
		}
		logs := strings.Contains(path, "log") || strings.Contains(path, "zap") || strings.Contains(recv, "log")
		return logs && (strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Panic") || name == "Exit")
	}
}
