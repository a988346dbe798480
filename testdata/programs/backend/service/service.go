// Package service is what the backend does.
package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"example.com/backend/cache"
	"example.com/backend/errs"
	"example.com/backend/im"
	"example.com/backend/sms"
	"example.com/backend/store"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

var (
	ErrNoSuchRoom = errors.New("no such room")
	ErrSignup     = errors.New("sign-up failed")
	ErrBusy       = errors.New("busy")
	ErrQuota      = errors.New("quota used up")
)

// Groups is what the service needs of groups.
type Groups interface {
	Group(id string) (sdk.Group, error)
	CreateGroup(id, name string, members []string) error
	Dismiss(id, owner string) error
}

// Service is the business logic.
type Service struct {
	groups Groups
	im     *im.Client
	store  *store.Store
	cache  *cache.Cache
	http   *http.Client
}

// New wires a service.
func New(c *im.Client, s *store.Store) *Service {
	return &Service{groups: c, im: c, store: s, cache: &cache.Cache{}, http: http.DefaultClient}
}

// Signup registers a user, and takes it back if the database fails.
func (s *Service) Signup(ctx context.Context, id, name string) (string, error) {
	token, err := s.im.Register(id, name, "")
	if err != nil {
		return "", fmt.Errorf("signup: %w", err)
	}
	if err := s.store.SaveUser(ctx, id, name, token); err != nil {
		if derr := s.im.Deactivate(id); derr != nil {
			return "", errors.Join(err, derr)
		}
		return "", ErrSignup
	}
	return token, nil
}

// QuickSignup is for guests.
func (s *Service) QuickSignup(ctx context.Context, id string) (string, error) {
	token, err := s.im.Register(id, "guest", "")
	if err != nil {
		slog.ErrorContext(ctx, "guest", "id", id, "err", err)
		return "", ErrSignup // want `\(retryable\)`
	}
	return token, nil
}

// OpenRoom makes a room with a greeting in it.
func (s *Service) OpenRoom(ctx context.Context, id, owner string, members []string) error {
	if err := s.groups.CreateGroup(id, id, members); err != nil {
		return fmt.Errorf("open %s: %w", id, err)
	}
	if _, err := s.im.SendText(owner, id, "welcome"); err != nil {
		if derr := s.groups.Dismiss(id, owner); derr != nil {
			slog.WarnContext(ctx, "cannot clean up", "room", id, "err", derr)
		}
		return fmt.Errorf("greet %s: %w", id, err)
	}
	return nil
}

// Members falls back to what the cache holds.
func (s *Service) Members(id string) ([]string, error) {
	g, err := s.groups.Group(id)
	if err != nil {
		return s.cache.Members(id)
	}
	var ids []string
	for _, u := range g.Users {
		ids = append(ids, u.UserID)
	}
	s.cache.Put(id, ids)
	return ids, nil
}

// Owner asks the database only.
func (s *Service) Owner(ctx context.Context, id string) (string, error) {
	r, err := s.store.Room(ctx, id)
	if errors.Is(err, store.ErrNoRow) {
		return "", ErrNoSuchRoom
	}
	if err != nil {
		return "", errs.New(errs.KindInternal, "owner", err.Error())
	}
	return r.Owner, nil
}

// Size tells a missing room from a failure.
func (s *Service) Size(id string) (int, error) {
	g, err := s.im.Group(id)
	if errors.Is(err, im.ErrGroupNotFound) {
		return 0, ErrNoSuchRoom
	}
	if err != nil {
		return 0, errs.Wrap("size", err)
	}
	return len(g.Users), nil
}

// GetOrCreate makes a room when there is none.
func (s *Service) GetOrCreate(id, name string) error {
	_, err := s.groups.Group(id)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, im.ErrGroupNotFound):
		return s.groups.CreateGroup(id, name, nil)
	default:
		return err
	}
}

// Rename changes the name of a user everywhere.
func (s *Service) Rename(id, name string) error {
	if err := s.im.Update(id, name, ""); err != nil {
		return errs.New(errs.KindInternal, "rename", "cannot rename "+id) // want `\(retryable\)`
	}
	return nil
}

// Redraw changes the portrait of a user.
func (s *Service) Redraw(id, portrait string) error {
	err := s.im.Update(id, "", portrait)
	if errs.Retryable(err) {
		return ErrBusy
	}
	if err != nil {
		return errs.New(errs.KindInternal, "redraw", "cannot redraw "+id)
	}
	return nil
}

// Block relies on what is lost below.
func (s *Service) Block(id string) error {
	if err := s.im.Block(id, 60); err != nil {
		return errs.New(errs.KindInternal, "block", "cannot block "+id)
	}
	return nil
}

// UnblockAll goes on after a failure.
func (s *Service) UnblockAll(ids []string) error {
	var all []error
	for _, id := range ids {
		if err := s.im.Unblock(id); err != nil {
			all = append(all, fmt.Errorf("%s: %w", id, err))
		}
	}
	return errors.Join(all...)
}

// Result is one of many.
type Result struct {
	ID  string
	Err error
}

// MuteAll reports on each.
func (s *Service) MuteAll(id string, others []string) []Result {
	out := make([]Result, 0, len(others))
	for _, o := range others {
		out = append(out, Result{ID: o, Err: s.im.Mute(id, []string{o})})
	}
	return out
}

// RefreshAll updates profiles as well as it can.
func (s *Service) RefreshAll(ctx context.Context, names map[string]string) {
	for id, name := range names {
		if err := s.im.Update(id, name, ""); err != nil { // want `\(unchecked\)`
			slog.ErrorContext(ctx, "refresh", "id", id, "err", err)
		}
	}
}

// Close ends a room; it is fine when it has gone.
func (s *Service) Close(id, owner string) error {
	err := s.im.Dismiss(id, owner)
	if errs.CodeOf(err) == 25410 { // want `\(magic\)`
		return nil
	}
	return err
}

// CloseCommunity ends a community channel; it is fine when it has gone.
func (s *Service) CloseCommunity(id string) error {
	if err := s.im.DismissCommunity(id); err != nil && !errs.Gone(err) {
		return errs.Wrap("close community", err)
	}
	return nil
}

// Follow looks at the text.
func (s *Service) Follow(from, to string) error {
	err := s.im.Follow(from, to)
	if err != nil && strings.Contains(err.Error(), "25460") { // want `\(text\)`
		return nil
	}
	return err
}

// Enlist registers a user unless the quota is used up.
func (s *Service) Enlist(id, name string) (string, error) {
	token, err := s.im.Register(id, name, "")
	if c := errs.CodeOf(err); c == errs.UserLimitExceeded || c == errs.AppQuota { // want `\(unknown\)`
		return "", ErrQuota
	}
	return token, err
}

// Slow tells the caller to wait.
func (s *Service) Slow(id, name string) error {
	err := s.im.Update(id, name, "")
	if errs.CodeOf(err) == http.StatusTooManyRequests { // want `\(mixed\)`
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	return err
}

// Befriend is a switch over kinds.
func (s *Service) Befriend(from, to string) error {
	err := s.im.Befriend(from, to)
	if err == nil {
		return nil
	}
	switch errs.KindOf(err) {
	case errs.KindBusy:
		return ErrBusy
	case errs.KindInvalid:
		return errs.New(errs.KindInvalid, "befriend", "bad user")
	default:
		return errs.New(errs.KindInternal, "befriend", "failed")
	}
}

// Present is a bool all the way.
func (s *Service) Present(id string) string {
	if s.im.Online(id) {
		return "online"
	}
	return "away"
}

// Warn is another vendor's business.
func (s *Service) Warn(phone string) error {
	if err := sms.Send(s.http, phone, "please log in"); err != nil {
		if strings.Contains(err.Error(), "1008") {
			return ErrBusy
		}
		return errors.New("cannot warn")
	}
	return nil
}

// Visit is best effort on our side, not on theirs.
func (s *Service) Visit(ctx context.Context, id string) (bool, error) {
	online, err := s.im.Status(id)
	if err != nil {
		return false, err
	}
	s.store.Touch(ctx, id)
	return online, nil
}
