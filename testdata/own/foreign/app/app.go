// Package app sends.
package app

import (
	"errors"

	"example.com/foreign/codes"
	"example.com/foreign/sdk"
)

var (
	errBlocked = errors.New("blocked")
	errFailed  = errors.New("failed")
)

// Rules: own/foreign-origin.
func magic(err error) bool {
	var e *sdk.Error
	return errors.As(err, &e) && e.Code == "blocked" // want `magic send code blocked \(Blocked: blocked\); use codes.Blocked \(magic\)`
}

func unknown(err error) bool {
	var e *sdk.Error
	return errors.As(err, &e) && e.Code == "blocket" // want `blocket is no documented send code; did you mean blocked \(Blocked\)\? \(unknown\)`
}

// A status and a detail are no codes.
// Rules: own/foreign-origin.
func other(e *sdk.Error) bool { return e.Status == 400 && e.Detail == "blocked" }

// Rules: own/foreign-origin.
func switched() error {
	err := sdk.Send("a")
	var e *sdk.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code { // want `switch on a send code omits down \(Down\) and slow_down \(Slow\), .* \(switch\)`
	case codes.Blocked:
		return errBlocked
	}
	return errFailed
}

// Rules: own/foreign-origin.
func whole() error {
	err := sdk.Send("a")
	var e *sdk.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case codes.Blocked:
		return errBlocked
	case codes.Slow, codes.Down:
		return err
	}
	return errFailed
}
