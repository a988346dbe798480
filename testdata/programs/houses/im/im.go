// Package im is what the house has of the API.
package im

import (
	"errors"
	"fmt"

	"example.com/houses/errs"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Codes of the API.
//
//retcode:code business
const (
	CodeInvalid       = 1002
	CodeRateLimited   = 1008
	CodeNothingThere  = 1015
	CodeTimeout       = 1050
	CodeGroupNotFound = 25410
	CodeGroupMember   = 25412
	CodeQueryLimited  = 25416
)

// Errors that say less.
var (
	ErrMissing = errors.New("im: missing")
	ErrFailed  = errors.New("im: failed")
)

// Error keeps a code, and the cause.
type Error struct {
	Op    string
	Code  int
	cause error
}

func (e *Error) Error() string { return fmt.Sprint(e.Op, ": ", e.Code) }
func (e *Error) Unwrap() error { return e.cause }

// Limited is one comparison.
func (e *Error) Limited() bool { return e.Code == CodeRateLimited }

// Throttled is one comparison too.
func Throttled(code int) bool { return code == CodeRateLimited }

var later = map[int]bool{CodeRateLimited: true, CodeTimeout: true, CodeQueryLimited: true}

// Later is one lookup.
func Later(code int) bool { return later[code] }

// CodeOf is the code that an error holds, or 0.
func CodeOf(err error) int {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	if failure, ok := errors.AsType[sdk.CodeResult](err); ok {
		return failure.Code
	}
	return 0
}

// Reported: the list lacks 1050, here and for all who ask.
func IsLimited(err error) bool {
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		switch failure.Code { // want `omits 1050 .*\(switch\)`
		case CodeRateLimited:
			return true
		}
	}
	return false
}

// Reported: the converter loses three codes, for all who call it.
func Convert(err error) error {
	var failure sdk.CodeResult
	if errors.As(err, &failure) && failure.Code == CodeGroupNotFound { // want `1008 .*1050 .*25416 .*\(retryable\)`
		return ErrMissing
	}
	return ErrFailed
}

// Not reported: the code is in a field, and the cause is there to unwrap.
func from(op string, err error) error {
	if err == nil {
		return nil
	}
	e := &Error{Op: op, cause: err}
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		e.Code = failure.Code
	}
	return e
}

// Client hides the SDK.
type Client struct{ rc *sdk.RongCloud }

// Join returns *Error alone.
func (c *Client) Join(group, user string) error {
	_, err := c.rc.GroupJoin(group, "", []string{user})
	return from("join", err)
}

// Find returns the SDK's error inside the house's own.
func (c *Client) Find(group string) error {
	_, err := c.rc.GroupGet(group)
	return errs.Note(err, "find")
}

// Token returns the SDK's error inside another.
func (c *Client) Token(user string) (string, error) {
	u, err := c.rc.UserRegister(user, user, "")
	if err != nil {
		return "", fmt.Errorf("token: %w", err)
	}
	return u.Token, nil
}

// Unblock returns the SDK's error.
func (c *Client) Unblock(user string) error { return c.rc.BlockRemove(user) }

// Later says whether the call may succeed later.
func (e *Error) Later() bool { return Later(e.Code) }
