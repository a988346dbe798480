// Package wait has helpers for trying again.
package wait

import (
	"context"
	"time"
)

// Before waits longer for each attempt.
func Before(attempt int) { pause(time.Second << attempt) }

func pause(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	<-timer.C
}

// Or waits, unless the context ends first.
func Or(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// More says whether there may be another attempt.
func More(attempt int) bool { return attempt < 4 }
