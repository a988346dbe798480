package im

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"example.com/modern/backoff"
	"example.com/modern/imcode"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Cache holds the last known list of blocked users.
type Cache interface {
	Blocked(ctx context.Context) ([]string, error)
}

// Service is what other packages use.
type Service struct {
	rc     *sdk.RongCloud
	cache  Cache
	log    *slog.Logger
	system func() (sdk.User, error)

	mu       sync.Mutex
	blocked  []sdk.User
	staleErr error
}

// Option changes a Service.
type Option func(*Service)

// WithLogger sets the logger.
func WithLogger(l *slog.Logger) Option { return func(s *Service) { s.log = l } }

// WithCache sets the fallback for lists.
func WithCache(c Cache) Option { return func(s *Service) { s.cache = c } }

// New makes a Service.
func New(rc *sdk.RongCloud, opts ...Option) *Service {
	s := &Service{rc: rc, log: slog.Default()}
	s.system = sync.OnceValues(func() (sdk.User, error) {
		return rc.UserRegister("system", "System", "")
	})
	for _, opt := range opts {
		opt(s)
	}
	return s
}

// System returns the account that notices are sent from.
func (s *Service) System() (sdk.User, error) {
	u, err := s.system()
	if err != nil {
		return sdk.User{}, fmt.Errorf("system account: %w", err)
	}
	return u, nil
}

// Register registers a user.
func (s *Service) Register(id, name string) (sdk.User, error) {
	u, err := s.rc.UserRegister(id, name, "")
	if err != nil {
		return sdk.User{}, &OpError{Op: "register", ID: id, Err: err}
	}
	return u, nil
}

// RegisterPatiently registers a user, and waits if the service is busy.
func (s *Service) RegisterPatiently(ctx context.Context, id, name string) (sdk.User, error) {
	policy := backoff.Policy{Attempts: 4, Delay: 250 * time.Millisecond, Retryable: IsRetryable}
	return backoff.Do(ctx, policy, func(context.Context) (sdk.User, error) {
		return s.rc.UserRegister(id, name, "")
	})
}

// Admit registers a user of the trial plan.
func (s *Service) Admit(id, name string) error {
	_, err := s.Register(id, name)
	if ce, ok := err.(sdk.CodeResult); ok && ce.Code == imcode.UserLimitExceeded { // want `\(target\)`
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

// Rename changes a user's name.
func (s *Service) Rename(id, name string) error {
	if err := s.rc.UserUpdate(id, name, ""); err != nil {
		return fmt.Errorf("rename %s: %v", id, err) // want `\(retryable\)`
	}
	return nil
}

// SetPortrait tells its callers apart what they can act on.
func (s *Service) SetPortrait(id, uri string) error {
	err := s.rc.UserUpdate(id, "", uri)
	if err == nil {
		return nil
	}
	if IsRetryable(err) {
		return ErrTryLater
	}
	return ErrRejected
}

// Unblock lifts a ban.
func (s *Service) Unblock(id string) error {
	if err := s.rc.BlockRemove(id); err != nil {
		return &OpError{Op: "unblock", ID: id, Err: err}
	}
	return nil
}

// BlockWithRetry bans a user for an hour.
func (s *Service) BlockWithRetry(id string) error {
	var err error
	for attempt := range 3 {
		if err = s.rc.BlockAdd(id, 60); err == nil { // want `\(retry\)`
			return nil
		}
		time.Sleep(time.Duration(attempt+1) * time.Second)
	}
	return fmt.Errorf("block %s: %w", id, err)
}

// UnblockWithRetry lifts a ban.
func (s *Service) UnblockWithRetry(id string) error {
	var err error
	for range 3 {
		err = s.rc.BlockRemove(id) // want `\(retry\)`
		if !IsRetryable(err) {
			return err
		}
	}
	return err
}

// CloseRoom ends a chat room.
func (s *Service) CloseRoom(id string) error {
	for {
		err := s.rc.ChatRoomDestroy(id) // want `\(retry\)`
		if !IsRetryable(err) {
			return err
		}
		s.log.Warn("closing the room again", "room", id, "err", err)
		time.Sleep(2 * time.Second)
	}
}

// Publish sends a text, for ten seconds at most.
func (s *Service) Publish(ctx context.Context, from, to, text string) error {
	ctx, cancel := context.WithTimeoutCause(ctx, 10*time.Second, ErrPublishDeadline)
	defer cancel()
	msg := &sdk.TXTMsg{Content: text}
	for delay := 200 * time.Millisecond; ; delay *= 2 {
		_, err := s.rc.PrivateSend(from, []string{to}, "RC:TxtMsg", msg, "", "", 1, 0, 1, 0, 0)
		if err == nil || !IsRetryable(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(context.Cause(ctx), err)
		case <-time.After(delay):
		}
	}
}

// Greet sends the welcome message; it is not worth a failed sign-up.
func (s *Service) Greet(to string) {
	msg := &sdk.TXTMsg{Content: "Welcome!"}
	_, err := s.rc.PrivateSend("system", []string{to}, "RC:TxtMsg", msg, "", "", 1, 0, 1, 0, 0)
	if err != nil { // want `\(unchecked\)`
		s.log.Warn("greeting failed", slog.String("user", to), slog.Any("err", err))
	}
}

// Release lifts a ban when its time is over.
func (s *Service) Release(id string, after time.Duration) {
	time.Sleep(after)
	_ = s.rc.BlockRemove(id) // want `\(unchecked\)`
}

// Befriend connects two users.
func (s *Service) Befriend(a, b string) error {
	_, err := s.rc.FriendAdd(sdk.FriendModel{UserId: a, TargetId: b})
	if ce, ok := errors.AsType[sdk.CodeResult](err); ok && ce.Code == 25460 { // want `\(magic\)`
		return nil
	}
	return err
}

// Mute puts users on somebody's block list.
func (s *Service) Mute(id string, others ...string) error {
	err := s.rc.BlacklistAdd(id, others)
	if ce, ok := errors.AsType[sdk.CodeResult](err); ok && ce.Code == http.StatusTooManyRequests { // want `\(mixed\)`
		return fmt.Errorf("%w: %w", ErrTryLater, err)
	}
	return err
}

// Logout makes the tokens invalid that were handed out before t.
func (s *Service) Logout(id string, t time.Time) error {
	res, err := s.rc.UserTokenExpireResObj(id, t.UnixMilli())
	if err != nil {
		return err
	}
	if res.Code != http.StatusOK {
		return sdk.RCErrorNew(res.Code, "token not expired")
	}
	return nil
}

// Online says whether a user is there.
func (s *Service) Online(id string) (bool, error) {
	n, err := s.rc.OnlineStatusCheck(id)
	if err != nil {
		if strings.Contains(err.Error(), "1008") { // want `\(text\)`
			return false, errors.Join(ErrTryLater, err)
		}
		if brokenPipe(err) {
			return false, errors.Join(ErrTryLater, err)
		}
		return false, err
	}
	return n == 1, nil
}

// Blocked lists the blocked users, if need be as they were.
func (s *Service) Blocked(ctx context.Context) ([]string, error) {
	list, err := s.rc.BlockGetList()
	if err != nil {
		s.log.WarnContext(ctx, "list of blocked users from the cache", "err", err)
		return s.cache.Blocked(ctx)
	}
	ids := make([]string, 0, len(list.Users))
	for _, u := range list.Users {
		ids = append(ids, u.UserID)
	}
	return ids, nil
}

// Watch keeps the list of blocked users fresh.
func (s *Service) Watch(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			list, err := s.rc.BlockGetList()
			s.mu.Lock()
			if err != nil {
				s.staleErr = err
			} else {
				s.blocked, s.staleErr = list.Users, nil
			}
			s.mu.Unlock()
		}
	}
}

// Deactivate asks for a user's deactivation.
func (s *Service) Deactivate(id string) error {
	_, err := s.rc.UserDeactivate([]string{id})
	if err == nil {
		return nil
	}
	ce, ok := errors.AsType[sdk.CodeResultV2](err)
	if !ok {
		return err
	}
	switch ce.Code { // want `\(switch\)`
	case imcode.DuplicateDeactivation:
		return nil
	case imcode.UserNotFound:
		return fmt.Errorf("%w: %w", ErrGone, err)
	default:
		return err
	}
}

// Job is one ban; Outcome is what became of it.
type (
	Job struct {
		UserID  string
		Minutes uint64
	}
	Outcome struct {
		Job Job
		Err error
	}
)

// Work carries bans out, one after the other.
func (s *Service) Work(jobs <-chan Job, done chan<- Outcome) {
	for job := range jobs {
		err := s.rc.BlockAdd(job.UserID, job.Minutes)
		done <- Outcome{Job: job, Err: err}
	}
}
