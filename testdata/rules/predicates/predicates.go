// Package predicates asks questions about codes and errors.
package predicates

import (
	"errors"
	"slices"
	"strconv"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

var retryables = []int{CodeRateLimited, CodeTimeout}

var classes = map[int]string{
	CodeRateLimited: "later",
	CodeTimeout:     "later",
	CodeWrongSecret: "never",
}

// Retryable is true for all that may succeed later.
func Retryable(err error) bool {
	var failure sdk.CodeResult
	return errors.As(err, &failure) && slices.Contains(retryables, failure.Code)
}

// Limited is true for one of two, which is a question and no mistake.
func Limited(err error) bool {
	var failure sdk.CodeResult
	return errors.As(err, &failure) && failure.Code == CodeRateLimited
}

// Friends is about a permanent code alone.
func Friends(err error) bool {
	failure, ok := errors.AsType[sdk.CodeResult](err)
	return ok && failure.Code == CodeAlreadyFriends
}

// Reported: a switch in a predicate that names a retryable code owes the others.
// Rules: behavior/predicate.
func Temporary(err error) bool {
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return false
	}
	switch failure.Code { // want `omits 1050 .*\(switch\)`
	case CodeRateLimited:
		return true
	}
	return false
}

// Not reported: a description that names permanent codes alone.
// Rules: behavior/predicate.
func Describe(err error) string {
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return "unknown"
	}
	switch failure.Code {
	case CodeWrongSecret, CodeSignature:
		return "bad credentials"
	case CodeUserLimit:
		return "full"
	}
	return "failed with " + strconv.Itoa(failure.Code)
}

// Not reported: a description that names all that may succeed later.
func Advice(err error) string {
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return ""
	}
	switch failure.Code {
	case CodeRateLimited:
		return "wait a second"
	case CodeTimeout:
		return "ask again"
	}
	return "ask the administrator"
}

// Class looks the code up.
func Class(code int) string { return classes[code] }

// Err wraps a failure.
type Err struct {
	code  int
	again bool
	cause error
}

func (e *Err) Error() string { return e.cause.Error() }
func (e *Err) Unwrap() error { return e.cause }

// Temporary is true for the same codes as Retryable.
func (e *Err) Temporary() bool { return e.code == CodeRateLimited || e.code == CodeTimeout }

// Again is a field that is only ever set from a predicate.
func (e *Err) Again() bool { return e.again }

// Wrap makes an Err.
func Wrap(err error) error {
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	return &Err{code: failure.Code, again: Retryable(err), cause: err}
}
