// Package status has the status of a call.
package status

import "google.golang.org/grpc/codes"

// Status is the status of a call.
type Status struct{ code codes.Code }

// New makes one.
func New(c codes.Code, msg string) *Status { return &Status{code: c} }

// Code is its code.
func (s *Status) Code() codes.Code {
	if s == nil {
		return codes.OK
	}
	return s.code
}

// Message is its text.
func (s *Status) Message() string { return "" }

// Err is the error for it.
func (s *Status) Err() error {
	if s.Code() == codes.OK {
		return nil
	}
	return &Error{s: s}
}

// Error is a status as an error.
type Error struct{ s *Status }

func (e *Error) Error() string       { return "rpc error: code = " + e.s.code.String() }
func (e *Error) GRPCStatus() *Status { return e.s }
