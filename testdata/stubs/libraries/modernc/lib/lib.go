// Package lib has some of the constants of SQLite.
package lib

// Some codes.
const (
	SQLITE_BUSY              = 5
	SQLITE_CONSTRAINT        = 19
	SQLITE_BUSY_RECOVERY     = 261
	SQLITE_BUSY_SNAPSHOT     = 517
	SQLITE_CONSTRAINT_UNIQUE = 2067
)
