// Package codes has codes that belong together, and one with two names.
package codes

import "fmt"

// Code is what a lock server answers.
//
//retcode:space lock success=0
type Code int

// The codes.
const (
	OK Code = 0
	//retcode:retry unsure
	//retcode:owes Deadlock
	Conflict Code = 41
	//retcode:retry unsure
	Deadlock Code = 42
	Closed   Code = 43
	Gone     Code = 43
)

// Error is a failure.
type Error struct{ Code Code }

func (e *Error) Error() string { return fmt.Sprintf("lock: %d", e.Code) }

// Take takes a lock.
func Take(n int) error {
	if n > 0 {
		return &Error{Code(n)}
	}
	return nil
}
