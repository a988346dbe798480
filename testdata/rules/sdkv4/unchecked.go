package sdkv4

import (
	"errors"
	"log"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: the error is thrown away.
func (s *Service) dropBlank(id string) {
	_ = s.rc.BlockRemove(id) // want `\(unchecked\)`
	s.park(id)
}

// Reported: a branch that only logs.
func (s *Service) dropLogged(id string) {
	if err := s.rc.BlockAdd(id, 5); err != nil { // want `\(unchecked\)`
		log.Printf("blocking %s: %v", id, err)
	}
	s.park(id)
}

// Reported: the first failure is overwritten before anybody looked.
func (s *Service) dropOverwritten(id string) error {
	err := s.rc.BlockRemove(id) // want `\(unchecked\)`
	err = s.rc.UserUpdate(id, id, "")
	return err
}

// Reported: a message that was not sent counts as sent.
func (s *Service) greet(from, to string) string {
	result, _ := s.rc.PrivateSend(from, []string{to}, "RC:TxtMsg", &sdk.TXTMsg{Content: "hi"}, "", "", 0, 0, 1, 0, 0) // want `\(unchecked\)`
	return result.MessageUID
}

// Reported: an emptied check.
// Rules: unchecked/logged-only.
func (s *Service) dropEmpty(id string) {
	err := s.rc.ChatRoomDestroy(id)
	if err != nil { // want `\(unchecked\)`
	}
	s.park(id)
}

// Not reported: the code of the response is looked at in place of the error.
// Rules: origin/error-beside.
func (s *Service) greetByCode(from, to string) (string, error) {
	result, _ := s.rc.GroupCreate(from, from, []string{to})
	if result.Code != codeSuccess {
		return "", sdk.RCErrorNew(result.Code, "cannot create")
	}
	return result.MessageUID, nil
}

// Not reported: a failure leaves, so that what follows does not happen.
// Rules: unchecked/logged-only.
func (s *Service) blockThenPark(id string) {
	if err := s.rc.BlockAdd(id, 5); err != nil {
		log.Print(err)
		return
	}
	s.park(id)
}

// Not reported: both errors are joined.
func (s *Service) both(id string) error {
	err1 := s.rc.BlockRemove(id)
	err2 := s.rc.UserUpdate(id, id, "")
	return errors.Join(err1, err2)
}

// Not reported: the failure is counted.
// Rules: unchecked/logged-only.
func (s *Service) counted(id string) {
	if err := s.rc.BlockRemove(id); err != nil {
		s.failed++
	}
}

// Not reported: cleaning up after a failure that is returned.
func (s *Service) create(id, owner string) error {
	if _, err := s.rc.GroupCreate(id, id, []string{owner}); err != nil {
		return err
	}
	if _, err := s.rc.GroupJoin(id, id, []string{"bot"}); err != nil {
		_, _ = s.rc.GroupDismiss(id, owner)
		return err
	}
	return nil
}

// Not reported: the second call is made only if the first did not fail.
func (s *Service) chain(id string) error {
	err := s.rc.BlockRemove(id)
	if err == nil {
		err = s.rc.UserUpdate(id, id, "")
	}
	return err
}
