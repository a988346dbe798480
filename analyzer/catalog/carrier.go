package catalog

import (
	"go/token"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// A Symbol names something of a Go package: a function, variable or type, or, with Type, a
// method or field. In a data file it is PATH.NAME or PATH.TYPE.NAME.
type Symbol struct {
	Path string // the import path
	Type string // empty for what the package itself declares
	Name string
}

// String returns the symbol as a data file has it.
func (s Symbol) String() string {
	if s.Type != "" {
		return s.Path + "." + s.Type + "." + s.Name
	}
	if s.Path != "" {
		return s.Path + "." + s.Name
	}
	return s.Name
}

// ParseSymbol reads PATH.NAME or PATH.TYPE.NAME, with the full import path. An element of a
// path may have dots ("gopkg.in/x.v3"), so a TYPE has to be exported.
func ParseSymbol(s string) (Symbol, bool) {
	dir, base := s[:strings.LastIndexByte(s, '/')+1], s[strings.LastIndexByte(s, '/')+1:]
	parts := strings.Split(base, ".")
	n := len(parts)
	if n < 2 || !token.IsIdentifier(parts[n-1]) || parts[0] == "" || strings.ContainsAny(s, " \t") {
		return Symbol{}, false
	}
	sym := Symbol{Name: parts[n-1]}
	if n > 2 && token.IsIdentifier(parts[n-2]) && token.IsExported(parts[n-2]) {
		sym.Type, n = parts[n-2], n-1
	}
	sym.Path = dir + strings.Join(parts[:n-1], ".")
	return sym, true
}

// UnmarshalYAML reads a symbol. What is none becomes one without a path, for the validator.
func (s *Symbol) UnmarshalYAML(node ast.Node) error {
	text, ok := node.(*ast.StringNode)
	if !ok {
		*s = Symbol{Name: node.String()}
		return nil
	}
	if *s, ok = ParseSymbol(text.Value); !ok {
		*s = Symbol{Name: text.Value}
	}
	return nil
}

// Carriers says how the code of an error is taken, and which errors have one. Positions of
// parameters and results count from 0 and leave the receiver out.
type Carriers struct {
	Types        []CarrierType      `yaml:"types"`
	Interfaces   []CarrierInterface `yaml:"interfaces"`
	Functions    []Function         `yaml:"functions"`
	CodeTypes    []CodeType         `yaml:"code_types"`
	CodeTexts    []CodeFunction     `yaml:"code_texts"`
	Predicates   []Predicate        `yaml:"predicates"`
	Constructors []Constructor      `yaml:"constructors"`
	Producers    []Symbol           `yaml:"producers"` // functions and methods whose error, if any, is one of this API
	Options      []Symbol           `yaml:"options"`   // types of variadic options that calls take whose error, if any, is one of this API
	Never        []Never            `yaml:"never"`
	Layers       []Layer            `yaml:"layers"`
}

// A CarrierType is a type whose values carry a code.
type CarrierType struct {
	Type     Symbol     `yaml:"type"`
	Error    bool       `yaml:"error"`    // it is an error, of the form that Pointer says
	Pointer  bool       `yaml:"pointer"`  // errors are pointers to it; else they are values
	Fields   []Member   `yaml:"fields"`   // those that hold a code
	Methods  []Member   `yaml:"methods"`  // those that answer with the code
	Messages []string   `yaml:"messages"` // fields and methods with a text for people
	Is       Comparison `yaml:"is"`       // what errors.Is compares; only of errors
	Unwraps  bool       `yaml:"unwraps"`  // it has an Unwrap: errors.Is and errors.As look behind it
}

// A Member is a field or method that has a code of a space, or a carrier.
type Member struct {
	Name   string `yaml:"name"`
	Space  string `yaml:"space"`
	Yields Symbol `yaml:"yields"`
}

// A Comparison says when errors.Is takes two errors of one type for the same.
type Comparison string

// The comparisons.
const (
	IsIdentity Comparison = "identity" // it is the same pointer, or a value equal in every field
	IsCode     Comparison = "code"     // the codes are equal
	IsWhole    Comparison = "whole"    // the codes, messages and details are equal
)

// A CarrierInterface is a method by which any error may be asked for its code, found by an
// assertion or by errors.As to an interface that has it. It gives a code of Space, or a carrier.
type CarrierInterface struct {
	Method string `yaml:"method"`
	Space  string `yaml:"space"`
	Yields Symbol `yaml:"yields"`
}

// A Function is a function of an error. It gives its code in Space, or a carrier of type Yields.
type Function struct {
	Func    Symbol `yaml:"func"`
	Arg     int    `yaml:"arg"` // the parameter that is the error
	Space   string `yaml:"space"`
	Yields  Symbol `yaml:"yields"`
	Unwraps bool   `yaml:"unwraps"` // it finds the code of a wrapped error as well
	OK      int    `yaml:"ok"`      // the result that tells whether the error has a code; 0 for none
	Codes   int    `yaml:"codes"`   // the first parameter that is a code: it answers nil unless the error has one of them; 0 for none
	Nil     Value  `yaml:"nil"`     // its answer for nil
	Foreign Value  `yaml:"foreign"` // its answer for an error without a code
}

// A CodeType is a named type whose values are codes of a space, wherever they stand, or, with
// Group, names of its groups.
type CodeType struct {
	Type  Symbol     `yaml:"type"`
	Space string     `yaml:"space"`
	Group bool       `yaml:"group"`
	Texts []CodeText `yaml:"texts"`
}

// A CodeText is a method of a code that answers with something else about it.
type CodeText struct {
	Method string `yaml:"method"`
	Gives  Gives  `yaml:"gives"`
}

// A CodeFunction is a function of a code that answers with something else about it.
type CodeFunction struct {
	Func  Symbol `yaml:"func"`
	Arg   int    `yaml:"arg"`
	Space string `yaml:"space"`
	Gives Gives  `yaml:"gives"`
}

// Gives says what stands for a code.
type Gives string

// What may stand for a code.
const (
	GivesCode      Gives = "code"      // the code itself
	GivesName      Gives = "name"      // Code.Name
	GivesCondition Gives = "condition" // Code.Condition
	GivesGroup     Gives = "group"     // Code.Group
)

// A Predicate is a function of a code, true for these groups and codes alone.
type Predicate struct {
	Func   Symbol   `yaml:"func"`
	Arg    int      `yaml:"arg"`
	Error  bool     `yaml:"error"` // the parameter is an error, not a code
	Space  string   `yaml:"space"`
	Groups []string `yaml:"groups"`
	Codes  []Value  `yaml:"codes"`
	Except []Value  `yaml:"except"` // codes of the groups for which it is false
}

// A Constructor is a function that makes an error, or another carrier, of a code.
type Constructor struct {
	Func    Symbol `yaml:"func"`
	Space   string `yaml:"space"`
	Code    int    `yaml:"code"`
	Message int    `yaml:"message"` // the parameter that is or formats the message, or the error behind it; 0 for none
	Yields  Symbol `yaml:"yields"`  // the type of its result; empty for error
}

// A Never is an error of somebody else that an error of this API is often taken for and never
// is, the code that stands for it, and what to say of that.
type Never struct {
	Error Symbol `yaml:"error"`
	Space string `yaml:"space"`
	Code  Value  `yaml:"code"`
	Why   string `yaml:"why"`
}

// A Layer translates errors of this API to errors of its own, after which there is no code.
type Layer struct {
	Package string        `yaml:"package"`
	Setting string        `yaml:"setting"` // the field, variable or function that switches it on; empty if it is always on
	Errors  []Translation `yaml:"errors"`
}

// A Translation is an error of a layer and the codes that it stands for.
type Translation struct {
	Error Symbol  `yaml:"error"`
	Space string  `yaml:"space"`
	Codes []Value `yaml:"codes"`
	Keeps bool    `yaml:"keeps"` // newer versions wrap the API's error beside it, so that its code can be taken
}

// A Driver is a library through which a program reaches the API, and the errors it answers with.
// What opens several, since they go by one name, tells that one of them is used, not which.
type Driver struct {
	Name   string   `yaml:"name"`
	Errors []Symbol `yaml:"errors"` // types
	Opens  []Opener `yaml:"opens"`
}

// An Opener shows that a package uses a driver: a call of Func, with the constant Value as its
// parameter Arg if Value is not empty.
type Opener struct {
	Func  Symbol `yaml:"func"`
	Arg   int    `yaml:"arg"`
	Value string `yaml:"value"`
}

// Transactions says which transactions the API has, and after which failures one is dead: a
// statement that is called again in it cannot succeed, or is no longer part of it.
type Transactions struct {
	Types    []Symbol `yaml:"types"`
	Space    string   `yaml:"space"`
	AfterAny bool     `yaml:"after_any"` // every failure
	After    []Value  `yaml:"after"`     // these failures
	Answers  Value    `yaml:"answers"`   // what every further statement answers
	Begin    []Symbol `yaml:"begin"`     // methods that make a savepoint
	Revive   []string `yaml:"revive"`    // words of statements that make, or go back to, a savepoint
}

// A Retrier is a function that calls a closure again, depending on the code of the error that
// it answers with.
type Retrier struct {
	Func    Symbol  `yaml:"func"`
	Closure int     `yaml:"closure"` // the parameter
	Space   string  `yaml:"space"`
	Codes   []Value `yaml:"codes"` // those it calls again for
}
