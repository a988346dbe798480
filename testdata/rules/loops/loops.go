// Package loops calls the API in loops: some try again, some go on.
package loops

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"example.com/loops/wait"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc     *sdk.RongCloud
	hosts  []string
	jobs   chan string
	failed []string
}

var errFailed = errors.New("failed")

func retryable(err error) bool {
	var failure sdk.CodeResult
	return errors.As(err, &failure) && (failure.Code == codeRateLimited || failure.Code == codeTimeout)
}

// Not reported: bounded, with a pause, and only for what may succeed later.
func (s *Service) bounded(id string) error {
	for attempt := 0; attempt < 3; attempt++ {
		err := s.rc.BlockRemove(id)
		if err == nil {
			return nil
		}
		if !retryable(err) {
			return fmt.Errorf("unblock: %w", err)
		}
		time.Sleep(time.Second)
	}
	return errFailed
}

// Not reported: the pause and the bound sit in another package.
func (s *Service) elsewhere(id string) error {
	for attempt := 0; wait.More(attempt); attempt++ {
		err := s.rc.BlockRemove(id)
		if !retryable(err) {
			return err
		}
		wait.Before(attempt)
	}
	return errFailed
}

// Not reported: until the context ends.
func (s *Service) untilDone(ctx context.Context, id string) error {
	for {
		err := s.rc.BlockRemove(id)
		if !retryable(err) {
			return err
		}
		if err := wait.Or(ctx, time.Second); err != nil {
			return err
		}
	}
}

// Not reported: a second call after a pause, written out.
func (s *Service) again(id string) error {
	err := s.rc.BlockRemove(id)
	if retryable(err) {
		time.Sleep(2 * time.Second)
		err = s.rc.BlockRemove(id)
	}
	return err
}

// Not reported: by recursion.
func (s *Service) recursive(id string, left int) error {
	err := s.rc.BlockRemove(id)
	if left > 0 && retryable(err) {
		time.Sleep(time.Second)
		return s.recursive(id, left-1)
	}
	return err
}

// Not reported: by goto.
func (s *Service) jump(id string) error {
	attempt := 0
again:
	err := s.rc.BlockRemove(id)
	if retryable(err) && attempt < 3 {
		attempt++
		wait.Before(attempt)
		goto again
	}
	return err
}

// Not reported: the switch lets the retryable codes fall out to the pause.
// Rules: switch/told-apart.
func (s *Service) bySwitch(id string) error {
	for range 5 {
		err := s.rc.BlockRemove(id)
		var failure sdk.CodeResult
		if !errors.As(err, &failure) {
			return err
		}
		switch failure.Code {
		case codeRateLimited, codeTimeout:
		default:
			return err
		}
		time.Sleep(time.Second)
	}
	return errFailed
}

// Reported: the switch tries again for one of two.
// Rules: switch/told-apart.
func (s *Service) bySwitchPart(id string) error {
	for range 5 {
		err := s.rc.BlockRemove(id)
		var failure sdk.CodeResult
		if !errors.As(err, &failure) {
			return err
		}
		switch failure.Code { // want `omits 1050 .*\(switch\)`
		case codeRateLimited:
			time.Sleep(time.Second)
			continue
		default:
			return errFailed
		}
	}
	return errFailed
}

// Reported: the next user is no second attempt.
func (s *Service) nextItem(ids []string) {
	for _, id := range ids {
		if err := s.rc.BlockRemove(id); err != nil { // want `\(unchecked\)`
			log.Print(err)
			continue
		}
	}
}

// Reported: the first failure ends the loop with a fixed error.
func (s *Service) firstFailure(ids []string) error {
	for _, id := range ids {
		if err := s.rc.BlockRemove(id); err != nil {
			return errFailed // want `lost here.*\(retryable\)`
		}
	}
	return nil
}

// Not reported: the failed users are remembered, the loop goes on.
func (s *Service) remember(ids []string) {
	for _, id := range ids {
		if err := s.rc.BlockRemove(id); err != nil {
			s.failed = append(s.failed, id)
		}
	}
}

// Not reported: errors joined over the loop.
func (s *Service) joined(ids []string) error {
	var errs []error
	for _, id := range ids {
		if err := s.rc.BlockRemove(id); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", id, err))
		}
	}
	return errors.Join(errs...)
}

// Reported: the next page is no second attempt either.
func (s *Service) pages(user string) []sdk.UGGroupInfo {
	var all []sdk.UGGroupInfo
	for page := 1; ; page++ {
		groups, err, _ := s.rc.UGQueryUserGroups(user, page, 50)
		if err != nil {
			return nil // want `lost here.*\(retryable\)`
		}
		all = append(all, groups...)
		if len(groups) < 50 {
			return all
		}
	}
}

// Not reported: a failed page ends the loop with its error.
func (s *Service) pagesWell(user string) (all []sdk.UGGroupInfo, err error) {
	for page := 1; ; page++ {
		groups, err, _ := s.rc.UGQueryUserGroups(user, page, 50)
		if err != nil {
			return all, err
		}
		all = append(all, groups...)
		if len(groups) < 50 {
			return all, nil
		}
	}
}

// Reported: a worker's next job is no second attempt.
func (s *Service) worker() {
	for id := range s.jobs {
		err := s.rc.BlockRemove(id)
		if err != nil { // want `\(unchecked\)`
			log.Printf("job %s: %v", id, err)
		}
	}
}

// Not reported: a failed job is put back.
func (s *Service) workerBack() {
	for id := range s.jobs {
		if err := s.rc.BlockRemove(id); err != nil {
			s.jobs <- id
		}
	}
}

// Not reported: until the user is online, whatever the answer.
func (s *Service) poll(ctx context.Context, id string) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		status, err := s.rc.OnlineStatusCheck(id)
		if err != nil {
			return err
		}
		if status == 1 {
			return nil
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Not reported: the name says that the call fails until the user is there.
func (s *Service) waitForUser(ctx context.Context, id string) error {
	for range 20 {
		if err := s.rc.BlockRemove(id); err == nil {
			return nil
		}
		if err := wait.Or(ctx, time.Second); err != nil {
			return err
		}
	}
	return errFailed
}

// Reported: the name excuses no permanent code that the function names.
func (s *Service) waitForSignature(ctx context.Context, id string) error {
	for range 20 {
		err := s.rc.BlockRemove(id) // want `1004.*\(retry\)`
		var failure sdk.CodeResult
		if !errors.As(err, &failure) || failure.Code != codeSignature && failure.Code != codeRateLimited && failure.Code != codeTimeout {
			return err
		}
		if err := wait.Or(ctx, time.Second); err != nil {
			return err
		}
	}
	return errFailed
}
