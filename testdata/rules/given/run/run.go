// Package run has helpers that run what they are given. It knows nothing of the API.
package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"sync"
	"time"
)

// Errors of this package.
var (
	ErrOpen   = errors.New("run: open")
	ErrFailed = errors.New("run: failed")
)

// A Task may fail.
type Task func(ctx context.Context) error

// Observe counts and times, and hands the error on.
func Observe(name string, f func() error) error {
	start := time.Now()
	err := f()
	record(name, start, err)
	return err
}

func record(name string, start time.Time, err error) {
	log.Print(name, time.Since(start), err)
}

// Value hands a value and its error on.
func Value[T any](name string, f func() (T, error)) (T, error) {
	start := time.Now()
	v, err := f()
	if err != nil {
		record(name, start, err)
		var none T
		return none, fmt.Errorf("%s: %w", name, err)
	}
	return v, nil
}

// With holds a lock.
func With(mu sync.Locker, f func() error) error {
	mu.Lock()
	defer mu.Unlock()
	return f()
}

// InTime gives a task a deadline.
func InTime(ctx context.Context, d time.Duration, t Task) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	defer func(start time.Time) { record("task", start, err) }(time.Now())
	return t(ctx)
}

// Breaker opens when calls fail.
type Breaker struct {
	mu  sync.Mutex
	bad int
}

// Do makes a call, unless too many failed.
func (b *Breaker) Do(call func() error) error {
	b.mu.Lock()
	open := b.bad > 5
	b.mu.Unlock()
	if open {
		return ErrOpen
	}
	err := call()
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		b.bad++
	} else {
		b.bad = 0
	}
	return err
}

// A Runner runs calls.
type Runner interface{ Do(call func() error) error }

// Guarded leaves the call to another helper.
func Guarded(b *Breaker, call func() error) error {
	if err := b.Do(call); err != nil {
		return fmt.Errorf("guarded: %w", err)
	}
	return nil
}

// Mapped answers with an error of its own.
func Mapped(f func() error) error {
	if err := f(); err != nil {
		log.Print(err)
		return ErrFailed
	}
	return nil
}

// Told keeps the text alone.
func Told(f func() error) error {
	if err := f(); err != nil {
		return fmt.Errorf("told: %v", err)
	}
	return nil
}

// Sometimes answers with an error of its own when it is closed meanwhile.
func Sometimes(closed func() bool, f func() error) error {
	err := f()
	if err != nil && closed() {
		return ErrFailed
	}
	return err
}

// Tolerant takes the end for a success.
func Tolerant(f func() error) error {
	err := f()
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// Deferred changes the error on its way out.
func Deferred(f func() error) (err error) {
	defer func() {
		if err != nil {
			err = ErrFailed
		}
	}()
	err = f()
	return err
}

// Fallback tries another function when the first fails.
func Fallback(f, g func() error) error {
	if err := f(); err != nil {
		return g()
	}
	return nil
}

// Again runs a function until it succeeds, three times at most.
func Again(f func() error) error {
	var err error
	for i := range 3 {
		if err = f(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i+1) * time.Second)
	}
	return err
}

// Twice runs a function again when it fails.
func Twice(f func() error) error {
	if err := f(); err == nil {
		return nil
	}
	time.Sleep(time.Second)
	return f()
}

// Later leaves the repetition to another helper.
func Later(f func() error) error { return Again(f) }

// Judged asks whether the failure counts.
func Judged(counts func(error) bool, f func() error) error {
	err := f()
	if counts(err) {
		log.Print("counts")
	}
	return err
}

// All runs every function.
func All(fs ...func() error) error {
	for _, f := range fs {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

// Queue runs its tasks some time.
type Queue struct{ tasks []func() error }

// Put keeps a task.
func (q *Queue) Put(f func() error) error {
	if len(q.tasks) > 100 {
		return ErrFailed
	}
	q.tasks = append(q.tasks, f)
	return nil
}
