// Package app takes a default for an answer to every code.
package app

import (
	"errors"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// App is an application that uses the API.
type App struct{ rc *sdk.RongCloud }

var errFull = errors.New("full")

// Not reported: the default hands the rest on.
// Rules: switch/default-exhaustive.
func (a *App) withDefault(group string) error {
	_, err := a.rc.GroupJoin(group, group, nil)
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code {
	case codeGroupFull:
		return errFull
	default:
		return err
	}
}

// Reported: there is no default.
// Rules: switch/default-exhaustive.
func (a *App) withoutDefault(group string) error {
	_, err := a.rc.GroupJoin(group, group, nil)
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code { // want `omits 1008 .*1050 .*25416 .*\(switch\)`
	case codeGroupFull:
		return errFull
	case codeGroupExists:
		return nil
	}
	return errFull
}

// Not reported: no default, but all are named.
func (a *App) complete(group string) error {
	_, err := a.rc.GroupJoin(group, group, nil)
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code {
	case codeGroupFull:
		return errFull
	case codeRateLimited, codeTimeout, codeQueryRateLimited:
		return err
	}
	return errFull
}
