// Package connect has the shapes of Connect that programs use.
package connect

import "context"

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

// Request is what a call is given.
type Request[T any] struct{ Msg *T }

// Response is what a call answers with.
type Response[T any] struct{ Msg *T }

// Client calls one method of a service.
type Client[Req, Res any] struct{}

// CallUnary calls it.
func (c *Client[Req, Res]) CallUnary(ctx context.Context, r *Request[Req]) (*Response[Res], error) {
	return nil, ctx.Err()
}

// CodeOf takes the code of an error.
func CodeOf(err error) Code { return 2 }
