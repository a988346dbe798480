// Package pgx uses github.com/jackc/pgx/v5.
package pgx

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

func literal(ctx context.Context, pool *pgxpool.Pool) bool {
	_, err := pool.Exec(ctx, "INSERT INTO users VALUES ($1)", 1)
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == "23505" // want `magic SQLSTATE 23505 \(UniqueViolation: .*use pgerrcode.UniqueViolation \(magic\)`
}

// 23999 is the program's own.
func raised(err error) bool {
	const trigger = `RAISE EXCEPTION 'no' USING ERRCODE = '23999'`
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == "23999" && trigger != ""
}

func named(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgerrcode.IsIntegrityConstraintViolation(pgErr.SQLState())
}

func text(ctx context.Context, c *pgx.Conn) bool {
	_, err := c.Exec(ctx, "INSERT INTO users VALUES ($1)", 1)
	return err != nil && strings.Contains(err.Error(), "SQLSTATE 23505") // want `23505 \(UniqueViolation\) is looked for in the text of an error: .*\(text\)`
}

func update(ctx context.Context, c *pgx.Conn) error {
	return pgx.BeginTxFunc(ctx, c, pgx.TxOptions{IsoLevel: pgx.Serializable}, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE accounts SET n = n + 1")
		return err
	})
}

func alone(ctx context.Context, c *pgx.Conn) error {
	for range 3 {
		err := update(ctx, c)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.SerializationFailure { // want `40P01 \(DeadlockDetected\) belongs with 40001 .*\(retryable\)`
			time.Sleep(time.Millisecond)
			continue
		}
		if err != nil {
			return errors.New("the accounts are as they were")
		}
		return nil
	}
	return errors.New("no luck")
}

// The caller gets the others as they are.
func handedOn(ctx context.Context, c *pgx.Conn) error {
	for range 3 {
		err := update(ctx, c)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.SerializationFailure {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}

func both(ctx context.Context, c *pgx.Conn) error {
	for range 3 {
		err := update(ctx, c)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && (pgErr.Code == pgerrcode.SerializationFailure || pgErr.Code == pgerrcode.DeadlockDetected) {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}

func isDeadlock(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == pgerrcode.DeadlockDetected
}

func within(ctx context.Context, tx pgx.Tx) error {
	for range 3 {
		_, err := tx.Exec(ctx, "UPDATE accounts SET n = n + 1") // want `this statement is called again in the transaction that PostgreSQL has aborted: .*\(retry\)`
		if !isDeadlock(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

// Begin of a transaction sets a savepoint.
func nested(ctx context.Context, tx pgx.Tx) error {
	for range 3 {
		inner, err := tx.Begin(ctx)
		if err != nil {
			return err
		}
		_, err = inner.Exec(ctx, "UPDATE accounts SET n = n + 1")
		if !isDeadlock(err) {
			return err
		}
		if err := inner.Rollback(ctx); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}
