// Package wrap names the types of both.
package wrap

import (
	a "example.com/twins/a/errs"
	b "example.com/twins/b/errs"
)

// The codes.
type (
	First  = a.Code
	Second = b.Code
)

// Both are codes of both.
type Both struct {
	First  First
	Second Second
}

// Waits reports whether one of them asks for patience: each number is a code of its own space alone.
// Rules: own/same-name.
func Waits(v Both) bool { return v.First == a.Busy || v.Second == b.Later }
