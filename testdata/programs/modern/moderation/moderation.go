// Package moderation carries out the moderators' decisions.
package moderation

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"example.com/modern/im"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

type blocker interface {
	BlockAdd(id string, minute uint64) error
}

// Enforcer bans users.
type Enforcer struct {
	api blocker
	svc *im.Service
}

// New makes an Enforcer.
func New(rc *sdk.RongCloud) *Enforcer {
	return &Enforcer{api: rc, svc: im.New(rc)}
}

// Ban bans a user for thirty days.
func (e *Enforcer) Ban(id string) error {
	if err := e.api.BlockAdd(id, 43200); err != nil {
		return errors.New("moderation: ban failed") // want `\(retryable\)`
	}
	return nil
}

// BanAll bans many, and says all that went wrong.
func (e *Enforcer) BanAll(ids []string) error {
	var errs []error
	for _, id := range ids {
		if err := e.api.BlockAdd(id, 1440); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", id, err))
		}
	}
	return errors.Join(errs...)
}

// Pardon lifts a ban, on appeal.
func (e *Enforcer) Pardon(id string) {
	if err := e.svc.Unblock(id); err != nil { // want `\(unchecked\)`
		slog.Error("pardon failed", "user", id, "err", err)
	}
}

// PardonAll lifts bans side by side.
func (e *Enforcer) PardonAll(ids []string) error {
	errs := make(chan error, len(ids))
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			if err := e.svc.Unblock(id); err != nil {
				errs <- err
			}
		})
	}
	wg.Wait()
	close(errs)
	var all error
	for err := range errs {
		all = errors.Join(all, err)
	}
	return all
}

// Forget drops a ban as part of deleting the account.
func (e *Enforcer) Forget(id string) {
	e.svc.Unblock(id)
}
