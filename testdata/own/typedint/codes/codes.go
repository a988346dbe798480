// Package codes has the return codes of the billing API.
package codes

import "fmt"

// Code is what the billing API answers.
//
//retcode:space billing success=0
type Code int

// What may be answered to any call.
const (
	OK                Code = 0
	InsufficientFunds Code = 4001 // the account has too little money
	CardExpired       Code = 4002
	//retcode:retry rate-limit
	TooManyRequests Code = 4290 // more than 100 calls in a minute
	//retcode:retry transient
	Unavailable Code = 5030
	//retcode:retry unsure
	TimedOut Code = 5040 // nobody knows whether the charge was made
)

// What is answered about refunds.
//
//retcode:group refunds
const (
	RefundExpired Code = 4105
	//retcode:retry poll
	RefundPending Code = 4106
)

// HTTPCode is the status that the gateway before the API answers.
//
//retcode:space gateway success=200 noun="gateway status"
type HTTPCode int

// What the gateway answers.
const (
	Fine HTTPCode = 200
	//retcode:retry rate-limit
	Throttled HTTPCode = 429
	Forbidden HTTPCode = 403
)

// Error is a failure of the billing API.
type Error struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return fmt.Sprintf("billing: %d %s", e.Code, e.Message) }

// Retryable reports whether the same call may succeed later.
func (c Code) Retryable() bool {
	switch c {
	case TooManyRequests, Unavailable, RefundPending:
		return true
	}
	return false
}

// Retryable reports whether the same call may succeed later.
func Retryable(err error) bool {
	e, ok := err.(*Error)
	return ok && e.Code.Retryable()
}

func hasty(c Code) bool {
	return c == 4290 // want `magic billing code 4290 \(TooManyRequests: more than 100 calls in a minute\); use TooManyRequests \(magic\)`
}
