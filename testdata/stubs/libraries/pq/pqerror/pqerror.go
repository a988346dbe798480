// Package pqerror has some of the codes of the package of that name: variables, not constants.
package pqerror

// Code is a SQLSTATE.
type Code string

// Class is the class of one.
type Class string

// Name is the condition's name.
func (c Code) Name() string { return string(c) }

// Class is the code's class.
func (c Code) Class() Class { return Class(c[:2]) }

// Some codes.
var (
	UniqueViolation        = Code("23505")
	TRSerializationFailure = Code("40001")
	TRDeadlockDetected     = Code("40P01")
	TooManyConnections     = Code("53300")
	LockNotAvailable       = Code("55P03")
)
