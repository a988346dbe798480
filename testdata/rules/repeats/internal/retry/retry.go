// Package retry runs a function again unless its error is marked permanent.
package retry

import (
	"context"
	"errors"
	"time"
)

type permanentError struct{ err error }

func (p *permanentError) Error() string { return p.err.Error() }
func (p *permanentError) Unwrap() error { return p.err }

// Permanent marks an error that another attempt does not mend.
func Permanent(err error) error { return &permanentError{err} }

// Do runs fn at most five times.
func Do(ctx context.Context, fn func(context.Context) error) error {
	var err error
	wait := 100 * time.Millisecond
	for range 5 {
		err = fn(ctx)
		if err == nil {
			return nil
		}
		var p *permanentError
		if errors.As(err, &p) {
			return p.err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(wait):
			wait *= 2
		}
	}
	return err
}
