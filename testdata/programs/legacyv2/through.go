package legacy2

import (
	"errors"
	"fmt"
	"os"

	rc "github.com/rongcloud/server-sdk-go/RCServerSDK"
)

// Refusal keeps the code; it is filled in by refused alone.
type Refusal struct {
	Op   string
	Code int
}

func (r *Refusal) Error() string { return fmt.Sprint(r.Op, ": ", r.Code) }

// named Not reported: it hands on what its function answers
func named[T any](op string, f func() (*T, error)) (*T, error) {
	v, err := f()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	return v, nil
}

// refused Not reported: the getter takes the code out, the error keeps it
func refused[T any](op string, v *T, err error, code func(*T) int) (*T, error) {
	if err != nil {
		return nil, err
	}
	if n := code(v); n != ok {
		return nil, &Refusal{op, n}
	}
	return v, nil
}

// Named Reported (unchecked): a response out of a generic helper's function
func (s *Svc) Named(u string) (string, error) {
	r, err := named("token", func() (*rc.TokenReslut, error) { return s.api.User.GetToken(u, u, "") }) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	return r.Token, nil
}

// Refused Not reported: the helper looks through the getter that it is given
func (s *Svc) Refused(u string) (string, error) {
	raw, err := s.api.User.GetToken(u, u, "")
	r, err := refused("token", raw, err, func(r *rc.TokenReslut) int { return r.Code })
	if err != nil {
		return "", err
	}
	return r.Token, nil
}

// RefusedFull Reported (switch): the field has its codes from the getter
func (s *Svc) RefusedFull(u string) error {
	_, err := s.Refused(u)
	var r *Refusal
	if !errors.As(err, &r) {
		return err
	}
	switch r.Code { // want `1008.*1050.*\(switch\)`
	case full:
		return nil
	}
	return err
}

// Members Reported (unchecked): to walk over the members is no question for the code
func (s *Svc) Members(group string) ([]string, error) {
	r, err := s.api.Group.QueryUser(group) // want `\(unchecked\)`
	if err != nil {
		return nil, err
	}
	var ids []string
	for i := 0; i < len(r.Users); i++ {
		ids = append(ids, r.Users[i].Id)
	}
	return ids, nil
}

// MembersEmpty Not reported: no members is an answer that leaves
func (s *Svc) MembersEmpty(group string) ([]string, error) {
	r, err := s.api.Group.QueryUser(group)
	if err != nil {
		return nil, err
	}
	if len(r.Users) == 0 {
		return nil, ErrCode(r.Code)
	}
	var ids []string
	for _, u := range r.Users {
		ids = append(ids, u.Id)
	}
	return ids, nil
}

// UnblockOnce Not reported: handed on
func (s *Svc) UnblockOnce(u string) error {
	return once(func() error { return check(s.api.User.UnBlock(u)) })
}

func once(f func() error) error {
	if err := f(); err != nil {
		return err
	}
	return nil
}

// Forget Not reported: what runs here is no call of the API
func (s *Svc) Forget(u string) error {
	if err := once(func() error { return os.Remove(u) }); err != nil {
		return errFailed
	}
	return nil
}
