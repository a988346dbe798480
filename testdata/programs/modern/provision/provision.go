// Package provision gives new employees their messaging accounts.
package provision

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.com/modern/rong"
)

var (
	ErrOnboarding = errors.New("provision: onboarding failed")
	ErrLater      = errors.New("provision: later")
)

// TokenFunc is how tokens are made.
type TokenFunc func(ctx context.Context, id, name string) (string, error)

// Service provisions accounts.
type Service struct {
	client *rong.Client
	token  TokenFunc
}

// New makes a Service.
func New(c *rong.Client) *Service { return &Service{client: c, token: c.Token} }

// Onboard gives one employee an account.
func (s *Service) Onboard(ctx context.Context, id, name string) (string, error) {
	tok, err := s.client.Token(ctx, id, name)
	if err != nil {
		return "", ErrOnboarding // want `\(retryable\)`
	}
	return tok, nil
}

// Rehire gives a former employee an account.
func (s *Service) Rehire(ctx context.Context, id, name string) (string, error) {
	tok, err := s.client.Token(ctx, id, name)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrOnboarding, err)
	}
	return tok, nil
}

// RehireQuietly takes missing people for granted.
func (s *Service) RehireQuietly(ctx context.Context, id, name string) error {
	_, err := s.Rehire(ctx, id, name)
	if e, ok := err.(*rong.Error); ok && e.Code == rong.CodeUserNotFound { // want `\(target\)`
		return nil
	}
	return err
}

// All onboards many and says all that went wrong.
func (s *Service) All(ctx context.Context, names map[string]string) (map[string]string, error) {
	tokens := make(map[string]string, len(names))
	var errs []error
	for _, id := range slices.Sorted(maps.Keys(names)) {
		tok, err := s.token(ctx, id, names[id])
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", id, err))
			continue
		}
		tokens[id] = tok
	}
	return tokens, errors.Join(errs...)
}

// Suspend bans an employee for a day.
func (s *Service) Suspend(ctx context.Context, id string) error {
	err := s.client.Block(ctx, id, day)
	if t, ok := errors.AsType[interface {
		error
		Temporary() bool
	}](err); ok && t.Temporary() {
		return errors.Join(ErrLater, err)
	}
	return err
}

// SuspendLater is Suspend for the nightly job.
func (s *Service) SuspendLater(ctx context.Context, id string) error {
	err := s.client.Block(ctx, id, day)
	if err == nil {
		return nil
	}
	if strings.Contains(err.Error(), "code 1050") { // want `\(text\)`
		return errors.Join(ErrLater, err)
	}
	return fmt.Errorf("suspend %s: %w", id, err)
}

// Team makes a team's group.
func (s *Service) Team(ctx context.Context, id, name string, members []string) error {
	err := s.client.CreateGroup(ctx, id, name, members...)
	var e *rong.Error
	if !errors.As(err, &e) {
		return err
	}
	switch { // want `\(switch\)`
	case e.Code == rong.CodeGroupFull:
		return fmt.Errorf("team %s has too many members: %w", id, err)
	case e.Code == rong.CodeUserNotFound:
		return fmt.Errorf("team %s has members without an account: %w", id, err)
	}
	return err
}

// Squad makes a squad's group; what passes by itself is sorted out first.
func (s *Service) Squad(ctx context.Context, id, name string, members []string) error {
	err := s.client.CreateGroup(ctx, id, name, members...)
	e, ok := errors.AsType[*rong.Error](err)
	if !ok {
		return err
	}
	if e.Temporary() {
		return errors.Join(ErrLater, err)
	}
	switch e.Code {
	case rong.CodeUserNotFound:
		return fmt.Errorf("squad %s has members without an account: %w", id, err)
	case rong.CodeInvalidParameter:
		return fmt.Errorf("squad %s has a bad name: %w", id, err)
	default:
		return err
	}
}

// Guild makes a group and knows failures by their sentinels.
func (s *Service) Guild(ctx context.Context, id, name string) error {
	err := s.client.CreateGroup(ctx, id, name)
	switch {
	case errors.Is(err, rong.ErrFull):
		return fmt.Errorf("guild %s is full: %w", id, err)
	case errors.Is(err, rong.ErrBusy):
		return errors.Join(ErrLater, err)
	}
	return err
}

// Roster lists a group.
func (s *Service) Roster(ctx context.Context, group string) ([]string, error) {
	var ids []string
	for id, err := range s.client.Members(ctx, group) {
		if err != nil {
			return nil, fmt.Errorf("roster of %s: %w", group, err)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// Imported says whether an account came from the old system, whose numbers begin with 1008.
func Imported(id string) bool { return strings.HasPrefix(id, "1008") }
