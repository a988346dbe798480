// Package service pays.
package service

import (
	"errors"
	"strings"

	"example.com/untyped/client"
	"example.com/untyped/codes"
)

var (
	errPoor   = errors.New("too little money")
	errFailed = errors.New("failed")
)

// Rules: own/typed-code.
func magic(err error) bool {
	return client.CodeOf(err) == 2 // want `magic pay code 2 \(Blocked: the card is blocked\); use codes.Blocked \(magic\)`
}

// A line and a limit are no codes.
// Rules: own/typed-code.
func lines(e client.Error, cents int) bool { return e.Line == 2 || cents > codes.MaxCents }

func unknown(err error) bool {
	return client.CodeOf(err) == 17 // want `17 is no documented pay code \(unknown\)`
}

func limit(err error) bool {
	return client.CodeOf(err) == codes.Retries
}

func switched() error {
	err := client.Pay("", "a")
	switch client.CodeOf(err) { // want `switch on a pay code omits 3 \(Down\) and 4 \(Busy\), .* \(switch\)`
	case codes.Poor:
		return errPoor
	}
	return errFailed
}

func whole() error {
	err := client.Pay("", "a")
	switch client.CodeOf(err) {
	case codes.Poor:
		return errPoor
	case codes.Down, codes.Busy:
		return err
	}
	return errFailed
}

func lost() error {
	if err := client.Pay("", "a"); err != nil {
		return errFailed // want `the code of client.Pay's error is lost here: .* 3 \(Down\) and 4 \(Busy\) .* \(retryable\)`
	}
	return nil
}

func kept() error {
	if err := client.Pay("", "a"); err != nil {
		return err
	}
	return nil
}

// A number of one digit is no sign of a code in a text.
func text() bool {
	err := client.Pay("", "a")
	return err != nil && (client.Temporary(client.CodeOf(err)) || strings.Contains(err.Error(), "3"))
}

func target() bool {
	err := client.Pay("", "a")
	var e *client.Error
	if errors.As(err, &e) { // want `\*client.Error never matches here: client.Pay returns client.Error \(target\)`
		return e.Code == codes.Poor
	}
	return false
}

func rightTarget() bool {
	var e client.Error
	return errors.As(client.Pay("", "a"), &e) && client.Temporary(e.Code)
}
