package retry

import (
	"context"
	"errors"
	"time"

	"example.com/retry/backoff"
	"example.com/retry/pace"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: a permanent failure is tried again as well.
// Rules: retry/permanent-code.
func (s *Service) everything(id string) error {
	var err error
	for attempt := 0; attempt < 3; attempt++ {
		err = s.rc.BlockRemove(id) // want `\(retry\)`
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Reported: once more, for every failure.
func (s *Service) onceMore(id string) error {
	err := s.rc.BlockRemove(id)
	if err != nil {
		time.Sleep(time.Second)
		return s.rc.BlockRemove(id) // want `\(retry\)`
	}
	return nil
}

// Reported: a permanent code is named, and tried again.
// Rules: retry/permanent-code.
func (s *Service) wrongCode(id string) error {
	for range 3 {
		err := s.rc.BlockRemove(id) // want `\(retry\)`
		var failure sdk.CodeResult
		if !errors.As(err, &failure) {
			return err
		}
		if failure.Code != codeRateLimited && failure.Code != codeTimeout && failure.Code != codeSignature {
			return err
		}
		time.Sleep(time.Second)
	}
	return errFailed
}

// Reported: nothing waits.
// Rules: retry/haste.
func (s *Service) atOnce(id string) error {
	for attempt := 0; attempt < 3; attempt++ {
		err := s.rc.BlockRemove(id) // want `\(retry\)`
		if !retryable(err) {
			return err
		}
	}
	return errFailed
}

// Reported: the helper between the attempts does not wait.
// Rules: retry/waiting-helper.
func (s *Service) atOnceNoted(id string) error {
	for range 3 {
		err := s.rc.BlockRemove(id) // want `\(retry\)`
		if !retryable(err) {
			return err
		}
		pace.Note(&s.failed)
	}
	return errFailed
}

// Reported: a second call at once.
// Rules: retry/haste.
func (s *Service) twice(id string) error {
	err := s.rc.BlockRemove(id)
	if retryable(err) {
		err = s.rc.BlockRemove(id) // want `\(retry\)`
	}
	return err
}

// Reported: for ever, as long as the API is busy.
// Rules: retry/endless-loop.
func (s *Service) forEver(id string) error {
	for {
		err := s.rc.BlockRemove(id) // want `\(retry\)`
		if !retryable(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Reported: by recursion, at once.
// Rules: retry/haste.
func (s *Service) recursive(id string, left int) error {
	err := s.rc.BlockRemove(id) // want `\(retry\)`
	if left > 0 && retryable(err) {
		return s.recursive(id, left-1)
	}
	return err
}

// Reported: the retry helper gets a literal that does not tell permanent failures apart.
// Rules: retry/given-function.
func (s *Service) helper(id string) error {
	return backoff.Do(func() error {
		return s.rc.BlockRemove(id) // want `\(retry\)`
	})
}

// Reported: the request is made anew each time from what does not change.
// Rules: retry/same-arguments.
func (s *Service) anew(id string) error {
	for range 3 {
		model := sdk.FriendModel{UserId: id, TargetId: "bot"}
		_, err := s.rc.FriendAdd(model) // want `\(retry\)`
		if !retryable(err) {
			return err
		}
	}
	return errFailed
}

// Reported: asking whether the context has ended does not wait.
func (s *Service) contextAsked(ctx context.Context, id string) error {
	for range 3 {
		err := s.rc.BlockRemove(id) // want `\(retry\)`
		if !retryable(err) {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return errFailed
}

// Reported: on one way, each attempt goes to the same region.
// Rules: retry/other-host.
func (s *Service) sometimesElsewhere(id string, elsewhere bool) error {
	var err error
	rc := s.regions[0]
	for _, next := range s.regions {
		if elsewhere {
			rc = next
		}
		if err = rc.BlockRemove(id); err == nil { // want `\(retry\)`
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
