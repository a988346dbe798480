package handling

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/interp"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
	"github.com/go-retcode/retcode/analyzer/internal/partition"
	"github.com/go-retcode/retcode/analyzer/report"
)

// actions are what is done for the codes of a class, in the order of the source.
func (v *view) actions(k *partition.CodeCase) []report.Action {
	if k.Success {
		return nil
	}
	a := &acts{view: v, k: k, run: k.Propagation}
	if k.Opaque {
		a.note(report.Undecided, "a condition that the code decides in a way that is not known", token.NoPos)
	}
	a.again()
	for _, b := range a.run.Fn.Blocks {
		if a.only(b) {
			for _, instr := range b.Instrs {
				a.instr(instr)
			}
		}
	}
	a.answers()
	if len(a.list) == 0 || !slices.ContainsFunc(a.list, func(x report.Action) bool { return x.Kind != report.Logged }) {
		a.swallowed()
	}
	slices.SortStableFunc(a.list, func(x, y report.Action) int {
		if x.At.Line != y.At.Line {
			return x.At.Line - y.At.Line
		}
		return x.At.Column - y.At.Column
	})
	return slices.CompactFunc(a.list, func(x, y report.Action) bool { return x == y })
}

// acts collects the actions of one case.
type acts struct {
	*view
	k    *partition.CodeCase
	run  *interp.Propagation
	list []report.Action
}

func (a *acts) note(kind report.ActionKind, detail string, at token.Pos) {
	a.list = append(a.list, report.Action{Kind: kind, Detail: detail, At: a.c.position(at)})
}

// only reports whether a block is reached for the failure, and for no success.
func (a *acts) only(b *ssa.BasicBlock) bool {
	if !a.k.Executable(b) {
		return false
	}
	return !slices.ContainsFunc(a.partition.Cases, func(c *partition.CodeCase) bool { return c.Success && c.Executable(b) })
}

// again notes that the call is made again.
func (a *acts) again() {
	if !a.k.Retried {
		return
	}
	r := a.engine.Retry(a.partition, a.k)
	kind := report.RetriedAtOnce
	if r.Waits {
		kind = report.Retried
	}
	at := token.NoPos
	if r.Call != nil {
		at = r.Call.Pos()
	}
	a.note(kind, "", at)
}

func (a *acts) instr(instr ssa.Instruction) {
	switch i := instr.(type) {
	case *ssa.Panic:
		a.note(report.Exits, "panic", i.Pos())
	case *ssa.Store:
		if !ir.IsLocal(i.Addr) && !isResult(i.Addr) {
			a.kept(i.Val, ir.ValueName(i.Addr), i.Pos())
		}
	case *ssa.MapUpdate:
		a.kept(i.Value, ir.ValueName(i.Map), i.Pos())
	case *ssa.Send:
		a.kept(i.X, ir.ValueName(i.Chan), i.Pos())
	case ssa.CallInstruction:
		a.call(i)
	}
}

// isResult reports whether an address is that of a named result.
func isResult(addr ssa.Value) bool {
	v, ok := addr.(*ssa.FreeVar)
	return ok && v.Parent() != nil && v.Parent().Parent() != nil && ir.IsError(ir.Pointee(v.Type()))
}

func (a *acts) kept(v ssa.Value, where string, at token.Pos) {
	if x := a.run.Val(v); x.Holds() || x.Code() {
		a.note(report.Stored, where, at)
	}
}

func (a *acts) call(c ssa.CallInstruction) {
	common := c.Common()
	if _, builtin := common.Value.(*ssa.Builtin); builtin || c == a.source.Instr || c == ssa.CallInstruction(a.source.Call) {
		return
	}
	name := ir.CalleeName(common)
	given := slices.ContainsFunc(ir.Args(common), func(v ssa.Value) bool {
		x := a.run.Val(v)
		return x.Holds() || x.Code()
	})
	call, _ := c.(*ssa.Call)
	switch status, answers := httpStatus(common); {
	case answers:
		a.note(report.Answered, status, c.Pos())
	case call != nil && a.run.Ends[c.Block()] == ssa.Instruction(c):
		a.note(report.Exits, name, c.Pos())
	case library.IsLogging(common):
		a.note(report.Logged, name, c.Pos())
	case a.engine.IsPure(common), a.engine.Waits(common), makesError(common):
	case given:
		a.note(report.Passed, name, c.Pos())
	case call != nil && ir.ResultUsed(call):
		a.note(report.Fallback, name, c.Pos())
	default:
		a.note(report.Called, name, c.Pos())
	}
}

// makesError reports whether a call makes an error: what is returned tells of it.
func makesError(c *ssa.CallCommon) bool {
	res := c.Signature().Results()
	return res.Len() == 1 && ir.IsErrorLike(res.At(0).Type())
}

// httpStatus is the status with which a call answers the program's own client.
func httpStatus(c *ssa.CallCommon) (string, bool) {
	f := ir.Callee(c)
	if f == nil {
		return "", false
	}
	args := ir.Args(c)
	at := -1
	switch {
	case ir.FullName(c) == "net/http.Error" && len(args) == 3:
		at = 2
	case f.Name() == "WriteHeader" && len(args) == 2:
		at = 1
	case f.Signature().Recv() != nil && len(args) >= 2 && ir.IsInteger(args[1].Type()) && isContext(f):
		at = 1
	}
	if at < 0 {
		return "", false
	}
	if k, ok := args[at].(*ssa.Const); ok && k.Value != nil {
		if n, ok := catalog.ValueOf(k.Value, catalog.IntKind); ok && catalog.NamedByHTTP(n) {
			return "HTTP " + n.String(), true
		}
	}
	return "an HTTP status", true
}

// isContext reports whether a method is that of a web framework's context which answers.
func isContext(f *types.Func) bool {
	n := ir.NamedOf(f.Signature().Recv().Type())
	return n != nil && (n.Obj().Name() == "Context" || n.Obj().Name() == "Ctx") &&
		slices.Contains([]string{"JSON", "String", "AbortWithStatus", "AbortWithStatusJSON", "Status", "NoContent", "XML", "IndentedJSON"}, f.Name())
}

// answers notes the returns by which the failure is answered.
func (a *acts) answers() {
	for _, ret := range a.partition.Answers(a.k) {
		for _, v := range ret.Results {
			a.answer(ret, v)
		}
	}
}

func (a *acts) answer(ret *ssa.Return, v ssa.Value) {
	x := a.run.Val(v)
	at := ret.Pos()
	switch {
	case x.Holds() && x.Wrapped:
		a.note(report.Wrapped, "", at)
	case x.Holds() && !x.Beside:
		a.note(report.Returned, "", at)
	case x.Kind == interp.Nil:
	case ir.IsErrorLike(v.Type()):
		a.error(v, at)
	case x.Code() && a.run.IsCode(v):
		a.note(report.Returned, "", at)
	case x.Kind == interp.Const && (x.ByCode || len(ret.Results) == 1):
		a.note(report.Result, short(x.C), at)
	case x.Text && !x.Holds():
		a.note(report.Result, "its text", at)
	case a.only(ret.Block()):
		if k, ok := v.(*ssa.Const); ok && k.Value != nil && !zero(k.Value) {
			a.note(report.Result, short(k.Value), at)
		}
	}
}

// error notes an error that is returned and does not hold the code.
func (a *acts) error(v ssa.Value, at token.Pos) {
	if g := ir.GlobalRead(v); g != nil {
		a.note(report.Mapped, globalName(g, a.run.Fn), at)
		return
	}
	switch i := ir.UnderInterface(v).(type) {
	case *ssa.Call:
		a.note(report.Replaced, ir.CalleeName(&i.Call), at)
	case *ssa.Const:
	default:
		a.note(report.Replaced, types.TypeString(ir.UnderInterface(v).Type(), func(p *types.Package) string { return p.Name() }), at)
	}
}

func globalName(g *ssa.Global, fn *ssa.Function) string {
	if g.Pkg == fn.Pkg {
		return g.Name()
	}
	return g.Pkg.Pkg.Name() + "." + g.Name()
}

func zero(c constant.Value) bool {
	switch c.Kind() {
	case constant.Int:
		return constant.Sign(c) == 0
	case constant.String:
		return constant.StringVal(c) == ""
	}
	return false
}

// short is a constant as it is shown.
func short(c constant.Value) string {
	s := c.ExactString()
	if len(s) > 40 {
		s = strings.ToValidUTF8(s[:36], "") + "…"
		if c.Kind() == constant.String {
			s = strconv.Quote(strings.Trim(s, `"`))
		}
	}
	return s
}

// told is what a function that only tells yes or no, or says a text, answers, if that is known.
func (a *acts) told() constant.Value {
	res := a.run.Fn.Signature.Results()
	if res.Len() != 1 || !ir.IsBoolean(res.At(0).Type()) && !ir.IsString(res.At(0).Type()) {
		return nil
	}
	var out constant.Value
	for _, ret := range a.run.Returns() {
		v := a.run.Val(ret.Results[0])
		if v.Kind != interp.Const || out != nil && !constant.Compare(out, token.EQL, v.C) {
			return nil
		}
		out = v.C
	}
	return out
}

// swallowed notes what is done where nothing else is: the function goes on as on success, or
// the answer is dropped.
func (a *acts) swallowed() {
	for _, c := range a.partition.Cases {
		if c.Success && c.Class == a.k.Class {
			if len(a.list) > 0 {
				return // it is logged
			}
			if answer := a.told(); answer != nil {
				a.note(report.Result, short(answer), token.NoPos)
			} else if len(a.partition.Comparisons()) > 0 {
				a.note(report.Continued, "", token.NoPos)
			} else if a.k.Escapes {
				a.note(report.Passed, "", token.NoPos)
			}
			return
		}
	}
	if a.k.Escapes {
		a.note(report.Passed, "", token.NoPos)
	}
}
