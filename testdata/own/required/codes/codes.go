// Package codes has so few codes that a switch names all but those that are required.
package codes

import "fmt"

// Code is a code of the shards.
//
//retcode:space shard success=0
type Code int

// The codes.
const (
	OK          Code = 0
	NotFound    Code = 404
	Conflict    Code = 409
	Busy        Code = 1503 //retcode:retry transient
	Unsupported Code = 1501
)

// Error is a failure of a shard.
type Error struct{ Code Code }

func (e *Error) Error() string { return fmt.Sprintf("shard: %d", e.Code) }

// Save saves.
func Save(n int) error {
	switch n % 5 {
	case 1:
		return &Error{NotFound}
	case 2:
		return &Error{Conflict}
	case 3:
		return &Error{Busy}
	case 4:
		return &Error{Unsupported}
	}
	return nil
}
