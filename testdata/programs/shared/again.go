package shared

import (
	"errors"
	"log"
	"time"

	"example.com/shared/api"
	"example.com/shared/backoff"
	"example.com/shared/locks"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Not reported: what is not temporary ends the attempts.
func (s *Service) permanent(id string) error {
	return backoff.Do(func() error {
		err := s.rc.BlockRemove(id)
		if err != nil && !api.Temporary(err) {
			return backoff.Permanent(err)
		}
		return err
	})
}

// Reported: the wrong codes end the attempts.
func (s *Service) upsideDown(id string) error {
	return backoff.Do(func() error {
		err := s.rc.BlockRemove(id) // want `\(retry\)`
		if api.Temporary(err) {
			return backoff.Permanent(err)
		}
		return err
	})
}

// Not reported: the option asks for the code.
func (s *Service) option(id string) error {
	return backoff.Do(func() error { return s.rc.BlockRemove(id) }, backoff.Attempts(3), backoff.RetryIf(api.Temporary))
}

// Not reported: the options come from elsewhere.
func (s *Service) options(id string, options ...backoff.Option) error {
	return backoff.Do(func() error { return s.rc.BlockRemove(id) }, options...)
}

// Reported: an option that is told of failures chooses none.
func (s *Service) told(id string) error {
	return backoff.Do(func() error {
		return s.rc.BlockRemove(id) // want `\(retry\)`
	}, backoff.OnRetry(func(n int, err error) { log.Print(n, err) }))
}

// Not reported: it is the lock that is tried again.
func (s *Service) locked(lock func() error, id string) error {
	return locks.With(lock, func() error { return s.rc.BlockRemove(id) })
}

// Reported: the closure is called a second time.
func (s *Service) closure(id string) error {
	unblock := func() error { return s.rc.BlockRemove(id) }
	if err := unblock(); err != nil {
		return unblock() // want `\(retry\)`
	}
	return nil
}

// Reported once: the loop's condition is what asks.
func (s *Service) while(id string) {
	err := s.rc.BlockRemove(id)
	for err != nil {
		time.Sleep(time.Second)
		err = s.rc.BlockRemove(id) // want `\(retry\)`
	}
}

// Not reported: the same, for the codes that may succeed, and bounded.
func (s *Service) whileTemporary(id string) (err error) {
	for n := 0; n == 0 || n < 4 && api.Temporary(err); n++ {
		time.Sleep(time.Duration(n) * time.Second)
		err = s.rc.BlockRemove(id)
	}
	return err
}

// Reported: the same for every failure.
func (s *Service) whileAny(id string) (err error) {
	for n := 0; n == 0 || n < 4 && err != nil; n++ {
		time.Sleep(time.Duration(n) * time.Second)
		err = s.rc.BlockRemove(id) // want `\(retry\)`
	}
	return err
}

// Reported: the error of the last round is asked before the next, which nothing delays.
func (s *Service) head(id string) error {
	var err error
	for n := range 3 {
		if n > 0 && !api.Temporary(err) {
			return err
		}
		if err = s.rc.BlockRemove(id); err == nil { // want `1008 .* 1050 .*\(retry\)`
			return nil
		}
	}
	return err
}

// Not reported: once more, and only once.
func (s *Service) once(id string) error {
	again := false
	for {
		err := s.rc.BlockRemove(id)
		if again || !api.Temporary(err) {
			return err
		}
		again = true
		time.Sleep(time.Second)
	}
}

// Not reported: two groups in turn.
func (s *Service) swapped(first, second, id string) error {
	for range 4 {
		err := s.api.Join(first, id)
		if !api.Temporary(err) {
			return err
		}
		first, second = second, first
	}
	return errors.New("both groups are busy")
}

// Reported: the second call fails, and both are made again; the first also where it succeeded.
func (s *Service) both(id string) {
	for range 3 {
		if err := s.rc.UserUpdate(id, "a", ""); err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		if err := s.rc.BlockRemove(id); err != nil { // want `\(retry\)`
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		return
	}
}

// Not reported: the user is registered first.
func (s *Service) upsert(id, name string) error {
	err := s.rc.UserUpdate(id, name, "")
	if api.Code(err) == api.UserNotFound {
		if _, err := s.rc.UserRegister(id, name, ""); err != nil {
			return err
		}
		err = s.rc.UserUpdate(id, name, "")
	}
	return err
}

// Not reported: the clock is set before a signature is made again.
func (s *Service) resign(id string) error {
	for range 3 {
		err := s.rc.BlockRemove(id)
		switch api.Code(err) {
		case api.RateLimited, api.Timeout:
			time.Sleep(time.Second)
			continue
		case api.Signature:
			s.offset = time.Minute
			continue
		}
		return err
	}
	return errors.New("too many attempts")
}

// Reported: nothing is mended on one way.
func (s *Service) upsertSometimes(id, name string) error {
	err := s.rc.UserUpdate(id, name, "")
	if api.Code(err) == api.UserNotFound {
		if name != "" {
			if _, err := s.rc.UserRegister(id, name, ""); err != nil {
				return err
			}
		}
		err = s.rc.UserUpdate(id, name, "") // want `400 .*\(retry\)`
	}
	return err
}

func attempts(f func() error, worth func(error) bool) (err error) {
	for range 3 {
		if err = f(); err == nil || !worth(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Not reported: the helper is given a function that asks.
func (s *Service) worth(id string) error {
	return attempts(func() error { return s.rc.BlockRemove(id) }, api.Temporary)
}

// Reported: the helper is given one that does not.
func (s *Service) worthless(id string) error {
	return attempts(func() error {
		return s.rc.BlockRemove(id) // want `\(retry\)`
	}, func(error) bool { return true })
}

// Not reported: each attempt goes to the next client of a pool.
func (s *Service) pooled(room string) (err error) {
	for range 3 {
		if err = s.next().ChatRoomDestroy(room); err == nil {
			return nil
		}
	}
	return err
}

// Not reported: each attempt has a name of its own.
func (s *Service) named(name func() string) error {
	for range 3 {
		if _, err := s.rc.GroupCreate("group"+name(), "", nil); api.Code(err) != api.GroupExists {
			return err
		}
	}
	return errors.New("too many attempts")
}

func (s *Service) next() *sdk.RongCloud {
	s.turn = (s.turn + 1) % len(s.pool)
	return s.pool[s.turn]
}
