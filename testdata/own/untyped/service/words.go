package service

import (
	"errors"
	"fmt"

	"example.com/untyped/client"
	"example.com/untyped/codes"
)

var texts = map[int]string{codes.Poor: "too little money"}

func inWords(code int) string {
	if code == codes.Poor {
		return "poor"
	}
	return "failed"
}

// Only success is told apart: words that describe a code are no decision, and lose it.
func described() error {
	code := client.CodeOf(client.Pay("", "a"))
	if code == codes.OK {
		return nil
	}
	return errors.New("pay: " + client.Describe(code)) // want `the code of client.Pay's error is lost here: .* 3 \(Down\) and 4 \(Busy\) .* \(retryable\)`
}

func describedHere() error {
	code := client.CodeOf(client.Pay("", "a"))
	if code == codes.OK {
		return nil
	}
	return fmt.Errorf("pay: %s", inWords(code)) // want `the code of client.Pay's error is lost here: .* \(retryable\)`
}

func describedByTable() error {
	code := client.CodeOf(client.Pay("", "a"))
	if code == codes.OK {
		return nil
	}
	return errors.New(texts[code]) // want `the code of client.Pay's error is lost here: .* \(retryable\)`
}

// Words beside the error that holds the code.
func describedAndKept() error {
	err := client.Pay("", "a")
	if code := client.CodeOf(err); code != codes.OK {
		return fmt.Errorf("pay: %s: %w", client.Describe(code), err)
	}
	return nil
}

// Another error for one code is a decision.
func decided() error {
	code := client.CodeOf(client.Pay("", "a"))
	if code == codes.OK { // want `3 \(Down\) and 4 \(Busy\) are treated like permanent failures here; .* \(retryable\)`
		return nil
	}
	if code == codes.Poor {
		return errPoor
	}
	return errors.New("pay: " + client.Describe(code))
}

type refusal string

func (r refusal) Error() string { return string(r) }

func refused(code int) refusal {
	if client.Temporary(code) {
		return "later"
	}
	return "never"
}

// An error that the code chooses is told apart, whatever its kind.
func chosen() error {
	code := client.CodeOf(client.Pay("", "a"))
	if code == codes.OK {
		return nil
	}
	return fmt.Errorf("pay: %s: %w", client.Describe(code), refused(code))
}
