package check

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
)

// inTransaction reports a statement that is called again in a transaction which its failure
// ended, and whether it did.
func (c *Context) inTransaction(s *interp.Source, b *partition.Partition) bool {
	t := c.Catalog.Transactions
	if len(t.Types) == 0 || !c.Catalog.Speaks("retry", "in-transaction") || b.Space.Name != t.Space {
		return false
	}
	tx := c.transactionOf(s.Call.Common())
	if tx == nil {
		return false
	}
	for _, k := range b.Cases {
		if k.Success || !k.Retried || !t.AfterAny && !slices.Contains(t.After, k.Code.Value) {
			continue
		}
		r := c.Engine.Retry(b, k)
		if !r.Here || r.ByHelper() && begun(tx, s.Fn) || c.revives(r, tx) || !c.once(s) {
			continue
		}
		if answer, ok := b.Space.Find(t.Answers); ok && t.AfterAny {
			c.report(c.callRange(r.Call), nil, nil, "this statement is called again in the transaction that %s has aborted: it can only answer %v; begin a new one", c.Catalog.Title, answer.Value)
		} else {
			c.report(c.callRange(r.Call), nil, nil, "this statement is called again after %s, which rolled the transaction back: it is no longer part of it; begin a new one", k.Code)
		}
		return true
	}
	return false
}

// begun reports whether a function begins a transaction itself: it is another one each time that
// the function is called.
func begun(tx ssa.Value, fn *ssa.Function) bool {
	c, _ := ir.AnsweredBy(ir.LastStored(tx))
	return c != nil && c.Parent() == fn
}

// transactionOf is the transaction in which a call makes a statement, or nil: its receiver, an
// argument, or the receiver of the call that made the row which it scans.
func (c *Context) transactionOf(call *ssa.CallCommon) ssa.Value {
	for _, a := range ir.Args(call) {
		if c.isTransaction(a.Type()) {
			return a
		}
		if row, ok := ir.UnderInterface(a).(*ssa.Call); ok {
			for _, a := range ir.Args(&row.Call) {
				if c.isTransaction(a.Type()) {
					return a
				}
			}
		}
	}
	return nil
}

func (c *Context) isTransaction(t types.Type) bool {
	path := ir.TypePath(t)
	for _, s := range c.Catalog.Transactions.Types {
		if s.String() == path {
			return true
		}
	}
	return false
}

// revives reports whether something on the way back to a statement may bring its transaction
// back, for all that is known: whatever is given it, but for statements that say otherwise.
func (c *Context) revives(r partition.Retried, tx ssa.Value) bool {
	for _, call := range r.Calls() {
		common := call.Common()
		if call == r.Call || !slices.Contains(ir.Args(common), tx) {
			continue
		}
		f := ir.Callee(common)
		if f == nil || f.Pkg() == c.Pass.Pkg || c.begins(ir.TypePath(tx.Type())+"."+f.Name()) {
			return true
		}
		if text, ok := statement(common); !ok || slices.ContainsFunc(c.Catalog.Transactions.Revive, func(w string) bool { return strings.Contains(text, w) }) {
			return true
		}
	}
	return false
}

func (c *Context) begins(method string) bool {
	for _, s := range c.Catalog.Transactions.Begin {
		if s.String() == method {
			return true
		}
	}
	return false
}

// statement is the constant text that a call is given, in capitals.
func statement(c *ssa.CallCommon) (string, bool) {
	for _, a := range ir.Args(c) {
		if s, ok := ir.Text(a); ok {
			return strings.ToUpper(s), true
		}
	}
	return "", false
}
