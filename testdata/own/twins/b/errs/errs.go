// Package errs is the second of two with one name.
package errs

// Code is a code.
//
//retcode:space errs
type Code int

// The codes.
const (
	Closed Code = 101
	//retcode:retry poll
	Later Code = 202
)
