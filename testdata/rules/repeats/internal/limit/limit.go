// Package limit spaces calls out.
package limit

import (
	"context"
	"time"
)

// Limiter lets one call through for each tick.
type Limiter struct{ tick *time.Ticker }

// New makes a limiter.
func New(every time.Duration) *Limiter { return &Limiter{time.NewTicker(every)} }

// Wait waits for the next tick.
func (l *Limiter) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-l.tick.C:
		return nil
	}
}
