// Package legacy2 uses the SDK whose answers hold the code.
package legacy2

import (
	"errors"
	"fmt"
	"log"
	"strconv"

	rc "github.com/rongcloud/server-sdk-go/RCServerSDK"
)

//retcode:code business
const (
	ok      = 200
	limited = 1008
	timeout = 1050
	full    = 2007
)

// ErrCode keeps the code.
type ErrCode int

func (e ErrCode) Error() string { return "rc " + strconv.Itoa(int(e)) }

var errFailed = errors.New("failed")
var errBusy = errors.New("busy")

// Svc wraps.
type Svc struct {
	api    *rc.RongCloud
	tokens map[string]string
}

// check Not reported:
func check(r *rc.CodeSuccessReslut, err error) error {
	switch {
	case err != nil:
		return err
	case r.Code != ok:
		return ErrCode(r.Code)
	}
	return nil
}

// Block Not reported:
func (s *Svc) Block(u string) error { return check(s.api.User.Block(u, 10)) }

// BlockLost Reported (retryable):
func (s *Svc) BlockLost(u string) error {
	if check(s.api.User.Block(u, 10)) != nil {
		return errFailed // want `\(retryable\)`
	}
	return nil
}

// Unblock Reported (unchecked):
func (s *Svc) Unblock(u string) error {
	_, err := s.api.User.UnBlock(u) // want `\(unchecked\)`
	return err
}

// Token Reported (unchecked):
func (s *Svc) Token(u string) (string, error) {
	r, err := s.api.User.GetToken(u, u, "") // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	s.tokens[u] = r.Token
	return r.Token, nil
}

// TokenEmpty Not reported: empty token leaves
func (s *Svc) TokenEmpty(u string) (string, error) {
	r, err := s.api.User.GetToken(u, u, "")
	if err != nil {
		return "", err
	}
	if r.Token == "" {
		return "", ErrCode(r.Code)
	}
	return r.Token, nil
}

// TokenLogged Reported (unchecked):
func (s *Svc) TokenLogged(u string) string {
	r, err := s.api.User.GetToken(u, u, "")
	if err != nil {
		log.Print(err)
		return ""
	}
	if r.Code != ok { // want `\(unchecked\)`
		log.Printf("token of %s: %d %s", u, r.Code, r.ErrorMessage)
	}
	return r.Token
}

// Create Reported (switch):
func (s *Svc) Create(users []string, id string) error {
	r, err := s.api.Group.Create(users, id, id)
	if err != nil {
		return err
	}
	switch r.Code { // want `\(switch\)`
	case ok:
		return nil
	case full:
		return errFailed
	default:
		return fmt.Errorf("create: %w", ErrCode(r.Code))
	}
}

// CreateText Not reported: switch on text of code names all
func (s *Svc) CreateText(users []string, id string) error {
	r, err := s.api.Group.Create(users, id, id)
	if err != nil {
		return err
	}
	switch strconv.Itoa(r.Code) {
	case "200":
		return nil
	case "1008", "1050": // want `1008.*\(magic\)` `1050.*\(magic\)`
		return errBusy
	}
	return errFailed
}

// Codes returns code and message. Not reported:
func (s *Svc) Codes(u string) (int, string, error) {
	r, err := s.api.User.Block(u, 1)
	if err != nil {
		return 0, "", err
	}
	return r.Code, r.ErrorMessage, nil
}

// CodesUse Reported (retryable): (a)
func (s *Svc) CodesUse(u string) error {
	code, msg, err := s.Codes(u)
	if err != nil {
		return err
	}
	if code == full { // want `\(retryable\)`
		return errFailed
	}
	if code != ok {
		return errors.New(msg)
	}
	return nil
}
