package rongcloud

import (
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

// Error is a call that the API did not carry out, or does not say so.
type Error struct {
	Code    int // of the body
	Status  int // of HTTP, where the body has no code
	Message string
}

// Refused reports whether the API turned the call away unseen, so that it can be made
// again later without harm.
func (e *Error) Refused() bool {
	return e.Code == RateLimited || e.Status == http.StatusTooManyRequests
}

// Unclear reports whether the API failed, or did not answer in time: the call may have
// been carried out, or not.
func (e *Error) Unclear() bool {
	return e.Code == ServiceTimeout ||
		e.Status == http.StatusInternalServerError || e.Status == http.StatusGatewayTimeout
}

func (e *Error) Error() string {
	return fmt.Sprintf("rongcloud: return code %d, HTTP status %d: %s", e.Code, e.Status, e.Message)
}
