// Package pq has the shapes of lib/pq that programs use.
package pq

// ErrorCode is a SQLSTATE.
type ErrorCode string

// ErrorClass is the class of one.
type ErrorClass string

// Name is the condition's name.
func (c ErrorCode) Name() string { return string(c) }

// Class is the code's class.
func (c ErrorCode) Class() ErrorClass { return ErrorClass(c[:2]) }

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
