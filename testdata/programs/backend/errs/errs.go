// Package errs is the backend's own error kit.
package errs

import (
	"errors"
	"net/http"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Kind says what sort of failure it is.
type Kind int

const (
	KindUnknown Kind = iota
	KindNotFound
	KindConflict
	KindInvalid
	KindBusy
	KindInternal
)

// Error is the error of the backend.
type Error struct {
	Kind Kind
	Op   string
	Msg  string
	Err  error
}

func (e *Error) Error() string {
	if e.Err != nil {
		return e.Op + ": " + e.Err.Error()
	}
	return e.Op + ": " + e.Msg
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error without a cause.
func New(kind Kind, op, msg string) error {
	return &Error{Kind: kind, Op: op, Msg: msg}
}

// Wrap keeps the cause.
func Wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: KindOf(err), Op: op, Err: err}
}

// Is says whether the error is of a kind.
func Is(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

// CodeOf returns the API's code, or 0.
func CodeOf(err error) int {
	var old sdk.CodeResult
	if errors.As(err, &old) {
		return old.Code
	}
	var newer sdk.CodeResultV2
	if errors.As(err, &newer) {
		return newer.Code
	}
	return 0
}

// Retryable says whether the same call may succeed later.
func Retryable(err error) bool {
	switch CodeOf(err) {
	case RateLimited, ServiceTimeout, QueryRateLimited, DeactivationInProgress, CommunityServiceError:
		return true
	}
	return false
}

// Throttled says whether we should slow down.
func Throttled(err error) bool {
	switch CodeOf(err) { // want `\(switch\)`
	case RateLimited:
		return true
	default:
		return false
	}
}

// Gone says whether the thing does not exist.
func Gone(err error) bool {
	c := CodeOf(err)
	return c == GroupNotFound || c == CommunityNotFound
}

// KindOf classifies an error.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) && e.Kind != KindUnknown {
		return e.Kind
	}
	switch CodeOf(err) {
	case GroupNotFound, CommunityNotFound:
		return KindNotFound
	case GroupAlreadyExists, GroupAlreadyMember:
		return KindConflict
	case InvalidParameter:
		return KindInvalid
	case RateLimited, ServiceTimeout, QueryRateLimited, 24402: // want `\(magic\)`
		return KindBusy
	default:
		return KindInternal
	}
}

// Hint is a sentence for the user.
func Hint(err error) string {
	switch CodeOf(err) {
	case GroupFull:
		return "the room is full"
	case BlockedByTarget:
		return "this person does not want to hear from you"
	case FriendListFull:
		return "your list of friends is full"
	}
	return "something went wrong"
}

// HTTPStatus is the status that our own clients see.
func HTTPStatus(err error) int {
	if err == nil {
		return http.StatusOK
	}
	switch KindOf(err) {
	case KindNotFound:
		return http.StatusNotFound
	case KindConflict:
		return http.StatusConflict
	case KindInvalid:
		return http.StatusBadRequest
	case KindBusy:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// AppCode is the number that our own clients see.
func AppCode(err error) int {
	switch {
	case err == nil:
		return AppOK
	case Retryable(err):
		return AppTryAgain
	case Gone(err):
		return AppNoSuchRoom
	case Is(err, KindInvalid):
		return AppBadArgument
	}
	return AppInternal
}
