package retry

import (
	"context"
	"fmt"
	"time"

	"example.com/retry/pace"
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
// Rules: retry/waiting-helper.
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
// Rules: retry/dynamic-pause.
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
// Rules: retry/dynamic-pause.
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

// Not reported: another package's tokens come at a pace.
func (s *Service) takesTheirToken(b *pace.Bucket, id string) error {
	for range 4 {
		b.Take()
		if err := s.rc.BlockRemove(id); !retryable(err) {
			return err
		}
	}
	return errFailed
}

// Not reported: so they do where the caller may give up.
func (s *Service) mayGiveUp(ctx context.Context, b *pace.Bucket, id string) error {
	for range 4 {
		if !b.TakeOr(ctx.Done()) {
			return ctx.Err()
		}
		if err := s.rc.BlockRemove(id); !retryable(err) {
			return err
		}
	}
	return errFailed
}

// Not reported: nor do its turns, which a variable of the package hands out.
func (s *Service) hasTurns(id string) error {
	for range 4 {
		turn := pace.Turn()
		if err := s.rc.BlockRemove(id); !retryable(err) {
			return fmt.Errorf("turn %d: %w", turn, err)
		}
	}
	return errFailed
}

// Reported: its places are free at once.
func (s *Service) takesTheirPlace(b *pace.Bucket, id string) error {
	for range 4 {
		b.Enter()
		err := s.rc.BlockRemove(id) // want `\(retry\)`
		b.Leave()
		if !retryable(err) {
			return err
		}
	}
	return errFailed
}

// Not reported: a goroutine beside the loop hands out its turns.
func (s *Service) ownTurns(id string) error {
	turns := make(chan struct{})
	go func() {
		defer close(turns)
		for range 4 {
			time.Sleep(time.Second)
			turns <- struct{}{}
		}
	}()
	for range turns {
		if err := s.rc.BlockRemove(id); !retryable(err) {
			return err
		}
	}
	return errFailed
}

// Reported: nothing ends this as long as the server has too much to do.
// Rules: retry/endless-loop.
func (s *Service) ticksForEver(id string) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for range tick.C {
		err := s.rc.BlockRemove(id) // want `without end.*\(retry\)`
		if !retryable(err) {
			return err
		}
	}
	return nil
}

// Not reported: a deadline ends it.
// Rules: retry/endless-loop.
func (s *Service) ticksUntil(id string, deadline time.Time) error {
	for now := range time.Tick(time.Second) {
		err := s.rc.BlockRemove(id)
		if !retryable(err) || now.After(deadline) {
			return err
		}
	}
	return nil
}

// Not reported: a job that runs as often as the clock ticks, whatever became of the last run.
func (s *Service) ticksAsAJob(id string) {
	for range time.Tick(time.Hour) {
		if err := s.rc.BlockRemove(id); err != nil {
			s.failed++
		}
	}
}
