package sdkv4

import (
	"errors"
	"fmt"
	"log"
	"slices"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: one code is told apart, the retryable ones share a fixed error with the rest.
// Rules: retryable/shared-class.
func (s *Service) addFriend(a, b string) error {
	_, err := s.rc.FriendAdd(sdk.FriendModel{UserId: a, TargetId: b})
	var failure sdk.CodeResult
	if errors.As(err, &failure) && failure.Code == codeAlreadyFriends { // want `1008 .*1050 .*\(retryable\)`
		return nil
	}
	if err != nil {
		return errUnavailable
	}
	return nil
}

// Reported: the timeout is parked as if the user were bad.
// Rules: retryable/shared-class.
func (s *Service) refresh(id, name string) {
	failure, ok := s.rc.UserUpdate(id, name, "").(sdk.CodeResult)
	if ok && failure.Code == codeRateLimited { // want `1050 .*\(retryable\)`
		s.later <- id
	} else if ok {
		s.park(id)
	}
}

// Reported: the code is lost in the text of a new error.
func (s *Service) token(id string) (string, error) {
	user, err := s.rc.UserRegister(id, id, "")
	if err != nil {
		return "", fmt.Errorf("registering %s: %v", id, err) // want `the code of \(\*sdk\.RongCloud\)\.UserRegister's error is lost here.*1008 .*1050 .*\(retryable\)`
	}
	return user.Token, nil
}

// Reported: the error in front of the other result is lost as well.
// Rules: retryable/lost-code.
func (s *Service) community(user, group string) (string, bool) {
	err, id := s.rc.UGGroupCreate(user, group, group)
	if err != nil {
		log.Print(err)
		return "", false // want `UGGroupCreate's error is lost here.*\(retryable\)`
	}
	return id, true
}

// Reported: the error in the middle is lost.
func (s *Service) communities(user string) []sdk.UGGroupInfo {
	groups, err, _ := s.rc.UGQueryUserGroups(user, 1, 20)
	if err != nil {
		return nil // want `UGQueryUserGroups's error is lost here.*\(retryable\)`
	}
	return groups
}

// Reported: that the group cannot be read does not mean that there is none.
// Rules: retryable/changing-call.
func (s *Service) ensureGroup(id string) error {
	if _, err := s.rc.GroupGet(id); err != nil { // want `\(retryable\)`
		if _, err := s.rc.GroupCreate(id, id, []string{"owner"}); err != nil {
			return err
		}
	}
	return nil
}

// Reported: the same with one variable for both errors.
func (s *Service) ensureMembers(id string, users []string) error {
	_, err := s.rc.GroupGet(id)
	if err != nil { // want `\(retryable\)`
		_, err = s.rc.GroupCreate(id, id, users)
	}
	return err
}

// Not reported: wrapped, so that the code can still be taken.
// Rules: retryable/lost-code.
func (s *Service) tokenWrapped(id string) (string, error) {
	user, err := s.rc.UserRegister(id, id, "")
	if err != nil {
		return "", fmt.Errorf("registering %s: %w", id, err)
	}
	return user.Token, nil
}

// Not reported: the group is made only if it is known to be missing.
// Rules: retryable/changing-call.
func (s *Service) ensureGroupWell(id string) error {
	_, err := s.rc.GroupGet(id)
	var failure sdk.CodeResult
	if errors.As(err, &failure) && failure.Code == codeGroupNotFound {
		_, err = s.rc.GroupCreate(id, id, []string{"owner"})
	}
	return err
}

// Not reported: a failure that leads to another way of reading is dealt with.
// Rules: retryable/fallback-call.
func (s *Service) blockedCount(id string) (int, error) {
	list, err := s.rc.BlockGetList()
	if err != nil {
		group, err := s.rc.GroupGet(id)
		return len(group.Users), err
	}
	return len(list.Users), nil
}

// Not reported: the retryable codes are told apart by a lookup.
// Rules: retryable/shared-class.
func (s *Service) block(id string) error {
	err := s.rc.BlockAdd(id, 10)
	var failure sdk.CodeResult
	if errors.As(err, &failure) && slices.Contains([]int{codeRateLimited, codeTimeout}, failure.Code) {
		return errTryLater
	}
	if err != nil {
		return errUnavailable
	}
	return nil
}

// Not reported: a range that holds the retryable codes and permanent ones, the error goes on.
func (s *Service) countGeneral(id string) error {
	err := s.rc.BlockAdd(id, 10)
	var failure sdk.CodeResult
	if errors.As(err, &failure) && failure.Code >= 1000 && failure.Code < 2000 {
		s.failed++
	}
	return err
}

// Not reported: the response beside the error holds the code as well, one look suffices.
func (s *Service) expire(id string) error {
	answer, err := s.rc.UserTokenExpireResObj(id, 1)
	if err != nil {
		return err
	}
	log.Print(answer)
	return nil
}

// Not reported: the function ends early and answers nothing.
func (s *Service) warm(id string) {
	group, err := s.rc.GroupGet(id)
	if err != nil {
		log.Print(err)
		return
	}
	for _, user := range group.Users {
		s.park(user.UserID)
	}
}

// Not reported: ToString's error can hold no code.
// Rules: origin/codeless-error.
func (s *Service) text(m *sdk.TXTMsg) string {
	text, err := m.ToString()
	if err != nil {
		return ""
	}
	return text
}
