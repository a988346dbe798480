package rongcloud

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// Codes of the answers' bodies that this client knows.
//
//retcode:code business
const (
	Success        = 200
	SuccessV2      = 10000 // the newer endpoints
	RateLimited    = 1008
	ServiceTimeout = 1050
)

// Error is an answer whose body says why the call failed.
type Error struct {
	Code    int
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("rongcloud: code %d: %s", e.Code, e.Message) }

// StatusError is an answer without a code in its body, such as a proxy's page.
type StatusError struct{ Status int }

func (e *StatusError) Error() string { return fmt.Sprintf("rongcloud: HTTP status %d", e.Status) }

// Refused reports whether the API turned a call away unseen, so that it can be made
// again later without harm.
func Refused(err error) bool {
	var failure *Error
	if errors.As(err, &failure) {
		return failure.Code == RateLimited
	}
	var status *StatusError
	return errors.As(err, &status) && status.Status == http.StatusTooManyRequests
}

// Unclear reports whether the API failed, or did not answer in time: the call may have
// been carried out, or not.
func Unclear(err error) bool {
	var failure *Error
	if errors.As(err, &failure) {
		return failure.Code == ServiceTimeout
	}
	var status *StatusError
	if errors.As(err, &status) {
		return status.Status == http.StatusInternalServerError || status.Status == http.StatusGatewayTimeout
	}
	return errors.Is(err, context.DeadlineExceeded) // net/http's timeouts, too
}
