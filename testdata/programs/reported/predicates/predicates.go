// Package predicates re-enacts reports of a serialization failure that is retried, and no deadlock.
package predicates

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	serializationFailure = "40001"
	uniqueViolation      = "23505"
)

// authzed/spicedb: a predicate over a predicate, asked by the loop.
func isSerializationError(err error) bool {
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) {
		return pgErr.SQLState() == serializationFailure // want `40P01 \(DeadlockDetected\) belongs with 40001 \(SerializationFailure\), which is retried here: .* \(retryable\)`
	}
	return false
}

func errorRetryable(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	return isSerializationError(err)
}

// Nobody in this package asks it, but its name says what it is for.
func connectionRetryable(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return false
	}
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == serializationFailure // want `40P01 .* belongs with 40001 .* \(retryable\)`
}

type store struct {
	conn    *pgx.Conn
	retries int
}

func (s *store) readWrite(ctx context.Context, fn func(context.Context, pgx.Tx) error) error {
	var err error
	for i := 0; i <= s.retries; i++ {
		err = s.once(ctx, fn)
		if err != nil {
			if errorRetryable(err) {
				time.Sleep(time.Duration(i) * time.Millisecond)
				continue
			}
			return err
		}
		return nil
	}
	return err
}

func (s *store) once(ctx context.Context, fn func(context.Context, pgx.Tx) error) error {
	tx, err := s.conn.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	if err := fn(ctx, tx); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// lightningnetwork/lnd: the code becomes an error of the program, and the loop asks for that.
type errSerialization struct{ cause error }

func (e *errSerialization) Error() string { return e.cause.Error() }
func (e *errSerialization) Unwrap() error { return e.cause }

type errDuplicate struct{ cause error }

func (e *errDuplicate) Error() string { return e.cause.Error() }

func mapError(err error) error {
	var pgErr *pgconn.PgError
	if !errors.As(err, &pgErr) {
		return err
	}
	switch pgErr.Code {
	case uniqueViolation:
		return &errDuplicate{err}
	case serializationFailure: // missed: retryable
		return &errSerialization{err}
	}
	return err
}

func isSerialization(err error) bool {
	var e *errSerialization
	return errors.As(err, &e)
}

func (s *store) execute(ctx context.Context, fn func(pgx.Tx) error) error {
	var err error
	for range 10 {
		err = mapError(s.once(ctx, func(_ context.Context, tx pgx.Tx) error { return fn(tx) }))
		if !isSerialization(err) {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}
