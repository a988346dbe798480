// Package sqlite has the shapes of modernc.org/sqlite that programs use.
package sqlite

// Error is what SQLite answers.
type Error struct {
	msg  string
	code int
}

func (e *Error) Error() string { return e.msg }

// Code is the extended result code.
func (e *Error) Code() int { return e.code }
