// Package app owes more codes than others do.
package app

import (
	"errors"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// App is an application that uses the API.
type App struct{ rc *sdk.RongCloud }

var (
	errFailed   = errors.New("failed")
	errTryLater = errors.New("try later")
	errFull     = errors.New("full")
	errFriend   = errors.New("no friend")
)

// Reported: a code, a group and a class were asked for.
// Rules: switch/required-more.
func (a *App) register(id string) error {
	_, err := a.rc.UserRegister(id, id, "")
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code { // want `omits 2007 .*24356 .*25460 .*which may succeed when called again or are required here.*\(switch\)`
	case codeRateLimited, codeTimeout:
		return errTryLater
	case codeInvalidParameter:
		return errFull
	default:
		return errFailed
	}
}

// Reported: of the class only one is named.
// Rules: switch/required-more.
func (a *App) registerPart(id string) error {
	_, err := a.rc.UserRegister(id, id, "")
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	if failure.Code >= 25460 && failure.Code <= 25473 {
		return errFriend
	}
	switch failure.Code { // want `omits 29001 .*29003 .*\(switch\)`
	case codeRateLimited, codeTimeout, codeDeactivating:
		return errTryLater
	case codeUserLimit:
		return errFull
	default:
		return errFailed
	}
}

// Not reported: all that was asked for is told apart.
// Rules: switch/required-more.
func (a *App) registerAll(id string) error {
	_, err := a.rc.UserRegister(id, id, "")
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	if failure.Code >= 25460 && failure.Code <= 25473 {
		return errFriend
	}
	switch failure.Code {
	case codeRateLimited, codeTimeout, codeDeactivating, codeStreamRunning, codeStreamPull, codeStreamError:
		return errTryLater
	case codeUserLimit:
		return errFull
	default:
		return errFailed
	}
}
