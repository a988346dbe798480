// Package app is looked at by some of the checks.
package app

import (
	"errors"
	"net/http"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// App is an application that uses the API.
type App struct{ rc *sdk.RongCloud }

var errFailed = errors.New("failed")

// Not reported: magic was taken out.
func magic(failure sdk.CodeResult) bool { return failure.Code == 1008 }

// Reported: unknown and mixed were not.
func others(failure sdk.CodeResult) bool {
	return failure.Code == 777 || failure.Code == http.StatusTooManyRequests // want `777 .*\(unknown\)` `429 .*\(mixed\)`
}

// Not reported: retryable was taken out.
func (a *App) lost(id string) error {
	if a.rc.BlockRemove(id) != nil {
		return errFailed
	}
	return nil
}

// Reported: switch was not.
func (a *App) listed(id string) error {
	err := a.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code { // want `omits 1050 .*\(switch\)`
	case 1008:
		return nil
	default:
		return errFailed
	}
}

// Reported: unchecked was not.
func (a *App) dropped(id string) {
	_ = a.rc.BlockRemove(id) // want `\(unchecked\)`
}

// Not reported: a directive for a check that did not run.
func silenced(failure sdk.CodeResult) bool {
	return failure.Code == 1050 //retcode:ignore magic the number is well known
}
