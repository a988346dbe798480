// Package shared asks what another package makes of an error.
package shared

import (
	"errors"
	"fmt"
	"time"

	"example.com/shared/api"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Service is the part of an application that talks to the API.
type Service struct {
	api    *api.Client
	rc     *sdk.RongCloud
	offset time.Duration
	pool   []*sdk.RongCloud
	turn   int
}

// Not reported: another call for one code, and the error is handed on.
func (s *Service) ensure(group, id string) error {
	_, err := s.rc.GroupCreate(group, group, []string{id})
	if api.Code(err) == api.GroupExists {
		_, err = s.rc.GroupJoin(group, group, []string{id})
	}
	return err
}

// Not reported: the getter answers every code with itself, so 1008 and 1050 go round.
func (s *Service) listed(group string) (err error) {
	for range 3 {
		if _, err = s.rc.GroupGet(group); err == nil {
			return nil
		}
		switch api.Code(err) {
		case api.WrongSecret, api.Signature:
			return err
		case api.RateLimited, api.Timeout:
			time.Sleep(time.Second)
		default:
			return err
		}
	}
	return err
}

// Reported: what the getter answers for 1004 is 1004, which is permanent.
func (s *Service) signature(id string) (err error) {
	for range 3 {
		err = s.rc.BlockRemove(id) // want `1004 .*\(retry\)`
		switch api.Code(err) {
		case api.RateLimited, api.Timeout, api.Signature:
			time.Sleep(time.Second)
			continue
		}
		return err
	}
	return err
}

// Reported once: 1050 is answered like the permanent ones.
func (s *Service) half(id string) error {
	for range 3 {
		err := s.rc.BlockRemove(id)
		if err == nil {
			return nil
		}
		if api.Code(err) != api.RateLimited { // want `1050 .*\(retryable\)`
			return errors.New("cannot unblock")
		}
		time.Sleep(time.Second)
	}
	return errors.New("too many attempts")
}

// Not reported: the text tells the retryable codes from the rest.
func (s *Service) text(id string) error {
	err := s.rc.BlockRemove(id)
	if api.Text(err) == "busy" {
		time.Sleep(time.Second)
		err = s.rc.BlockRemove(id)
	}
	return err
}

// Not reported: an error without a code is no answer of the API; nil was asked for before.
func (s *Service) network(id string) error {
	for range 4 {
		err := s.rc.BlockRemove(id)
		if err == nil {
			return nil
		}
		if code := api.Code(err); code != 0 && code != api.RateLimited && code != api.Timeout {
			return fmt.Errorf("unblock: %w", err)
		}
		time.Sleep(time.Second)
	}
	return errors.New("gave up")
}

// Not reported: an *api.Error unwraps to the SDK's.
func (s *Service) through(id string) error {
	err := s.api.Unblock(id)
	if failure, ok := errors.AsType[sdk.CodeResult](err); ok {
		return fmt.Errorf("code %d: %w", failure.Code, err)
	}
	return err
}

// Not reported: what an *api.Error holds, or Unwrap brings, is the SDK's error itself.
func (s *Service) below(group, id string) error {
	err := s.api.Unblock(id)
	var own *api.Error
	if errors.As(err, &own) {
		if failure, ok := own.Err.(sdk.CodeResult); ok {
			return fmt.Errorf("code %d: %w", failure.Code, err)
		}
	}
	err = s.api.Join(group, id)
	if failure, ok := errors.Unwrap(err).(sdk.CodeResult); ok {
		return fmt.Errorf("code %d: %w", failure.Code, err)
	}
	return err
}

// Reported: the assertion asks for what stands below.
func (s *Service) top(id string) error {
	err := s.api.Unblock(id)
	if failure, ok := err.(sdk.CodeResult); ok { // want `wrapped on every path.*\(target\)`
		return fmt.Errorf("code %d: %w", failure.Code, err)
	}
	return err
}

// Reported: wrapped by every path of another package.
func (s *Service) wrapped(group, id string) error {
	err := s.api.Join(group, id)
	switch failure := err.(type) {
	case sdk.CodeResult: // want `wrapped on every path.*\(target\)`
		return fmt.Errorf("code %d: %w", failure.Code, err)
	}
	return err
}

// Reported: nor is it anywhere below.
func (s *Service) nowhere(group, id string) error {
	err := s.api.Join(group, id)
	if _, ok := errors.AsType[sdk.CodeResultV2](err); ok { // want `returns sdk.CodeResult \(target\)`
		return fmt.Errorf("join %s: %w", group, err)
	}
	return err
}

// Not reported: wrapped on some paths.
func (s *Service) some(group, id string) error {
	err := s.api.Leave(group, id)
	if failure, ok := err.(sdk.CodeResult); ok {
		return fmt.Errorf("code %d: %w", failure.Code, err)
	}
	return err
}

// Reported: joined with another on every path.
func (s *Service) joined(group string) error {
	err := s.api.Drop(group)
	if _, ok := err.(sdk.CodeResultV2); ok { // want `wrapped on every path.*\(target\)`
		return fmt.Errorf("drop %s: %w", group, err)
	}
	return err
}
