package legacy2

import (
	"errors"
	"maps"
	"strings"
	"time"

	rc "github.com/rongcloud/server-sdk-go/RCServerSDK"
)

func (e ErrCode) busy() bool { return e == limited || e == timeout }

// UnblockAgain Not reported: what the loop looks at first is the answer of the call above it.
func (s *Svc) UnblockAgain(u string) error {
	r, err := s.api.User.UnBlock(u)
	for n := 0; err == nil && ErrCode(r.Code).busy() && n < 3; n++ {
		time.Sleep(time.Second)
		r, err = s.api.User.UnBlock(u)
	}
	return check(r, err)
}

// UnblockSince Not reported: the code of the last attempt is looked at before the next.
func (s *Svc) UnblockSince(u string) error {
	code := 0
	for n := 0; n < 3 && code != ok; n++ {
		if code != 0 && !ErrCode(code).busy() {
			break
		}
		time.Sleep(time.Second)
		r, err := s.api.User.UnBlock(u)
		if err != nil {
			return err
		}
		code = r.Code
	}
	if code != ok {
		return ErrCode(code)
	}
	return nil
}

// UnblockAtOnce Reported (retry): the second call stands in the loop, and nothing waits.
func (s *Svc) UnblockAtOnce(u string) error {
	r, err := s.api.User.UnBlock(u)
	for n := 0; err == nil && ErrCode(r.Code).busy() && n < 3; n++ {
		r, err = s.api.User.UnBlock(u) // want `1008.*1050.*\(retry\)`
	}
	return check(r, err)
}

// UnblockKeys Reported (unchecked): the body of a loop over an iterator.
func (s *Svc) UnblockKeys(users map[string]bool) error {
	for u := range maps.Keys(users) {
		if _, err := s.api.User.UnBlock(u); err != nil { // want `\(unchecked\)`
			return err
		}
	}
	return nil
}

// UnblockFields Not reported: the failures are kept, or handed on.
func (s *Svc) UnblockFields(users string) (failed []string, last *rc.CodeSuccessReslut, err error) {
	for u := range strings.FieldsSeq(users) {
		if last, err = s.api.User.UnBlock(u); err != nil {
			break
		}
		if last.Code != ok {
			failed = append(failed, u)
			continue
		}
	}
	return failed, last, err
}

// Unblocked Reported (retryable): the code is lost in a bool that a loop over an iterator answers.
func (s *Svc) Unblocked(users string) (string, bool) {
	for u := range strings.SplitSeq(users, ",") {
		if check(s.api.User.UnBlock(u)) != nil {
			return u, false // want `\(retryable\)`
		}
	}
	return "", true
}

// twice calls what it is given again when the code says so.
func twice[T any](f func() (T, error)) (T, error) {
	v, err := f()
	var code ErrCode
	if errors.As(err, &code) && code.busy() {
		time.Sleep(time.Second)
		return f()
	}
	return v, err
}

// TokenTwice Not reported: the error of what is called twice has the code, whatever else is given to the helper.
func (s *Svc) TokenTwice(u string) (string, error) {
	r, err := twice(func() (*rc.TokenReslut, error) {
		r, err := s.api.User.GetToken(u, u, "")
		if err == nil && r.Code != ok {
			err = ErrCode(r.Code)
		}
		return r, err
	})
	if err != nil {
		return "", err
	}
	return r.Token, nil
}

// TokenUnlooked Reported (unchecked): the error of what is called twice has none.
func (s *Svc) TokenUnlooked(u string) (string, error) {
	r, err := twice(func() (*rc.TokenReslut, error) { return s.api.User.GetToken(u, u, "") }) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	return r.UserId, nil
}
