// Package groups keeps groups in step with the messaging API.
package groups

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"

	"example.com/repeats/internal/rcerr"
)

// Errors of this package.
var (
	ErrGone = errors.New("group is gone")
	ErrSize = errors.New("group is too large")
)

// apiError is how this package spells the SDK's error.
type apiError = sdk.CodeResult

// Service talks to the messaging API.
type Service struct{ rc *sdk.RongCloud }

// Create makes a group.
func (s *Service) Create(id, name string, members []string) error {
	_, err := s.rc.GroupCreate(id, name, members)
	var cr *sdk.CodeResult
	if errors.As(err, &cr) && cr.Code == rcerr.ParameterTooLong { // want `\(target\)`
		return ErrSize
	}
	return err
}

// Join adds members to a group.
func (s *Service) Join(id, name string, members []string) error {
	_, err := s.rc.GroupJoin(id, name, members)
	var cr sdk.CodeResult
	if errors.As(err, &cr) && cr.Code == rcerr.ParameterTooLong {
		return ErrSize
	}
	return err
}

// Dismiss ends a group.
func (s *Service) Dismiss(id, owner string) error {
	_, err := s.rc.GroupDismiss(id, owner)
	if cr, ok := errors.AsType[*sdk.CodeResult](err); ok && cr.Code == rcerr.TargetNotFound { // want `\(target\)`
		return nil
	}
	return err
}

// Members lists the members of a group.
func (s *Service) Members(id string) ([]sdk.User, error) {
	group, err := s.rc.GroupGet(id)
	if err != nil {
		if cr, ok := errors.AsType[sdk.CodeResult](err); ok && cr.Code == rcerr.TargetNotFound {
			return nil, ErrGone
		}
		return nil, fmt.Errorf("members of %s: %w", id, err)
	}
	return group.Users, nil
}

// Size counts the members of a group.
func (s *Service) Size(id string) (int, error) {
	group, err := s.rc.GroupGet(id)
	if err != nil {
		var cr sdk.CodeResultV2
		if errors.As(err, &cr) && cr.Code == rcerr.TargetNotFound { // want `\(target\)`
			return 0, ErrGone
		}
		return 0, fmt.Errorf("size of %s: %w", id, err)
	}
	return len(group.Users), nil
}

// CreateUltra makes an ultra group.
func (s *Service) CreateUltra(owner, id, name string) error {
	err, requestID := s.rc.UGGroupCreate(owner, id, name)
	if err == nil {
		return nil
	}
	if cr, ok := errors.AsType[sdk.CodeResult](err); ok && cr.Code == rcerr.ParameterTooLong { // want `\(target\)`
		return ErrSize
	}
	return fmt.Errorf("request %s: %w", requestID, err)
}

// DismissUltra ends an ultra group.
func (s *Service) DismissUltra(id string) error {
	err, requestID := s.rc.UGGroupDismiss(id)
	if err == nil {
		return nil
	}
	var cr sdk.CodeResultV2
	if errors.As(err, &cr) && cr.Code == rcerr.TargetNotFound {
		return ErrGone
	}
	return fmt.Errorf("request %s: %w", requestID, err)
}

// Rejoin spells the error's type with an alias.
func (s *Service) Rejoin(id, name, user string) error {
	_, err := s.rc.GroupJoin(id, name, []string{user})
	if ae, ok := err.(apiError); ok && ae.Code == rcerr.TargetNotFound {
		return ErrGone
	}
	return err
}

// Leave spells the error's type with an alias as well.
func (s *Service) Leave(id, user string) error {
	_, err := s.rc.GroupDismiss(id, user)
	var ae *apiError
	if errors.As(err, &ae) && ae.ErrorCode() == rcerr.TargetNotFound { // want `\(target\)`
		return ErrGone
	}
	return err
}

// CloseRoom distinguishes by the error's type.
func (s *Service) CloseRoom(id string) error {
	err := s.rc.ChatRoomDestroy(id)
	switch e := err.(type) {
	case nil:
		return nil
	case *sdk.CodeResult: // want `\(target\)`
		return fmt.Errorf("close room %s: rejected: %w", id, e)
	case *url.Error:
		return fmt.Errorf("close room %s: %s: %w", id, e.Op, err)
	default:
		return err
	}
}

// CloseRooms distinguishes by the error's type.
func (s *Service) CloseRooms(ids ...string) error {
	for _, id := range ids {
		switch e := s.rc.ChatRoomDestroy(id).(type) {
		case nil:
		case sdk.CodeResult:
			return rcerr.Wrap("close room", e)
		default:
			return fmt.Errorf("close room %s: %w", id, e)
		}
	}
	return nil
}

// get wraps whatever goes wrong.
func (s *Service) get(id string) (sdk.Group, error) {
	group, err := s.rc.GroupGet(id)
	if err != nil {
		return sdk.Group{}, fmt.Errorf("get %s: %w", id, err)
	}
	return group, nil
}

// Exists reports whether there is such a group.
func (s *Service) Exists(id string) (bool, error) {
	_, err := s.get(id)
	if cr, ok := err.(sdk.CodeResult); ok && cr.Code == rcerr.TargetNotFound { // want `\(target\)`
		return false, nil
	}
	return err == nil, err
}

// Has reports whether there is such a group.
func (s *Service) Has(id string) (bool, error) {
	_, err := s.get(id)
	if rcerr.NotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// Befriend compares with a value.
func (s *Service) Befriend(user, other string) error {
	_, err := s.rc.FriendAdd(sdk.FriendModel{UserId: user, TargetId: other})
	if errors.Is(err, sdk.CodeResult{Code: rcerr.UserNotFound}) { // want `\(target\)`
		return ErrGone
	}
	return err
}

// BefriendStrictly compares with a value too.
func (s *Service) BefriendStrictly(user, other string) error {
	_, err := s.rc.FriendAdd(sdk.FriendModel{UserId: user, TargetId: other})
	if err == (sdk.CodeResult{Code: rcerr.UserNotFound, ErrorMessage: "user not found"}) { // want `\(target\)`
		return ErrGone
	}
	return err
}

// BefriendWithin compares with the errors of other packages.
func (s *Service) BefriendWithin(ctx context.Context, user, other string) error {
	_, err := s.rc.FriendAdd(sdk.FriendModel{UserId: user, TargetId: other})
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.Join(ctx.Err(), err)
	}
	return err
}

// callError is returned by value.
type callError struct {
	op  string
	err error
}

func (c callError) Error() string { return c.op + ": " + c.err.Error() }
func (c callError) Unwrap() error { return c.err }

func (s *Service) member(group, user string) (bool, error) {
	ok, err := s.rc.UGMemberExists(group, user)
	if err != nil {
		return false, callError{"member", err}
	}
	return ok, nil
}

// IsMember names the operation that failed.
func (s *Service) IsMember(group, user string) (bool, error) {
	ok, err := s.member(group, user)
	var ce *callError
	if errors.As(err, &ce) { // missed: target
		return false, fmt.Errorf("%s failed: %w", ce.op, err)
	}
	return ok, err
}

// CheckMember names the operation that failed.
func (s *Service) CheckMember(group, user string) error {
	_, err := s.member(group, user)
	var ce callError
	if errors.As(err, &ce) {
		return fmt.Errorf("%s failed: %w", ce.op, err)
	}
	return err
}

// Rejection is an answer of the API with the group that it is about.
type Rejection struct {
	sdk.CodeResult
	GroupID string
}

func (s *Service) open(id, name string) error {
	_, err := s.rc.GroupCreate(id, name, nil)
	if err == nil {
		return nil
	}
	cr, _ := errors.AsType[sdk.CodeResult](err)
	return Rejection{CodeResult: cr, GroupID: id}
}

// Open makes an empty group.
func (s *Service) Open(id, name string) error {
	err := s.open(id, name)
	var cr sdk.CodeResult
	if errors.As(err, &cr) && cr.Code == rcerr.InvalidParameter { // want `\(target\)`
		return fmt.Errorf("open %q: %w", name, err)
	}
	return err
}

// OpenNamed makes an empty group.
func (s *Service) OpenNamed(id, name string) error {
	err := s.open(id, name)
	var r Rejection
	if errors.As(err, &r) && r.Code == rcerr.InvalidParameter {
		return fmt.Errorf("open %q (%s): %w", name, r.GroupID, err)
	}
	return err
}

func find[E error](err error) (E, bool) {
	var e E
	ok := errors.As(err, &e)
	return e, ok
}

// Invite asks for the error with a generic helper.
func (s *Service) Invite(id, name, user string) error {
	_, err := s.rc.GroupJoin(id, name, []string{user})
	if cr, ok := find[sdk.CodeResult](err); ok && cr.Code == rcerr.UserNotFound {
		return ErrGone
	}
	return err
}

// Kick asks for a method.
func (s *Service) Kick(id, user string) error {
	_, err := s.rc.GroupDismiss(id, user)
	var coded interface {
		error
		ErrorCode() int
	}
	if errors.As(err, &coded) {
		return fmt.Errorf("kick %s: code %d: %w", user, coded.ErrorCode(), err)
	}
	return err
}

// All walks the pages of a user's groups.
func (s *Service) All(user string) ([]sdk.UGGroupInfo, error) {
	var all []sdk.UGGroupInfo
	for page := 1; ; page++ {
		groups, err, _ := s.rc.UGQueryUserGroups(user, page, 100)
		if err != nil {
			return all, fmt.Errorf("page %d: %w", page, err)
		}
		all = append(all, groups...)
		if len(groups) < 100 {
			return all, nil
		}
	}
}

// Reopen waits only when it is throttled.
func (s *Service) Reopen(id, name string) error {
	for range 3 {
		_, err := s.rc.GroupCreate(id, name, nil)
		if err == nil {
			return nil
		}
		var cr sdk.CodeResult
		if !errors.As(err, &cr) {
			return err
		}
		switch cr.Code { // want `\(switch\)`
		case rcerr.RateLimited:
			time.Sleep(time.Second)
		default:
			return err
		}
	}
	return rcerr.ErrBusy
}

// ReopenSafely waits for all that passes.
func (s *Service) ReopenSafely(id, name string) error {
	for range 3 {
		_, err := s.rc.GroupCreate(id, name, nil)
		if err == nil {
			return nil
		}
		var cr sdk.CodeResult
		if !errors.As(err, &cr) {
			return err
		}
		switch cr.Code {
		case rcerr.RateLimited:
			time.Sleep(time.Second)
		case rcerr.ServiceTimeout:
			time.Sleep(100 * time.Millisecond)
		default:
			return err
		}
	}
	return rcerr.ErrBusy
}
