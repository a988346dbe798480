// Package codes has codes, and errors that stand for some of them.
package codes

import "errors"

// Code is what the queue answers.
type Code int

// What the queue answers.
const (
	Done     Code = 0
	Empty    Code = 1204 // there is nothing to take
	NoQueue  Code = 1404
	Full     Code = 1507
	Draining Code = 1503
)

// The errors that stand for codes.
var (
	ErrEmpty   = errors.New("queue: empty")
	ErrNoQueue = errors.New("queue: no such queue")
	ErrFull    = errors.New("queue: full")
	ErrOther   = errors.New("queue: failed")
)

// Err is the error that stands for a code.
func (c Code) Err() error {
	switch c {
	case Done:
		return nil
	case Empty:
		return ErrEmpty
	case NoQueue:
		return ErrNoQueue
	case Full, Draining:
		return ErrFull
	}
	return ErrOther
}
