// Package reply holds what the application's own clients are answered.
package reply

import "strconv"

// Busy is the application's own number.
const Busy = 40001

// Error has a field of the shape of the API's answers, and is never decoded.
type Error struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
	err  error
}

// Wrap keeps the cause.
func Wrap(code int, err error) *Error { return &Error{code, err.Error(), err} }

func (e *Error) Error() string { return strconv.Itoa(e.Code) + e.Msg }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.err }
