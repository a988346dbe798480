package origin

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
)

// Evidence reports whether the files of a package show that it deals with the
// catalog's API: they use the vendor's SDK, hold a host or an endpoint path in
// a string constant, set the headers that sign a request in one declaration,
// or have a directive that declares a code.
func Evidence(in Input) bool {
	if in.Pkg != nil && in.Catalog.Owns(in.Pkg.Path()) {
		return true
	}
	for _, f := range in.Files {
		if declares(in.Catalog, f) {
			return true
		}
		for _, imp := range f.Imports {
			if path, ok := literal(imp.Path); ok && in.Catalog.Owns(path) {
				return true
			}
		}
		for _, decl := range f.Decls {
			if declEvidence(in, decl) {
				return true
			}
		}
	}
	return false
}

func declEvidence(in Input, decl ast.Decl) bool {
	found := false
	var headers []string
	ast.Inspect(decl, func(n ast.Node) bool {
		if found {
			return false
		}
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Ident:
			obj := in.Info.Uses[n]
			if obj == nil {
				return true
			}
			if s, ok := stringObject(obj); ok {
				found = in.Catalog.Evidence.Constant(s)
			}
			found = found || obj.Pkg() != nil && obj.Pkg() != in.Pkg && in.Catalog.Owns(obj.Pkg().Path())
		case *ast.BasicLit, *ast.BinaryExpr:
			if s, ok := stringConst(in.Info, n.(ast.Expr)); ok {
				found = in.Catalog.Evidence.Constant(s)
			}
		}
		headers = append(headers, namesSet(in.Info, n)...)
		return !found
	})
	return found || in.Catalog.Evidence.Signed(headers)
}

// namesSet returns the constant names that n gives values to: as a key of an
// index or a literal, as the first of a pair, or as an argument with its value
// behind it.
func namesSet(info *types.Info, n ast.Node) []string {
	var keys []ast.Expr
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, lhs := range n.Lhs {
			if index, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok {
				keys = append(keys, index.Index)
			}
		}
	case *ast.CompositeLit:
		keys = literalNames(n)
	case *ast.CallExpr:
		if len(n.Args) >= 2 && !readsNames(info, n) {
			keys = n.Args[:len(n.Args)-1]
		}
	}
	var names []string
	for _, key := range keys {
		if s, ok := stringConst(info, key); ok {
			names = append(names, s)
		}
	}
	return names
}

// literalNames returns what may be names in {name: value}, {name, value} and
// {Name: name, Value: value}.
func literalNames(lit *ast.CompositeLit) []ast.Expr {
	var names []ast.Expr
	for i, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			names = append(names, kv.Key)
			if i == 0 {
				names = append(names, kv.Value)
			}
		} else if i == 0 && len(lit.Elts) > 1 {
			names = append(names, e)
		}
	}
	return names
}

// readsNames reports whether a call only compares or prints its arguments.
func readsNames(info *types.Info, call *ast.CallExpr) bool {
	var name *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun
	case *ast.SelectorExpr:
		name = fun.Sel
	default:
		return false
	}
	obj := info.Uses[name]
	if _, ok := obj.(*types.Builtin); ok {
		return true
	}
	return obj != nil && obj.Pkg() != nil &&
		slices.Contains([]string{"bytes", "cmp", "errors", "fmt", "log", "log/slog", "slices", "strings"}, obj.Pkg().Path())
}

func stringConst(info *types.Info, e ast.Expr) (string, bool) {
	if v := info.Types[e].Value; v != nil && v.Kind() == constant.String {
		return constant.StringVal(v), true
	}
	return "", false
}

func stringObject(obj types.Object) (string, bool) {
	c, ok := obj.(*types.Const)
	if !ok || c.Val() == nil || c.Val().Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(c.Val()), true
}

// hasDirective reports whether f has one of the directives, well-formed or
// not; without a verb, any, also a comment that was meant as one.
func hasDirective(f *ast.File, verbs ...string) bool {
	for _, group := range f.Comments {
		for _, c := range group.List {
			d, ok := parseDirective(c)
			if ok && (len(verbs) == 0 || slices.Contains(verbs, d.verb)) {
				return true
			}
			if _, near := meantDirective(c); near && len(verbs) == 0 {
				return true
			}
		}
	}
	return false
}

// literal returns the value of a string literal.
func literal(lit *ast.BasicLit) (string, bool) {
	if lit.Kind != token.STRING {
		return "", false
	}
	v := constant.MakeFromLiteral(lit.Value, lit.Kind, 0)
	return constant.StringVal(v), v.Kind() == constant.String
}
