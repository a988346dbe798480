// Package pq has the shapes of lib/pq that programs use.
package pq

import "github.com/lib/pq/pqerror"

// ErrorCode is a SQLSTATE.
type ErrorCode = pqerror.Code

// ErrorClass is the class of one.
type ErrorClass = pqerror.Class

// Error is what a PostgreSQL server answers.
type Error struct {
	Severity   string
	Code       ErrorCode
	Message    string
	Detail     string
	Constraint string
}

func (e *Error) Error() string    { return "pq: " + e.Message }
func (e *Error) SQLState() string { return string(e.Code) }

// As returns the error if it has one of the codes.
func As(err error, codes ...ErrorCode) *Error { return nil }
