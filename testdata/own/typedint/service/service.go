// Package service charges accounts. It knows the API by its client alone.
package service

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"example.com/typedint/client"
	"example.com/typedint/codes"
)

var (
	errPoor   = errors.New("too little money")
	errFailed = errors.New("failed")
	errLater  = errors.New("later")
)

// CodeOf is the code of an error.
func CodeOf(err error) codes.Code {
	var e *codes.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return codes.OK
}

// Pay wraps what a charge fails with.
func Pay(c *client.Client, account string) error {
	if err := c.Charge(account, 100); err != nil {
		return fmt.Errorf("pay %s: %w", account, err)
	}
	return nil
}

func magic(err error) bool {
	var e *codes.Error
	return errors.As(err, &e) && e.Code == 4002 // want `magic billing code 4002 \(CardExpired: card expired\); use codes.CardExpired \(magic\)`
}

// An amount and a port are no codes, whatever their numbers are.
// Rules: own/typed-code.
func amounts(cents int, e *codes.Error) bool {
	return cents == 4002 || e.Message == "4002"
}

// Rules: own/typed-code.
func plain(c codes.Code) bool {
	n := int(c)
	return n == 4001 // want `magic billing code 4001 \(.*; use codes.InsufficientFunds \(magic\)`
}

func made() error {
	return &codes.Error{Code: 5030} // want `magic billing code 5030 \(Unavailable: .*; use codes.Unavailable \(magic\)`
}

func unknown(err error) bool {
	return CodeOf(err) == 4209 // want `4209 is no documented billing code; did you mean 4290 \(TooManyRequests\)\? \(unknown\)`
}

// Rules: unknown/open-space.
func unknownName(c codes.Code) bool {
	const strange codes.Code = 7777
	return c == strange // want `7777 is no documented billing code \(unknown\)`
}

// Rules: mixed/own-spaces.
func mixed(c codes.Code) bool {
	return int(c) == 429 // want `429 is a gateway status, and this is the billing code \(mixed\)`
}

// Rules: mixed/own-spaces.
func mixedStatus(c codes.Code) bool {
	return int(c) == int(codes.Throttled) // want `429 is a gateway status, and this is the billing code \(mixed\)`
}

// The status of a response is none of the API's codes.
func status(resp *http.Response) bool { return resp.StatusCode == 429 }

// Rules: mixed/own-spaces.
func gateway(c codes.HTTPCode) bool { return c == codes.Throttled }

// Rules: own/retry-class.
func switched(c *client.Client) error {
	err := c.Charge("a", 1)
	var e *codes.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code { // want `switch on a billing code omits 4290 \(TooManyRequests\) and 5030 \(Unavailable\), .* \(switch\)`
	case codes.InsufficientFunds:
		return errPoor
	}
	return errFailed
}

// refunded names a code of the group refunds, so the group's codes are owed as well.
// Rules: switch/required-groups.
func refunded(c *client.Client) error {
	err := c.Refund("a")
	var e *codes.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code { // want `omits 4106 \(RefundPending\), which .* \(switch\)`
	case codes.RefundExpired:
		return errPoor
	case codes.TooManyRequests, codes.Unavailable:
		return err
	}
	return errFailed
}

// Rules: own/retry-class.
func whole(c *client.Client) error {
	err := c.Charge("a", 1)
	var e *codes.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case codes.InsufficientFunds:
		return errPoor
	case codes.TooManyRequests, codes.Unavailable:
		return err
	}
	return errFailed
}

func lost(c *client.Client) error {
	if err := Pay(c, "a"); err != nil {
		return errFailed // want `the code of service.Pay's error is lost here: callers can no longer tell 4290 \(TooManyRequests\) and 5030 \(Unavailable\) from other failures \(retryable\)`
	}
	return nil
}

func kept(c *client.Client) error {
	if err := Pay(c, "a"); err != nil {
		return fmt.Errorf("kept: %w", err)
	}
	return nil
}

// later tells what may pass, and what nobody knows of, from all that is refused.
// Rules: behavior/bounded-range.
func later(c *client.Client) error {
	err := Pay(c, "a")
	switch code := CodeOf(err); {
	case code >= 4290 && code <= 4299, code >= 5000 && code <= 5099:
		return errLater
	case err != nil:
		return errFailed
	}
	return nil
}

func mistaken(c *client.Client) error {
	err := Pay(c, "a")
	if CodeOf(err) == codes.InsufficientFunds { // want `4290 \(TooManyRequests\) and 5030 \(Unavailable\) are treated like permanent failures here; .* \(retryable\)`
		return errPoor
	}
	if err != nil {
		return errFailed
	}
	return nil
}

func text(c *client.Client) bool {
	err := Pay(c, "a")
	return err != nil && strings.Contains(err.Error(), "4290") // want `the code 4290 \(TooManyRequests\) is looked for in the text of an error.*into \*codes.Error and compare the number \(text\)`
}

func otherText(c *client.Client) bool {
	err := Pay(c, "a")
	if CodeOf(err).Retryable() {
		return true
	}
	return err != nil && strings.Contains(err.Error(), "connection refused")
}

func target(c *client.Client) bool {
	_, ok := Pay(c, "a").(*codes.Error) // want `\*codes.Error never matches here: the error was wrapped on every path; use errors.As \(target\)`
	return ok
}

func rightTarget(c *client.Client) bool {
	e, ok := c.Charge("a", 1).(*codes.Error)
	return ok && e.Code.Retryable()
}

// A status that is made a code is one from then on.
// Rules: mixed/own-spaces.
func converted(c codes.HTTPCode) bool {
	return codes.Code(c) == codes.InsufficientFunds
}

// Rules: mixed/own-spaces.
func statusOfHTTP(e *codes.Error) bool {
	return e.Code == http.StatusTooManyRequests // want `429 is an HTTP status, and this is the billing code \(mixed\)`
}
