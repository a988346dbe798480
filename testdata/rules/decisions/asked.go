package decisions

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

type verdict int

const (
	drop verdict = iota
	keep
	again
)

// Rules: scope/one-cause.
func judge(code int) verdict {
	switch code { // want `1050.*\(switch\)`
	case rateLimited:
		return again
	case alreadyFriends:
		return keep
	}
	return drop
}

// Not reported: the cause is the switch in judge.
// Rules: scope/one-cause.
func (a *App) judged(user, friend string) error {
	_, err := a.rc.FriendAdd(sdk.FriendModel{UserId: user, TargetId: friend})
	var e sdk.CodeResult
	if !errors.As(err, &e) {
		return err
	}
	switch judge(e.Code) {
	case keep:
		return nil
	case again:
		a.later(user)
		return nil
	}
	return errRefused
}

// Reported: what judge leaves out is told there; this has a cause of its own besides.
func (a *App) judgedGroup(group, user string) error {
	_, err := a.rc.GroupJoin(group, "", []string{user})
	e, ok := errors.AsType[sdk.CodeResult](err)
	if !ok {
		return err
	}
	if e.Code == groupNotFound { // want `^25416 .* is treated.*\(retryable\)`
		return nil
	}
	if judge(e.Code) == again {
		a.later(user)
		return nil
	}
	return errRefused
}

func busy(code int) bool {
	switch code { // want `1050.*\(switch\)`
	case rateLimited:
		return true
	}
	return false
}

// Not reported: the cause is the switch in busy.
func (a *App) askBusy(id string) error {
	err := a.rc.BlockRemove(id)
	var e sdk.CodeResult
	if errors.As(err, &e) && busy(e.Code) {
		a.later(id)
		return nil
	}
	if err != nil {
		return errRefused
	}
	return nil
}

// Not reported: a level is another package's word for how bad a failure is.
func level(err error) slog.Level {
	e, ok := errors.AsType[sdk.CodeResult](err)
	if !ok {
		return slog.LevelError
	}
	switch e.Code {
	case alreadyFriends:
		return slog.LevelInfo
	}
	return slog.LevelWarn
}

// Not reported: the error is handed on.
func (a *App) logged(ctx context.Context, user, friend string) error {
	_, err := a.rc.FriendAdd(sdk.FriendModel{UserId: user, TargetId: friend})
	if err != nil {
		slog.Log(ctx, level(err), "friend", "err", err)
	}
	return err
}

func oneOf(list []int, code int) bool { return slices.Contains(list, code) }

func pause(table map[int]time.Duration, code int) time.Duration { return table[code] }

var (
	harmless = []int{groupFull, alreadyFriends}
	patient  = []int{rateLimited, timeout, queryLimited}
	pauses   = map[int]time.Duration{rateLimited: time.Minute, timeout: time.Second}
	short    = map[int]time.Duration{rateLimited: time.Minute}
)

// Reported: a list of the package as an argument.
// Rules: behavior/decided-condition.
func (a *App) listed(group, user string) error {
	_, err := a.rc.GroupJoin(group, "", []string{user})
	var e sdk.CodeResult
	if errors.As(err, &e) && oneOf(harmless, e.Code) { // want `1008.*1050.*25416.*\(retryable\)`
		return nil
	}
	if err != nil {
		return errRefused
	}
	return nil
}

// Not reported: the list has all of them.
// Rules: behavior/decided-condition.
func (a *App) listedAll(group, user string) error {
	_, err := a.rc.GroupJoin(group, "", []string{user})
	var e sdk.CodeResult
	if errors.As(err, &e) && oneOf(patient, e.Code) {
		return errLater
	}
	if err != nil {
		return errRefused
	}
	return nil
}

// Reported: a table as an argument.
// Rules: behavior/decided-condition.
func (a *App) paused(id string) error {
	err := a.rc.BlockRemove(id)
	if err == nil {
		return nil
	}
	var e sdk.CodeResult
	if errors.As(err, &e) && pause(short, e.Code) > 0 { // want `1050.*\(retryable\)`
		return errLater
	}
	return errRefused
}

// Not reported: the table has both.
// Rules: behavior/decided-condition.
func (a *App) pausedAll(id string) error {
	err := a.rc.BlockRemove(id)
	if err == nil {
		return nil
	}
	var e sdk.CodeResult
	if errors.As(err, &e) && pause(pauses, e.Code) > 0 {
		return errLater
	}
	return errRefused
}
