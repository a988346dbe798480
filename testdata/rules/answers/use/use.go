// Package use asks predicates of another package, and tells a helper whether to go on.
package use

import (
	"errors"
	"time"

	"example.com/answers/im"
)

var errNoArchive = errors.New("no archive")

// Half asks a predicate that names one code.
func Half(hour string) (later bool, err error) {
	_, err = im.Archive(hour)
	if err == nil {
		return false, nil
	}
	var f im.Failure
	if errors.As(err, &f) && f.Late() { // want `1008.*\(retryable\)`
		return true, nil
	}
	return false, errNoArchive
}

// Other asks a predicate over a number, from the result of AsType.
func Other(hour string) error {
	_, err := im.Archive(hour)
	if f, ok := errors.AsType[im.Failure](err); ok && im.Limited(f.Status) { // want `1050.*\(retryable\)`
		return errors.New("later")
	}
	if err != nil {
		return errNoArchive
	}
	return nil
}

// Both asks the one that names both: silent.
func Both(hour string) error {
	_, err := im.Archive(hour)
	var f im.Failure
	if errors.As(err, &f) && (f.Late() || im.Limited(f.Status)) {
		return errors.New("later")
	}
	if err != nil {
		return errNoArchive
	}
	return nil
}

// repeat calls f as long as it says so.
func repeat(n int, f func() (again bool, err error)) (err error) {
	for i := range n {
		var again bool
		if again, err = f(); !again {
			return err
		}
		time.Sleep(time.Second << i)
	}
	return err
}

// Again says which failures to call again: silent.
// Rules: retry/given-function.
func Again(hour string) error {
	return repeat(5, func() (bool, error) {
		_, err := im.Archive(hour)
		var f im.Failure
		return errors.As(err, &f) && f.Later(), err
	})
}

// insist calls f until it does not fail.
func insist(n int, f func() error) (err error) {
	for range n {
		if err = f(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Blind calls again whatever the failure was.
// Rules: retry/given-function.
func Blind(hour string) error {
	return insist(5, func() error {
		_, err := im.Archive(hour) // want `permanent.*\(retry\)`
		return err
	})
}
