package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"example.com/styles/push"
)

type Result struct {
	ID  string
	Err error
}

// Run sends the daily push.
func Run(s *push.Sender, text string) (string, error) {
	id, err := s.Broadcast(text)
	var perr *push.Error
	if errors.As(err, &perr) { // want `\(target\)`
		slog.Error("daily push", "code", perr.Code)
	}
	return id, err
}

// RunByValue does so, too.
func RunByValue(s *push.Sender, text string) (string, error) {
	id, err := s.Broadcast(text)
	var perr push.Error
	if errors.As(err, &perr) {
		slog.Error("daily push", "code", perr.Code)
	}
	return id, err
}

// RunRetry tries again while the API asks for patience.
func RunRetry(ctx context.Context, s *push.Sender, to, text string) error {
	for i := 1; ; i++ {
		err := s.System(to, text)
		if !errors.Is(err, push.ErrThrottled) || i == 4 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(i) * time.Second):
		}
	}
}

// RunStubborn tries three times.
func RunStubborn(s *push.Sender, to, text string) error {
	var err error
	for i := 0; i < 3; i++ {
		if err = s.System(to, text); err == nil { // want `\(retry\)`
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Collect reports each outcome.
func Collect(s *push.Sender, ids []string, out chan<- Result) {
	for _, id := range ids {
		out <- Result{ID: id, Err: s.System(id, "hello")}
	}
	close(out)
}

// Greet hides the details.
func Greet(s *push.Sender, id string) error {
	if err := s.System(id, "hello"); err != nil {
		return fmt.Errorf("greeting %s failed: %v", id, err) // want `\(retryable\)`
	}
	return nil
}

// GreetWrapped keeps them.
func GreetWrapped(s *push.Sender, id string) error {
	if err := s.System(id, "hello"); err != nil {
		return fmt.Errorf("greeting %s failed: %w", id, err)
	}
	return nil
}
