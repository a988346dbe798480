// Package helper has codes that only directives make known.
package helper

// Reply is read from a queue by means that no analysis follows.
type Reply struct {
	Code   int //retcode:code business
	Status int //retcode:code http
	Size   int
}

// Code is a return code of the API.
//
//retcode:code business
type Code int

// Known codes.
//
//retcode:code business
const (
	Limited Code = 1008
	Slow    Code = 1050
)

// Last returns the code of the last call.
//
//retcode:code business code
func Last() (code int, ok bool) { return 0, false }

// Check says whether a code is a good one.
//
//retcode:code business number
func Check(name string, number int) bool { return number == 200 }
