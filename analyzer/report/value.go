package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
)

// A Value is a code's value: a number or a string. Values can be compared with == and be
// keys of maps. The zero Value is the number 0.
type Value struct {
	text   string
	number int64
	isText bool
}

// Int returns the value of a numeric code.
func Int(n int64) Value { return Value{number: n} }

// Text returns the value of a code that is a string.
func Text(s string) Value { return Value{text: s, isText: true} }

// IsText reports whether the value is a string.
func (v Value) IsText() bool { return v.isText }

// Int returns the number. It returns false if the value is a string.
func (v Value) Int() (int64, bool) { return v.number, !v.isText }

// String returns the value as people write it: 1008, 40P01.
func (v Value) String() string {
	if v.isText {
		return v.text
	}
	return strconv.FormatInt(v.number, 10)
}

// Compare orders numbers by size and before strings, strings by their bytes.
func (v Value) Compare(w Value) int {
	switch {
	case v.isText && w.isText:
		return cmp.Compare(v.text, w.text)
	case v.isText:
		return 1
	case w.isText:
		return -1
	}
	return cmp.Compare(v.number, w.number)
}

// MarshalJSON encodes a number as a number and a string as a string.
func (v Value) MarshalJSON() ([]byte, error) {
	if v.isText {
		return json.Marshal(v.text)
	}
	return strconv.AppendInt(nil, v.number, 10), nil
}

// UnmarshalJSON decodes what MarshalJSON encodes.
func (v *Value) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		*v = Value{isText: true}
		return json.Unmarshal(data, &v.text)
	}
	n, err := strconv.ParseInt(string(data), 10, 64)
	if err != nil {
		return fmt.Errorf("%s is no code: a whole number or a string is meant", data)
	}
	*v = Int(n)
	return nil
}
