// Package codes has errors that are values.
package codes

// Code is what a locker answers.
//
//retcode:space locker success=0
type Code int

// What a locker answers.
const (
	Open   Code = 0
	Full   Code = 11
	Broken Code = 12
	//retcode:retry transient
	Restarting Code = 21
)

// Error is made as a value alone.
type Error struct{ Code Code }

func (e Error) Error() string { return "locker refused" }

// Fault is made as a value by one, and as a pointer by another.
type Fault struct{ Code Code }

func (f Fault) Error() string { return "locker is at fault" }

// Late makes a fault that is a pointer.
func Late() error { return &Fault{Code: Restarting} }
