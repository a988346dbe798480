// Package sdkv2 calls the API through its SDK, second version, where the code
// stands in the response and no error holds it.
package sdkv2

import (
	"errors"
	"fmt"
	"log"

	rcserversdk "github.com/rongcloud/server-sdk-go/RCServerSDK"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc     *rcserversdk.RongCloud
	failed int
	online map[string]bool
	audit  chan int
}

var (
	errUnavailable = errors.New("unavailable")
	errTryLater    = errors.New("try later")
	errNoToken     = errors.New("no token")
)

// Reported: the error is checked, which says nothing about the code.
// Rules: unchecked/response-code, origin/codeless-error.
func (s *Service) token(id string) (string, error) {
	ret, err := s.rc.User.GetToken(id, id, "") // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	return ret.Token, nil
}

// Reported: the response is thrown away.
func (s *Service) block(id string) error {
	_, err := s.rc.User.Block(id, 10) // want `\(unchecked\)`
	return err
}

// Reported: response and error are thrown away.
func (s *Service) unblock(id string) {
	s.rc.User.UnBlock(id) // want `\(unchecked\)`
	s.online[id] = true
}

// Reported: the response is only printed.
func (s *Service) create(id string) error {
	ret, err := s.rc.Group.Create([]string{"owner"}, id, id) // want `\(unchecked\)`
	if err != nil {
		return err
	}
	log.Println("created", ret)
	return nil
}

// Reported: a failure is logged and goes on.
// Rules: unchecked/later-look.
func (s *Service) status(id string) bool {
	ret, err := s.rc.User.CheckOnline(id)
	if err != nil {
		return false
	}
	if ret.Code != codeSuccess { // want `\(unchecked\)`
		log.Printf("%s: %d %s", id, ret.Code, ret.ErrorMessage)
	}
	s.online[id] = ret.Status == "1"
	return ret.Status == "1"
}

// Reported: an emptied check.
func (s *Service) rooms(rooms []rcserversdk.ChatRoomInfo) error {
	ret, err := s.rc.Chatroom.Create(rooms)
	if err != nil {
		return err
	}
	if ret.Code != 200 { // want `\(unchecked\)`
		// reported by the monitoring
	}
	return nil
}

// Reported: checked, and lost in a text.
func (s *Service) blacklist(id, other string) error {
	ret, err := s.rc.User.AddBlacklist(id, other)
	if err != nil {
		return err
	}
	if ret.Code != codeSuccess {
		return errors.New(ret.ErrorMessage) // want `lost here.*1008 .*1050 .*\(retryable\)`
	}
	return nil
}

// Reported: a bool for every code.
func (s *Service) publish(to string) bool {
	ret, err := s.rc.Message.PublishSystem("system", []string{to}, rcserversdk.TxtMessage{Content: "hi"}, "", "", 1, 1)
	if err != nil {
		return false
	}
	return ret.Code == codeSuccess // want `lost here.*\(retryable\)`
}

// Reported: the switch omits the retryable codes.
func (s *Service) join(id string) error {
	ret, err := s.rc.Group.Create(nil, id, id)
	if err != nil {
		return err
	}
	switch ret.Code { // want `omits 1008 .*1050 .*25416 .*\(switch\)`
	case codeSuccess:
		return nil
	case codeGroupExists:
		return nil
	default:
		return errUnavailable
	}
}

// Reported: one code is told apart, the rest shares an error.
func (s *Service) found(id string) (int, error) {
	ret, err := s.rc.Group.QueryUser(id)
	if err != nil {
		return 0, err
	}
	if ret.Code == codeGroupNotFound { // want `1008 .*1050 .*\(retryable\)`
		return 0, nil
	}
	if ret.Code != codeSuccess {
		return 0, errUnavailable
	}
	return len(ret.Users), nil
}

// Not reported: the code goes on in the text's place.
// Rules: unchecked/response-code.
func (s *Service) tokenWell(id string) (string, error) {
	ret, err := s.rc.User.GetToken(id, id, "")
	if err != nil {
		return "", err
	}
	if ret.Code != codeSuccess {
		return "", &codeError{ret.Code, ret.ErrorMessage}
	}
	return ret.Token, nil
}

type codeError struct {
	Code int
	Text string
}

func (e *codeError) Error() string { return fmt.Sprintf("%d: %s", e.Code, e.Text) }

// Not reported: the response is handed on.
func (s *Service) tokenRaw(id string) (*rcserversdk.TokenReslut, error) {
	return s.rc.User.GetToken(id, id, "")
}

// Not reported: an empty token is looked for.
// Rules: behavior/other-field.
func (s *Service) tokenNonEmpty(id string) (string, error) {
	ret, err := s.rc.User.GetToken(id, id, "")
	if err != nil {
		return "", err
	}
	if ret.Token == "" {
		return "", errNoToken
	}
	return ret.Token, nil
}

// Not reported: the code is sent on.
func (s *Service) audited(id string) error {
	ret, err := s.rc.User.Block(id, 1)
	if err != nil {
		return err
	}
	s.audit <- ret.Code
	return nil
}

// Not reported: the retryable codes have an answer of their own.
func (s *Service) blockLater(id string) error {
	ret, err := s.rc.User.Block(id, 1)
	if err != nil {
		return err
	}
	switch ret.Code {
	case codeSuccess:
		return nil
	case codeRateLimited, codeTimeout:
		return errTryLater
	default:
		return errUnavailable
	}
}

// Not reported: the error can hold no code, so losing it loses none.
// Rules: origin/codeless-error.
func (s *Service) blockText(id string) error {
	ret, err := s.rc.User.Block(id, 1)
	if err != nil {
		return fmt.Errorf("block: %v", err)
	}
	if ret.Code != codeSuccess {
		return &codeError{ret.Code, ret.ErrorMessage}
	}
	return nil
}

// Not reported: counted.
func (s *Service) counted(id string) {
	if ret, err := s.rc.User.UnBlock(id); err != nil || ret.Code != codeSuccess {
		s.failed++
	}
}
