package sdkv4

import (
	"errors"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Reported: both retryable codes become errUnavailable like any other.
// Rules: switch/omitted-code.
func (s *Service) register(id string) (string, error) {
	user, err := s.rc.UserRegister(id, id, "")
	if err == nil {
		return user.Token, nil
	}
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return "", err
	}
	switch failure.Code { // want `switch on a RongCloud return code omits 1008 \(RateLimited\) and 1050 \(ServiceTimeout\).*\(switch\)`
	case codeInvalidParameter:
		return "", errBadName
	case codeUserLimit:
		return "", errFull
	default:
		return "", errUnavailable
	}
}

// Reported: the timeout is missing.
// Rules: switch/omitted-code.
func (s *Service) rename(id, name string) error {
	err := s.rc.UserUpdate(id, name, "")
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		switch failure.Code { // want `omits 1050 \(ServiceTimeout\).*\(switch\)`
		case codeRateLimited:
			s.park(id)
			return nil
		case codeInvalidParameter:
			return errBadName
		}
		return errUnavailable
	}
	return err
}

// Reported: a switch that names a community code owes the community's own retryable code.
// Rules: switch/required-groups.
func (s *Service) openCommunity(user, group string) error {
	err, _ := s.rc.UGGroupCreate(user, group, group)
	var failure sdk.CodeResultV2
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code { // want `omits 24402 \(CommunityServiceError\).*\(switch\)`
	case codeRateLimited, codeTimeout:
		s.later <- group
		return nil
	case codeCommunityOff:
		return errUnavailable
	default:
		return errFull
	}
}

// Reported: a default that hands the rest on excuses an if chain, not a written list.
// Rules: switch/required-groups, switch/default-hands.
func (s *Service) join(group, user string) error {
	_, err := s.rc.GroupJoin(group, group, []string{user})
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.ErrorCode() { // want `omits 1008 .*1050 .*25416 \(QueryRateLimited\).*\(switch\)`
	case codeGroupFull:
		return errFull
	default:
		return err
	}
}

// Reported: a tagless switch with its cases on one code is a switch too.
// Rules: switch/tagless-switch.
func (s *Service) befriend(a, b string) error {
	_, err := s.rc.FriendAdd(sdk.FriendModel{UserId: a, TargetId: b})
	failure, ok := errors.AsType[sdk.CodeResult](err)
	if !ok {
		return err
	}
	switch { // want `omits 1008 \(RateLimited\) and 1050 \(ServiceTimeout\).*\(switch\)`
	case failure.Code == codeAlreadyFriends:
		return nil
	case failure.Code == codeBlockedByTarget:
		return errUnavailable
	}
	return err
}

// Reported: the switch has an init statement, and its header is the place.
// Rules: switch/named-failure.
func (s *Service) unblock(id string) error {
	err := s.rc.BlockRemove(id)
	if failure, ok := err.(sdk.CodeResult); ok {
		switch code := failure.Code; code { // want `omits 1008 \(RateLimited\).*\(switch\)`
		case codeInvalidParameter:
			return errBadName
		case codeTimeout:
			return errTryLater
		}
		return errUnavailable
	}
	return err
}

// Reported: of two responses the second's switch omits what the first one names.
// Rules: switch/reaching-code.
func (s *Service) move(user, from, to string) error {
	_, err := s.rc.GroupDismiss(from, user)
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		switch failure.Code {
		case codeRateLimited, codeTimeout, codeQueryRateLimited:
			return errTryLater
		case codeGroupNotFound:
		default:
			return err
		}
	}
	_, err = s.rc.GroupCreate(to, to, []string{user})
	var second sdk.CodeResult
	if errors.As(err, &second) {
		switch second.Code { // want `omits 1008 .*1050 .*25416 .*\(switch\)`
		case codeGroupExists:
			return nil
		default:
			return errUnavailable
		}
	}
	return err
}

// Not reported: all that may succeed later is named.
// Rules: switch/omitted-code.
func (s *Service) registerWell(id string) (string, error) {
	user, err := s.rc.UserRegister(id, id, "")
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		switch failure.Code {
		case codeRateLimited, codeTimeout:
			return "", errTryLater
		case codeUserLimit:
			return "", errFull
		default:
			return "", errUnavailable
		}
	}
	return user.Token, err
}

// Not reported: the switch names no failure.
// Rules: switch/named-failure.
func (s *Service) unblockAny(id string) error {
	err := s.rc.BlockRemove(id)
	failure, ok := err.(sdk.CodeResult)
	if !ok {
		return err
	}
	switch failure.Code {
	case codeSuccess, codeSuccessV2:
		return nil
	default:
		return err
	}
}

// Not reported: what may succeed later cannot reach the switch.
// Rules: switch/reaching-code.
func (s *Service) joinLater(group, user string) error {
	_, err := s.rc.GroupJoin(group, group, []string{user})
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	if failure.Code == codeRateLimited || failure.Code == codeTimeout || failure.Code == codeQueryRateLimited {
		s.later <- user
		return nil
	}
	switch failure.Code {
	case codeGroupFull:
		return errFull
	case codeGroupNotFound:
		return errBadName
	}
	return errUnavailable
}

// Not reported: the default tells the retryable codes apart.
// Rules: switch/told-apart.
func (s *Service) renameLater(id, name string) error {
	err := s.rc.UserUpdate(id, name, "")
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code {
	case codeInvalidParameter:
		return errBadName
	default:
		if failure.Code == codeRateLimited || failure.Code == codeTimeout {
			return errTryLater
		}
		return errUnavailable
	}
}

// Not reported: arithmetic on the code is no list of codes, and the error is handed on.
func (s *Service) countByArea(id string) error {
	err := s.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		switch failure.Code / 1000 {
		case 1:
			s.failed++
		case 24:
			s.park(id)
		}
	}
	return err
}

// Not reported: an if chain may hand the rest on.
// Rules: switch/default-hands.
func (s *Service) befriendChain(a, b string) error {
	_, err := s.rc.FriendAdd(sdk.FriendModel{UserId: a, TargetId: b})
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		if failure.Code == codeAlreadyFriends {
			return nil
		} else if failure.Code == codeBlockedByTarget {
			return errUnavailable
		}
	}
	return err
}

// Not reported: the number is the application's own.
// Rules: scope/other-numbers.
func (s *Service) byState(state int) error {
	switch state {
	case 1008:
		return errBadName
	case 1002:
		return errFull
	}
	return nil
}

// Not reported: an opaque question about the code may tell anything.
// Rules: behavior/opaque-question.
func (s *Service) joinAsked(group, user string, wanted func(int) bool) error {
	_, err := s.rc.GroupJoin(group, group, []string{user})
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code {
	case codeGroupFull:
		return errFull
	default:
		if wanted(failure.Code) {
			return errTryLater
		}
		return errUnavailable
	}
}
