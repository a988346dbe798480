// Package again runs functions until they succeed.
package again

import (
	"context"
	"math/rand/v2"
	"time"
)

const base = 200 * time.Millisecond

// Do runs fn until it succeeds, at most attempts times.
func Do(ctx context.Context, attempts int, fn func() error) error {
	var err error
	for i := range attempts {
		if err = fn(); err == nil {
			return nil
		}
		if perr := Pause(ctx, i); perr != nil {
			return perr
		}
	}
	return err
}

// DoIf runs fn until it succeeds or fails for good.
func DoIf(ctx context.Context, temporary func(error) bool, fn func() error) error {
	for i := 0; ; i++ {
		err := fn()
		if err == nil || !temporary(err) || i == 5 {
			return err
		}
		if perr := Pause(ctx, i); perr != nil {
			return perr
		}
	}
}

// Value is Do for functions with a result.
func Value[T any](ctx context.Context, attempts int, fn func() (T, error)) (T, error) {
	var (
		v   T
		err error
	)
	for i := 0; i < attempts; i++ {
		v, err = fn()
		if err == nil {
			break
		}
		if perr := Pause(ctx, i); perr != nil {
			return v, perr
		}
	}
	return v, err
}

// ValueIf is DoIf for functions with a result.
func ValueIf[T any](ctx context.Context, temporary func(error) bool, fn func() (T, error)) (T, error) {
	var v T
	err := DoIf(ctx, temporary, func() error {
		var err error
		v, err = fn()
		return err
	})
	return v, err
}

// Pause waits, longer for each attempt.
func Pause(ctx context.Context, attempt int) error {
	d := base<<attempt + rand.N(base)
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Next says how long to wait after having waited d.
func Next(d time.Duration) time.Duration {
	if d == 0 {
		return base
	}
	return min(2*d, 10*time.Second)
}
