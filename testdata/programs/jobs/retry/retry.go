// Package retry has helpers.
package retry

import (
	"context"
	"math/rand/v2"
	"time"
)

// Policy says how often.
type Policy struct {
	Attempts    int
	Base        time.Duration
	ShouldRetry func(error) bool
}

// Do Not reported:
func (p Policy) Do(ctx context.Context, f func(context.Context) error) error {
	var err error
	for i := 0; i < p.Attempts; i++ {
		if err = f(ctx); err == nil {
			return nil
		}
		if p.ShouldRetry != nil && !p.ShouldRetry(err) {
			return err
		}
		if err := Sleep(ctx, Backoff(p.Base, i)); err != nil {
			return err
		}
	}
	return err
}

// Backoff Not reported:
func Backoff(base time.Duration, n int) time.Duration {
	d := base << n
	return d + time.Duration(rand.Int64N(int64(d)/2+1))
}

// Sleep Not reported:
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
