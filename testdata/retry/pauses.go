package retry

import (
	"context"
	"time"
)

// Not reported: the attempt itself waits when it fails.
func (s *Service) waitsDeferred(id string) (err error) {
	for range 4 {
		if err = s.attempt(id); !retryable(err) {
			break
		}
	}
	return err
}

func (s *Service) attempt(id string) (err error) {
	defer func() {
		if err != nil {
			time.Sleep(time.Second)
		}
	}()
	return s.rc.BlockRemove(id)
}

// Not reported: the end of a context with a timeout is waited for.
func (s *Service) waitsForContext(ctx context.Context, id string) (err error) {
	for range 4 {
		if err = s.rc.BlockRemove(id); !retryable(err) {
			break
		}
		pause, cancel := context.WithTimeout(ctx, time.Second)
		<-pause.Done()
		cancel()
	}
	return err
}

// Reported: whether the timer has run out is asked, and nothing waits for it.
func (s *Service) asksTimer(id string) error {
	end := time.After(time.Minute)
	for {
		err := s.rc.BlockRemove(id) // want `\(retry\)`
		if !retryable(err) {
			return err
		}
		select {
		case <-end:
			return err
		default:
		}
	}
}

// bucket has a token for each call that may be made.
type bucket struct{ tokens, places chan struct{} }

func (b *bucket) fill() {
	for range time.Tick(time.Second) {
		select {
		case b.tokens <- struct{}{}:
		default:
		}
	}
}

// Not reported: the tokens come at a pace.
func (s *Service) takesToken(ctx context.Context, b *bucket, id string) error {
	for range 4 {
		select {
		case <-b.tokens:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := s.rc.BlockRemove(id); !retryable(err) {
			return err
		}
	}
	return errFailed
}

// Reported: a place is free at once.
func (s *Service) takesPlace(b *bucket, id string) error {
	for range 4 {
		b.places <- struct{}{}
		err := s.rc.BlockRemove(id) // want `\(retry\)`
		<-b.places
		if !retryable(err) {
			return err
		}
	}
	return errFailed
}
