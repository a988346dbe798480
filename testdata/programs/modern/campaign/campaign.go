// Package campaign reaches many users.
package campaign

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"example.com/modern/backoff"
	"example.com/modern/rong"
)

// Result is a value or what went wrong.
type Result[T any] struct {
	Value T
	Err   error
}

// Runner runs campaigns.
type Runner struct{ client *rong.Client }

// New makes a Runner.
func New(c *rong.Client) *Runner { return &Runner{client: c} }

// Ticket gets the token that a campaign uses.
func (r *Runner) Ticket(ctx context.Context, id string) (string, error) {
	var last error
	for attempt := range 5 {
		tok, err := r.client.Token(ctx, id, "campaign") // want `\(retry\)`
		if err == nil {
			return tok, nil
		}
		last = err
		time.Sleep(time.Second << attempt)
	}
	return "", fmt.Errorf("ticket for %s: %w", id, last)
}

// TicketSoon is Ticket with the house's policy.
func (r *Runner) TicketSoon(ctx context.Context, id string) (string, error) {
	return backoff.Do(ctx, backoff.Policy{Attempts: 3, Delay: time.Second, Retryable: again}, func(ctx context.Context) (string, error) {
		return r.client.Token(ctx, id, "campaign")
	})
}

func again(err error) bool {
	e, ok := errors.AsType[*rong.Error](err)
	return ok && e.Temporary()
}

var pending = []rong.Code{rong.CodeStreamNotFinished, rong.CodeStreamPullTimeout}

// Wait polls a stream until it has ended.
func (r *Runner) Wait(ctx context.Context, id string) (string, error) {
	ticker := time.NewTicker(5 * time.Second)
	defer ticker.Stop()
	for {
		reason, err := r.client.Stream(ctx, id)
		e, ok := errors.AsType[*rong.Error](err)
		if !ok || !slices.Contains(pending, e.Code) {
			return reason, err
		}
		select {
		case <-ctx.Done():
			return "", errors.Join(context.Cause(ctx), err)
		case <-ticker.C:
		}
	}
}

// Tokens gets tokens side by side.
func (r *Runner) Tokens(ctx context.Context, ids []string) []Result[string] {
	out := make([]Result[string], len(ids))
	var wg sync.WaitGroup
	for i, id := range ids {
		wg.Go(func() {
			tok, err := r.client.Token(ctx, id, "")
			out[i] = Result[string]{Value: tok, Err: err}
		})
	}
	wg.Wait()
	return out
}

// Exclude keeps users out while a campaign runs.
func (r *Runner) Exclude(ctx context.Context, ids []string) {
	for _, id := range ids {
		if err := r.client.Block(ctx, id, time.Hour); err != nil { // want `\(unchecked\)`
			slog.WarnContext(ctx, "not excluded", "user", id, "err", err)
		}
	}
}
