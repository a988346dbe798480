package check

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

func retry(c *Context) {
	for _, s := range c.sources() {
		if s.Outer || s.Call == nil || !c.known(s.Call.Common()) || !c.Engine.Makes(s.Call) {
			continue // a helper is judged with what is handed to it
		}
		c.again(s, s)
		if byStatus := c.Engine.ByStatus(s); byStatus != nil {
			c.again(s, byStatus)
		}
	}
}

// again judges what one call does when it is made again, as one of its carriers tells.
func (c *Context) again(cause, s *interp.Source) {
	b := c.Engine.Partition(s)
	if c.inTransaction(s, b) {
		return
	}
	var permanent, hasty, endless []catalog.Code
	var at analysis.Range
	ways := make(map[*partition.CodeCase]partition.Retried)
	var rightly []partition.Retried // of codes that may be retried
	for _, k := range b.Cases {
		if k.Success || !k.Retried {
			continue
		}
		ways[k] = c.Engine.Retry(b, k)
		if k.Code.Retryable() {
			rightly = append(rightly, ways[k])
		}
	}
	for _, k := range b.Cases {
		r, ok := ways[k]
		if !ok || !r.Here {
			continue
		}
		if at == nil {
			at = c.callRange(r.Call)
		}
		switch {
		case k.Code.Retry == catalog.Unsure:
			continue
		case !k.Code.Retryable():
			if !c.Catalog.Speaks("retry", "permanent") {
				break
			}
			if r.Asks || polls(s.Fn) && !k.Named || k.Named && c.Engine.Remedied(s, r, rightly) {
				continue
			}
			permanent = append(permanent, k.Code)
		case !r.Waits && c.Catalog.Speaks("retry", "no-pause") && c.pauses(k.Code):
			hasty = append(hasty, k.Code)
		}
		if r.Endless && !r.Asks && c.Catalog.Speaks("retry", "no-end") {
			endless = append(endless, k.Code)
		}
	}
	if at == nil || c.caused[cause] {
		return
	}
	what := ""
	switch {
	case len(permanent) > 0:
		what = fmt.Sprintf("after a permanent failure, such as %s: the same call fails again", permanent[0])
	case len(hasty) > 0:
		what = fmt.Sprintf("at once after %s: wait before", list(general(b.Space, hasty)))
	case len(endless) > 0:
		what = fmt.Sprintf("without end as long as it answers %s: bound the attempts, or stop at a deadline", list(general(b.Space, endless)))
	default:
		return
	}
	c.once(cause)
	c.report(at, c.related(cause, nil), nil, "%s is called again %s", ir.CalleeName(s.Call.Common()), what)
}

// pauses reports whether calling again after a code has to wait.
func (c *Context) pauses(code catalog.Code) bool {
	k, ok := c.Catalog.Class(code.Retry)
	return ok && k.Pause
}

// known reports whether a call is of one function or method, or of a closure made here. Of a
// function that this one is given, whoever gives it is judged, unless the code is named here.
func (c *Context) known(call *ssa.CallCommon) bool {
	_, given := call.Value.(*ssa.Parameter)
	return call.IsInvoke() || call.StaticCallee() != nil || given && c.Graph.Inspected()
}

// polls reports whether a function says by its name that it waits for a state: that the call
// fails is then how it learns that the state is not reached. A permanent failure that it
// names is no such state.
func polls(fn *ssa.Function) bool {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	for _, w := range words(fn.Name()) {
		switch w {
		case "wait", "await", "poll", "until", "ready":
			return true
		}
	}
	return false
}

// general keeps the codes that every call can answer, for a message; all of an API where any call
// may answer any, and the first if there are none.
func general(s *catalog.Space, codes []catalog.Code) []catalog.Code {
	var out []catalog.Code
	for _, code := range codes {
		if s.General == "" || code.Group == s.General {
			out = append(out, code)
		}
	}
	if len(out) == 0 {
		return codes[:1]
	}
	return out
}
