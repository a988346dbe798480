package decisions

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: (b) an error that holds a code is not the library's, so this is what it comes to.
func (a *App) givenUp(ctx context.Context, id string) error {
	err := a.rc.BlockRemove(id)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return err
	default:
		return errRefused // want `1008.*1050.*\(retryable\)`
	}
}

// Not reported: the error may be the other one that was joined.
func (a *App) givenUpJoined(ctx context.Context, id string) error {
	err := errors.Join(ctx.Err(), a.rc.BlockRemove(id))
	if errors.Is(err, context.Canceled) {
		return err
	}
	if err != nil {
		a.later(id)
	}
	return nil
}

func attempts(n int, f func() error) (err error) {
	for i := range n {
		if err = f(); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

// Not reported: the captured variable holds the error, and permanent ones are not tried again.
func (a *App) captured(id string) error {
	var last error
	err := attempts(3, func() error {
		last = a.rc.BlockRemove(id)
		if e, ok := errors.AsType[sdk.CodeResult](last); ok && e.Code != rateLimited && e.Code != timeout {
			return nil
		}
		return last
	})
	return errors.Join(err, last)
}

// Reported: (retry) here they are.
func (a *App) capturedAll(id string) error {
	var last error
	err := attempts(3, func() error {
		last = a.rc.BlockRemove(id) // want `400.*\(retry\)`
		return last
	})
	return errors.Join(err, last)
}

// Not reported: one of the errors is returned as it is.
func (a *App) either(one, other string) error {
	return cmp.Or(a.rc.BlockRemove(one), a.rc.BlockRemove(other))
}
