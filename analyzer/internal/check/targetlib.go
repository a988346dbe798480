package check

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// libraryTarget reports a target type of the API's libraries that an error can never be: of the
// wrong form, of a driver that this package does not use, or asked of what was wrapped.
func (c *Context) libraryTarget(carrier, at ast.Expr, t types.Type, direct bool) {
	kind, ok := c.Origins.CarrierType(t)
	if !ok || !kind.Error || types.IsInterface(t) {
		return
	}
	_, pointer := types.Unalias(t).(*types.Pointer)
	name := types.TypeString(t, (*types.Package).Name)
	switch used := c.driversUsed(); {
	case pointer != kind.Pointer && c.Catalog.Speaks("target", "pointers"):
		right := "*" + strings.TrimPrefix(name, "*")
		if !kind.Pointer {
			right = strings.TrimPrefix(name, "*")
		}
		c.report(at, nil, nil, "%s never matches here: the library answers with %s", name, right)
	case len(used) > 0 && c.Catalog.Speaks("target", "drivers") && !c.usesDriverOf(kind.Type, used):
		c.report(at, nil, nil, "%s never matches here: this package opens the database with %s, whose errors are %s", name, used[0].Name, c.errorsOf(used))
	case direct && c.Catalog.Speaks("target", "wrapped") && c.Engine.WrapsAlways(c.Graph.Value(carrier)):
		c.report(at, nil, nil, "%s never matches here: the error was wrapped on every path; use errors.As", name)
	}
}

// usesDriverOf reports whether this package opens the database with a driver that has an error
// type, or uses more of it than the type: names for codes serve with any driver.
func (c *Context) usesDriverOf(typ catalog.Symbol, used []catalog.Driver) bool {
	has := func(d catalog.Driver) bool { return slices.Contains(d.Errors, typ) }
	if slices.ContainsFunc(used, has) {
		return true
	}
	return slices.ContainsFunc(c.Pass.Pkg.Imports(), func(p *types.Package) bool {
		names := slices.ContainsFunc(c.Catalog.Spaces, func(s *catalog.Space) bool { return s.Offers(p.Path()) })
		return p.Path() != typ.Path && !names && slices.ContainsFunc(c.Catalog.Drivers, func(d catalog.Driver) bool {
			return has(d) && d.Uses(p.Path())
		})
	})
}

// errorsOf names the types of the errors of drivers, as a program writes them.
func (c *Context) errorsOf(drivers []catalog.Driver) string {
	var out []string
	for _, d := range drivers {
		for _, s := range d.Errors {
			name := short(s.String())
			if p := c.Graph.Package(s.Path); p != nil {
				name = p.Name() + "." + s.Name
			}
			for _, t := range c.Catalog.Carriers.Types {
				if t.Type == s && t.Pointer {
					name = "*" + name
				}
			}
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return strings.Join(out, " or ")
}

// driversUsed are the drivers by which this package opens the database, as far as it shows.
func (c *Context) driversUsed() []catalog.Driver {
	if c.driversSeen {
		return c.drivers
	}
	c.driversSeen = true
	for _, f := range c.Pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				c.noteDriver(call)
			}
			return true
		})
	}
	return c.drivers
}

func (c *Context) noteDriver(call *ast.CallExpr) {
	f := calleeOf(c.Pass.TypesInfo, call)
	if f == nil || f.Pkg() == nil || f.Signature().Recv() != nil {
		return
	}
	name := f.Pkg().Path() + "." + f.Name()
	for _, d := range c.Catalog.Drivers {
		opens := slices.ContainsFunc(d.Opens, func(o catalog.Opener) bool {
			if o.Func.String() != name || o.Arg >= len(call.Args) && o.Value != "" {
				return false
			}
			v := constant.Value(nil)
			if o.Value != "" {
				v = c.constant(call.Args[o.Arg])
			}
			return o.Value == "" || v != nil && v.Kind() == constant.String && constant.StringVal(v) == o.Value
		})
		if opens && !slices.ContainsFunc(c.drivers, func(k catalog.Driver) bool { return k.Name == d.Name }) {
			c.drivers = append(c.drivers, d)
		}
	}
}

// librarySentinel reports a comparison of an error of the API with one that it never is, or
// that compares more than the code.
func (c *Context) librarySentinel(at, carrier, value ast.Expr, is bool) {
	if c.Catalog.Speaks("target", "built") && c.builtSentinel(at, carrier, value, is) {
		return
	}
	if !c.Catalog.Speaks("target", "never") {
		return
	}
	what := "errors.Is"
	if !is {
		what = "this comparison"
	}
	name := c.objectName(value)
	for _, never := range c.Catalog.Carriers.Never {
		if never.Error.String() != name {
			continue
		}
		v := c.Graph.Value(carrier)
		if !c.Engine.Produced(v) || c.asksFor(c.Engine.AnswerOf(v), never.Code) {
			continue
		}
		c.report(at, nil, nil, "%s never matches here: %s", what, never.Why)
	}
}

// builtSentinel reports a comparison of an error of the API with one that is made of a code, and
// whether it was: on the spot, or for a variable that nobody assigns anew.
func (c *Context) builtSentinel(at ast.Expr, carrier, value ast.Expr, is bool) bool {
	var k *catalog.Constructor
	var related []analysis.RelatedInformation
	made := c.Pass.TypesInfo.TypeOf(value)
	if call, ok := ast.Unparen(value).(*ast.CallExpr); ok {
		k, _ = c.Origins.Constructor(calleeOf(c.Pass.TypesInfo, call))
	} else if call := c.madeOnce(c.Graph.Value(carrier), c.Graph.Value(value)); call != nil {
		k, _ = c.Origins.Constructor(ir.Callee(&call.Call))
		made, related = call.Type(), []analysis.RelatedInformation{{Pos: call.Pos(), Message: "it is made here"}}
	}
	if k == nil {
		return false
	}
	what := "compares the message too"
	if t, ok := c.Origins.CarrierType(made); !is || ok && t.Is == catalog.IsIdentity {
		what = "is never equal to another"
	}
	c.report(at, related, nil, "an error that %s makes %s: %s", short(k.Func.String()), what, c.Catalog.Take)
	return true
}

// madeOnce is the call that makes the error of a code in a package variable, with which the answer of
// a call into the API's libraries is compared; nil if the code is asked for beside.
func (c *Context) madeOnce(answer, variable ssa.Value) *ssa.Call {
	if answer == nil || variable == nil || ir.GlobalRead(variable) == nil {
		return nil
	}
	call, ok := ir.UnderInterface(c.Engine.Assigned(ir.UnderInterface(variable))).(*ssa.Call)
	if !ok || !c.Engine.FromLibrary(answer) {
		return nil
	}
	k, ok := c.Origins.Constructor(ir.Callee(&call.Call))
	if !ok {
		return nil
	}
	if code, isConst := call.Call.Args[k.Code].(*ssa.Const); isConst {
		i := c.Catalog.Index(k.Space)
		if v, ok := catalog.ValueOf(code.Value, c.Catalog.Spaces[i].Kind); ok && c.asksFor(c.Engine.AnswerOf(answer), v) {
			return nil
		}
	}
	return call
}

// asksFor reports whether the function asks the error of a call for the code that stands for
// another error, beside that error.
func (c *Context) asksFor(call ssa.CallInstruction, code catalog.Value) bool {
	for _, s := range c.Engine.Sources(call.Parent()) {
		if s.Call == call && c.Engine.Partition(s).Names(code) {
			return true
		}
	}
	return false
}

// objectName is the full name of what an expression names, or "".
func (c *Context) objectName(e ast.Expr) string {
	obj := objectOf(c.Pass.TypesInfo, e)
	if obj == nil || obj.Pkg() == nil {
		return ""
	}
	return fmt.Sprintf("%s.%s", obj.Pkg().Path(), obj.Name())
}
