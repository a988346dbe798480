package library

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// IsWait reports whether a function is known to let time pass by its name.
func IsWait(f *types.Func) bool {
	if f.Pkg() == nil {
		return false
	}
	name := f.Name()
	switch path := f.Pkg().Path(); path {
	case "time":
		switch name {
		case "Sleep", "AfterFunc": // a timer is waited for where it is received from
			return true
		}
		return false
	case "sync":
		return name == "Wait"
	case "fmt":
		return strings.HasPrefix(name, "Scan") // a person answers
	case "golang.org/x/time/rate":
		return strings.HasPrefix(name, "Wait") || strings.HasPrefix(name, "Reserve")
	default:
		if ir.Std(path) {
			return false
		}
		switch name {
		case "Sleep", "Wait", "WaitN", "Take":
			return true
		}
		return false
	}
}

// ContextFrom says of a call that makes a context whether it sets a deadline, and from which
// context it takes the one that it does not set.
func ContextFrom(c *ssa.Call) (deadline bool, parent ssa.Value) {
	if c == nil {
		return false, nil
	}
	switch ir.FullName(&c.Call) {
	case "context.WithTimeout", "context.WithDeadline", "context.WithTimeoutCause", "context.WithDeadlineCause":
		return true, nil
	case "context.WithCancel", "context.WithCancelCause", "context.WithValue":
		return false, c.Call.Args[0]
	}
	return false, nil
}

func IsRetryElement(el string) bool {
	switch strings.TrimPrefix(strings.TrimSuffix(el, "-go"), "go-") {
	case "retry", "backoff", "retryablehttp":
		return true
	}
	return false
}

// TellsToStop reports whether a call of a retry package marks an error as one that is not
// worth another attempt.
func TellsToStop(c *ssa.CallCommon, own *types.Package) bool {
	f := ir.Callee(c)
	if f == nil || !IsRetryPackage(f.Pkg(), own) {
		return false
	}
	switch f.Name() {
	case "Permanent", "Unrecoverable", "Stop", "Abort", "Unretryable", "NonRetryable":
		return true
	}
	return false
}

// IsRetryPackage reports whether an element of a package's import path is that of a retry
// library. The elements that the package under analysis shares say nothing: they are its
// module's.
func IsRetryPackage(p, own *types.Package) bool {
	if p == nil || p == own {
		return false
	}
	elements, ours := strings.Split(p.Path(), "/"), strings.Split(own.Path(), "/")
	for i, el := range elements {
		if i < len(ours) && ours[i] == el && slices.Equal(ours[:i], elements[:i]) {
			continue
		}
		if IsRetryElement(el) {
			return true
		}
	}
	return false
}

// MayBlock reports whether a function of the standard library reads what somebody else
// writes, and waits for it.
func MayBlock(f *types.Func) bool {
	if f == nil || f.Pkg() == nil || f.Pkg().Path() != "bufio" {
		return false
	}
	return strings.HasPrefix(f.Name(), "Read") || f.Name() == "Scan"
}
