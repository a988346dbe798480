// Package app hands its calls of the API to helpers of another package.
package app

import (
	"context"
	"errors"
	"fmt"
	"log"
	"sync"
	"time"

	"example.com/given/backoff"
	"example.com/given/run"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

var errFailed = errors.New("failed")

// Service calls the API.
type Service struct {
	rc  *sdk.RongCloud
	brk *run.Breaker
	any run.Runner
	mu  sync.Mutex
	q   run.Queue
	bad []string
	err error
}

// Reported: the helper hands the error of the literal on.
// Rules: flow/given-function.
func (s *Service) observed(id string) error {
	err := run.Observe("unblock", func() error { return s.rc.BlockRemove(id) })
	if err != nil {
		return errFailed // want `run.Observe's error is lost here.*\(retryable\)`
	}
	return nil
}

// Reported: a generic helper, which wraps.
// Rules: flow/given-function.
func (s *Service) value(id string) (string, error) {
	user, err := run.Value("register", func() (sdk.User, error) { return s.rc.UserRegister(id, id, "") })
	if err != nil {
		return "", errFailed // want `run.Value's error is lost here.*\(retryable\)`
	}
	return user.Token, nil
}

// Reported: a deferred unlock changes nothing.
func (s *Service) locked(id string) bool {
	err := run.With(&s.mu, func() error {
		if err := s.rc.BlockRemove(id); err != nil {
			return fmt.Errorf("unblock %s: %w", id, err)
		}
		return nil
	})
	return err == nil // want `run.With's error is lost here.*\(retryable\)`
}

// Reported: a task of a named type; the deferred function only reads the error.
func (s *Service) inTime(ctx context.Context, id string) error {
	if err := run.InTime(ctx, time.Second, func(context.Context) error { return s.rc.BlockRemove(id) }); err != nil {
		return errFailed // want `run.InTime's error is lost here.*\(retryable\)`
	}
	return nil
}

// Reported: the breaker's own error comes instead of a call.
func (s *Service) broken(id string) error {
	if err := s.brk.Do(func() error { return s.rc.BlockRemove(id) }); err != nil {
		return errFailed // want `Do's error is lost here.*\(retryable\)`
	}
	return nil
}

// Reported: an interface, of which its package knows one type.
func (s *Service) runner(id string) error {
	if err := s.any.Do(func() error { return s.rc.BlockRemove(id) }); err != nil {
		return errFailed // want `Do's error is lost here.*\(retryable\)`
	}
	return nil
}

// Reported: two helpers in a row.
// Rules: retryable/retry-helper.
func (s *Service) guarded(id string) error {
	if err := run.Guarded(s.brk, func() error { return s.rc.BlockRemove(id) }); err != nil {
		return errFailed // want `run.Guarded's error is lost here.*\(retryable\)`
	}
	return nil
}

func (s *Service) unblock(id string) error { return s.rc.BlockRemove(id) }

// Reported: a helper within a helper, and a method beside a literal.
func (s *Service) nested(id string, plain bool) error {
	f := func() error { return s.brk.Do(func() error { return s.unblock(id) }) }
	if plain {
		f = func() error { return s.unblock(id) }
	}
	if err := run.Observe("nested", f); err != nil {
		return errFailed // want `run.Observe's error is lost here.*\(retryable\)`
	}
	return nil
}

// Reported: a literal that two of three ways answer for the API.
func (s *Service) tellsApart(id string) error {
	err := run.Observe("unblock", func() error { return s.rc.BlockRemove(id) })
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		switch failure.Code { // want `omits 1050 .*\(switch\)`
		case codeRateLimited:
			return errors.New("later")
		case codeSignature:
			return errFailed
		}
	}
	return nil
}

// Reported: the failure goes to the log alone.
func (s *Service) logged(id string) {
	if err := s.brk.Do(func() error { return s.rc.BlockRemove(id) }); err != nil { // want `\(unchecked\)`
		log.Print(err)
	}
}

// Reported: the failure is dropped.
func (s *Service) dropped(id string) {
	_ = run.Observe("unblock", func() error { return s.rc.BlockRemove(id) }) // want `\(unchecked\)`
}

// Reported: the helper is called again at once.
func (s *Service) hurried(id string) error {
	var err error
	for range 3 {
		err = run.Observe("unblock", func() error { return s.rc.BlockRemove(id) }) // want `\(retry\)`
		if err == nil {
			return nil
		}
	}
	return err
}

// guard is a helper of this package around one of another.
func (s *Service) guard(id string, f func() error) error {
	if err := s.brk.Do(f); err != nil {
		return fmt.Errorf("%s: %w", id, err)
	}
	return nil
}

// Reported: a literal over two helpers, one of this package.
func (s *Service) overTwo(id string) error {
	if err := s.guard(id, func() error { return s.rc.BlockRemove(id) }); err != nil {
		return errFailed // want `guard's error is lost here.*\(retryable\)`
	}
	return nil
}

// Silent: the error is handed on.
func (s *Service) handed(id string) error {
	if err := run.Observe("unblock", func() error { return s.rc.BlockRemove(id) }); err != nil {
		return fmt.Errorf("unblock: %w", err)
	}
	return s.brk.Do(func() error { return s.rc.BlockRemove(id) })
}

// Reported in the literal, which loses the code; silent where the helper is called.
func (s *Service) losesIt(id string) error {
	err := run.Observe("unblock", func() error {
		if err := s.rc.BlockRemove(id); err != nil {
			return errFailed // want `lost here.*\(retryable\)`
		}
		return nil
	})
	if err != nil {
		return errors.New("not unblocked")
	}
	return nil
}

// Silent: the literal calls again what may pass.
func (s *Service) patient(id string) error {
	err := run.Observe("unblock", func() error {
		for range 3 {
			err := s.rc.BlockRemove(id)
			var failure sdk.CodeResult
			if !errors.As(err, &failure) || failure.Code != codeRateLimited && failure.Code != codeTimeout {
				return err
			}
			time.Sleep(time.Second)
		}
		return errFailed
	})
	if err != nil {
		return errFailed
	}
	return nil
}

// Silent: helpers that call again have dealt with the codes.
// Rules: retryable/retry-helper.
func (s *Service) again(id string) error {
	unblock := func() error { return s.rc.BlockRemove(id) } // want `\(retry\)`
	if err := run.Again(unblock); err != nil {
		return errFailed
	}
	return nil
}

// Silent: so has one that runs it a second time.
// Rules: flow/given-function.
func (s *Service) twice(id string) error {
	if err := run.Twice(func() error { return s.rc.BlockRemove(id) }); err != nil {
		return errFailed
	}
	if err := run.Later(func() error { return s.rc.BlockRemove(id) }); err != nil {
		return errFailed
	}
	return nil
}

// Silent: what a package of that name does is its own affair.
// Rules: retryable/retry-helper.
func (s *Service) backsOff(id string) error {
	if err := backoff.Once(func() error { return s.rc.BlockRemove(id) }); err != nil {
		return errFailed
	}
	_ = backoff.Once(func() error { return s.rc.BlockRemove(id) })
	return nil
}

// Silent: the helpers answer with errors of their own, on every way or on one.
// Rules: flow/given-function.
func (s *Service) mapped(id string, closed func() bool) error {
	unblock := func() error { return s.rc.BlockRemove(id) }
	for i, err := range []error{run.Mapped(unblock), run.Told(unblock), run.Sometimes(closed, unblock), run.Tolerant(unblock), run.Deferred(unblock)} {
		if err != nil {
			return fmt.Errorf("%d: %v", i, err)
		}
	}
	if err := run.Mapped(unblock); err != nil {
		return errFailed
	}
	if err := run.Told(unblock); err != nil {
		return errFailed
	}
	if err := run.Sometimes(closed, unblock); err != nil {
		return errFailed
	}
	if err := run.Tolerant(unblock); err != nil {
		return errFailed
	}
	if err := run.Deferred(unblock); err != nil {
		return errFailed
	}
	return nil
}

// Silent: something is asked about the failure, or another function is run after it.
func (s *Service) judged(id string) error {
	unblock := func() error { return s.rc.BlockRemove(id) }
	if err := run.Judged(func(err error) bool { return err != nil }, unblock); err != nil {
		return errFailed
	}
	if err := run.Fallback(unblock, func() error { return nil }); err != nil {
		return errFailed
	}
	return nil
}

// Silent: of many functions not all are known, and of a queue the error is its own.
// Rules: flow/given-function.
func (s *Service) many(id string, more func() error) error {
	unblock := func() error { return s.rc.BlockRemove(id) }
	if err := run.All(unblock, more); err != nil {
		return errFailed
	}
	if err := s.q.Put(unblock); err != nil {
		return errFailed
	}
	return nil
}

// Given leaves to its callers what is run.
//
// Silent: any function may come here.
func (s *Service) Given(f func() error) error {
	if err := run.Observe("given", f); err != nil {
		return errFailed
	}
	return nil
}

// Silent: one of the functions has nothing to do with the API.
func (s *Service) either(id string, dry bool) error {
	f := func() error { return s.rc.BlockRemove(id) }
	if dry {
		f = func() error { return nil }
	}
	if err := run.Observe("either", f); err != nil {
		return errFailed
	}
	return nil
}

// Silent: the error is looked at where it was put.
func (s *Service) putAside(id string) error {
	var err error
	_ = run.Observe("unblock", func() error {
		err = s.rc.BlockRemove(id)
		return err
	})
	return err
}

// Silent: what became of the call is told beside the error.
func (s *Service) toldBeside(id string) (string, error) {
	token, limited := "", false
	_ = run.Observe("register", func() error {
		user, err := s.rc.UserRegister(id, id, "")
		if err == nil {
			token = user.Token
		}
		return err
	})
	if token == "" {
		return "", errFailed
	}
	err := run.Observe("unblock", func() error {
		err := s.rc.BlockRemove(id)
		var failure sdk.CodeResult
		limited = errors.As(err, &failure) && (failure.Code == codeRateLimited || failure.Code == codeTimeout)
		return err
	})
	if limited {
		return "", errors.New("later")
	}
	if err != nil {
		return "", errFailed
	}
	return token, nil
}

// Reported: the token is set by the literal, and the helper's error tells that it is not.
func (s *Service) sets(id string) (token string, err error) {
	err = run.With(&s.mu, func() error {
		user, err := s.rc.UserRegister(id, id, "")
		if err != nil {
			return err
		}
		token = user.Token
		return nil
	})
	if err != nil {
		return "", errFailed // want `run.With's error is lost here.*\(retryable\)`
	}
	return token, nil
}

// Silent: a field holds the error.
func (s *Service) kept(id string) {
	_ = run.Observe("unblock", func() error {
		s.err = s.rc.BlockRemove(id)
		return s.err
	})
}

// Silent: the literal does something about the failure before the helper counts it.
func (s *Service) noted(id string) {
	_ = s.brk.Do(func() error {
		err := s.rc.BlockRemove(id)
		if err != nil {
			s.bad = append(s.bad, id)
			s.later(id)
		}
		return err
	})
}

func (s *Service) later(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bad = append(s.bad, id)
}

// Silent: an error that was there before goes through the helper, and is handed on here.
func (s *Service) through(id string) error {
	err := s.rc.BlockRemove(id)
	if err := run.Observe("note", func() error { return err }); err != nil {
		log.Print("noted")
	}
	return err
}

// Silent: a failed question leads to another one, and a failed call to the same again.
func (s *Service) questions(id string) error {
	err := run.Observe("check", func() error { _, err := s.rc.GroupGet(id); return err })
	if err != nil {
		return s.brk.Do(func() error { _, err := s.rc.OnlineStatusCheck(id); return err })
	}
	return nil
}

// Silent: cleanup on a way that returns a failure.
func (s *Service) cleanup(id string) error {
	if err := s.rc.BlockAdd(id, 5); err != nil {
		_ = s.brk.Do(func() error { return s.rc.BlockRemove(id) })
		return err
	}
	return nil
}
