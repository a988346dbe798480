package retries

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

func isLocked(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == pgerrcode.LockNotAvailable
}

// Rules: retry/aborted-transaction.
func within(ctx context.Context, tx pgx.Tx) error {
	for range 3 {
		_, err := tx.Exec(ctx, "UPDATE accounts SET n = 1") // want `this statement is called again in the transaction that PostgreSQL has aborted: it can only answer 25P02; begin a new one \(retry\)`
		if !isLocked(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

// Rules: retry/aborted-transaction.
func scanned(ctx context.Context, tx pgx.Tx) (n int, err error) {
	for range 3 {
		err = tx.QueryRow(ctx, "SELECT n FROM accounts FOR UPDATE NOWAIT").Scan(&n) // want `this statement is called again in the transaction that PostgreSQL has aborted.*\(retry\)`
		if !isLocked(err) {
			return n, err
		}
		time.Sleep(time.Millisecond)
	}
	return 0, errors.New("no luck")
}

// Rules: retry/aborted-transaction.
func anew(ctx context.Context, c *pgx.Conn) error {
	for range 3 {
		tx, err := c.Begin(ctx)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE accounts SET n = 1")
		if !isLocked(err) {
			return err
		}
		_ = tx.Rollback(ctx)
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

// Rules: retry/aborted-transaction.
func savepoint(ctx context.Context, tx pgx.Tx) error {
	for range 3 {
		if _, err := tx.Exec(ctx, "SAVEPOINT before"); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "UPDATE accounts SET n = 1")
		if !isLocked(err) {
			return err
		}
		if _, err := tx.Exec(ctx, "ROLLBACK TO SAVEPOINT before"); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

// Rules: retry/aborted-transaction.
func nested(ctx context.Context, tx pgx.Tx) error {
	for range 3 {
		inner, err := tx.Begin(ctx)
		if err != nil {
			return err
		}
		_, err = inner.Exec(ctx, "UPDATE accounts SET n = 1")
		if !isLocked(err) {
			return err
		}
		_ = inner.Rollback(ctx)
	}
	return errors.New("no luck")
}

func outside(ctx context.Context, c *pgx.Conn) error {
	for range 3 {
		_, err := c.Exec(ctx, "UPDATE accounts SET n = 1")
		if !isLocked(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}
