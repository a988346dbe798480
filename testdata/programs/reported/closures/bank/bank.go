// Package bank gives functions to helpers of another package, which ask their errors for a code.
package bank

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"example.com/reported/closures/again"
)

var errPay = errors.New("not paid")

// Bank pays.
type Bank struct{ db *sql.DB }

// Rules: retryable/closure-code.
func (b *Bank) pay(ctx context.Context, id int) error {
	return again.Do(ctx, func(ctx context.Context) error {
		if _, err := b.db.ExecContext(ctx, "SELECT pay($1)", id); err != nil {
			return fmt.Errorf("pay %d: %v", id, err) // want `the helper retries on the code, and this error has lost it: wrap with %w \(retryable\)`
		}
		return nil
	})
}

func (b *Bank) refund(ctx context.Context, id int) error {
	return again.InTx(ctx, b.db, func(tx *sql.Tx) error {
		if _, err := tx.Exec("SELECT refund($1)", id); err != nil {
			return errPay // want `the helper retries on the code, and this error has lost it: .*\(retryable\)`
		}
		return nil
	})
}

func (b *Bank) charge(ctx context.Context, id int) error {
	return again.If(ctx, again.IsConflict, func() error {
		if _, err := b.db.ExecContext(ctx, "SELECT charge($1)", id); err != nil {
			return fmt.Errorf("charge %d: %v", id, err) // want `the helper retries on the code, and this error has lost it: .*\(retryable\)`
		}
		return nil
	})
}

func (b *Bank) closeDay(ctx context.Context) error {
	if _, err := b.db.ExecContext(ctx, "SELECT close_day()"); err != nil {
		return fmt.Errorf("close the day: %s", err) // want `the helper retries on the code, and this error has lost it: .*\(retryable\)`
	}
	return nil
}

func (b *Bank) everyDay(ctx context.Context) error { return again.Do(ctx, b.closeDay) }

// A loop of one's own asks what the function answers.
func (b *Bank) openDay(ctx context.Context) error {
	var err error
	for range 5 {
		if err = b.open(ctx); !again.IsConflict(err) {
			return err
		}
	}
	return err
}

func (b *Bank) open(ctx context.Context) error {
	if _, err := b.db.ExecContext(ctx, "SELECT open_day()"); err != nil {
		return fmt.Errorf("open the day: %v", err) // want `the caller retries on the code, and this error has lost it: .*\(retryable\)`
	}
	return nil
}

// Nothing is asked of these errors.
func (b *Bank) each(ctx context.Context) error {
	return again.Each(ctx, 3, func(ctx context.Context) error {
		if _, err := b.db.ExecContext(ctx, "SELECT pay()"); err != nil {
			return fmt.Errorf("pay: %v", err)
		}
		return nil
	})
}

// A helper that is told to go on whatever it was asks for no code.
func (b *Bank) always(ctx context.Context) error {
	return again.If(ctx, func(err error) bool { return !errors.Is(err, sql.ErrConnDone) }, func() error {
		if _, err := b.db.ExecContext(ctx, "SELECT pay()"); err != nil {
			return fmt.Errorf("pay: %v", err)
		}
		return nil
	})
}

// The helper has seen the code; what is made of it behind is the caller's.
func (b *Bank) outside(ctx context.Context) error {
	err := again.Do(ctx, func(ctx context.Context) error {
		_, err := b.db.ExecContext(ctx, "SELECT pay()")
		return err
	})
	if err != nil {
		return fmt.Errorf("outside: %v", err)
	}
	return nil
}

func (b *Bank) soon(ctx context.Context) error {
	return again.Soon(ctx, 3, func(ctx context.Context) error {
		if _, err := b.db.ExecContext(ctx, "SELECT pay()"); err != nil {
			return fmt.Errorf("pay: %v", err) // want `the helper retries on the code, and this error has lost it: .*\(retryable\)`
		}
		return nil
	})
}

func (b *Bank) inRun(ctx context.Context) error {
	f := func(tx *sql.Tx) error {
		if _, err := tx.Exec("SELECT pay()"); err != nil {
			return errPay // want `the helper retries on the code, and this error has lost it: .*\(retryable\)`
		}
		return nil
	}
	return again.InRun(ctx, b.db, f)
}
