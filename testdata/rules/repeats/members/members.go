// Package members keeps our accounts and the messaging API's users in step.
package members

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"

	"example.com/repeats/internal/again"
	"example.com/repeats/internal/limit"
	"example.com/repeats/internal/rcerr"
	"example.com/repeats/internal/retry"
)

const maxAttempts = 4

// Service talks to the messaging API.
type Service struct {
	rc       *sdk.RongCloud
	regions  []*sdk.RongCloud
	db       *sql.DB
	limiter  *limit.Limiter
	portrait string
	lastErr  error
}

// Update waits longer after each temporary failure.
func (s *Service) Update(ctx context.Context, id, name string) error {
	var err error
	delay := 100 * time.Millisecond
	for attempt := 0; attempt < maxAttempts; attempt++ {
		err = s.rc.UserUpdate(id, name, s.portrait)
		if err == nil || !rcerr.Temporary(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(delay):
			delay *= 2
		}
	}
	return fmt.Errorf("update %s: gave up after %d attempts: %w", id, maxAttempts, err)
}

// UpdateHard tries three times, whatever happens.
func (s *Service) UpdateHard(id, name string) error {
	var err error
	for i := 0; i < 3; i++ {
		err = s.rc.UserUpdate(id, name, s.portrait) // want `\(retry\)`
		if err == nil {
			return nil
		}
		time.Sleep(time.Duration(i+1) * time.Second)
	}
	return err
}

// Unblock repeats temporary failures.
func (s *Service) Unblock(id string) error {
	var err error
	for range maxAttempts {
		err = s.rc.BlockRemove(id) // want `\(retry\)`
		if err == nil {
			return nil
		}
		if !rcerr.Temporary(err) {
			return fmt.Errorf("unblock: %w", err)
		}
	}
	return err
}

// Block repeats until the API takes it.
func (s *Service) Block(id string, minutes uint64) error {
	for {
		err := s.rc.BlockAdd(id, minutes) // want `\(retry\)`
		if err == nil {
			return nil
		}
		if !rcerr.Temporary(err) {
			return err
		}
		time.Sleep(500 * time.Millisecond)
	}
}

// BlockUntilDone is Block for as long as the caller cares.
func (s *Service) BlockUntilDone(ctx context.Context, id string, minutes uint64) error {
	for ctx.Err() == nil {
		err := s.rc.BlockAdd(id, minutes)
		if err == nil {
			return nil
		}
		if !rcerr.Temporary(err) {
			return err
		}
		time.Sleep(500 * time.Millisecond)
	}
	return ctx.Err()
}

// BlockFair does not count throttled calls as attempts.
// Rules: retry/endless-loop.
func (s *Service) BlockFair(id string, minutes uint64) error {
	attempt := 0
	for attempt < maxAttempts {
		err := s.rc.BlockAdd(id, minutes) // want `\(retry\)`
		if err == nil {
			return nil
		}
		if rcerr.Throttled(err) {
			time.Sleep(time.Second)
			continue
		}
		if !rcerr.Temporary(err) {
			return err
		}
		attempt++
		time.Sleep(200 * time.Millisecond)
	}
	return rcerr.ErrBusy
}

// Blocked lists the blocked users; attempts are counted down.
func (s *Service) Blocked() ([]sdk.User, error) {
	left := maxAttempts
	for {
		list, err := s.rc.BlockGetList()
		if err == nil {
			return list.Users, nil
		}
		left--
		if left == 0 || !rcerr.Temporary(err) {
			return nil, fmt.Errorf("list blocked users: %w", err)
		}
		time.Sleep(time.Second + rand.N(time.Second))
	}
}

// Ignore makes one user block others.
// Rules: retry/haste.
func (s *Service) Ignore(id string, others []string) error {
	tries := 0
again:
	err := s.rc.BlacklistAdd(id, others)
	if rcerr.Throttled(err) && tries < 3 {
		tries++
		time.Sleep(time.Second)
		goto again
	}
	return err
}

// IgnoreOne is Ignore for one user.
func (s *Service) IgnoreOne(id, other string) error {
	tries := 0
again:
	err := s.rc.BlacklistAdd(id, []string{other}) // want `\(retry\)`
	if rcerr.Throttled(err) && tries < 3 {
		tries++
		goto again
	}
	return err
}

// register calls itself for the attempts that are left.
func (s *Service) register(id, name string, left int) (sdk.User, error) {
	user, err := s.rc.UserRegister(id, name, s.portrait)
	if err != nil && rcerr.Temporary(err) && left > 0 {
		time.Sleep(time.Second)
		return s.register(id, name, left-1)
	}
	return user, err
}

// online calls itself for the attempts that are left.
func (s *Service) online(id string, left int) (int, error) {
	status, err := s.rc.OnlineStatusCheck(id) // want `\(retry\)`
	if err != nil {
		if left == 0 {
			return 0, err
		}
		time.Sleep(time.Second)
		return s.online(id, left-1)
	}
	return status, nil
}

// Online reports whether a user is online.
func (s *Service) Online(id string) (bool, error) {
	status, err := s.online(id, 2)
	return status == 1, err
}

// Token registers a user and returns the token.
func (s *Service) Token(id, name string) (string, error) {
	user, err := s.register(id, name, 3)
	if err != nil {
		return "", fmt.Errorf("token of %s: %w", id, err)
	}
	return user.Token, nil
}

// Expire tries once for each tick.
func (s *Service) Expire(ctx context.Context, id string, before time.Time) error {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		_, err := s.rc.UserTokenExpire(id, before.UnixMilli())
		if !rcerr.Temporary(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-tick.C:
		}
	}
}

// ExpireNow tries once for each tick as well.
func (s *Service) ExpireNow(id string) error {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for range tick.C {
		_, err := s.rc.UserTokenExpireResObj(id, 0) // want `\(retry\)`
		if err == nil {
			return nil
		}
		if !rcerr.Temporary(err) {
			return fmt.Errorf("expire tokens of %s: %w", id, err)
		}
	}
	return nil
}

// Rename asks the limiter before each attempt.
// Rules: retry/waiting-helper.
func (s *Service) Rename(ctx context.Context, id, name string) error {
	var err error
	for range maxAttempts {
		if werr := s.limiter.Wait(ctx); werr != nil {
			return werr
		}
		if err = s.rc.UserUpdate(id, name, s.portrait); !rcerr.Temporary(err) {
			return err
		}
	}
	return err
}

// RenameFit shortens a name until the API takes it.
func (s *Service) RenameFit(id, name string) error {
	for {
		err := s.rc.UserUpdate(id, name, s.portrait)
		if rcerr.Code(err) != rcerr.ParameterTooLong || len(name) < 2 {
			return err
		}
		name = name[:len(name)/2]
	}
}

// IgnoreAll halves a list that is too long for one call.
func (s *Service) IgnoreAll(id string, others []string) error {
	err := s.rc.BlacklistAdd(id, others)
	if rcerr.Code(err) == rcerr.ParameterTooLong && len(others) > 1 {
		half := len(others) / 2
		if err := s.IgnoreAll(id, others[:half]); err != nil {
			return err
		}
		return s.IgnoreAll(id, others[half:])
	}
	return err
}

// UnblockMany does what it can.
func (s *Service) UnblockMany(ids []string) error {
	var errs []error
	for _, id := range ids {
		if err := s.rc.BlockRemove(id); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", id, err))
			continue
		}
	}
	return errors.Join(errs...)
}

// Watch looks once a minute, however the last look ended.
func (s *Service) Watch(ctx context.Context, found func([]sdk.User)) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		list, err := s.rc.BlockGetList()
		s.lastErr = err
		if err == nil {
			found(list.Users)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Destroy asks one region after the other.
// Rules: retry/other-host.
func (s *Service) Destroy(room string) error {
	var err error
	for _, rc := range s.regions {
		if err = rc.ChatRoomDestroy(room); err == nil {
			return nil
		}
	}
	return err
}

// DestroySafely leaves what the API has answered alone and repeats what never got there.
func (s *Service) DestroySafely(room string) error {
	var err error
	for i := range 3 {
		err = s.rc.ChatRoomDestroy(room)
		if err == nil {
			return nil
		}
		var cr sdk.CodeResult
		if errors.As(err, &cr) {
			return err
		}
		time.Sleep(time.Duration(i+1) * time.Second)
	}
	return err
}

// DestroyPatiently repeats what timed out on the way.
func (s *Service) DestroyPatiently(room string) error {
	for left := 3; ; left-- {
		err := s.rc.ChatRoomDestroy(room)
		var ne net.Error
		if !errors.As(err, &ne) || !ne.Timeout() || left == 0 {
			return err
		}
		time.Sleep(250 * time.Millisecond)
	}
}

// Sync hands the call to a helper.
// Rules: retry/given-function.
func (s *Service) Sync(ctx context.Context, id, name string) error {
	return again.Do(ctx, 3, func() error { return s.rc.UserUpdate(id, name, s.portrait) }) // want `\(retry\)`
}

// SyncIf hands the call to a helper that asks.
// Rules: retry/given-function.
func (s *Service) SyncIf(ctx context.Context, id, name string) error {
	return again.DoIf(ctx, rcerr.Temporary, func() error { return s.rc.UserUpdate(id, name, s.portrait) })
}

// SyncOnce lets the helper see temporary failures only.
func (s *Service) SyncOnce(ctx context.Context, id string) error {
	var permanent error
	err := again.Do(ctx, 3, func() error {
		err := s.rc.BlockRemove(id)
		if err != nil && !rcerr.Temporary(err) {
			permanent = err
			return nil
		}
		return err
	})
	return errors.Join(permanent, err)
}

// Ping waits for the database.
func (s *Service) Ping(ctx context.Context) error {
	return again.Do(ctx, 10, func() error { return s.db.PingContext(ctx) })
}

// Enroll hands the call to a generic helper.
func (s *Service) Enroll(ctx context.Context, id, name string) (sdk.User, error) {
	return again.Value(ctx, 3, func() (sdk.User, error) { return s.rc.UserRegister(id, name, s.portrait) }) // want `\(retry\)`
}

// EnrollIf hands the call to a generic helper that asks.
func (s *Service) EnrollIf(ctx context.Context, id, name string) (sdk.User, error) {
	return again.ValueIf(ctx, rcerr.Temporary, func() (sdk.User, error) {
		return s.rc.UserRegister(id, name, s.portrait)
	})
}

// Evict marks what another attempt does not mend.
func (s *Service) Evict(ctx context.Context, id string) error {
	return retry.Do(ctx, func(context.Context) error {
		err := s.rc.BlockAdd(id, 60)
		if err != nil && !rcerr.Temporary(err) {
			return retry.Permanent(err)
		}
		return err
	})
}
