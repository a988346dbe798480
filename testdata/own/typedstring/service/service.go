// Package service sends parcels for customers.
package service

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"example.com/typedstring/client"
	"example.com/typedstring/codes"
)

var (
	errHeavy  = errors.New("too heavy")
	errFailed = errors.New("failed")
)

// Deliver wraps what sending fails with.
func Deliver(c *client.Client, to string) (string, error) {
	number, err := c.Send(to)
	if err != nil {
		return "", fmt.Errorf("deliver: %w", err)
	}
	return number, nil
}

// ReasonOf is the reason in an error.
func ReasonOf(err error) codes.Reason {
	var r codes.Reason
	if errors.As(err, &r) {
		return r
	}
	return codes.OK
}

// Rules: own/typed-code.
func magic(r codes.Reason) bool {
	return r == "REFUSED" // want `magic reason REFUSED \(Refused: the receiver did not want it\); use codes.Refused \(magic\)`
}

// What a receiver writes is no reason.
// Rules: own/typed-code.
func words(note string) bool { return note == "REFUSED" }

func unknown(r codes.Reason) bool {
	return r == "NO_STREAT" // want `NO_STREAT is no documented reason; did you mean NO_STREET \(NoSuchStreet\)\? \(unknown\)`
}

func text(r codes.Reason) bool {
	s := string(r)
	return s == "TOO_HEAVY" // want `magic reason TOO_HEAVY`
}

func switched(c *client.Client) error {
	_, err := c.Send("a")
	switch ReasonOf(err) { // want `switch on a reason omits E_BUSY \(Busy\) and E_SLOW_DOWN \(SlowDown\), .* \(switch\)`
	case codes.OK:
		return nil
	case codes.TooHeavy:
		return errHeavy
	}
	return errFailed
}

func whole(c *client.Client) error {
	_, err := c.Send("a")
	switch ReasonOf(err) {
	case codes.TooHeavy:
		return errHeavy
	case codes.Busy, codes.SlowDown:
		return err
	}
	return errFailed
}

func lost(c *client.Client) (string, error) {
	number, err := c.Send("a")
	if err != nil {
		return "", errFailed // want `the code of \(\*client.Client\).Send's error is lost here: .* E_BUSY \(Busy\) and E_SLOW_DOWN \(SlowDown\) .* \(retryable\)`
	}
	return number, nil
}

func kept(c *client.Client) (string, error) {
	number, err := Deliver(c, "a")
	if err != nil {
		return "", err
	}
	return number, nil
}

func mistaken(c *client.Client) error {
	_, err := Deliver(c, "a")
	if ReasonOf(err) == codes.TooHeavy { // want `E_BUSY \(Busy\) and E_SLOW_DOWN \(SlowDown\) are treated like permanent failures here; .* \(retryable\)`
		return errHeavy
	}
	if err != nil {
		return errFailed
	}
	return nil
}

func searched(c *client.Client) bool {
	_, err := Deliver(c, "a")
	return err != nil && strings.Contains(err.Error(), "E_BUSY") // want `the code E_BUSY \(Busy\) is looked for in the text of an error.* \(text\)`
}

func searchedElse(c *client.Client) bool {
	_, err := Deliver(c, "a")
	return ReasonOf(err).Temporary() || err != nil && strings.Contains(err.Error(), "no route to host")
}

var (
	busy     = regexp.MustCompile(`\bE_BUSY\b`)
	busyFor  = regexp.MustCompile(`E_BUSY\w+`)
	slowDown = regexp.MustCompile(`(?i)refused:\sE_SLOW_DOWN$`)
	numbered = regexp.MustCompile(`E_BUSY\d`)
	elsewise = regexp.MustCompile(`\bE_BUS\b|\bBUSY\b`)
)

func matched(c *client.Client) bool {
	_, err := Deliver(c, "a")
	return err != nil && busy.MatchString(err.Error()) // want `the code E_BUSY \(Busy\) is looked for in the text of an error.* \(text\)`
}

func matchedAtEnd(c *client.Client) bool {
	_, err := Deliver(c, "a")
	return err != nil && slowDown.MatchString(err.Error()) // want `the code E_SLOW_DOWN \(SlowDown\) is looked for in the text of an error.* \(text\)`
}

func matchedOnce(c *client.Client) bool {
	_, err := Deliver(c, "a")
	ok, _ := regexp.MatchString(`\bNO_STREET\b`, err.Error()) // want `the code NO_STREET \(NoSuchStreet\) is looked for in the text of an error.* \(text\)`
	return ok
}

// Other words, and a word that goes on.
func matchedElse(c *client.Client) bool {
	_, err := Deliver(c, "a")
	return ReasonOf(err).Temporary() || err != nil && (elsewise.MatchString(err.Error()) || busyFor.MatchString(err.Error()) || numbered.MatchString(err.Error()))
}

// The same words in a text that never was an error's.
func matchedNote(note string) bool { return busy.MatchString(note) }

func target(c *client.Client) bool {
	_, err := Deliver(c, "a")
	r, ok := err.(codes.Reason) // want `codes.Reason never matches here: the error was wrapped on every path; use errors.As \(target\)`
	return ok && r.Temporary()
}

// A reason is an error itself, and equal to another if the texts are.
func same(err error) bool {
	return errors.Is(err, codes.Busy) || err == codes.SlowDown
}

func rightTarget(c *client.Client) bool {
	_, err := c.Send("a")
	r, ok := err.(codes.Reason)
	return ok && r.Temporary()
}
