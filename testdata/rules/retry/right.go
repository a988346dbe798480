// Package retry tries again, wrongly and rightly.
package retry

import (
	"context"
	"errors"
	"log"
	"sync"
	"time"

	"example.com/retry/backoff"
	"example.com/retry/pace"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc      *sdk.RongCloud
	regions []*sdk.RongCloud
	mu      sync.Mutex
	failed  int
	jobs    chan string
}

var errFailed = errors.New("failed")

func retryable(err error) bool {
	var failure sdk.CodeResult
	return errors.As(err, &failure) && (failure.Code == codeRateLimited || failure.Code == codeTimeout)
}

// Not reported: bounded, with a growing pause, for what may succeed later.
// Rules: retry/permanent-code.
func (s *Service) well(id string) error {
	for attempt := 0; ; attempt++ {
		err := s.rc.BlockRemove(id)
		if attempt == 4 || !retryable(err) {
			return err
		}
		time.Sleep(time.Second << attempt)
	}
}

// Not reported: the pause sits in a helper of another package.
// Rules: retry/waiting-helper.
func (s *Service) sleepInHelper(id string) error {
	for range 4 {
		err := s.rc.BlockRemove(id)
		if !retryable(err) {
			return err
		}
		pace.Wait()
	}
	return errFailed
}

// Not reported: the pause comes before every attempt but the first.
// Rules: retry/haste.
func (s *Service) pauseFirst(id string) error {
	for attempt := range 4 {
		if attempt > 0 {
			time.Sleep(time.Second)
		}
		if err := s.rc.BlockRemove(id); !retryable(err) {
			return err
		}
	}
	return errFailed
}

// Not reported: a deadline is the bound.
// Rules: retry/endless-loop.
func (s *Service) deadline(id string) error {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		err := s.rc.BlockRemove(id)
		if !retryable(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return errFailed
}

// Not reported: a ticker waits and the context ends it.
func (s *Service) ticker(ctx context.Context, id string) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		err := s.rc.BlockRemove(id)
		if !retryable(err) {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Not reported: the helper asks the predicate.
// Rules: retry/given-function.
func (s *Service) helperAsked(id string) error {
	return backoff.If(func() error { return s.rc.BlockRemove(id) }, retryable)
}

// Not reported: each attempt goes to another region.
// Rules: retry/other-host.
func (s *Service) otherHost(id string) error {
	var err error
	for _, rc := range s.regions {
		if err = rc.BlockRemove(id); err == nil {
			return nil
		}
	}
	return err
}

// Not reported: the next user.
// Rules: retry/next-item.
func (s *Service) nextUser(ids []string) error {
	var errs []error
	for _, id := range ids {
		errs = append(errs, s.rc.BlockRemove(id))
	}
	return errors.Join(errs...)
}

// Not reported: polling, which success does as well.
// Rules: retry/next-item.
func (s *Service) poll(id string) {
	for {
		status, err := s.rc.OnlineStatusCheck(id)
		if err != nil {
			s.failed++
		} else if status == 1 {
			log.Print("online")
		}
		time.Sleep(time.Minute)
	}
}

// Not reported: a worker's next job.
// Rules: retry/next-item.
func (s *Service) worker() {
	for id := range s.jobs {
		if err := s.rc.BlockRemove(id); err != nil {
			s.failed++
		}
	}
}

// Not reported: waiting for a lock is no retry of the call.
func (s *Service) locked(id string) error {
	for !s.mu.TryLock() {
		time.Sleep(time.Millisecond)
	}
	defer s.mu.Unlock()
	return s.rc.BlockRemove(id)
}

// Not reported: the loop tries something else again.
func (s *Service) somethingElse(id string, ready func() bool) error {
	if err := s.rc.BlockRemove(id); err != nil {
		return err
	}
	for range 10 {
		if ready() {
			return nil
		}
	}
	return errFailed
}

// Not reported: a second call with other arguments.
func (s *Service) otherArguments(id string) error {
	err := s.rc.UserUpdate(id, "a name that is too long", "")
	var failure sdk.CodeResult
	if errors.As(err, &failure) && failure.Code == codeInvalidParameter {
		err = s.rc.UserUpdate(id, "short", "")
	}
	return err
}

// Not reported: undone, and another call.
func (s *Service) undone(id string) error {
	_, err := s.rc.GroupJoin(id, id, []string{"bot"})
	if err != nil {
		if undo := s.rc.BlockRemove(id); undo != nil {
			log.Print(undo)
		}
		return err
	}
	return nil
}
