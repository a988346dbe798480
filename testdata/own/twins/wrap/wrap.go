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
