// Package catalog knows what a vendor documents about the return codes of one
// API: its code spaces, the codes and their retry classes, what shows that a
// program talks to the API, and where the codes enter a Go program.
package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Class says why a call that failed with a code may succeed when it is
// repeated. The empty class is permanent: the same call fails again.
type Class string

// The classes that the analysis knows.
const (
	Permanent Class = ""
	RateLimit Class = "rate-limit"
	Transient Class = "transient"
	Poll      Class = "poll"
)

// A Catalog is what is known about one API.
type Catalog struct {
	Name, Title, URL string
	Spaces           []*Space
	Classes          []ClassInfo // the retry classes that codes may have
	PermanentAdvice  string      // what to do about a code without a class
	Pairs            []Pair
	Evidence         Evidence
	Origins          Origins
	Silent           []string // checks that do not speak for the API
	ConstantsPackage string   // the vendor's own package of constants, if there is one
}

// A ClassInfo describes a retry class.
type ClassInfo struct {
	Name   Class
	Advice string // what to do about such a code
}

// A Space is one table of codes. A number means different things in two spaces.
type Space struct {
	Name            string
	Noun            string   // what messages call a code of this space
	Kind            string   // the kind of value: "int"
	Constants       string   // import path of the package whose constants name these codes
	ConstantPrefix  string   // what the names of those constants begin with
	WithoutConstant []int    // codes that the package has no constant for
	Success         []int    // the values that mean success
	SuccessTexts    []string // the same in a space of strings
	Codes           []Code   // by number, successes included
	Groups          []string // in the order of the data file
}

// A Code is a documented number of a space.
type Code struct {
	Number      int    // in a space of integers
	Text        string // in a space of strings
	Name, Group string
	Retry       Class
	Meaning     string
}

// A Pair joins a code of one space to those of another that stand for the
// same failure.
type Pair struct {
	From  string
	Code  int
	To    string
	Codes []int
}

// Origins says where codes enter a Go program.
type Origins struct {
	SDK                         []SDK
	CodeSpace                   string   // the space of the body's code
	CodeField                   string   // its JSON name
	Beside                      []string // JSON names of the message fields that stand beside it
	StatusSpace                 string   // the space of the HTTP status
	StatusFields, StatusMethods []string // PKG.TYPE.NAME
}

// An SDK is a client library of the vendor.
type SDK struct {
	Path string // module path without its major version
}

// Retryable reports whether a call that failed with c may succeed later.
func (c Code) Retryable() bool { return c.Retry != Permanent }

// String returns the number and the name: "1008 (RateLimited)".
func (c Code) String() string { return fmt.Sprintf("%s (%s)", c.Value(), c.Name) }

// Brief returns the first part of the meaning, short enough for a message.
func (c Code) Brief() string {
	brief, _, _ := strings.Cut(c.Meaning, ";")
	brief, _, _ = strings.Cut(brief, " (")
	return brief
}

// Value returns the code as its space's kind has it.
func (c Code) Value() Value {
	if c.Text != "" {
		return StringValue(c.Text)
	}
	return IntValue(int64(c.Number))
}

// Speaks reports whether a check speaks for the API.
func (c *Catalog) Speaks(check string) bool { return !slices.Contains(c.Silent, check) }

// Undocumented returns a code of which nothing is known but its value and a name.
func Undocumented(v Value, name string) Code {
	return Code{Number: int(v.Number), Text: v.Text, Name: name}
}

// CodeKind returns what the codes of s are.
func (s *Space) CodeKind() Kind {
	if s.Kind == "string" {
		return String
	}
	return Integer
}

// Find returns the documented code v, which may be a success value.
func (s *Space) Find(v Value) (Code, bool) {
	if v.Kind == Integer {
		return s.Lookup(v.Number)
	}
	i, ok := slices.BinarySearchFunc(s.Codes, v, func(c Code, v Value) int { return c.Value().Compare(v) })
	if !ok {
		return Code{}, false
	}
	return s.Codes[i], true
}

// Succeeds reports whether v is a success value of s.
func (s *Space) Succeeds(v Value) bool {
	return v.Kind == Integer && s.IsSuccess(v.Number) || v.Kind == String && slices.Contains(s.SuccessTexts, v.Text)
}

// SuccessValues are the values that mean success.
func (s *Space) SuccessValues() []Value {
	var out []Value
	for _, n := range s.Success {
		out = append(out, IntValue(int64(n)))
	}
	for _, t := range s.SuccessTexts {
		out = append(out, StringValue(t))
	}
	return out
}

// Lookup returns the documented code n, which may be a success value.
func (s *Space) Lookup(n int64) (Code, bool) {
	if s.CodeKind() != Integer {
		return Code{}, false
	}
	i, ok := slices.BinarySearchFunc(s.Codes, n, func(c Code, n int64) int {
		return cmp.Compare(int64(c.Number), n)
	})
	if !ok {
		return Code{}, false
	}
	return s.Codes[i], true
}

// IsSuccess reports whether n is a success value of s.
func (s *Space) IsSuccess(n int64) bool {
	return slices.ContainsFunc(s.Success, func(v int) bool { return int64(v) == n })
}

// Constant returns the name that c has in the package s.Constants, or "".
func (s *Space) Constant(c Code) string {
	if s.Constants == "" || slices.Contains(s.WithoutConstant, c.Number) {
		return ""
	}
	return c.Name
}

// NearestTo is Nearest for a code of the space's kind.
func (s *Space) NearestTo(v Value) (Code, bool) {
	if v.Kind == Integer {
		return s.Nearest(v.Number)
	}
	var best Code
	found, bestSwap := false, false
	for _, c := range s.Codes {
		if swap, ok := misspelled(v.String(), c.Value().String()); ok && !s.Succeeds(c.Value()) && (!found || swap && !bestSwap) {
			best, found, bestSwap = c, true, swap
		}
	}
	return best, found
}

// Nearest returns the failure code that n is most likely a misspelling of: two
// neighbouring digits are swapped or one digit differs. A swap goes first, then
// the smaller difference, then the smaller number.
func (s *Space) Nearest(n int64) (Code, bool) {
	var best Code
	found, bestSwap, bestDiff := false, false, int64(0)
	for _, c := range s.Codes {
		swap, ok := misspelled(strconv.FormatInt(n, 10), strconv.Itoa(c.Number))
		if !ok || s.IsSuccess(int64(c.Number)) {
			continue
		}
		diff := max(n-int64(c.Number), int64(c.Number)-n)
		if !found || swap && !bestSwap || swap == bestSwap && diff < bestDiff {
			best, found, bestSwap, bestDiff = c, true, swap, diff
		}
	}
	return best, found
}

// misspelled reports whether a and b differ in one digit or, as swap says, in
// two neighbouring digits that changed places.
func misspelled(a, b string) (swap, ok bool) {
	if len(a) != len(b) || a == b {
		return false, false
	}
	i := 0
	for a[i] == b[i] {
		i++
	}
	if a[i+1:] == b[i+1:] {
		return false, true
	}
	swap = a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return swap, swap
}

// Space returns the space of that name.
func (c *Catalog) Space(name string) (*Space, bool) {
	if i := c.Index(name); i >= 0 {
		return c.Spaces[i], true
	}
	return nil, false
}

// Index returns the place of the named space in c.Spaces, or -1.
func (c *Catalog) Index(name string) int {
	return slices.IndexFunc(c.Spaces, func(s *Space) bool { return s.Name == name })
}

// TwinsOf is Twins for a code of the space's kind.
func (c *Catalog) TwinsOf(space *Space, v Value) []Code {
	if v.Kind != Integer {
		return nil
	}
	return c.Twins(space, v.Number)
}

// Twins returns the codes of the other spaces that stand for the same failure
// as n in space, by number.
func (c *Catalog) Twins(space *Space, n int64) []Code {
	var twins []Code
	add := func(name string, n int) {
		if s, ok := c.Space(name); ok {
			if code, ok := s.Lookup(int64(n)); ok && !slices.Contains(twins, code) {
				twins = append(twins, code)
			}
		}
	}
	for _, p := range c.Pairs {
		if p.From == space.Name && int64(p.Code) == n {
			for _, to := range p.Codes {
				add(p.To, to)
			}
		}
		if p.To == space.Name && slices.ContainsFunc(p.Codes, func(v int) bool { return int64(v) == n }) {
			add(p.From, p.Code)
		}
	}
	slices.SortFunc(twins, func(a, b Code) int { return cmp.Compare(a.Number, b.Number) })
	return twins
}

// Advice returns what to do about a code of class k.
func (c *Catalog) Advice(k Class) string {
	for _, info := range c.Classes {
		if info.Name == k {
			return info.Advice
		}
	}
	return c.PermanentAdvice
}
