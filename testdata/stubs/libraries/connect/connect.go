// Package connect has the shapes of Connect that programs use.
package connect

// Code is a status code.
type Code uint32

// Some codes.
const (
	CodeCanceled    Code = 1
	CodeNotFound    Code = 5
	CodeUnavailable Code = 14
)

// Error is what a call answers.
type Error struct {
	code Code
	err  error
}

// NewError makes one.
func NewError(c Code, underlying error) *Error { return &Error{c, underlying} }

func (e *Error) Error() string   { return "" }
func (e *Error) Code() Code      { return e.code }
func (e *Error) Message() string { return "" }
func (e *Error) Unwrap() error   { return e.err }

// CodeOf takes the code of an error.
func CodeOf(err error) Code { return 2 }
