package catalog

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/constant"
	"math"
	"strconv"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// A Kind is the kind of value that the codes of a space are.
type Kind uint8

// The kinds. The zero Kind is that of no value.
const (
	NoKind     Kind = iota
	IntKind         // integers: a return code, an HTTP status
	StringKind      // strings: an SQLSTATE
)

// String returns "int", "string" or "none".
func (k Kind) String() string {
	switch k {
	case IntKind:
		return "int"
	case StringKind:
		return "string"
	}
	return "none"
}

// Noun returns what messages call a code of that kind: "integer" or "string".
func (k Kind) Noun() string {
	if k == IntKind {
		return "integer"
	}
	return k.String()
}

// A Value is a code as a program has it: an integer or a string. Values are compared with ==
// and may be keys of maps. The zero Value is no code, and unlike every other.
type Value struct {
	kind Kind
	num  int64
	text string
}

// IntValue returns the integer code n.
func IntValue(n int64) Value { return Value{kind: IntKind, num: n} }

// StringValue returns the string code s.
func StringValue(s string) Value { return Value{kind: StringKind, text: s} }

// ValueOf returns the code of kind k that a constant is: of an integer, or of a float or
// complex number that is one, for IntKind; of a string for StringKind. It reports false for a
// constant of another kind and for an integer that int64 does not hold.
func ValueOf(c constant.Value, k Kind) (Value, bool) {
	if c == nil {
		return Value{}, false
	}
	switch k {
	case IntKind:
		if c.Kind() == constant.Bool || c.Kind() == constant.String {
			return Value{}, false
		}
		n, exact := constant.Int64Val(toInt(c))
		if !exact {
			return Value{}, false
		}
		return IntValue(n), true
	case StringKind:
		if c.Kind() == constant.String {
			return StringValue(constant.StringVal(c)), true
		}
	}
	return Value{}, false
}

// toInt returns c as an integer constant, or one that no int64 holds.
func toInt(c constant.Value) constant.Value {
	if i := constant.ToInt(c); i.Kind() == constant.Int {
		return i
	}
	return constant.MakeUint64(1 << 63)
}

// Constant returns v as a constant, or nil for the zero Value.
func (v Value) Constant() constant.Value {
	switch v.kind {
	case IntKind:
		return constant.MakeInt64(v.num)
	case StringKind:
		return constant.MakeString(v.text)
	}
	return nil
}

// Kind returns the kind of v.
func (v Value) Kind() Kind { return v.kind }

// IsZero reports whether v is the zero Value, which is no code.
func (v Value) IsZero() bool { return v.kind == NoKind }

// Int returns the integer that v is.
func (v Value) Int() (n int64, ok bool) { return v.num, v.kind == IntKind }

// Text returns the string that v is; [Value.String] is for messages.
func (v Value) Text() (s string, ok bool) { return v.text, v.kind == StringKind }

// String returns the code as messages show it: 1008, 40P01.
func (v Value) String() string {
	if v.kind == IntKind {
		return strconv.FormatInt(v.num, 10)
	}
	return v.text
}

// GoString returns v as a Go expression of this package.
func (v Value) GoString() string {
	switch v.kind {
	case IntKind:
		return fmt.Sprintf("Value{kind: IntKind, num: %d}", v.num)
	case StringKind:
		return fmt.Sprintf("Value{kind: StringKind, text: %q}", v.text)
	}
	return "Value{}"
}

// Literal returns v as a Go literal: 1008, "40P01".
func (v Value) Literal() string {
	if v.kind == StringKind {
		return strconv.Quote(v.text)
	}
	return v.String()
}

// Equal reports whether v and w are the same code.
func (v Value) Equal(w Value) bool { return v == w }

// Compare orders values: integers by number, then strings by bytes. It returns -1, 0 or 1.
func (v Value) Compare(w Value) int {
	return cmp.Or(cmp.Compare(v.kind, w.kind), cmp.Compare(v.num, w.num), cmp.Compare(v.text, w.text))
}

// GobEncode implements [encoding/gob.GobEncoder].
func (v Value) GobEncode() ([]byte, error) {
	switch v.kind {
	case IntKind:
		return strconv.AppendInt([]byte{byte(v.kind)}, v.num, 10), nil
	case StringKind:
		return append([]byte{byte(v.kind)}, v.text...), nil
	}
	return []byte{}, nil
}

var errNoValue = errors.New("catalog: these bytes are no encoded Value")

// GobDecode implements [encoding/gob.GobDecoder].
func (v *Value) GobDecode(data []byte) error {
	*v = Value{}
	if len(data) == 0 {
		return nil
	}
	switch kind, text := Kind(data[0]), string(data[1:]); kind {
	case IntKind:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return errNoValue
		}
		*v = IntValue(n)
	case StringKind:
		*v = StringValue(text)
	default:
		return errNoValue
	}
	return nil
}

// MarshalJSON gives v as a number or a string, null if it is the zero Value.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case IntKind:
		return strconv.AppendInt(nil, v.num, 10), nil
	case StringKind:
		return json.Marshal(v.text)
	}
	return []byte("null"), nil
}

// MarshalYAML gives v the form that it has in a data file: a number or a quoted string.
func (v Value) MarshalYAML() ([]byte, error) {
	if v.kind == NoKind {
		return []byte("null"), nil
	}
	return []byte(v.Literal()), nil
}

// UnmarshalYAML reads an integer or a quoted string. Without quotes 08006 would be a number
// to some readers of YAML and 40P01 a string to all.
func (v *Value) UnmarshalYAML(node ast.Node) error {
	switch n := node.(type) {
	case *ast.IntegerNode:
		switch i := n.Value.(type) {
		case int64:
			*v = IntValue(i)
			return nil
		case uint64:
			if i <= math.MaxInt64 {
				*v = IntValue(int64(i))
				return nil
			}
		}
	case *ast.StringNode:
		if t := n.Token.Type; t == token.SingleQuoteType || t == token.DoubleQuoteType {
			*v = StringValue(n.Value)
			return nil
		}
	}
	return &valueError{line: firstLine(node), text: node.String()}
}

// A valueError is a value in a data file that is no code.
type valueError struct {
	line int
	text string
}

func (e *valueError) Error() string {
	return fmt.Sprintf("%d: %s is no code; write an integer, or a string in quotes", e.line, e.text)
}

// Some returns a code of a kind that stands for any failure of which nothing is known.
func Some(kind Kind) Value {
	if kind == StringKind {
		return StringValue("?")
	}
	return IntValue(1)
}

// ParseValue reads a code of a kind as people write it: 1008, or 40001 without quotes.
func ParseValue(s string, kind Kind) (Value, bool) {
	switch kind {
	case IntKind:
		n, err := strconv.ParseInt(s, 10, 64)
		return IntValue(n), err == nil
	case StringKind:
		return StringValue(s), s != ""
	}
	return Value{}, false
}
