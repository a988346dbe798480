// Package retries calls PostgreSQL again.
package retries

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

func transfer(ctx context.Context, c *pgx.Conn) error {
	tx, err := c.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	if _, err := tx.Exec(ctx, "UPDATE accounts SET n = n - 1"); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// Rules: retryable/set-owed.
func serializationAlone(ctx context.Context, c *pgx.Conn) error {
	for range 5 {
		err := transfer(ctx, c)
		if err == nil {
			return nil
		}
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.SerializationFailure { // want `40P01 \(DeadlockDetected\) belongs with 40001 \(SerializationFailure\), which is retried here: PostgreSQL aborts either transaction, and either may be run again \(retryable\)`
			time.Sleep(time.Millisecond)
			continue
		}
		return errors.New("the transfer failed")
	}
	return errors.New("no luck")
}

// Rules: retryable/set-owed.
func both(ctx context.Context, c *pgx.Conn) error {
	for range 5 {
		err := transfer(ctx, c)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && (pgErr.Code == pgerrcode.SerializationFailure || pgErr.Code == pgerrcode.DeadlockDetected) {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}

// Rules: switch/set-owed.
func switched(ctx context.Context, c *pgx.Conn) error {
	for range 5 {
		err := transfer(ctx, c)
		if err == nil {
			return nil
		}
		var pgErr *pgconn.PgError
		if !errors.As(err, &pgErr) {
			return err
		}
		switch pgErr.Code {
		case pgerrcode.SerializationFailure, pgerrcode.LockNotAvailable: // want `40P01 \(DeadlockDetected\) belongs with 40001 .*\(switch\)`
			time.Sleep(time.Millisecond)
		default:
			return err
		}
	}
	return errors.New("no luck")
}

// Rules: retryable/set-owed.
func deadlockAlone(ctx context.Context, c *pgx.Conn) error {
	for range 5 {
		err := transfer(ctx, c)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.DeadlockDetected {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}

// Rules: retryable/set-predicate.
func isRetryable(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == pgerrcode.SerializationFailure // want `40P01 .* belongs with 40001 .*\(retryable\)`
}

// Rules: retryable/set-predicate.
func isSerialization(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == pgerrcode.SerializationFailure // want `40P01 .* belongs with 40001 .*\(retryable\)`
}

func asks(ctx context.Context, c *pgx.Conn) error {
	for range 5 {
		err := transfer(ctx, c)
		if err == nil || !isSerialization(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

// Rules: retryable/set-predicate.
func isConflict(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == pgerrcode.SerializationFailure
}

var errConflict = errors.New("conflict")

func described(err error) error {
	if isConflict(err) {
		return errConflict
	}
	return err
}

func classOf(ctx context.Context, c *pgx.Conn) error {
	for range 5 {
		err := transfer(ctx, c)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && strings.HasPrefix(pgErr.Code, "40") {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}

func predicate(ctx context.Context, c *pgx.Conn) error {
	for range 5 {
		err := transfer(ctx, c)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && pgerrcode.IsTransactionRollback(pgErr.Code) {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}

var again = []string{pgerrcode.SerializationFailure}

func listed(ctx context.Context, c *pgx.Conn) error {
	for range 5 {
		err := transfer(ctx, c)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && slices.Contains(again, pgErr.Code) { // want `40P01 .* belongs with 40001 .*\(retryable\)`
			time.Sleep(time.Millisecond)
			continue
		}
		return errors.New("the transfer failed")
	}
	return errors.New("no luck")
}

// Rules: retry/endless-loop.
func endless(ctx context.Context, c *pgx.Conn) error {
	for {
		err := transfer(ctx, c) // want `retries.transfer is called again without end as long as it answers 40001 \(SerializationFailure\) and 40P01 \(DeadlockDetected\): bound the attempts, or stop at a deadline \(retry\)`
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && (pgErr.Code == pgerrcode.SerializationFailure || pgErr.Code == pgerrcode.DeadlockDetected) {
			continue
		}
		return err
	}
}

// A unique violation is retried on purpose: somebody else was quicker.
// Rules: retry/named-code.
func upsert(ctx context.Context, c *pgx.Conn) error {
	for range 3 {
		err := transfer(ctx, c)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
			continue
		}
		return err
	}
	return errors.New("no luck")
}

// Rules: retry/named-code, origin/asked-error.
func everything(ctx context.Context, c *pgx.Conn) (err error) {
	for range 3 {
		if err = transfer(ctx, c); err == nil {
			return nil
		}
	}
	return err
}

func isTemporary(err error) bool {
	var e interface{ SQLState() string }
	return errors.As(err, &e) && e.SQLState() == pgerrcode.SerializationFailure // want `40P01 .* belongs with 40001 .*\(retryable\)`
}
