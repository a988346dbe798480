// Package ask uses the predicates of another package.
package ask

import (
	"errors"
	"time"

	"example.com/predicates"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc    *sdk.RongCloud
	later []string
}

var errFailed = errors.New("failed")

// Not reported: the predicate is true for both.
// Rules: flow/package-facts.
func (s *Service) retryable(id string) error {
	err := s.rc.BlockRemove(id)
	if predicates.Retryable(err) {
		s.later = append(s.later, id)
		return nil
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// Reported: the predicate is true for one of two only.
// Rules: flow/package-facts.
func (s *Service) limited(id string) error {
	err := s.rc.BlockRemove(id)
	if predicates.Limited(err) { // want `1050 .*\(retryable\)`
		s.later = append(s.later, id)
		return nil
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// Reported: the predicate is about something else.
func (s *Service) friends(a, b string) error {
	_, err := s.rc.FriendAdd(sdk.FriendModel{UserId: a, TargetId: b})
	if predicates.Friends(err) { // want `1008 .*1050 .*\(retryable\)`
		return nil
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// Not reported: the rest is handed on.
// Rules: retryable/shared-class.
func (s *Service) friendsOr(a, b string) error {
	_, err := s.rc.FriendAdd(sdk.FriendModel{UserId: a, TargetId: b})
	if predicates.Friends(err) {
		return nil
	}
	return err
}

// Not reported: two predicates together name both.
func (s *Service) together(id string) error {
	err := s.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if predicates.Limited(err) || errors.As(err, &failure) && failure.Code == predicates.CodeTimeout {
		time.Sleep(time.Second)
		return s.rc.BlockRemove(id)
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// Not reported: a lookup in the other package's map tells the codes apart.
func (s *Service) classed(id string) error {
	err := s.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		switch predicates.Class(failure.Code) {
		case "later":
			s.later = append(s.later, id)
			return nil
		case "never":
			panic(err)
		}
		return errFailed
	}
	return err
}

// Not reported: a method of the error.
func (s *Service) method(id string) error {
	err := predicates.Wrap(s.rc.BlockRemove(id))
	var failure *predicates.Err
	if errors.As(err, &failure) && failure.Temporary() {
		s.later = append(s.later, id)
		return nil
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// Not reported: a field that is set from a predicate.
func (s *Service) fieldOf(id string) error {
	err := predicates.Wrap(s.rc.BlockRemove(id))
	var failure *predicates.Err
	if errors.As(err, &failure) && failure.Again() {
		s.later = append(s.later, id)
		return nil
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// Not reported: an interface of net.Error's kind, whose only implementation here tells the codes apart.
func (s *Service) byInterface(id string) error {
	err := predicates.Wrap(s.rc.BlockRemove(id))
	var temporary interface{ Temporary() bool }
	if errors.As(err, &temporary) && temporary.Temporary() {
		s.later = append(s.later, id)
		return nil
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// Not reported: a closure asks.
func (s *Service) closure(id string) error {
	again := func(code int) bool { return code == predicates.CodeRateLimited || code == predicates.CodeTimeout }
	err := s.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if errors.As(err, &failure) && again(failure.Code) {
		s.later = append(s.later, id)
		return nil
	}
	if err != nil {
		return errFailed
	}
	return nil
}
