package catalog

import (
	"cmp"
	"go/constant"
	"strconv"
)

// A Kind is what the codes of a space are.
type Kind uint8

// The kinds of codes.
const (
	None    Kind = iota // no code
	Integer             // a whole number
	String              // a text, as a SQLSTATE is
)

// String names the kind, as "an integer" and "a string" do.
func (k Kind) String() string {
	switch k {
	case Integer:
		return "integer"
	case String:
		return "string"
	}
	return "code"
}

// A Value is a code as its space has it: a number or a text. Values are compared with ==;
// the zero Value is no code. The fields are exported for the encoding of facts.
type Value struct {
	Kind   Kind
	Number int64  // of an Integer
	Text   string // of a String
}

// IntValue returns the code that is a number.
func IntValue(n int64) Value { return Value{Kind: Integer, Number: n} }

// StringValue returns the code that is a text.
func StringValue(s string) Value { return Value{Kind: String, Text: s} }

// ValueOf returns the code of a kind that a constant is, if it can be one.
func ValueOf(c constant.Value, kind Kind) (Value, bool) {
	switch {
	case c == nil:
	case kind == Integer && (c.Kind() == constant.Int || c.Kind() == constant.Float):
		if n, ok := constant.Int64Val(constant.ToInt(c)); ok {
			return IntValue(n), true
		}
	case kind == String && c.Kind() == constant.String:
		return StringValue(constant.StringVal(c)), true
	}
	return Value{}, false
}

// Some returns a code of a kind that stands for any failure of which nothing is known.
func Some(kind Kind) Value {
	if kind == String {
		return StringValue("?")
	}
	return IntValue(1)
}

// ParseValue reads a code of a kind as people write it: 1008, or 40001 without quotes.
func ParseValue(s string, kind Kind) (Value, bool) {
	switch kind {
	case Integer:
		n, err := strconv.ParseInt(s, 10, 64)
		return IntValue(n), err == nil
	case String:
		return StringValue(s), s != ""
	}
	return Value{}, false
}

// Constant returns the value as a constant of the language, or nil for the zero Value.
func (v Value) Constant() constant.Value {
	switch v.Kind {
	case Integer:
		return constant.MakeInt64(v.Number)
	case String:
		return constant.MakeString(v.Text)
	}
	return nil
}

// String returns the code as people write it, without quotes.
func (v Value) String() string {
	switch v.Kind {
	case Integer:
		return strconv.FormatInt(v.Number, 10)
	case String:
		return v.Text
	}
	return ""
}

// Compare orders values: numbers by size before texts by their bytes.
func (v Value) Compare(w Value) int {
	return cmp.Or(cmp.Compare(v.Kind, w.Kind), cmp.Compare(v.Number, w.Number), cmp.Compare(v.Text, w.Text))
}
