// Package rcerr knows the codes of the messaging API and what they mean to us.
package rcerr

import (
	"errors"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Codes of the messaging API that this service reacts to.
//
//retcode:code business
const (
	Success                = 200
	UserNotFound           = 400
	InvalidRequest         = 1000
	InvalidParameter       = 1002
	ParameterTooLong       = 1005
	RateLimited            = 1008
	TargetNotFound         = 1015
	ServiceTimeout         = 1050
	DeactivationInProgress = 24356
)

// ErrBusy says that the messaging API would not serve us for now.
var ErrBusy = errors.New("messaging API is busy")

// Code returns the API's code, or 0.
func Code(err error) int {
	if cr, ok := errors.AsType[sdk.CodeResult](err); ok {
		return cr.Code
	}
	if cr, ok := errors.AsType[sdk.CodeResultV2](err); ok {
		return cr.Code
	}
	return 0
}

// Temporary reports whether the same call may succeed later.
func Temporary(err error) bool {
	switch Code(err) {
	case RateLimited, ServiceTimeout:
		return true
	}
	return false
}

// Throttled reports whether we called too often.
func Throttled(err error) bool { return Code(err) == RateLimited }

// NotFound reports whether the object of the call does not exist.
func NotFound(err error) bool {
	var cr sdk.CodeResult
	return errors.As(err, &cr) && (cr.Code == UserNotFound || cr.Code == TargetNotFound)
}

// OpError says which operation failed.
type OpError struct {
	Op  string
	Err error
}

func (e *OpError) Error() string { return e.Op + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *OpError) Unwrap() error { return e.Err }

// Temporary is the method that net.Error has.
func (e *OpError) Temporary() bool { return Temporary(e.Err) }

// Wrap names the operation that failed.
func Wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	return &OpError{Op: op, Err: err}
}
