// Package pgerrcode has some of the constants of the package of that name.
package pgerrcode

// Some codes.
const (
	UniqueViolation      = "23505"
	ForeignKeyViolation  = "23503"
	SerializationFailure = "40001"
	DeadlockDetected     = "40P01"
	LockNotAvailable     = "55P03"
)

// IsIntegrityConstraintViolation reports whether a code is of class 23.
func IsIntegrityConstraintViolation(code string) bool { return len(code) == 5 && code[:2] == "23" }

// IsTransactionRollback reports whether a code is of class 40.
func IsTransactionRollback(code string) bool { return len(code) == 5 && code[:2] == "40" }
