// Package closures hands functions to helpers that call them again for a code.
package closures

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/cockroachdb/cockroach-go/v2/crdb"
	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Rules: retryable/closure-code.
func lost(ctx context.Context, db *sql.DB) error {
	return crdb.ExecuteTx(ctx, db, nil, func(tx *sql.Tx) error {
		if _, err := tx.Exec("UPDATE"); err != nil {
			return fmt.Errorf("update: %v", err) // want `the helper retries on the code, and this error has lost it: wrap with %w \(retryable\)`
		}
		return nil
	})
}

// Rules: retryable/closure-code.
func kept(ctx context.Context, db *sql.DB) error {
	return crdb.ExecuteTx(ctx, db, nil, func(tx *sql.Tx) error {
		if _, err := tx.Exec("UPDATE"); err != nil {
			return fmt.Errorf("update: %w", err)
		}
		return nil
	})
}

// Rules: retryable/closure-code.
func other(ctx context.Context, db *sql.DB, check func() error) error {
	return crdb.ExecuteTx(ctx, db, nil, func(tx *sql.Tx) error {
		if err := check(); err != nil {
			return fmt.Errorf("no order: %v", err)
		}
		_, err := tx.Exec("UPDATE")
		return err
	})
}

func isRetryable(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == pgerrcode.SerializationFailure || e.Code == pgerrcode.DeadlockDetected)
}

func again(fn func() error) error {
	for range 3 {
		err := fn()
		if err == nil || !isRetryable(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

// Rules: retryable/closure-code.
func lostByOwn(ctx context.Context, c *pgx.Conn) error {
	return again(func() error {
		_, err := c.Exec(ctx, "UPDATE")
		if err != nil {
			return errors.New("update: " + err.Error()) // want `the helper retries on the code, and this error has lost it: wrap with %w \(retryable\)`
		}
		return nil
	})
}

func lostByOwnText(ctx context.Context, c *pgx.Conn) error {
	return again(func() error {
		_, err := c.Exec(ctx, "UPDATE")
		if err != nil {
			return fmt.Errorf("update: %s", err.Error()) // want `the helper retries on the code, and this error has lost it: wrap with %w \(retryable\)`
		}
		return nil
	})
}

func once(fn func() error) error { return fn() }

// Rules: retryable/closure-code.
func notAgain(ctx context.Context, c *pgx.Conn) error {
	return once(func() error {
		_, err := c.Exec(ctx, "UPDATE")
		if err != nil {
			return fmt.Errorf("update: %v", err)
		}
		return nil
	})
}
