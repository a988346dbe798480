// Package app takes locks.
package app

import (
	"errors"
	"time"

	"example.com/locks/codes"
)

var errFailed = errors.New("failed")

// Reported: a deadlock belongs with a conflict.
// Rules: own/owed-set.
func half(n int) error {
	for range 3 {
		err := codes.Take(n)
		if err == nil {
			return nil
		}
		var failure *codes.Error
		if !errors.As(err, &failure) || failure.Code != codes.Conflict { // want `42 \(Deadlock\) belongs with 41 \(Conflict\), which is retried here: .* \(retryable\)`
			return errFailed
		}
		time.Sleep(time.Second)
	}
	return errFailed
}

// Not reported: both are called again.
// Rules: own/owed-set.
func both(n int) error {
	for range 3 {
		err := codes.Take(n)
		if err == nil {
			return nil
		}
		var failure *codes.Error
		if !errors.As(err, &failure) || failure.Code != codes.Conflict && failure.Code != codes.Deadlock {
			return errFailed
		}
		time.Sleep(time.Second)
	}
	return errFailed
}

// Not reported: a deadlock does not owe a conflict.
// Rules: own/owed-set.
func second(n int) error {
	for range 3 {
		err := codes.Take(n)
		if err == nil {
			return nil
		}
		var failure *codes.Error
		if !errors.As(err, &failure) || failure.Code != codes.Deadlock {
			return errFailed
		}
		time.Sleep(time.Second)
	}
	return errFailed
}

// Reported: by the first name of two.
// Rules: own/alias-name.
func number(c codes.Code) bool {
	return c == 43 // want `magic lock code 43 \(Closed: closed\); use codes.Closed \(magic\)`
}

// Not reported: either name is one.
// Rules: own/alias-name.
func names(a, b codes.Code) bool { return a == codes.Closed && b == codes.Gone }
