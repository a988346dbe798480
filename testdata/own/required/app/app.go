// Package app tells codes apart.
package app

import (
	"errors"

	"example.com/required/codes"
)

var (
	errGone  = errors.New("gone")
	errLater = errors.New("later")
)

// What is required is no company that excuses what may pass.
// Rules: switch/required-more.
func rest(n int) error {
	err := codes.Save(n)
	var failure *codes.Error
	if errors.As(err, &failure) {
		switch failure.Code { // want `omits 1501 \(Unsupported\) and 1503 \(Busy\), .* \(switch\)`
		case codes.NotFound, codes.Conflict:
			return errGone
		}
	}
	return err
}

// Rules: switch/required-more.
func whole(n int) error {
	err := codes.Save(n)
	var failure *codes.Error
	if errors.As(err, &failure) {
		switch failure.Code {
		case codes.NotFound, codes.Conflict, codes.Unsupported:
			return errGone
		case codes.Busy:
			return errLater
		}
	}
	return err
}
