package members

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"

	"example.com/repeats/internal/again"
	"example.com/repeats/internal/rcerr"
)

// AwaitDeactivation asks until no earlier deactivation is running.
func (s *Service) AwaitDeactivation(ids []string, patience time.Duration) (string, error) {
	deadline := time.Now().Add(patience)
	for {
		resp, err := s.rc.UserDeactivate(ids)
		if err == nil {
			return resp.OperateId, nil
		}
		var cr sdk.CodeResultV2
		if !errors.As(err, &cr) || cr.Code != rcerr.DeactivationInProgress || time.Now().After(deadline) {
			return "", fmt.Errorf("deactivate %d users: %w", len(ids), err)
		}
		time.Sleep(3 * time.Second)
	}
}

// UpdateBefore repeats temporary failures until the deadline.
func (s *Service) UpdateBefore(deadline time.Time, id, name string) error {
	var err error
	for time.Now().Before(deadline) {
		err = s.rc.UserUpdate(id, name, s.portrait) // want `\(retry\)`
		if !rcerr.Temporary(err) {
			return err
		}
	}
	return err
}

// UpdateLenient takes 1000 for a hiccup of the server.
func (s *Service) UpdateLenient(ctx context.Context, id, name string) error {
	for i := range maxAttempts {
		err := s.rc.UserUpdate(id, name, s.portrait) // want `\(retry\)`
		if err == nil {
			return nil
		}
		var cr sdk.CodeResult
		if !errors.As(err, &cr) {
			return err
		}
		if cr.Code != rcerr.RateLimited && cr.Code != rcerr.ServiceTimeout && cr.Code != rcerr.InvalidRequest {
			return err
		}
		if perr := again.Pause(ctx, i); perr != nil {
			return perr
		}
	}
	return rcerr.ErrBusy
}

// BlockLenient takes a whole range of codes for hiccups.
func (s *Service) BlockLenient(id string) error {
	var cr sdk.CodeResult
	for i := 0; i < maxAttempts; i++ {
		err := s.rc.BlockAdd(id, 30) // want `\(retry\)`
		if err == nil {
			return nil
		}
		if !errors.As(err, &cr) || cr.Code < 1000 || cr.Code >= 1100 {
			return err
		}
		time.Sleep(time.Second)
	}
	return fmt.Errorf("block %s: %w", id, cr)
}

// BlockEager computes its delay.
// Rules: retry/waiting-helper.
func (s *Service) BlockEager(id string) error {
	var delay time.Duration
	for delay < 5*time.Second {
		err := s.rc.BlockAdd(id, 30) // want `\(retry\)`
		if !rcerr.Temporary(err) {
			return err
		}
		delay = again.Next(delay)
	}
	return rcerr.ErrBusy
}

// BlockSteady computes its delay and waits for it.
func (s *Service) BlockSteady(id string) error {
	var delay time.Duration
	for delay < 5*time.Second {
		err := s.rc.BlockAdd(id, 30)
		if !rcerr.Temporary(err) {
			return err
		}
		delay = again.Next(delay)
		time.Sleep(delay)
	}
	return rcerr.ErrBusy
}

// UnblockQuick waits when throttled; a timeout has taken long enough.
func (s *Service) UnblockQuick(ctx context.Context, id string) error {
	var err error
	for i := range 3 {
		err = s.rc.BlockRemove(id) // want `\(retry\)`
		if !rcerr.Temporary(err) {
			return err
		}
		if rcerr.Throttled(err) {
			if perr := again.Pause(ctx, i); perr != nil {
				return perr
			}
		}
	}
	return err
}

// UnblockOnceMore gives a throttled call a second chance.
func (s *Service) UnblockOnceMore(id string) error {
	err := s.rc.BlockRemove(id)
	if rcerr.Throttled(err) {
		time.Sleep(time.Second)
		err = s.rc.BlockRemove(id)
	}
	return err
}

// apply is the call that applyLater repeats.
func (s *Service) apply(id, name string) error {
	if err := s.rc.UserUpdate(id, name, s.portrait); err != nil {
		return rcerr.Wrap("apply", err)
	}
	return nil
}

// ApplyAll repeats whatever failed.
// Rules: retry/next-item.
func (s *Service) ApplyAll(names map[string]string) error {
	for id, name := range names {
		var err error
		for tries := 3; tries > 0; tries-- {
			if err = s.apply(id, name); err == nil { // want `\(retry\)`
				break
			}
			time.Sleep(time.Second)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ApplyLater tries again from a timer, as long as attempts are left.
func (s *Service) ApplyLater(id, name string, left int, done chan<- error) {
	err := s.apply(id, name)
	if rcerr.Temporary(err) && left > 0 {
		time.AfterFunc(5*time.Second, func() { s.ApplyLater(id, name, left-1, done) })
		return
	}
	done <- err
}

// Backfill works a list off in rounds.
func (s *Service) Backfill(ids []string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("backfill: %w", err)
		}
	}()
	var errs []error
	pending := ids
	for round := 0; round < 5 && len(pending) > 0; round++ {
		var later []string
		for _, id := range pending {
			switch err := s.rc.BlockRemove(id); {
			case rcerr.Temporary(err):
				later = append(later, id)
			case err != nil:
				errs = append(errs, err)
			}
		}
		pending = later
		time.Sleep(time.Second)
	}
	if len(pending) > 0 {
		errs = append(errs, fmt.Errorf("%d users left: %w", len(pending), rcerr.ErrBusy))
	}
	return errors.Join(errs...)
}

// UnblockConcurrently does not repeat anything.
func (s *Service) UnblockConcurrently(ids []string) error {
	var (
		wg   sync.WaitGroup
		errs = make([]error, len(ids))
	)
	for i, id := range ids {
		wg.Go(func() { errs[i] = s.rc.BlockRemove(id) })
	}
	wg.Wait()
	return errors.Join(errs...)
}
