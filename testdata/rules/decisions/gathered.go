package decisions

import (
	"errors"
	"fmt"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: (b) the errors that are joined in the end hold only the text.
func (a *App) joinedTexts(ids []string) error {
	var all []error
	for _, id := range ids {
		if err := a.rc.BlockRemove(id); err != nil {
			all = append(all, fmt.Errorf("%s: %v", id, err)) // want `1008.*1050.*\(retryable\)`
		}
	}
	return errors.Join(all...)
}

// Reported: (b) so does the last of them.
func (a *App) lastText(ids []string) error {
	var last error
	for _, id := range ids {
		if err := a.rc.BlockRemove(id); err != nil {
			last = errors.New("cannot unblock " + id) // want `1008.*1050.*\(retryable\)`
		}
	}
	return last
}

// Reported: (b) and a named result, behind a deferred call.
func (a *App) firstText(ids []string) (first error) {
	defer a.note(nil)
	for _, id := range ids {
		_, err := a.rc.OnlineStatusCheck(id)
		if err != nil && first == nil {
			first = fmt.Errorf("presence of %s: %w", id, errRefused) // want `1008.*1050.*\(retryable\)`
		}
	}
	return first
}

// Reported: (b) the list itself is the answer.
func (a *App) list(ids []string) (all []error) {
	for _, id := range ids {
		if err := a.rc.UserUpdate(id, id, ""); err != nil {
			all = append(all, errors.New(id)) // want `1008.*1050.*\(retryable\)`
		}
	}
	return all
}

// Not reported: the errors are wrapped.
func (a *App) joined(ids []string) error {
	var all []error
	for _, id := range ids {
		if err := a.rc.BlockRemove(id); err != nil {
			all = append(all, fmt.Errorf("%s: %w", id, err))
		}
	}
	return errors.Join(all...)
}

// Not reported: the texts are for a page; the errors go to somebody else.
func (a *App) forPage(ids []string, failed func(error)) (page []string) {
	for _, id := range ids {
		if err := a.rc.BlockRemove(id); err != nil {
			page = append(page, fmt.Errorf("%s: %v", id, err).Error())
			failed(err)
		}
	}
	return page
}

// Not reported: the next client is the answer to a failure, and success ends the loop.
func (a *App) anyOf(id string) error {
	var last error
	for _, rc := range a.all {
		err := rc.BlockRemove(id)
		if err == nil {
			return nil
		}
		last = fmt.Errorf("one of the clients: %v", err)
	}
	return last
}

// Reported: the deferred function overwrites what is returned.
func (a *App) overwritten(id string, end func() error) (err error) {
	defer func() {
		err = end()
	}()
	return a.rc.BlockRemove(id) // want `\(unchecked\)`
}

// Not reported: it keeps it.
func (a *App) kept(id string, end func() error) (err error) {
	defer func() {
		if e := end(); err == nil {
			err = e
		}
	}()
	return a.rc.BlockRemove(id)
}

// Not reported: it joins it.
func (a *App) joinedAtEnd(id string, end func() error) (err error) {
	defer func() {
		err = errors.Join(err, end())
	}()
	return a.rc.BlockRemove(id)
}

// Not reported: what the deferred function leaves alone is returned.
func (a *App) benign(user, friend string) (err error) {
	defer func() {
		if e, ok := errors.AsType[sdk.CodeResult](err); ok && e.Code == alreadyFriends {
			err = nil
		}
	}()
	_, err = a.rc.FriendAdd(sdk.FriendModel{UserId: user, TargetId: friend})
	return err
}

// Not reported: so is what it only looks at.
func (a *App) watched(user, friend string) (err error) {
	defer func() {
		if e, ok := errors.AsType[sdk.CodeResult](err); ok && e.Code == alreadyFriends {
			a.later(user)
		}
	}()
	_, err = a.rc.FriendAdd(sdk.FriendModel{UserId: user, TargetId: friend})
	return err
}

// Reported: the rest is given another error.
func (a *App) benignElseLost(user, friend string) (err error) {
	defer func() {
		e, ok := errors.AsType[sdk.CodeResult](err)
		switch {
		case !ok:
		case e.Code == alreadyFriends: // want `1008.*1050.*\(retryable\)`
			err = nil
		default:
			err = errRefused
		}
	}()
	_, err = a.rc.FriendAdd(sdk.FriendModel{UserId: user, TargetId: friend})
	return err
}
