package rongcloud

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/url"
	"time"
)

// kind says what a call does when it is made twice.
type kind int

const (
	idempotent kind = iota // the same as once
	once                   // the same again: a second message, a second group
)

// call makes a call, again if that can help, until it succeeds, fails for good, has
// used up its attempts, or the context ends.
func (c *Client) call(ctx context.Context, path string, form url.Values, k kind) (*Reply, error) {
	for attempt := 1; ; attempt++ {
		reply, err := c.post(ctx, path, form)
		if err == nil || attempt >= c.Attempts || !retryable(err, k) {
			return reply, err
		}
		if ended := wait(ctx, c.pause(attempt)); ended != nil {
			return nil, errors.Join(err, ended)
		}
	}
}

// retryable reports whether the same call may succeed later and does no harm until then.
func retryable(err error, k kind) bool {
	return Refused(err) || k == idempotent && Unclear(err)
}

// pause grows with each attempt, and half of it is left to chance, lest all clients that
// were turned away together come back together.
func (c *Client) pause(attempt int) time.Duration {
	p := c.Pause
	for i := 1; i < attempt && p < c.MaxPause; i++ {
		p *= 2
	}
	p = min(p, c.MaxPause)
	return p/2 + rand.N(p/2+1)
}

// wait returns early if the context ends.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
