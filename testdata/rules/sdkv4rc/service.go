// Package sdkv4rc calls the API through the fourth SDK's package rongcloud.
package sdkv4rc

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/rongcloud/server-sdk-go/v4/rongcloud"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc      *rongcloud.RongCloud
	pending []string
	tokens  map[string]string
}

var (
	errUnavailable = errors.New("unavailable")
	errTryLater    = errors.New("try later")
)

// Not reported: the error has the code, so the response owes nothing.
// Rules: origin/error-beside.
func (s *Service) token(ctx context.Context, id string) (string, error) {
	resp, err := s.rc.UserGetToken(ctx, &rongcloud.UserGetTokenRequest{UserId: &id, Name: &id})
	if err != nil {
		return "", fmt.Errorf("token: %w", err)
	}
	s.tokens[id] = resp.Token
	return resp.Token, nil
}

// Not reported: the response alone is looked at, which has the code too.
// Rules: origin/error-beside.
func (s *Service) tokenByCode(ctx context.Context, id string) (*rongcloud.UserGetTokenResponse, error) {
	resp, _ := s.rc.UserGetToken(ctx, &rongcloud.UserGetTokenRequest{UserId: &id, Name: &id})
	if resp.Code != codeSuccess {
		return nil, resp.CodeResult
	}
	return resp, nil
}

// Reported: the error is thrown away, and nobody looks at the response's code.
// Rules: origin/error-beside.
func (s *Service) tokenUnchecked(ctx context.Context, id string) string {
	resp, _ := s.rc.UserGetToken(ctx, &rongcloud.UserGetTokenRequest{UserId: &id, Name: &id}) // want `\(unchecked\)`
	s.tokens[id] = resp.Token
	return resp.Token
}

// Reported: both results are thrown away.
func (s *Service) block(ctx context.Context, id string) {
	s.rc.UserBlock(ctx, &rongcloud.UserBlockRequest{UserId: &id, Minute: rongcloud.IntPtr(10)}) // want `\(unchecked\)`
	s.pending = append(s.pending, id)
}

// Reported: a branch that only logs.
func (s *Service) send(ctx context.Context, from, to string) {
	_, err := s.rc.MessagePrivatePublish(ctx, &rongcloud.MessagePrivatePublishRequest{FromUserId: &from, ToUserId: &to, RCMsg: &rongcloud.TXTMsg{Content: "hi"}})
	if err != nil { // want `\(unchecked\)`
		log.Printf("send to %s: %s", to, err)
	}
	s.pending = append(s.pending, to)
}

// Reported: the code is lost.
func (s *Service) blacklist(ctx context.Context, id string) ([]string, error) {
	resp, err := s.rc.UserBlacklistQuery(ctx, &rongcloud.UserBlacklistQueryRequest{UserId: &id})
	if err != nil {
		return nil, fmt.Errorf("blacklist of %s: %s", id, err) // want `\(\*rongcloud\.RongCloud\)\.UserBlacklistQuery's error is lost here.*\(retryable\)`
	}
	return resp.Users, nil
}

// Reported: the switch over the response's promoted code omits what may succeed later.
func (s *Service) create(ctx context.Context, id string) error {
	resp, err := s.rc.GroupCreate(ctx, &rongcloud.GroupCreateRequest{GroupId: &id, UserId: []string{"owner"}})
	if err == nil {
		return nil
	}
	switch resp.Code { // want `omits 1008 .*1050 .*25416 .*\(switch\)`
	case codeGroupExists:
		return nil
	default:
		return errUnavailable
	}
}

// Reported: the switch over the error's code omits the timeout.
func (s *Service) push(ctx context.Context, text string) error {
	_, err := s.rc.Push(ctx, &rongcloud.PushRequest{Platform: []string{"ios"}, Alert: text})
	var failure rongcloud.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.ErrorCode() { // want `omits 1050 .*\(switch\)`
	case codeRateLimited:
		return errTryLater
	case codeInvalidParameter:
		return errUnavailable
	}
	return err
}

// Reported: cannot be read, so it is made.
func (s *Service) ensure(ctx context.Context, id string) error {
	_, err := s.rc.GroupQuery(ctx, &rongcloud.GroupQueryRequest{GroupId: &id})
	if err != nil { // want `\(retryable\)`
		_, err = s.rc.GroupCreate(ctx, &rongcloud.GroupCreateRequest{GroupId: &id})
	}
	return err
}

// Not reported: made only if it is missing.
func (s *Service) ensureWell(ctx context.Context, id string) error {
	_, err := s.rc.GroupQuery(ctx, &rongcloud.GroupQueryRequest{GroupId: &id})
	if failure, ok := errors.AsType[rongcloud.CodeResult](err); ok && failure.Code == codeGroupNotFound {
		_, err = s.rc.GroupCreate(ctx, &rongcloud.GroupCreateRequest{GroupId: &id})
	}
	return err
}

// Not reported: every code that may succeed later has its answer.
func (s *Service) pushWell(ctx context.Context, text string) error {
	_, err := s.rc.Push(ctx, &rongcloud.PushRequest{Alert: text})
	var failure rongcloud.CodeResult
	if errors.As(err, &failure) {
		switch failure.Code {
		case codeRateLimited, codeTimeout:
			return errTryLater
		case codeInvalidParameter:
			return errUnavailable
		}
	}
	return err
}

// Not reported: the whole response goes on.
func (s *Service) members(ctx context.Context, id string) (*rongcloud.GroupQueryResponse, error) {
	return s.rc.GroupQuery(ctx, &rongcloud.GroupQueryRequest{GroupId: &id})
}

// Not reported: a failure before anything was sent has no code.
func quoted(m *rongcloud.TXTMsg) string {
	text, err := m.ToString()
	if err != nil {
		return ""
	}
	return text
}
