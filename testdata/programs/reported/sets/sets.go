// Package sets re-enacts reports of retries that leave out a code which belongs to the one that
// they name.
package sets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// authzed/spicedb, lightningnetwork/lnd and ory/x: a serialization failure is retried, a
// deadlock is not.
// Rules: retryable/set-dialect.
func isRetryable(err error) bool {
	var failure *pgconn.PgError
	if errors.As(err, &failure) {
		return failure.Code == pgerrcode.SerializationFailure // want `40P01 \(DeadlockDetected\) belongs with 40001 \(SerializationFailure\), which is retried here: .*\(retryable\)`
	}
	return false
}

// Retried runs fn again.
func Retried(ctx context.Context, fn func(context.Context) error) error {
	var err error
	for range 5 {
		if err = fn(ctx); !isRetryable(err) {
			return err
		}
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
	}
	return err
}

// A sentinel of the driver is none of its errors with a code.
func isRetryableOrRolledBack(err error) bool {
	var failure *pgconn.PgError
	if errors.As(err, &failure) && (failure.SQLState() == pgerrcode.SerializationFailure || failure.SQLState() == pgerrcode.UniqueViolation) { // want `40P01 \(DeadlockDetected\) belongs with 40001 .*\(retryable\)`
		return true
	}
	return errors.Is(err, pgx.ErrTxCommitRollback)
}

// errConflict is what a deadlock was made to on its way up.
var errConflict = errors.New("conflict")

func update(db *sql.DB) error {
	_, err := db.Exec("UPDATE stock SET n = n - 1")
	var failure *pgconn.PgError
	if errors.As(err, &failure) && failure.Code == pgerrcode.DeadlockDetected {
		return fmt.Errorf("%w: %w", errConflict, err)
	}
	return err
}

func isRetryableOrConflict(err error) bool {
	var failure *pgconn.PgError
	if errors.As(err, &failure) && failure.SQLState() == pgerrcode.SerializationFailure {
		return true
	}
	return errors.Is(err, errConflict)
}

func isRetryableBoth(err error) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && pgerrcode.IsTransactionRollback(failure.Code)
}

// RetriedBoth runs fn again.
func RetriedBoth(ctx context.Context, fn func(context.Context) error) error {
	var err error
	for range 5 {
		if err = fn(ctx); !isRetryableBoth(err) {
			return err
		}
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
	}
	return err
}

// algorand/indexer#431: a transaction is run again, without end and for one code alone; a deadlock
// is the caller's.
func withRetry(db *sql.DB, f func(*sql.Tx) error) error {
	delay := time.Millisecond
	for {
		err := inTx(db, f) // want `\(retry\)`
		var failure *pq.Error
		if !errors.As(err, &failure) || failure.Code != "40001" { // want `\(magic\)`
			return err
		}
		time.Sleep(delay)
		delay *= 2
	}
}

func inTx(db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// A list for the metrics retries nothing.
func describe(err error) string {
	var failure *pq.Error
	if errors.As(err, &failure) && string(failure.Code) == pgerrcode.SerializationFailure {
		return "serialization"
	}
	return "other"
}

// An extended code is never a primary one.
func isConstraint(err error) bool {
	var failure *sqlite.Error
	return errors.As(err, &failure) && failure.Code() == sqlite3.SQLITE_CONSTRAINT // want `this is SQLite's extended result code, and 19 \(Constraint\) a primary result code: they are never equal; compare the code & 0xff \(mixed\)`
}

func isConstraintMasked(err error) bool {
	var failure *sqlite.Error
	return errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}
