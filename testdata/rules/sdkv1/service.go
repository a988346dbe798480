// Package sdkv1 calls the API through its SDK, first version, where the
// response is the bytes of the body.
package sdkv1

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/rongcloud/server-sdk-go/RCServerSDK"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc      *RCServerSDK.RCServer
	created []string
}

type tokenReply struct {
	Code   int    `json:"code"`
	Token  string `json:"token"`
	UserID string `json:"userId"`
}

// Error keeps the code of a refused call.
type Error struct{ Code int }

func (e Error) Error() string { return fmt.Sprint("rongcloud: ", e.Code) }

var (
	errUnavailable = errors.New("unavailable")
	errTryLater    = errors.New("try later")
)

// Reported: the bytes are thrown away.
// Rules: origin/response-bytes.
func (s *Service) block(id string) error {
	_, err := s.rc.UserBlock(id, "10") // want `\(unchecked\)`
	return err
}

// Reported: bytes and error are thrown away.
func (s *Service) unblock(id string) {
	s.rc.UserUnblock(id) // want `\(unchecked\)`
}

// Reported: decoded into something without a code.
// Rules: origin/response-bytes.
func (s *Service) token(id string) (string, error) {
	data, err := s.rc.UserGetToken(id, id, "") // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	var reply struct {
		Token string `json:"token"`
	}
	if err := json.Unmarshal(data, &reply); err != nil {
		return "", err
	}
	return reply.Token, nil
}

// Reported: the bytes are only logged.
func (s *Service) group(id string) error {
	data, err := s.rc.GroupCreat("owner", id, id) // want `\(unchecked\)`
	if err != nil {
		return err
	}
	log.Printf("created: %s", data)
	s.created = append(s.created, id)
	return nil
}

// Reported: a failure is logged and goes on.
func (s *Service) tokenLogged(id string) (string, error) {
	data, err := s.rc.UserGetToken(id, id, "")
	if err != nil {
		return "", err
	}
	var reply tokenReply
	if err := json.Unmarshal(data, &reply); err != nil {
		return "", err
	}
	if reply.Code != codeSuccess { // want `\(unchecked\)`
		log.Print("code ", reply.Code)
	}
	return reply.Token, nil
}

// Reported: the code ends in a text.
func (s *Service) tokenText(id string) (string, error) {
	data, err := s.rc.UserGetToken(id, id, "")
	if err != nil {
		return "", err
	}
	var reply tokenReply
	if err := json.Unmarshal(data, &reply); err != nil {
		return "", err
	}
	if reply.Code != codeSuccess {
		return "", fmt.Errorf("token of %s: %d", id, reply.Code) // want `lost here.*\(retryable\)`
	}
	return reply.Token, nil
}

// Reported: the switch omits the timeout.
func (s *Service) send(to string) error {
	data, err := s.rc.MessagePrivatePublish("system", []string{to}, "RC:TxtMsg", "{}", "", "")
	if err != nil {
		return err
	}
	var reply tokenReply
	if err := json.Unmarshal(data, &reply); err != nil {
		return err
	}
	switch reply.Code { // want `omits 1050 .*\(switch\)`
	case codeSuccess:
		return nil
	case codeRateLimited:
		return errTryLater
	case codeWrongSecret:
		os.Exit(1)
	}
	return errUnavailable
}

// Not reported: checked, and kept.
// Rules: origin/response-bytes.
func (s *Service) tokenWell(id string) (string, error) {
	data, err := s.rc.UserGetToken(id, id, "")
	if err != nil {
		return "", err
	}
	var reply tokenReply
	if err := json.Unmarshal(data, &reply); err != nil {
		return "", err
	}
	if reply.Code != codeSuccess {
		return "", Error{reply.Code}
	}
	return reply.Token, nil
}

// check looks at the code of any answer.
func check(data []byte) error {
	var reply struct {
		Code int `json:"code"`
	}
	if err := json.Unmarshal(data, &reply); err != nil {
		return err
	}
	if reply.Code != codeSuccess {
		return Error{reply.Code}
	}
	return nil
}

// Not reported: a helper looks at the code, its error keeps it.
func (s *Service) blockChecked(id string) error {
	data, err := s.rc.UserBlock(id, "10")
	if err != nil {
		return err
	}
	return check(data)
}

// Not reported: the helper has looked, and the rest is decoded after it.
func (s *Service) tokenChecked(id string) (string, error) {
	data, err := s.rc.UserGetToken(id, id, "")
	if err != nil {
		return "", err
	}
	if err := check(data); err != nil {
		return "", fmt.Errorf("token: %w", err)
	}
	var reply struct {
		Token string `json:"token"`
	}
	err = json.Unmarshal(data, &reply)
	return reply.Token, err
}

// Reported: the helper's error keeps the code, and it is lost here.
func (s *Service) tokenLost(id string) (string, error) {
	data, err := s.rc.UserGetToken(id, id, "")
	if err != nil {
		return "", err
	}
	if check(data) != nil {
		return "", errUnavailable // want `lost here.*\(retryable\)`
	}
	return string(data), nil
}

// Not reported: the bytes are handed on.
// Rules: behavior/passed-response.
func (s *Service) raw(id string) ([]byte, error) {
	return s.rc.UserCheckOnline(id)
}

// Not reported: the bytes are handed on as a string.
// Rules: flow/response-bytes.
func (s *Service) text(id string) (string, error) {
	data, err := s.rc.UserCheckOnline(id)
	return string(data), err
}

// Not reported: decoded into what the caller gives.
// Rules: behavior/passed-response.
func (s *Service) into(id string, out any) error {
	data, err := s.rc.GroupUserQuery(id)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, out)
}

// Not reported: a map's code is looked at.
// Rules: origin/response-bytes.
func (s *Service) inMap(id string) error {
	data, err := s.rc.UserBlock(id, "1")
	if err != nil {
		return err
	}
	var reply map[string]any
	if err := json.Unmarshal(data, &reply); err != nil {
		return err
	}
	if code, ok := reply["code"].(float64); !ok || code != codeSuccess {
		return Error{int(code)}
	}
	return nil
}
