// Package codes has an error with a code of its own and methods that ask for it.
package codes

import (
	"errors"
	"fmt"
)

// Errno is what a volume answers.
//
//retcode:space volume success=0 open
type Errno uint32

// What a volume answers.
const (
	NotFound Errno = 0x102 // there is no such object
	Exists   Errno = 0x103
	Sealed   Errno = 0x201 // the volume takes no more objects
	//retcode:retry transient
	Moving Errno = 0x301 // the volume moves to another disk
	//retcode:retry rate-limit
	Flooded Errno = 0x302
)

// Error is a failure of a volume.
type Error struct {
	code  Errno
	op    string
	cause error
}

// New makes an error.
func New(code Errno, op string) *Error { return &Error{code: code, op: op} }

// Wrap makes an error that keeps its cause.
func Wrap(code Errno, op string, cause error) error { return &Error{code: code, op: op, cause: cause} }

func (e *Error) Error() string { return fmt.Sprintf("%s: errno %d", e.op, e.code) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// Code returns the code.
func (e *Error) Code() Errno { return e.code }

// Is compares the codes alone.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.code == e.code
}

// Temporary reports whether the same call may succeed later.
func (e *Error) Temporary() bool { return e.code == Moving || e.code == Flooded }

// CodeOf is the code in an error.
func CodeOf(err error) Errno {
	var e *Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// IsTemporary reports whether the same call may succeed later.
func IsTemporary(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Temporary()
}
