// Package sdkv3 calls the API through its SDK, third version.
package sdkv3

import (
	"errors"
	"fmt"
	"log"

	"github.com/rongcloud/server-sdk-go/v3/sdk"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc    *sdk.RongCloud
	retry chan string
}

var errUnavailable = errors.New("unavailable")

// Reported: the switch omits both.
func (s *Service) rename(id string) error {
	err := s.rc.UserUpdate(id, id, "")
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code { // want `omits 1008 .*1050 .*\(switch\)`
	case codeInvalidParameter:
		return errUnavailable
	default:
		return err
	}
}

// Reported: lost.
func (s *Service) token(id string) (string, error) {
	user, err := s.rc.UserRegister(id, id, "")
	if err != nil {
		return "", fmt.Errorf("token: %v", err) // want `lost here.*\(retryable\)`
	}
	return user.Token, nil
}

// Reported: logged alone.
func (s *Service) destroy(id string) {
	if err := s.rc.ChatRoomDestroy(id); err != nil { // want `\(unchecked\)`
		log.Print(err)
	}
}

// Reported: a literal of the SDK's own parameter, an unknown number.
// Rules: origin/sdk-field.
func check(id string) error {
	if id == "" {
		return sdk.RCErrorNew(20004, "id is required") // want `20004 .*\(unknown\)`
	}
	return nil
}

// Not reported: handed on, wrapped.
func (s *Service) create(id string) error {
	_, err := s.rc.GroupCreate(id, id, nil)
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	return nil
}

// Not reported: the retryable codes are told apart.
func (s *Service) block(id string) error {
	err := s.rc.BlockAdd(id, 1)
	var failure sdk.CodeResult
	if errors.As(err, &failure) && (failure.Code == codeRateLimited || failure.Code == codeTimeout) {
		s.retry <- id
		return nil
	}
	if err != nil {
		return errUnavailable
	}
	return nil
}
