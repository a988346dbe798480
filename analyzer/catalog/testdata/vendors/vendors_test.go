package vendors_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"

	"connectrpc.com/connect"
	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

func space(t *testing.T, name, of string) *catalog.Space {
	t.Helper()
	c, ok := catalog.Load(name)
	if !ok {
		t.Fatalf("no catalog %s", name)
	}
	s, ok := c.Space(of)
	if !ok {
		t.Fatalf("no space %s", of)
	}
	return s
}

// TestSymbols wants all that the catalogs name to be declared.
func TestSymbols(t *testing.T) {
	all := load(t)
	for _, c := range inspected() {
		types, functions, errs := symbols(c)
		for _, s := range types {
			if _, ok := all[s.Path].decls[s.Name].(*ast.TypeSpec); !ok {
				t.Errorf("%s: %v is no type", c.Name, s)
			}
		}
		for _, s := range functions {
			name := s.Name
			if s.Type != "" {
				name = s.Type + "." + s.Name
			}
			if _, ok := all[s.Path].decls[name].(*ast.FuncDecl); !ok && !all[s.Path].members[name] && !variable(all[s.Path], name) {
				t.Errorf("%s: %v is no function", c.Name, s)
			}
		}
		for _, s := range errs {
			if !variable(all[s.Path], s.Name) {
				t.Errorf("%s: %v is no variable", c.Name, s)
			}
		}
	}
}

func variable(s *source, name string) bool {
	_, ok := s.decls[name].(*ast.ValueSpec)
	return ok
}

// TestCarrierTypes wants fields and methods to be there, and errors to be pointers or values
// as the catalog says.
func TestCarrierTypes(t *testing.T) {
	all := load(t)
	for _, c := range inspected() {
		for _, k := range c.Carriers.Types {
			src, name := all[k.Type.Path], k.Type.Name
			for _, f := range k.Fields {
				if !src.members[name+"."+f.Name] {
					t.Errorf("%v has no field %s", k.Type, f.Name)
				}
			}
			for _, m := range k.Methods {
				if src.decls[name+"."+m.Name] == nil {
					t.Errorf("%v has no method %s", k.Type, m.Name)
				}
			}
			for _, m := range k.Messages {
				if src.decls[name+"."+m] == nil && !src.members[name+"."+m] {
					t.Errorf("%v has no field or method %s", k.Type, m)
				}
			}
			if is := src.decls[name+".Error"] != nil; is != k.Error {
				t.Errorf("%v is an error: %t", k.Type, is)
			}
			if k.Error && src.pointer[name+".Error"] != k.Pointer {
				t.Errorf("%v has Error on its pointer: %t", k.Type, !k.Pointer)
			}
			if unwraps := src.decls[name+".Unwrap"] != nil; unwraps != k.Unwraps {
				t.Errorf("%v unwraps: %t", k.Type, unwraps)
			}
			if own := src.decls[name+".Is"] != nil; own != (k.Error && k.Is != catalog.IsIdentity) {
				t.Errorf("%v has a method Is: %t", k.Type, own)
			}
		}
		for _, k := range c.Carriers.CodeTypes {
			for _, m := range k.Texts {
				spec, _ := all[k.Type.Path].decls[k.Type.Name].(*ast.TypeSpec)
				if all[k.Type.Path].decls[k.Type.Name+"."+m.Method] == nil && !spec.Assign.IsValid() {
					t.Errorf("%v has no method %s", k.Type, m.Method)
				}
			}
		}
	}
}

// TestConstants compares the names of the packages of constants with the catalog, both ways.
func TestConstants(t *testing.T) {
	all := load(t)
	for _, c := range inspected() {
		for _, s := range c.Spaces {
			for _, k := range s.Constants {
				constants(t, s, &k, all[k.Package])
			}
		}
	}
}

func constants(t *testing.T, s *catalog.Space, k *catalog.Constants, src *source) {
	t.Helper()
	for _, code := range s.Codes {
		name, ok := k.NameOf(code)
		if !ok {
			continue
		}
		if got, ok := src.values[name]; !ok || got != code.Value {
			t.Errorf("%s.%s is %#v, want %v", k.Package, name, got, code)
		}
		if src.vars[name] != k.Variables {
			t.Errorf("%s.%s is a variable: %t", k.Package, name, src.vars[name])
		}
		if v, ok := k.ValueOf(s, name); !ok || v != code.Value {
			t.Errorf("%s.%s is %#v by the catalog, want %v", k.Package, name, v, code)
		}
	}
	for name, v := range src.values {
		if code, ok := s.Find(v); ok && ofSpace(s, k, name) {
			if got, ok := k.ValueOf(s, name); !ok || got != v {
				t.Errorf("%s.%s = %v is missing in the catalog", k.Package, name, code)
			}
		} else if !ok && s.Fits(v) && ofSpace(s, k, name) && k.Package != "modernc.org/sqlite/lib" && s.Derived.From == "" && s.Name != "extended" {
			t.Errorf("%s.%s = %v is no code of the catalog", k.Package, name, v)
		}
	}
}

// ofSpace reports whether a name of a package of constants is meant for codes. Those of SQLite
// have many others, told apart by their names.
func ofSpace(s *catalog.Space, k *catalog.Constants, name string) bool {
	switch k.Package {
	case "modernc.org/sqlite/lib":
		return false
	case "github.com/mattn/go-sqlite3":
		return strings.HasPrefix(name, "Err") && s.Name == "primary"
	case "github.com/lib/pq/pqerror":
		return !strings.HasPrefix(name, "Severity")
	case "connectrpc.com/connect":
		return strings.HasPrefix(name, "Code")
	}
	return true
}

// TestSQLite wants every documented code to be the one of SQLite's own header, as modernc's
// translation has it, and none of that to be missing.
func TestSQLite(t *testing.T) {
	lib := sources(t, []string{"modernc.org/sqlite/lib"})["modernc.org/sqlite/lib"]
	extended, primary := space(t, "sqlite", "extended"), space(t, "sqlite", "primary")
	for _, s := range []*catalog.Space{extended, primary} {
		for _, c := range s.Codes {
			if lib.values["SQLITE_"+c.Condition] != c.Value {
				t.Errorf("SQLITE_%s is %v, want %v", c.Condition, lib.values["SQLITE_"+c.Condition], c)
			}
		}
	}
	for _, p := range primary.Codes {
		for name, v := range lib.values {
			if rest, ok := strings.CutPrefix(name, "SQLITE_"+p.Condition+"_"); ok {
				n, _ := v.Int()
				base, _ := p.Value.Int()
				if _, known := extended.Find(v); !known && n > 0xff && n&0xff == base && n < 1<<16 {
					t.Errorf("%s (%s) is missing", name, rest)
				}
			}
		}
	}
}

// TestPredicates compares pgerrcode's predicates with the groups that they are true for.
func TestPredicates(t *testing.T) {
	const path = "github.com/jackc/pgerrcode"
	src, sqlstate := sources(t, []string{path})[path], space(t, "postgresql", "sqlstate")
	c, _ := catalog.Load("postgresql")
	known := map[string]catalog.Predicate{}
	for _, p := range c.Carriers.Predicates {
		known[p.Func.Name] = p
	}
	count := 0
	for name, d := range src.decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || !strings.HasPrefix(name, "Is") {
			continue
		}
		count++
		var want, got []catalog.Value
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			if clause, ok := n.(*ast.CaseClause); ok {
				for _, e := range clause.List {
					v, _ := src.eval(e)
					want = append(want, v)
				}
			}
			return true
		})
		p := known[name]
		for _, code := range sqlstate.Codes {
			if slices.Contains(p.Groups, code.Group) && !slices.Contains(p.Except, code.Value) || slices.Contains(p.Codes, code.Value) {
				got = append(got, code.Value)
			}
		}
		slices.SortFunc(want, catalog.Value.Compare)
		if !slices.Equal(got, want) {
			t.Errorf("%s is true for %v, the catalog says %v", name, want, got)
		}
	}
	if count != len(known) || count == 0 {
		t.Errorf("%d predicates, the catalog has %d", count, len(known))
	}
}

// TestForms compares the other texts of a code with the methods that answer with them.
func TestForms(t *testing.T) {
	for _, c := range space(t, "postgresql", "sqlstate").Codes {
		text, _ := c.Value.Text()
		code := pqerror.Code(text)
		if code.Name() != c.Condition && c.Condition != "" {
			t.Errorf("pqerror names %v %q, the catalog %q", c, code.Name(), c.Condition)
		}
		if string(code.Class()) != c.Group {
			t.Errorf("pqerror has %v in class %q, the catalog in %q", c, code.Class(), c.Group)
		}
	}
	for _, c := range space(t, "grpc", "status").Codes {
		n, _ := c.Value.Int()
		if got := codes.Code(n).String(); got != c.Name {
			t.Errorf("grpc names %d %q, the catalog %q", n, got, c.Name)
		}
		if got := connect.Code(n).String(); n > 0 && got != c.Condition {
			t.Errorf("connect names %d %q, the catalog %q", n, got, c.Condition)
		}
	}
}

// TestFunctions wants functions of an error to do what the catalog says.
func TestFunctions(t *testing.T) {
	grpc := status.Error(codes.NotFound, "no such user")
	rpc := connect.NewError(connect.CodeNotFound, errors.New("no such user"))
	pgErr := error(&pq.Error{Code: pqerror.UniqueViolation})
	wrapped := func(err error) error { return fmt.Errorf("asking: %w", err) }
	c, _ := catalog.Load("grpc")
	for _, k := range c.Carriers.Functions {
		var ask func(error) int
		var err error
		switch k.Func.String() {
		case "google.golang.org/grpc/status.Code":
			ask, err = func(err error) int { return int(status.Code(err)) }, grpc
		case "google.golang.org/grpc/status.Convert":
			ask, err = func(err error) int { return int(status.Convert(err).Code()) }, grpc
		case "google.golang.org/grpc/status.FromError":
			ask, err = func(err error) int { s, _ := status.FromError(err); return int(s.Code()) }, grpc
			if _, ok := status.FromError(errors.New("x")); ok {
				t.Error("FromError reports a code for a foreign error")
			}
		case "connectrpc.com/connect.CodeOf":
			ask, err = func(err error) int { return int(connect.CodeOf(err)) }, rpc
		default:
			t.Fatalf("%v is not tried", k.Func)
		}
		if got := ask(err); got != 5 {
			t.Errorf("%v answers %d for NotFound", k.Func, got)
		}
		if unwraps := ask(wrapped(err)) == 5; unwraps != k.Unwraps {
			t.Errorf("%v unwraps: %t", k.Func, unwraps)
		}
		if n, ok := k.Nil.Int(); ok && ask(nil) != int(n) {
			t.Errorf("%v answers %d for nil, want %d", k.Func, ask(nil), n)
		}
		if n, ok := k.Foreign.Int(); ok && ask(errors.New("x")) != int(n) {
			t.Errorf("%v answers %d for a foreign error, want %d", k.Func, ask(errors.New("x")), n)
		}
	}
	if pq.As(wrapped(pgErr), pqerror.UniqueViolation) == nil || pq.As(pgErr, pqerror.CheckViolation) != nil || pq.As(pgErr) == nil {
		t.Error("pq.As does not do what the catalog says")
	}
}

// TestComparisons wants errors.Is to compare what the catalog says.
func TestComparisons(t *testing.T) {
	const (
		same    = iota // as identity
		code           // the same code, another message
		message        // the same code and message
	)
	tests := []struct {
		name string
		is   [3]bool
		want catalog.Comparison
	}{
		{"github.com/jackc/pgx/v5/pgconn.PgError", matches(&pgconn.PgError{Code: "23505", Message: "a"}, &pgconn.PgError{Code: "23505", Message: "b"}, &pgconn.PgError{Code: "23505", Message: "a"}), catalog.IsIdentity},
		{"github.com/lib/pq.Error", matches(&pq.Error{Code: "23505", Message: "a"}, &pq.Error{Code: "23505", Message: "b"}, &pq.Error{Code: "23505", Message: "a"}), catalog.IsIdentity},
		{"github.com/go-sql-driver/mysql.MySQLError", matches(&mysql.MySQLError{Number: 1062, Message: "a"}, &mysql.MySQLError{Number: 1062, Message: "b"}, &mysql.MySQLError{Number: 1062, Message: "a"}), catalog.IsCode},
		{"google.golang.org/grpc/internal/status.Error", matches(status.Error(codes.NotFound, "a"), status.Error(codes.NotFound, "b"), status.Error(codes.NotFound, "a")), catalog.IsWhole},
		{"connectrpc.com/connect.Error", matches(connect.NewError(5, errors.New("a")), connect.NewError(5, errors.New("b")), connect.NewError(5, errors.New("a"))), catalog.IsIdentity},
	}
	kinds := map[catalog.Comparison][3]bool{
		catalog.IsIdentity: {same: true}, catalog.IsCode: {true, true, true}, catalog.IsWhole: {same: true, message: true},
	}
	for _, test := range tests {
		if test.is != kinds[test.want] {
			t.Errorf("%s: errors.Is matches %v", test.name, test.is)
		}
		for _, c := range inspected() {
			for _, k := range c.Carriers.Types {
				if k.Type.String() == test.name && k.Is != test.want {
					t.Errorf("%s: the catalog says %q, want %q", test.name, k.Is, test.want)
				}
			}
		}
	}
	_ = code
}

func matches(err, code, message error) [3]bool {
	wrapped := fmt.Errorf("asking: %w", err)
	return [3]bool{errors.Is(wrapped, err), errors.Is(wrapped, code), errors.Is(wrapped, message)}
}

// TestNever wants the errors that a status is taken for never to match it.
func TestNever(t *testing.T) {
	c, _ := catalog.Load("grpc")
	foreign := map[string]error{"context.DeadlineExceeded": context.DeadlineExceeded, "context.Canceled": context.Canceled}
	for _, k := range c.Carriers.Never {
		n, _ := k.Code.Int()
		if errors.Is(status.FromContextError(foreign[k.Error.String()]).Err(), foreign[k.Error.String()]) {
			t.Errorf("a status matches %v", k.Error)
		}
		if got := status.FromContextError(foreign[k.Error.String()]).Code(); int64(got) != n {
			t.Errorf("%v becomes %v, the catalog says %d", k.Error, got, n)
		}
	}
}

// TestTexts wants the markers to be in the texts of errors.
func TestTexts(t *testing.T) {
	tests := []struct {
		catalog, space, text string
		want                 catalog.Value
	}{
		{"postgresql", "sqlstate", (&pgconn.PgError{Severity: "ERROR", Code: "23505", Message: "a"}).Error(), catalog.StringValue("23505")},
		{"mysql", "number", (&mysql.MySQLError{Number: 1062, Message: "a"}).Error(), catalog.IntValue(1062)},
		{"mysql", "number", (&mysql.MySQLError{Number: 1213, SQLState: [5]byte{'4', '0', '0', '0', '1'}, Message: "a"}).Error(), catalog.IntValue(1213)},
		{"grpc", "status", status.Error(codes.NotFound, "a").Error(), catalog.IntValue(5)},
	}
	for _, test := range tests {
		c, _ := catalog.Load(test.catalog)
		found := c.Mentions(space(t, test.catalog, test.space), test.text)
		if len(found) != 1 || found[0].Code.Value != test.want {
			t.Errorf("%q mentions %v, want %v", test.text, found, test.want)
		}
	}
}

// TestCodes wants code types to be of the kind of their space.
func TestCodes(t *testing.T) {
	all := load(t)
	for _, c := range inspected() {
		for _, k := range c.Carriers.CodeTypes {
			s, _ := c.Space(k.Space)
			spec, _ := all[k.Type.Path].decls[k.Type.Name].(*ast.TypeSpec)
			id, ok := spec.Type.(*ast.Ident)
			if !ok {
				if spec.Assign == token.NoPos {
					t.Errorf("%v is %T", k.Type, spec.Type)
				}
				continue
			}
			if (id.Name == "string") != (s.Kind == catalog.StringKind) {
				t.Errorf("%v is a %s, the codes of %s are of kind %v", k.Type, id.Name, s.Name, s.Kind)
			}
		}
	}
}
