// Package im is the platform's messaging service on top of the vendor's SDK.
package im

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"example.com/modern/imcode"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

var (
	ErrGone            = errors.New("im: gone")
	ErrFull            = errors.New("im: full")
	ErrTryLater        = errors.New("im: try again later")
	ErrRejected        = errors.New("im: rejected")
	ErrPublishDeadline = errors.New("im: publishing took too long")
)

// CodeOf returns the service's code that err holds.
func CodeOf(err error) (int, bool) {
	if ce, ok := errors.AsType[sdk.CodeResult](err); ok {
		return ce.Code, true
	}
	if ce, ok := errors.AsType[sdk.CodeResultV2](err); ok {
		return ce.Code, true
	}
	return 0, false
}

// IsRetryable says whether the same call may succeed later.
func IsRetryable(err error) bool {
	code, ok := CodeOf(err)
	return ok && (code == imcode.RateLimited || code == imcode.ServiceTimeout)
}

var gone = []int{imcode.UserNotFound, imcode.GroupNotFound, imcode.CommunityNotFound}

// IsGone says whether the thing asked for is not there.
func IsGone(err error) bool {
	code, ok := CodeOf(err)
	return ok && slices.Contains(gone, code)
}

// Kind is what the rest of the platform needs to know of a failure.
type Kind int

const (
	KindNone Kind = iota
	KindRetry
	KindGone
	KindFull
	KindTransport
	KindOther
)

// KindOf sorts a failure.
func KindOf(err error) Kind {
	if err == nil {
		return KindNone
	}
	code, ok := CodeOf(err)
	if !ok {
		return KindTransport
	}
	switch code { // want `\(switch\)`
	case imcode.RateLimited, imcode.ServiceTimeout:
		return KindRetry
	case imcode.UserNotFound, imcode.GroupNotFound:
		return KindGone
	case imcode.GroupFull:
		return KindFull
	default:
		return KindOther
	}
}

// Describe is for the operators' console.
func Describe(err error) string {
	code, _ := CodeOf(err)
	switch code {
	case imcode.UserNotFound:
		return "no such user"
	case imcode.GroupNotFound:
		return "no such group"
	case imcode.SignatureMismatch:
		return "check the app secret"
	default:
		return "code " + strconv.Itoa(code)
	}
}

// OpError says which operation failed.
type OpError struct {
	Op  string
	ID  string
	Err error
}

func (e *OpError) Error() string   { return e.Op + " " + e.ID + ": " + e.Err.Error() }
func (e *OpError) Unwrap() error   { return e.Err }
func (e *OpError) Temporary() bool { return IsRetryable(e.Err) }

// Is lets callers ask for ErrGone without knowing codes.
func (e *OpError) Is(target error) bool {
	return target == ErrGone && IsGone(e.Err)
}

// brokenPipe is about the connection, not about the answer.
func brokenPipe(err error) bool {
	return strings.Contains(err.Error(), "broken pipe") || strings.Contains(err.Error(), "connection reset")
}

// Histogram counts failures by code, for the daily report.
func Histogram(errs []error) map[int]int {
	counts := make(map[int]int, 1000)
	for _, err := range errs {
		if code, ok := CodeOf(err); ok {
			counts[code]++
		}
	}
	return counts
}
