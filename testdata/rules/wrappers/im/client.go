// Package im wraps the SDK for the rest of the application.
package im

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Client is what the application uses in place of the SDK's client.
type Client struct {
	rc   *sdk.RongCloud
	last error
}

// ErrFailed says that a call failed, and no more.
var ErrFailed = errors.New("im: call failed")

// Error keeps the code of a failed call.
type Error struct {
	Op    string
	Code  int
	cause error
}

func (e *Error) Error() string { return e.Op + ": " + e.cause.Error() }
func (e *Error) Unwrap() error { return e.cause }

// Temporary says whether the call may succeed later.
func (e *Error) Temporary() bool { return e.Code == CodeRateLimited || e.Code == CodeTimeout }

// Not reported: the carrier goes on in a struct that unwraps.
func wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	wrapped := &Error{Op: op, cause: err}
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		wrapped.Code = failure.Code
	}
	return wrapped
}

// Not reported: handed on as it came.
func (c *Client) Block(user string) error {
	return c.rc.BlockAdd(user, 10)
}

// Not reported: handed on through a helper of this package.
func (c *Client) Unblock(user string) error {
	return wrap("unblock", c.rc.BlockRemove(user))
}

// Not reported: handed on with a word before it.
func (c *Client) Token(user string) (string, error) {
	registered, err := c.rc.UserRegister(user, user, "")
	if err != nil {
		return "", fmt.Errorf("token of %s: %w", user, err)
	}
	return registered.Token, nil
}

// Not reported: what may succeed later is retried here, so callers see the rest.
func (c *Client) Rename(user, name string) error {
	var err error
	for attempt := 0; attempt < 3; attempt++ {
		err = c.rc.UserUpdate(user, name, "")
		var failure sdk.CodeResult
		if !errors.As(err, &failure) || failure.Code != CodeRateLimited && failure.Code != CodeTimeout {
			return err
		}
		time.Sleep(time.Second << attempt)
	}
	return err
}

// Reported: whoever calls this cannot know more.
// Rules: retryable/lost-once.
func (c *Client) Destroy(room string) error {
	if err := c.rc.ChatRoomDestroy(room); err != nil {
		return ErrFailed // want `ChatRoomDestroy's error is lost here.*\(retryable\)`
	}
	return nil
}

// Reported: the helper of this package makes text of the error.
func (c *Client) Ban(user string) error {
	if err := c.Block(user); err != nil {
		return fmt.Errorf("ban %s: %s", user, err) // want `is lost here.*1008 .*1050 .*\(retryable\)`
	}
	return nil
}

// Reported: a wrapper's failure that is only logged is swallowed like the SDK's own.
// Rules: unchecked/own-wrapper.
func (c *Client) Forgive(users []string) {
	for _, user := range users {
		if err := c.Unblock(user); err != nil { // want `\(unchecked\)`
			log.Print(err)
		}
	}
}

// Not reported: a bare statement on the user's own wrapper is another linter's business.
// Rules: unchecked/own-wrapper.
func (c *Client) ForgiveOne(user string) {
	c.Unblock(user)
}

// Not reported: remembered in a field.
func (c *Client) Try(user string) {
	c.last = c.Unblock(user)
}

// Not reported: the caller of the function value gets the error.
func (c *Client) Later(user string) func() error {
	return func() error { return c.Block(user) }
}

// Friend is an answer that tells friends from failures.
//
// Reported: a wrapper's switch omits what may succeed later.
func (c *Client) Friend(a, b string) error {
	_, err := c.rc.FriendAdd(sdk.FriendModel{UserId: a, TargetId: b})
	err = wrap("friend", err)
	var failure *Error
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code { // want `omits 1008 .*1050 .*\(switch\)`
	case CodeAlreadyFriends:
		return nil
	default:
		return ErrFailed
	}
}

// Not reported: which code it is is told by the wrapper's method.
func (c *Client) FriendLater(a, b string) (again bool, err error) {
	_, err = c.rc.FriendAdd(sdk.FriendModel{UserId: a, TargetId: b})
	err = wrap("friend", err)
	var failure *Error
	if errors.As(err, &failure) && failure.Temporary() {
		return true, nil
	}
	if err != nil {
		return false, ErrFailed
	}
	return false, nil
}

// Code returns the return code of an error, or 0.
func Code(err error) int {
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		return failure.Code
	}
	return 0
}

// Retryable says whether a failed call may succeed later.
func Retryable(err error) bool {
	switch Code(err) {
	case CodeRateLimited, CodeTimeout:
		return true
	}
	return false
}
