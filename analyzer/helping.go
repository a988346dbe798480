package analyzer

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
	"github.com/go-retcode/retcode/analyzer/internal/library"
)

// helping asks whether a package without a code has functions that may fetch, decode, wait,
// retry, log or judge for another package. It looks at signatures, and at bodies only where
// a signature leaves it open.
type helping struct {
	pkg   *types.Package
	files []*ast.File // those that count
	all   []*ast.File
	info  *types.Info
	facts func(*types.Package) *fact.Package

	decls   map[*types.Func]*ast.FuncDecl
	fetches bool // the package can send a request or decode an answer
	reads   bool // or read one
}

// help returns the files with the bodies of the functions that matter for others and of
// those that they need, or ok=false if there are none.
func (h *helping) help() (files []*ast.File, ok bool) {
	h.decls = make(map[*types.Func]*ast.FuncDecl)
	for _, p := range h.pkg.Imports() {
		switch path := p.Path(); {
		case path == "io" || path == "io/ioutil":
			h.reads = true
		case strings.Contains(path, "json") || strings.Contains(path, "http"), !ir.Std(path) && h.facts(p) != nil:
			h.fetches = true
		}
	}
	helps := false
	for _, file := range h.files {
		for _, d := range file.Decls {
			if fn, isFunc := d.(*ast.FuncDecl); isFunc && fn.Body != nil {
				if f, isFunc := h.info.Defs[fn.Name].(*types.Func); isFunc {
					h.decls[f] = fn
					helps = helps || isFace(fn) && h.mayHelp(f, fn)
				}
			}
		}
	}
	ok = helps
	waiting := h.waiting()
	for fn := range waiting {
		ok = ok || isFace(fn)
	}
	if !ok {
		return nil, false
	}
	return h.needed(waiting, helps), true
}

// needed returns the files without the bodies that nothing needs: what neither waits nor, in
// a package that helps otherwise, has to do with errors, bytes, functions or numbers, and is
// not called by what does.
func (h *helping) needed(waiting map[*ast.FuncDecl]bool, helps bool) []*ast.File {
	kept := make(map[*ast.FuncDecl]bool)
	var todo []ast.Node
	keep := func(fn *ast.FuncDecl) {
		if fn != nil && !kept[fn] {
			kept[fn] = true
			todo = append(todo, fn.Body)
		}
	}
	methods := make(map[string][]*ast.FuncDecl)
	for f, fn := range h.decls {
		if f.Signature().Recv() != nil {
			methods[f.Name()] = append(methods[f.Name()], fn)
		}
		if waiting[fn] || helps && matters(f) {
			keep(fn)
		}
	}
	for _, file := range h.files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.VAR {
				todo = append(todo, d)
			}
		}
	}
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if f, ok := h.info.Uses[id].(*types.Func); ok && f.Pkg() == h.pkg {
					keep(h.decls[f.Origin()])
					if recv := f.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
						for _, fn := range methods[f.Name()] {
							keep(fn)
						}
					}
				}
			}
			return true
		})
	}
	var files []*ast.File
	for _, file := range h.all {
		f := *file
		f.Decls = slices.Clone(file.Decls)
		for i, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && !kept[fn] {
				empty := *fn
				empty.Body = nil
				f.Decls[i] = &empty
			}
		}
		files = append(files, &f)
	}
	return files
}

// matters reports whether an error, bytes, a function or a number comes into a function or
// out of it.
func matters(f *types.Func) bool {
	sig := f.Signature()
	in, out := signatureOf(sig.Params()), signatureOf(sig.Results())
	if recv := sig.Recv(); recv != nil {
		if s := ir.StructOf(recv.Type()); s != nil {
			for v := range s.Fields() {
				if ir.IsError(v.Type()) || isNumber(v.Type()) && codeLike(v.Name()) {
					return true
				}
			}
		}
	}
	if sig.Results().Len() != 1 {
		in.numbers = 0
	}
	return in != signature{} || out != signature{}
}

// codeLike reports whether a field may be named for holding a code.
func codeLike(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "code") || strings.Contains(name, "status") || strings.Contains(name, "err") || strings.HasPrefix(name, "ret")
}

// isFace reports whether another package can call a function, perhaps through an interface.
func isFace(fn *ast.FuncDecl) bool { return fn.Name.IsExported() }

// A signature is what counts of one.
type signature struct{ errors, bytes, readers, targets, funcs, numbers int }

// mayHelp judges a function by its signature.
func (h *helping) mayHelp(f *types.Func, fn *ast.FuncDecl) bool {
	sig := f.Signature()
	in, out := signatureOf(sig.Params()), signatureOf(sig.Results())
	switch {
	case in.errors > 0: // wraps, judges or logs an error
		return true
	case in.funcs > 0 && out.errors > 0: // runs a function that may fail
		return true
	case sig.Variadic() && in.targets > 0 && sig.Results().Len() == 0: // logs
		return true
	case in.numbers > 0 && sig.Results().Len() == 1 && isAnswer(sig.Results().At(0).Type()) && h.judges(sig.Params(), fn.Body):
		return true
	}
	carries := in.bytes+out.bytes > 0 || in.targets > 0 && out.errors > 0
	return carries && (h.fetches || h.reads && in.readers > 0)
}

// isAnswer reports whether a type can say what a code means: a basic one, or an error.
func isAnswer(t types.Type) bool {
	return ir.IsBasicType(t) || ir.IsErrorLike(t)
}

func signatureOf(list *types.Tuple) (s signature) {
	for v := range list.Variables() {
		t := v.Type()
		if list, ok := t.(*types.Slice); ok && types.IsInterface(list.Elem()) {
			t = list.Elem() // variadic
		}
		switch ir.TypePath(t) {
		case "net/http.ResponseWriter":
			return signature{} // a server's own
		case "net/http.Request", "net/http.Response":
			s.bytes++
			continue
		case "io.Reader", "io.ReadCloser":
			s.readers++
			continue
		}
		switch u := t.Underlying().(type) {
		case *types.Interface:
			switch {
			case u.NumMethods() == 0:
				s.targets++
			case ir.IsErrorType(t):
				s.errors++
			}
		case *types.Signature:
			if mayFail(u) {
				s.funcs++
			}
		case *types.Slice:
			if ir.IsBytes(u) {
				s.bytes++
			}
		case *types.Basic:
			if isNumber(t) {
				s.numbers++
			}
		}
	}
	return s
}

// mayFail reports whether a function returns an error.
func mayFail(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if types.IsInterface(v.Type()) && ir.IsErrorType(v.Type()) {
			return true
		}
	}
	return false
}

// isNumber reports whether a code could be of the type: not of the standard library's own.
func isNumber(t types.Type) bool {
	if n := ir.NamedOf(t); n != nil && n.Obj().Pkg() != nil && ir.Std(n.Obj().Pkg().Path()) {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0 && b.Kind() != types.Byte && t != types.Universe.Lookup("rune").Type()
}

// judges reports whether a body compares with a number that could be a code, looks a
// parameter up in a list of the package, or leaves it to another function.
func (h *helping) judges(params *types.Tuple, body *ast.BlockStmt) bool {
	isParam := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		if !ok {
			return false
		}
		v, ok := h.info.Uses[id].(*types.Var)
		return ok && isNumber(v.Type()) && slices.Contains(slices.Collect(params.Variables()), v)
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			switch n.Op {
			case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
				found = found || h.couldBeCode(n.X) || h.couldBeCode(n.Y)
			}
		case *ast.CaseClause:
			found = found || slices.ContainsFunc(n.List, h.couldBeCode)
		case *ast.IndexExpr:
			if t := h.info.TypeOf(n.X); t != nil && isParam(n.Index) {
				_, ok := t.Underlying().(*types.Map)
				found = found || ok
			}
		case *ast.CallExpr:
			found = found || !h.info.Types[n.Fun].IsType() && slices.ContainsFunc(n.Args, isParam)
		}
		return !found
	})
	return found
}

func (h *helping) couldBeCode(e ast.Expr) bool {
	v := h.info.Types[e].Value
	if v == nil {
		return false
	}
	n, ok := constant.Int64Val(constant.ToInt(v))
	return ok && n >= 100
}

// waiting returns the functions that wait, by what they name and what the functions that
// they name do, and those that never return, by their last statement.
func (h *helping) waiting() map[*ast.FuncDecl]bool {
	known := make(map[types.Object]bool)
	some := false
	for _, obj := range h.info.Uses {
		if _, ok := known[obj]; !ok {
			known[obj] = h.isWait(obj)
			some = some || known[obj]
		}
	}
	users := make(map[types.Object][]*ast.FuncDecl)
	var found []*ast.FuncDecl
	for _, fn := range h.decls {
		if h.isExit(fn.Body.List) || some && h.names(fn, known, users) {
			found = append(found, fn)
		}
	}
	out := make(map[*ast.FuncDecl]bool)
	for len(found) > 0 {
		fn := found[len(found)-1]
		found = found[:len(found)-1]
		if !out[fn] {
			out[fn] = true
			found = append(found, users[h.info.Defs[fn.Name]]...)
		}
	}
	return out
}

// names reports whether a function names one of the known objects, or receives what another
// function may have sent when it was time. It notes of which functions of this package it is
// a user.
func (h *helping) names(fn *ast.FuncDecl, known map[types.Object]bool, users map[types.Object][]*ast.FuncDecl) bool {
	found := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			obj := h.info.Uses[id]
			if f, ok := obj.(*types.Func); ok && f.Pkg() == h.pkg {
				users[f.Origin()] = append(users[f.Origin()], fn)
			}
			found = found || known[obj]
		}
		if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
			found = true
		}
		if r, ok := n.(*ast.RangeStmt); ok && !found {
			if t := h.info.TypeOf(r.X); t != nil {
				_, found = t.Underlying().(*types.Chan)
			}
		}
		return true
	})
	return found
}

// isExit reports whether the last statement calls a function that does not return. Whether
// a function of this package does not is left to its own last statement.
func (h *helping) isExit(body []ast.Stmt) bool {
	if len(body) == 0 {
		return false
	}
	stmt, ok := body[len(body)-1].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := stmt.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	f := typeutil.StaticCallee(h.info, call)
	return f != nil && (library.Stops(f) || h.told(f).Exits)
}

// isWait reports whether an object is a function that waits, or a variable that makes one
// wait.
func (h *helping) isWait(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Func:
		return library.IsWait(obj) || h.told(obj).Waits
	case *types.Var:
		switch t := obj.Type().Underlying().(type) {
		case *types.Chan:
			return ir.TypePath(t.Elem()) == "time.Time"
		case *types.Signature: // a clock that tests replace
			n := t.Params().Len()
			return n > 0 && ir.TypePath(t.Params().At(n-1).Type()) == "time.Duration"
		}
	}
	return false
}

// told is what another package's fact says of a function.
func (h *helping) told(f *types.Func) fact.Func {
	if p := h.facts(f.Pkg()); p != nil {
		if told := p.Func(ir.FuncName(f)); told != nil {
			return *told
		}
	}
	return fact.Func{}
}
