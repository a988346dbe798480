// Package again calls functions again, for packages that know nothing of codes.
package again

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/lib/pq"
)

// IsConflict reports whether a transaction may be run again.
func IsConflict(err error) bool {
	var failure *pq.Error
	return errors.As(err, &failure) && (failure.Code == "40001" || failure.Code == "40P01")
}

// Do calls fn again while it conflicts.
func Do(ctx context.Context, fn func(context.Context) error) error {
	var err error
	for range 5 {
		if err = fn(ctx); err == nil || !IsConflict(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// InTx calls fn in a transaction, and again while that conflicts.
func InTx(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	return Do(ctx, func(ctx context.Context) error {
		return begin(ctx, db, fn)
	})
}

func begin(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Each calls fn for each of many, and asks nothing of its errors.
func Each(ctx context.Context, n int, fn func(context.Context) error) error {
	for range n {
		if err := fn(ctx); err != nil {
			return err
		}
	}
	return nil
}

// If calls fn again as long as the error is worth it.
func If(ctx context.Context, worth func(error) bool, fn func() error) error {
	var err error
	for range 5 {
		if err = fn(); err == nil || !worth(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Soon calls fn, and again while it conflicts.
func Soon(ctx context.Context, n int, fn func(context.Context) error) error {
	err := fn(ctx)
	for i := 1; i < n && IsConflict(err); i++ {
		time.Sleep(time.Second)
		err = fn(ctx)
	}
	return err
}

// InRun calls fn in what it calls again.
func InRun(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	run := func() error { return begin(ctx, db, fn) }
	var err error
	for range 5 {
		if err = run(); !IsConflict(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
