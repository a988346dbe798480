package origin

import (
	"go/types"
	"slices"

	"github.com/go-retcode/retcode/analyzer/catalog"
	"github.com/go-retcode/retcode/analyzer/internal/ir"
)

// vendor is what the catalog says of the types and functions of the API's libraries, by name.
type vendor struct {
	types        map[string]*catalog.CarrierType // by "import/path.Name"
	functions    map[string]*catalog.Function    // by "import/path.Name"
	predicates   map[string]*catalog.Predicate
	constructors map[string]*catalog.Constructor
	texts        map[string]catalog.Gives // functions of a code, by name, and methods of its type, by "import/path.Type.Name"
	interfaces   map[string]*catalog.CarrierInterface
	fields       map[*types.Package]map[*types.Var]int // the space of a field that holds a code, or messageField
	variables    map[*types.Var]variable               // found so far
}

// messageField marks a field that holds a text for people.
const messageField = -1

func newVendor(c *catalog.Catalog) vendor {
	v := vendor{
		types:        make(map[string]*catalog.CarrierType),
		functions:    make(map[string]*catalog.Function),
		predicates:   make(map[string]*catalog.Predicate),
		constructors: make(map[string]*catalog.Constructor),
		texts:        make(map[string]catalog.Gives),
		interfaces:   make(map[string]*catalog.CarrierInterface),
		fields:       make(map[*types.Package]map[*types.Var]int),
		variables:    make(map[*types.Var]variable),
	}
	for i := range c.Carriers.Types {
		t := &c.Carriers.Types[i]
		v.types[t.Type.String()] = t
	}
	for i := range c.Carriers.Functions {
		f := &c.Carriers.Functions[i]
		v.functions[f.Func.String()] = f
	}
	for i := range c.Carriers.Predicates {
		p := &c.Carriers.Predicates[i]
		v.predicates[p.Func.String()] = p
	}
	for i := range c.Carriers.Constructors {
		k := &c.Carriers.Constructors[i]
		v.constructors[k.Func.String()] = k
	}
	for i := range c.Carriers.Interfaces {
		k := &c.Carriers.Interfaces[i]
		v.interfaces[k.Method] = k
	}
	for _, t := range c.Carriers.CodeTypes {
		for _, m := range t.Texts {
			v.texts[t.Type.String()+"."+m.Method] = m.Gives
		}
	}
	for _, f := range c.Carriers.CodeTexts {
		v.texts[f.Func.String()] = f.Gives
	}
	return v
}

// symbol names a function or method as a data file does.
func symbol(f *types.Func) string {
	f = f.Origin()
	if f.Pkg() == nil {
		return ""
	}
	if recv := f.Signature().Recv(); recv != nil {
		return ir.TypePath(recv.Type()) + "." + f.Name()
	}
	return f.Pkg().Path() + "." + f.Name()
}

// CarrierType returns what the catalog says of a type, or of what it points to.
func (t *Table) CarrierType(typ types.Type) (*catalog.CarrierType, bool) {
	c, ok := t.vendor.types[ir.TypePath(typ)]
	return c, ok
}

// HoldsCode reports whether values of a type of the API's libraries, or what they point to,
// carry codes of a space, or such of which a mask makes one: by a field, a method, or another
// carrier that a method gives.
func (t *Table) HoldsCode(typ types.Type, space int) bool {
	c, ok := t.CarrierType(typ)
	return ok && t.holdsCode(c, space)
}

func (t *Table) holdsCode(c *catalog.CarrierType, space int) bool {
	for c != nil {
		var yields catalog.Symbol
		for _, list := range [][]catalog.Member{c.Fields, c.Methods} {
			for _, m := range list {
				if to := t.in.Catalog.Spaces[space]; m.Space != "" && (m.Space == to.Name || m.Space == to.Derived.From) {
					return true
				}
				if m.Space == "" {
					yields = m.Yields
				}
			}
		}
		next := t.vendor.types[yields.String()]
		if next == c {
			break
		}
		c = next
	}
	return false
}

// CarrierSpace returns the first space whose codes values of a type of the API's libraries carry.
func (t *Table) CarrierSpace(typ types.Type) (int, bool) {
	if len(t.vendor.types) == 0 {
		return 0, false
	}
	for s := range t.in.Catalog.Spaces {
		if t.HoldsCode(typ, s) {
			return s, true
		}
	}
	return 0, false
}

// saidOf is what the catalog says of a function or method, by its name.
func saidOf[T any](known map[string]T, f *types.Func) (T, bool) {
	if f == nil || len(known) == 0 {
		var none T
		return none, false
	}
	v, ok := known[symbol(f)]
	return v, ok
}

// Function returns what the catalog says of a function of an error: it gives its code, or
// something that has it.
func (t *Table) Function(f *types.Func) (*catalog.Function, bool) {
	return saidOf(t.vendor.functions, f)
}

// NamedSpace returns the space of the codes that a call of a function names, to ask an error for them.
func (t *Table) NamedSpace(fn *catalog.Function) (int, bool) {
	if c, ok := t.vendor.types[fn.Yields.String()]; ok && fn.Codes > 0 {
		for s := range t.in.Catalog.Spaces {
			if t.holdsCode(c, s) {
				return s, true
			}
		}
	}
	return 0, false
}

// Method returns the space of the code with which a method answers, of a type of the API's
// libraries, or of an interface by which any error may be asked; or -1 if it answers with
// another carrier.
func (t *Table) Method(f *types.Func) (space int, ok bool) {
	if f == nil || f.Signature().Recv() == nil || len(t.vendor.types) == 0 {
		return 0, false
	}
	recv := f.Signature().Recv().Type()
	if c, known := t.CarrierType(recv); known {
		for _, m := range c.Methods {
			if m.Name == f.Name() {
				return t.in.Catalog.Index(m.Space), true
			}
		}
	}
	res := f.Signature().Results()
	if i, asked := t.vendor.interfaces[f.Name()]; asked && types.IsInterface(recv) && res.Len() == 1 && f.Signature().Params().Len() == 0 {
		space := t.in.Catalog.Index(i.Space)
		if space >= 0 && isKind(res.At(0).Type(), t.in.Catalog.Spaces[space].Kind) {
			return space, true
		}
		return -1, space < 0 && ir.TypePath(res.At(0).Type()) == i.Yields.String()
	}
	return 0, false
}

// Predicate returns what the catalog says of a function that is true for some codes.
func (t *Table) Predicate(f *types.Func) (*catalog.Predicate, bool) {
	return saidOf(t.vendor.predicates, f)
}

// Constructor returns what the catalog says of a function that makes an error of a code.
func (t *Table) Constructor(f *types.Func) (*catalog.Constructor, bool) {
	return saidOf(t.vendor.constructors, f)
}

// Text returns what a function or method of a code answers with, if that is another text of it.
func (t *Table) Text(f *types.Func) (catalog.Gives, bool) { return saidOf(t.vendor.texts, f) }

// Message reports whether a field of an error of the API holds a text for people.
func (t *Table) Message(v *types.Var) bool {
	s, ok := t.vendorField(v)
	return ok && s == messageField
}

// vendorField returns the space of the code that a field of the API's libraries holds.
func (t *Table) vendorField(v *types.Var) (int, bool) {
	if len(t.vendor.types) == 0 || v.Pkg() == nil {
		return 0, false
	}
	fields, ok := t.vendor.fields[v.Pkg()]
	if !ok {
		fields = t.vendorFields(v.Pkg())
		t.vendor.fields[v.Pkg()] = fields
	}
	s, ok := fields[v]
	return s, ok
}

func (t *Table) vendorFields(pkg *types.Package) map[*types.Var]int {
	fields := make(map[*types.Var]int)
	for _, c := range t.vendor.types {
		if c.Type.Path != pkg.Path() {
			continue
		}
		obj := pkg.Scope().Lookup(c.Type.Name)
		if obj == nil {
			continue
		}
		s := ir.StructOf(obj.Type())
		for i := 0; s != nil && i < s.NumFields(); i++ {
			f := s.Field(i)
			for _, m := range c.Fields {
				if m.Name == f.Name() && m.Space != "" {
					fields[f] = t.in.Catalog.Index(m.Space)
				}
			}
			for _, m := range c.Messages {
				if m == f.Name() {
					fields[f] = messageField
				}
			}
		}
	}
	return fields
}

// touches reports whether a package uses something of the API's libraries that has to do with
// codes, and what.
func touches(c *catalog.Catalog, uses packageUses, info *types.Info) (string, bool) {
	var libraries []string
	for _, p := range uses.packages {
		if c.Uses(p.Path()) {
			libraries = append(libraries, p.Path())
		}
	}
	asked := len(c.Carriers.Interfaces) > 0
	if len(libraries) == 0 && !asked {
		return "", false
	}
	names := concerned(c)
	for _, obj := range info.Uses {
		p := obj.Pkg()
		if p == nil {
			continue
		}
		if slices.Contains(libraries, p.Path()) && (names[p.Path()+"."+obj.Name()] || offered(c, p.Path(), obj)) {
			return "uses " + p.Path() + "." + obj.Name(), true
		}
		if f, ok := obj.(*types.Func); ok && asked && f.Signature().Recv() != nil && types.IsInterface(f.Signature().Recv().Type()) &&
			slices.ContainsFunc(c.Carriers.Interfaces, func(i catalog.CarrierInterface) bool { return i.Method == f.Name() }) {
			return "asks an error by " + f.Name(), true
		}
	}
	return "", false
}

// offered reports whether an object is a name for a code.
func offered(c *catalog.Catalog, path string, obj types.Object) bool {
	switch obj.(type) {
	case *types.Const, *types.Var:
		return slices.ContainsFunc(c.Spaces, func(s *catalog.Space) bool { return s.Offers(path) })
	}
	return false
}

// concerned lists what of the API's libraries has to do with codes, as "import/path.Name",
// where a method or field goes by its own name.
func concerned(c *catalog.Catalog) map[string]bool {
	names := make(map[string]bool)
	add := func(s catalog.Symbol) { names[s.Path+"."+s.Name] = true }
	for _, t := range c.Carriers.Types {
		add(t.Type)
		for _, list := range [][]catalog.Member{t.Fields, t.Methods} {
			for _, m := range list {
				names[t.Type.Path+"."+m.Name] = true
			}
		}
	}
	for _, f := range c.Carriers.Functions {
		add(f.Func)
	}
	for _, t := range c.Carriers.CodeTypes {
		add(t.Type)
	}
	for _, f := range c.Carriers.CodeTexts {
		add(f.Func)
	}
	for _, p := range c.Carriers.Predicates {
		add(p.Func)
	}
	for _, k := range c.Carriers.Constructors {
		add(k.Func)
	}
	for _, o := range c.Carriers.Options {
		add(o)
	}
	for _, r := range c.Retriers {
		add(r.Func)
	}
	return names
}

// mentions reports whether a text has a marker or a prose of the API, with a code.
func mentions(c *catalog.Catalog, s string) bool {
	return c.Hint(s) && slices.ContainsFunc(c.Spaces, func(space *catalog.Space) bool { return len(c.Mentions(space, s)) > 0 })
}

// Libraries are the catalogs of inspected APIs, for a package that is not loaded yet.
type Libraries struct {
	catalogs []*catalog.Catalog
	methods  map[string]bool // by which any error may be asked for a code
}

// NewLibraries takes the inspected APIs out of a list.
func NewLibraries(all []*catalog.Catalog) Libraries {
	l := Libraries{methods: make(map[string]bool)}
	for _, c := range all {
		if c.Nature != catalog.Inspected {
			continue
		}
		l.catalogs = append(l.catalogs, c)
		for _, i := range c.Carriers.Interfaces {
			l.methods[i.Method] = true
		}
	}
	return l
}

// Used is the part of [Gate] for the imports of a package of that path.
func (l Libraries) Used(path string, imports []string) bool {
	return slices.ContainsFunc(l.catalogs, func(c *catalog.Catalog) bool { return !c.Uses(path) && slices.ContainsFunc(imports, c.Uses) })
}

// Hints is the part of [Gate] for a string constant: it has a marker or a prose of an API.
func (l Libraries) Hints(s string) bool {
	return slices.ContainsFunc(l.catalogs, func(c *catalog.Catalog) bool { return mentions(c, s) })
}

// Asks is the part of [Gate] for an identifier: a method by which any error may be asked.
func (l Libraries) Asks(name string) bool { return l.methods[name] }
