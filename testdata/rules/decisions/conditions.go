package decisions

import (
	"errors"
	"net/http"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: (a) at the lookup, not at the question whether it is a CodeResult.
func (a *App) lookup(id string) error {
	err := a.rc.BlockAdd(id, 10)
	if err == nil {
		return nil
	}
	e, ok := errors.AsType[sdk.CodeResult](err)
	if !ok {
		return err
	}
	if d, known := short[e.Code]; known { // want `1050.*\(retryable\)`
		time.AfterFunc(d, func() { a.later(id) })
		return nil
	}
	return errRefused
}

// Reported: (a) the same with an assertion.
func (a *App) asserted(id string) error {
	err := a.rc.BlockAdd(id, 10)
	if err == nil {
		return nil
	}
	e, ok := err.(sdk.CodeResult)
	if !ok {
		return err
	}
	if _, known := short[e.Code]; known { // want `1050.*\(retryable\)`
		return errLater
	}
	return errRefused
}

// Reported: (a) a range tells failures apart, and names none.
func (a *App) ranged(group, user string) error {
	_, err := a.rc.GroupJoin(group, "", []string{user})
	if err == nil {
		return nil
	}
	var e sdk.CodeResult
	if errors.As(err, &e) && e.Code >= 25400 && e.Code < 25500 { // want `1008.*1050.*\(retryable\)`
		return errRefused
	}
	return errLater
}

// Reported: (a) arithmetic does so too.
// Rules: behavior/decided-condition.
func (a *App) divided(id string) error {
	err := a.rc.BlockRemove(id)
	var e sdk.CodeResult
	if !errors.As(err, &e) {
		return err
	}
	if e.Code/100 == 10 { // want `1008.*1050.*\(retryable\)`
		return errLater
	}
	return errRefused
}

// Not reported: what is in no range is handed on.
func (a *App) rangedKept(group, user string) error {
	_, err := a.rc.GroupJoin(group, "", []string{user})
	var e sdk.CodeResult
	if errors.As(err, &e) && e.Code >= 25409 && e.Code <= 25414 {
		return errRefused
	}
	return err
}

// Not reported: a boundary tells its client what kind of failure it was.
func (a *App) serve(w http.ResponseWriter, r *http.Request) {
	err := a.rc.BlockRemove(r.FormValue("id"))
	var e sdk.CodeResult
	switch {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.As(err, &e) && e.Code >= 25000:
		w.WriteHeader(http.StatusConflict)
	default:
		w.WriteHeader(http.StatusBadGateway)
	}
}

// Reported: (c) also where an answer leads to the call as well.
// Rules: retryable/changing-call.
func (a *App) ensure(group, user string) error {
	in, err := a.rc.UGMemberExists(group, user)
	if err != nil || !in { // want `every failure.*\(retryable\)`
		_, err := a.rc.GroupJoin(group, "", []string{user})
		return err
	}
	return nil
}

// Not reported: the failure leaves first.
func (a *App) ensureRightly(group, user string) error {
	in, err := a.rc.UGMemberExists(group, user)
	if err != nil {
		return err
	}
	if !in {
		_, err = a.rc.GroupJoin(group, "", []string{user})
	}
	return err
}

// Reported: a switch over true is a written list like one without a tag.
// Rules: switch/tagless-switch, behavior/bounded-range.
func (a *App) overTrue(group, user string) error {
	_, err := a.rc.GroupJoin(group, "", []string{user})
	var e sdk.CodeResult
	if !errors.As(err, &e) {
		return err
	}
	switch true { // want `1008.*1050.*25416.*\(switch\)`
	case e.Code == groupNotFound:
		return nil
	case e.Code >= 25400:
		return errRefused
	}
	return err
}

// Not reported: a range chooses how long to wait, and every failure comes again.
func (a *App) delayed(id string, push func(string, time.Duration)) {
	err := a.rc.BlockRemove(id)
	if err == nil {
		return
	}
	delay := time.Second
	if e, ok := errors.AsType[sdk.CodeResult](err); ok && e.Code >= 20000 {
		delay = time.Hour
	}
	push(id, delay)
}

// Not reported: a failure leads to a call that only reads, as an answer does.
// Rules: retryable/changing-call.
func (a *App) size(group, user string) (int, error) {
	in, err := a.rc.UGMemberExists(group, user)
	if err != nil || !in {
		g, err := a.rc.GroupGet(group)
		return len(g.Users), err
	}
	return 1, nil
}
