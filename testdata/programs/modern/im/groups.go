package im

import (
	"errors"
	"fmt"

	"example.com/modern/imcode"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Lookup returns a group if there is one.
func (s *Service) Lookup(id string) (sdk.Group, bool) {
	g, err := s.rc.GroupGet(id)
	if err != nil {
		return sdk.Group{}, false // want `\(retryable\)`
	}
	return g, true
}

// EnsureGroup makes the group unless it exists.
func (s *Service) EnsureGroup(id, name, owner string) error {
	if _, err := s.rc.GroupGet(id); err != nil { // want `\(retryable\)`
		_, err = s.rc.GroupCreate(id, name, []string{owner})
		return err
	}
	return nil
}

// EnsureTeam makes the group if the service says that it is not there.
func (s *Service) EnsureTeam(id, name, owner string) error {
	_, err := s.rc.GroupGet(id)
	if err == nil {
		return nil
	}
	if !IsGone(err) {
		return fmt.Errorf("looking for team %s: %w", id, err)
	}
	if _, err := s.rc.GroupCreate(id, name, []string{owner}); err != nil {
		return &OpError{Op: "create", ID: id, Err: err}
	}
	return nil
}

// CreateGroup makes a group and fills it; half a group is taken back.
func (s *Service) CreateGroup(id, name, owner string, members []string) error {
	if _, err := s.rc.GroupCreate(id, name, []string{owner}); err != nil {
		return &OpError{Op: "create", ID: id, Err: err}
	}
	if _, err := s.rc.GroupJoin(id, name, members); err != nil {
		_, _ = s.rc.GroupDismiss(id, owner)
		return &OpError{Op: "fill", ID: id, Err: err}
	}
	return nil
}

// Join adds a member.
func (s *Service) Join(id, name, member string) error {
	_, err := s.rc.GroupJoin(id, name, []string{member})
	if err == nil {
		return nil
	}
	code, _ := CodeOf(err)
	switch code {
	case imcode.GroupAlreadyMember:
		return nil
	case imcode.GroupFull:
		return fmt.Errorf("%w: group %s", ErrFull, id)
	case imcode.RateLimited, imcode.QueryRateLimited, imcode.ServiceTimeout:
		return errors.Join(ErrTryLater, err)
	default:
		return &OpError{Op: "join", ID: id, Err: err}
	}
}

const codeGroupFull = 24511

// Invite adds a member, or says that the group is full.
func (s *Service) Invite(id, name, member string) error {
	_, err := s.rc.GroupJoin(id, name, []string{member})
	if code, ok := CodeOf(err); ok && code == codeGroupFull { // want `\(unknown\)`
		return errors.Join(ErrFull, err)
	}
	return err
}

// Dismiss ends a group.
func (s *Service) Dismiss(id, owner string) error {
	_, err := s.rc.GroupDismiss(id, owner)
	if errors.Is(err, sdk.CodeResult{Code: imcode.GroupNotFound}) { // want `\(target\)`
		return nil
	}
	return err
}

// OpenCommunity makes an ultra group.
func (s *Service) OpenCommunity(owner, id, name string) error {
	err, request := s.rc.UGGroupCreate(owner, id, name)
	if err == nil {
		return nil
	}
	if ce, ok := errors.AsType[sdk.CodeResult](err); ok { // want `\(target\)`
		s.log.Error("community refused", "request", request, "code", ce.Code)
	}
	return fmt.Errorf("open community %s: %w", id, err)
}

// CloseCommunity ends an ultra group; ending it twice is fine.
func (s *Service) CloseCommunity(id string) error {
	err, request := s.rc.UGGroupDismiss(id)
	if err == nil || IsGone(err) {
		return nil
	}
	return fmt.Errorf("close community %s (request %s): %w", id, request, err)
}

// Member says whether a user is in a community.
func (s *Service) Member(id, user string) (bool, error) {
	in, err := s.rc.UGMemberExists(id, user)
	var ce sdk.CodeResultV2
	if errors.As(err, &ce) && ce.Code == imcode.CommunityNotFound {
		return false, nil
	}
	return in, err
}

// Leave removes a chat room's host.
func (s *Service) Leave(room string) error {
	err := s.rc.ChatRoomDestroy(room)
	var ce *sdk.CodeResult
	if errors.As(err, &ce) { // want `\(target\)`
		return &OpError{Op: "leave", ID: room, Err: ce}
	}
	return err
}
