package endings

import (
	"errors"
	"fmt"
	"log"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: %v makes text of the error.
// Rules: retryable/lost-code.
func (a *App) verbV(id string) error {
	if err := a.rc.BlockRemove(id); err != nil {
		return fmt.Errorf("unblock %s: %v", id, err) // want `BlockRemove's error is lost here.*\(retryable\)`
	}
	return nil
}

// Reported: so does Error.
// Rules: flow/wrapped-carrier.
func (a *App) textOnly(id string) error {
	err := a.rc.BlockRemove(id)
	if err != nil {
		return errors.New("unblock: " + err.Error()) // want `is lost here.*\(retryable\)`
	}
	return nil
}

// Reported: a fixed error.
func (a *App) fixed(id string) error {
	if a.rc.BlockRemove(id) != nil {
		return errUnavailable // want `is lost here.*\(retryable\)`
	}
	return nil
}

// Reported: a struct that keeps the text alone.
// Rules: flow/wrapped-carrier.
func (a *App) flat(id string) error {
	if err := a.rc.BlockRemove(id); err != nil {
		return &FlatError{Text: err.Error()} // want `is lost here.*\(retryable\)`
	}
	return nil
}

// Reported: a bool.
// Rules: retryable/lost-code.
func (a *App) asBool(id string) bool {
	err := a.rc.BlockRemove(id)
	if err != nil {
		log.Print(err)
		return false // want `is lost here.*\(retryable\)`
	}
	return true
}

// Reported: an empty token stands for every failure.
// Rules: retryable/lost-code.
func (a *App) asEmpty(id string) string {
	user, err := a.rc.UserRegister(id, id, "")
	if err != nil {
		return "" // want `is lost here.*\(retryable\)`
	}
	return user.Token
}

// Reported: a number of the application's own stands for every failure.
// Rules: behavior/handed-on.
func (a *App) asNumber(id string) int {
	group, err := a.rc.GroupGet(id)
	if err != nil {
		return -1 // want `is lost here.*\(retryable\)`
	}
	return len(group.Users)
}

// Reported: the application's error is chosen without a look at the code.
func (a *App) notFound(id string) (*sdk.Group, error) {
	group, err := a.rc.GroupGet(id)
	if err != nil {
		return nil, errNotFound // want `is lost here.*\(retryable\)`
	}
	return &group, nil
}

// Reported: the closure that called answers with a fixed error.
func (a *App) inClosure(id string) func() error {
	return func() error {
		if err := a.rc.BlockRemove(id); err != nil {
			return errUnavailable // want `is lost here.*\(retryable\)`
		}
		return nil
	}
}

// Reported: the text of the error is an answer without its code.
// Rules: behavior/handed-on.
func (a *App) namedResult(id string) (text string, ok bool) {
	user, err := a.rc.UserRegister(id, id, "")
	if err != nil {
		return err.Error(), false // want `is lost here.*\(retryable\)`
	}
	return user.Token, true
}
