package vendors_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-retcode/retcode/analyzer/catalog"
)

// A source is what the files of a package declare, for any system.
type source struct {
	decls   map[string]ast.Node // functions, types, variables, constants; methods as TYPE.NAME
	members map[string]bool     // fields of structs and methods of interfaces as TYPE.NAME
	pointer map[string]bool     // methods with a pointer receiver
	values  map[string]catalog.Value
	vars    map[string]bool // those of values that are variables
	inits   map[string]ast.Expr
}

// sources has the packages with these import paths.
func sources(t *testing.T, paths []string) map[string]*source {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-find", "-tags=vendors", "-json=ImportPath,Dir,Error"}, paths...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd, err)
	}
	found := map[string]*source{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct{ ImportPath, Dir string }
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		found[p.ImportPath] = parse(t, p.Dir)
	}
}

func parse(t *testing.T, dir string) *source {
	t.Helper()
	s := &source{map[string]ast.Node{}, map[string]bool{}, map[string]bool{}, map[string]catalog.Value{}, map[string]bool{}, map[string]ast.Expr{}}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			s.add(d)
		}
	}
	for name := range s.inits {
		if v, ok := s.eval(s.inits[name]); ok && ast.IsExported(name) {
			s.values[name] = v
		}
	}
	return s
}

func (s *source) add(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil {
			typ, pointer := receiver(d.Recv.List[0].Type)
			name = typ + "." + name
			s.pointer[name] = pointer
		}
		s.decls[name] = d
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				s.decls[spec.Name.Name] = spec
				var list *ast.FieldList
				switch t := spec.Type.(type) {
				case *ast.StructType:
					list = t.Fields
				case *ast.InterfaceType:
					list = t.Methods
				}
				if list == nil {
					continue
				}
				for _, f := range list.List {
					for _, id := range f.Names {
						s.members[spec.Name.Name+"."+id.Name] = true
					}
				}
			case *ast.ValueSpec:
				for i, id := range spec.Names {
					s.decls[id.Name] = spec
					s.vars[id.Name] = d.Tok == token.VAR
					if i < len(spec.Values) {
						s.inits[id.Name] = spec.Values[i]
					}
				}
			}
		}
	}
}

func receiver(e ast.Expr) (name string, pointer bool) {
	if star, ok := e.(*ast.StarExpr); ok {
		e, pointer = star.X, true
	}
	id, _ := e.(*ast.Ident)
	if id == nil {
		return "", pointer
	}
	return id.Name, pointer
}

// eval returns the code that an initial value is: a literal, a conversion of one, the name of
// another, or go-sqlite3's Extend of one.
func (s *source) eval(e ast.Expr) (catalog.Value, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return catalog.StringValue(text), err == nil
		}
		n, err := strconv.ParseInt(e.Value, 0, 64)
		return catalog.IntValue(n), err == nil
	case *ast.Ident:
		if init, ok := s.inits[e.Name]; ok {
			return s.eval(init)
		}
	case *ast.CallExpr:
		if len(e.Args) != 1 {
			break
		}
		arg, ok := s.eval(e.Args[0])
		if sel, isSel := e.Fun.(*ast.SelectorExpr); ok && isSel && sel.Sel.Name == "Extend" {
			base, ok := s.eval(sel.X)
			b, _ := base.Int()
			n, _ := arg.Int()
			return catalog.IntValue(b | n<<8), ok
		}
		if id, isID := e.Fun.(*ast.Ident); ok && isID {
			if _, isType := s.decls[id.Name].(*ast.TypeSpec); isType {
				return arg, true
			}
		}
	}
	return catalog.Value{}, false
}

// symbols returns what a catalog names, by what it has to be.
func symbols(c *catalog.Catalog) (types, functions, errs []catalog.Symbol) {
	k := &c.Carriers
	for _, x := range k.Types {
		types = append(types, x.Type)
	}
	for _, x := range k.CodeTypes {
		types = append(types, x.Type)
	}
	types = append(types, c.Transactions.Types...)
	functions = append(functions, c.Transactions.Begin...)
	functions = append(functions, k.Producers...)
	for _, x := range k.Functions {
		functions = append(functions, x.Func)
	}
	for _, x := range k.CodeTexts {
		functions = append(functions, x.Func)
	}
	for _, x := range k.Predicates {
		functions = append(functions, x.Func)
	}
	for _, x := range k.Constructors {
		functions = append(functions, x.Func)
	}
	for _, x := range c.Retriers {
		functions = append(functions, x.Func)
	}
	for _, d := range c.Drivers {
		for _, x := range d.Opens {
			functions = append(functions, x.Func)
		}
	}
	for _, x := range k.Never {
		errs = append(errs, x.Error)
	}
	for _, l := range k.Layers {
		for _, x := range l.Errors {
			errs = append(errs, x.Error)
		}
	}
	return types, functions, errs
}

// load returns the sources of all packages that the catalogs of databases and gRPC name.
func load(t *testing.T) map[string]*source {
	t.Helper()
	var paths []string
	add := func(path string) {
		if !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	for _, c := range inspected() {
		types, functions, errs := symbols(c)
		for _, s := range slices.Concat(types, functions, errs) {
			add(s.Path)
		}
		for _, s := range c.Spaces {
			for _, k := range s.Constants {
				add(k.Package)
			}
		}
	}
	return sources(t, paths)
}

func inspected() []*catalog.Catalog {
	return slices.DeleteFunc(catalog.All(), func(c *catalog.Catalog) bool { return c.Nature != catalog.Inspected })
}
