package legacy2

import (
	"example.com/legacy2/note"
	rc "github.com/rongcloud/server-sdk-go/RCServerSDK"
)

// Counted Reported (unchecked): the callee does the same for every code
// Rules: behavior/blind-callee.
func (s *Svc) Counted(u string) error {
	r, err := s.api.User.UnBlock(u) // want `\(unchecked\)`
	note.Count(r)
	return err
}

// CountedRefused Not reported: the callee looks
// Rules: behavior/blind-callee.
func (s *Svc) CountedRefused(u string) error {
	r, err := s.api.User.UnBlock(u)
	note.CountRefused(r)
	return err
}

// Insisted Not reported: the callee ends the process
func (s *Svc) Insisted(u string) error {
	r, err := s.api.User.UnBlock(u)
	note.Insist(r)
	return err
}

// TokenOf Reported (unchecked): the callee takes the token alone
// Rules: behavior/blind-callee.
func (s *Svc) TokenOf(u string) (string, error) {
	r, err := s.api.User.GetToken(u, u, "") // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	return note.Token(r), nil
}

// TokenAsked Not reported: an empty token leaves
func (s *Svc) TokenAsked(u string) (string, error) {
	r, err := s.api.User.GetToken(u, u, "")
	if err != nil {
		return "", err
	}
	t := note.Token(r)
	if t == "" {
		return "", ErrCode(r.Code)
	}
	return t, nil
}

// Sunk Not reported: who else implements the interface may keep it
func (s *Svc) Sunk(u string, to note.Sink) error {
	r, err := s.api.User.UnBlock(u)
	to.Put(r)
	return err
}

// users is the part of the SDK that a Ban needs.
type users interface {
	Block(userID string, minute int) (*rc.CodeSuccessReslut, error)
	UnBlock(userID string) (*rc.CodeSuccessReslut, error)
}

// Ban works through an interface whose only implementation here is the SDK's.
type Ban struct{ users users }

// NewBan Not reported:
func NewBan(api *rc.RongCloud) *Ban { return &Ban{&api.User} }

// On Reported (unchecked): discarded
func (b *Ban) On(u string) error {
	_, err := b.users.Block(u, 60) // want `\(unchecked\)`
	return err
}

// Off Not reported: kept
func (b *Ban) Off(u string) error {
	r, err := b.users.UnBlock(u)
	if err != nil {
		return err
	}
	if r.Code != ok {
		return ErrCode(r.Code)
	}
	return nil
}

// CreateBy Reported (switch): the rest is handed on behind it
func (s *Svc) CreateBy(owner, id string) error {
	r, err := s.api.Group.Create([]string{owner}, id, id)
	switch { // want `1008.*1050.*treated like every other failure \(switch\)`
	case err != nil:
		return err
	case r.Code == ok, r.Code == full:
		return nil
	}
	return ErrCode(r.Code)
}
