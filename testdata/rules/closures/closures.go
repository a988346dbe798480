// Package closures makes its calls in function literals.
package closures

import (
	"errors"
	"fmt"
	"log"
	"sync"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc     *sdk.RongCloud
	hooks  []func() error
	onDone func(error)
	failed int
}

var (
	errFailed   = errors.New("failed")
	errTryLater = errors.New("try later")
)

// Reported: the goroutine swallows the failure.
func (s *Service) background(ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			if err := s.rc.BlockRemove(id); err != nil { // want `\(unchecked\)`
				log.Print(err)
			}
		})
	}
	wg.Wait()
}

// Reported: the captured error is replaced by a fixed one.
func (s *Service) captured(id string) error {
	var err error
	call := func() { err = s.rc.BlockRemove(id) }
	call()
	if err != nil {
		return errFailed // want `lost here.*\(retryable\)`
	}
	return nil
}

// Reported: the literal's switch omits the timeout.
func (s *Service) literal(id string) func() error {
	return func() error {
		var failure sdk.CodeResult
		err := s.rc.BlockRemove(id)
		if !errors.As(err, &failure) {
			return err
		}
		switch failure.Code { // want `omits 1050 .*\(switch\)`
		case codeRateLimited:
			return errTryLater
		default:
			return errFailed
		}
	}
}

// Reported: a deferred literal that only logs.
func (s *Service) deferred(id string) int {
	defer func() {
		if _, err := s.rc.GroupDismiss(id, "owner"); err != nil { // want `\(unchecked\)`
			log.Println("dismiss:", err)
		}
	}()
	return s.failed
}

// Reported: the helper runs the literal and hands its error on, and then it is lost.
func (s *Service) measured(id string) error {
	err := timed("unblock", func() error { return s.rc.BlockRemove(id) })
	if err != nil {
		return fmt.Errorf("measured: %v", err) // want `lost here.*\(retryable\)`
	}
	return nil
}

func timed(name string, call func() error) error {
	log.Print(name)
	return call()
}

// Not reported: the captured error is returned.
func (s *Service) capturedWell(id string) (err error) {
	call := func() { err = s.rc.BlockRemove(id) }
	call()
	return err
}

// Not reported: the helper's error is handed on.
func (s *Service) measuredWell(id string) error {
	return timed("unblock", func() error { return s.rc.BlockRemove(id) })
}

// Not reported: a hook's error is its caller's business.
func (s *Service) hook(id string) {
	s.hooks = append(s.hooks, func() error { return s.rc.BlockRemove(id) })
}

// Not reported: a method value.
func (s *Service) method() func(string) error { return s.rc.BlockRemove }

// Not reported: a goroutine that gives the error to a callback.
// Rules: unchecked/dropped-error.
func (s *Service) notified(id string) {
	go func() { s.onDone(s.rc.BlockRemove(id)) }()
}

// Not reported: all errors of the goroutines are gathered.
func (s *Service) gathered(ids []string) error {
	errs := make([]error, len(ids))
	var wg sync.WaitGroup
	for i, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs[i] = s.rc.BlockRemove(id)
		}()
	}
	wg.Wait()
	return errors.Join(errs...)
}

// Not reported: a captured flag is asked after the call.
func (s *Service) flagged(id string) {
	bad := false
	call := func() {
		if err := s.rc.BlockRemove(id); err != nil {
			bad = true
		}
	}
	call()
	if bad {
		s.failed++
	}
}

// Not reported: a recovered panic carries the failure.
func (s *Service) recovered(id string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(error)
		}
	}()
	if err := s.rc.BlockRemove(id); err != nil {
		panic(err)
	}
	return nil
}

// Not reported: the literal asks for all that may succeed later.
func (s *Service) asked(id string) error {
	err := s.rc.BlockRemove(id)
	handle := func(code int) error {
		switch code {
		case codeRateLimited, codeTimeout:
			return errTryLater
		}
		return errFailed
	}
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		return handle(failure.Code)
	}
	return err
}
