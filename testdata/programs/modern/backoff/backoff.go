// Package backoff repeats operations that may succeed later.
package backoff

import (
	"context"
	"errors"
	"time"
)

// Policy says what is repeated, how often and how slowly.
type Policy struct {
	Attempts  int
	Delay     time.Duration
	Retryable func(error) bool
}

// Do runs op until it succeeds, fails for good, or the attempts are used up.
func Do[T any](ctx context.Context, p Policy, op func(context.Context) (T, error)) (T, error) {
	delay := p.Delay
	for attempt := 1; ; attempt++ {
		v, err := op(ctx)
		if err == nil {
			return v, nil
		}
		if attempt >= p.Attempts || !p.Retryable(err) {
			return v, err
		}
		select {
		case <-ctx.Done():
			return v, errors.Join(context.Cause(ctx), err)
		case <-time.After(delay):
			delay *= 2
		}
	}
}
