// Package room is one layer above.
package room

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"

	"example.com/service/im"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Repo stores rooms.
type Repo interface {
	Save(ctx context.Context, id string) error
	Delete(ctx context.Context, id string) error
}

// Service joins repo and gateway.
type Service struct {
	gw   im.Gateway
	rc   *sdk.RongCloud
	repo Repo
	fail map[string]int
}

// ErrTemporary and others are the domain's errors.
var (
	ErrTemporary = errors.New("room: temporary")
	ErrPermanent = errors.New("room: permanent")
)

// Open Not reported: compensation
func (s *Service) Open(ctx context.Context, id string) error {
	if err := s.gw.CreateGroup(ctx, id, id, "owner"); err != nil {
		return fmt.Errorf("open: %w", err)
	}
	if err := s.repo.Save(ctx, id); err != nil {
		if _, derr := s.rc.GroupDismiss(id, "owner"); derr != nil {
			log.Printf("compensate %s: %v", id, derr)
			err = errors.Join(err, derr)
		}
		return err
	}
	return nil
}

// Ban Not reported: predicate of the other package
func (s *Service) Ban(ctx context.Context, user string) error {
	err := s.gw.Unblock(ctx, user)
	switch {
	case err == nil:
		return nil
	case im.IsBusy(err):
		return ErrTemporary
	default:
		return ErrPermanent
	}
}

// BanLost Reported (retryable): through the interface
// Rules: flow/dynamic-call.
func (s *Service) BanLost(ctx context.Context, user string) error {
	if err := s.gw.Unblock(ctx, user); err != nil {
		return ErrPermanent // want `\(retryable\)`
	}
	return nil
}

// BanKind Not reported: kind tells
func (s *Service) BanKind(ctx context.Context, user string) error {
	err := s.gw.Unblock(ctx, user)
	var e *im.Error
	if errors.As(err, &e) {
		switch e.Kind {
		case im.KindRetry:
			return ErrTemporary
		case im.KindInvalid:
			return ErrPermanent
		}
	}
	if err != nil {
		return ErrPermanent
	}
	return nil
}

// Dismiss Not reported: errors.Is with the sentinel made of the codes
func (s *Service) Dismiss(id string) error {
	err := im.Dismiss(s.rc, id, "owner")
	if errors.Is(err, im.ErrBusy) {
		return ErrTemporary
	}
	if err != nil {
		return ErrPermanent
	}
	return nil
}

// Destroy Reported (unchecked):
func (s *Service) Destroy(ctx context.Context, id string) error {
	if err := s.rc.ChatRoomDestroy(id); err != nil { // want `\(unchecked\)`
		log.Println("destroy:", err)
	}
	return s.repo.Delete(ctx, id)
}

// DestroyCounted Not reported: counted in a map
func (s *Service) DestroyCounted(ctx context.Context, id string) error {
	if err := s.rc.ChatRoomDestroy(id); err != nil {
		s.fail[id]++
	}
	return s.repo.Delete(ctx, id)
}

// DestroyTx Not reported: rollback and join
func (s *Service) DestroyTx(ctx context.Context, tx *sql.Tx, id string) (err error) {
	defer func() {
		if err != nil {
			_ = tx.Rollback()
			return
		}
		err = tx.Commit()
	}()
	if err = s.rc.ChatRoomDestroy(id); err != nil {
		return fmt.Errorf("destroy: %w", err)
	}
	return s.repo.Delete(ctx, id)
}

// Members Reported (retryable): %v in a domain error
func (s *Service) Members(id string) ([]string, error) {
	g, err := s.rc.GroupGet(id)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrPermanent, err) // want `\(retryable\)`
	}
	out := make([]string, 0, len(g.Users))
	for _, u := range g.Users {
		out = append(out, u.UserID)
	}
	return out, nil
}

// MembersOK Not reported: both wrapped
func (s *Service) MembersOK(id string) ([]string, error) {
	g, err := s.rc.GroupGet(id)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPermanent, err)
	}
	return []string{g.ID}, nil
}

// Exists Reported (retryable): (a) not found is told apart, rest false
func (s *Service) Exists(id string) (bool, error) {
	_, err := s.rc.GroupGet(id)
	if err == nil {
		return true, nil
	}
	var cr sdk.CodeResult
	if errors.As(err, &cr) && cr.Code == im.CodeGroupNotFound { // want `\(retryable\)`
		return false, nil
	}
	return false, ErrPermanent
}

// ExistsOK Not reported:
func (s *Service) ExistsOK(id string) (bool, error) {
	_, err := s.rc.GroupGet(id)
	var cr sdk.CodeResult
	if errors.As(err, &cr) && cr.Code == im.CodeGroupNotFound {
		return false, nil
	}
	return err == nil, err
}

// Online Not reported: zero plus error
func (s *Service) Online(user string) (online bool, err error) {
	n, err := s.rc.OnlineStatusCheck(user)
	if err != nil {
		return
	}
	return n == 1, nil
}

// OnlineBool Reported (retryable):
func (s *Service) OnlineBool(user string) bool {
	n, err := s.rc.OnlineStatusCheck(user)
	return err == nil && n == 1 // want `\(retryable\)`
}

// OnlineIgnored Reported (unchecked):
func (s *Service) OnlineIgnored(user string) bool {
	n, _ := s.rc.OnlineStatusCheck(user) // want `\(unchecked\)`
	return n == 1
}

// Ensure Reported (retryable): (c)
// Rules: retryable/changing-call.
func (s *Service) Ensure(id string) error {
	if _, err := s.rc.GroupGet(id); err != nil { // want `\(retryable\)`
		_, err = s.rc.GroupCreate(id, id, nil)
		if err != nil {
			return fmt.Errorf("ensure: %w", err)
		}
	}
	return nil
}

// EnsureGW Reported (retryable): (c): through wrapper
func (s *Service) EnsureGW(ctx context.Context, id string) error {
	_, err := s.MembersOK(id)
	if err != nil { // want `\(retryable\)`
		return s.gw.CreateGroup(ctx, id, id)
	}
	return nil
}

// Nested Not reported: nested switch names all
func (s *Service) Nested(id string) error {
	_, err := s.rc.GroupJoin(id, id, []string{"u"})
	switch cr := err.(type) {
	case nil:
		return nil
	case sdk.CodeResult:
		switch cr.Code {
		case im.CodeRateLimited, im.CodeTimeout:
			return ErrTemporary
		default:
			switch cr.Code {
			case im.CodeQueryLimited:
				return ErrTemporary
			case im.CodeGroupMember:
				return nil
			}
			return ErrPermanent
		}
	default:
		return err
	}
}

// NestedShort Reported (switch):
func (s *Service) NestedShort(id string) error {
	_, err := s.rc.GroupJoin(id, id, []string{"u"})
	switch cr := err.(type) {
	case nil:
		return nil
	case sdk.CodeResult:
		switch cr.Code { // want `\(switch\)`
		case im.CodeGroupMember:
			return nil
		case im.CodeGroupFull:
			return ErrPermanent
		}
	}
	return err
}
