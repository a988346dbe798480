// Package errs is the first of two with one name.
package errs

// Code is a code.
//
//retcode:space errs
type Code int

// The codes.
const (
	Poor Code = 101
	//retcode:retry transient
	Busy Code = 102
)
