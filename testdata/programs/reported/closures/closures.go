// Package closures re-enacts reports of closures that drop the code on which their helper
// calls them again.
package closures

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/cockroachdb/cockroach-go/v2/crdb"
	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"
)

// DB runs functions in transactions.
type DB struct {
	conn *pgx.Conn
	log  *slog.Logger
}

const attempts = 10

func isSerializationError(err error) bool {
	var failure *pgconn.PgError
	if !errors.As(err, &failure) {
		return false
	}
	return failure.Code == pgerrcode.SerializationFailure || failure.Code == pgerrcode.DeadlockDetected
}

// Transact runs fn in a transaction, and again if that cannot be serialized.
func (d *DB) Transact(ctx context.Context, fn func(tx pgx.Tx) (any, error)) (any, error) {
	var last error
	for attempt := range attempts {
		if attempt > 0 {
			time.Sleep(time.Duration(attempt) * 10 * time.Millisecond)
		}
		tx, err := d.conn.Begin(ctx)
		if err != nil {
			return nil, err
		}
		ret, err := fn(tx)
		if err != nil {
			_ = tx.Rollback(ctx)
			if isSerializationError(err) {
				last = err
				continue
			}
			return nil, err
		}
		if err := tx.Commit(ctx); err != nil {
			if isSerializationError(err) {
				last = err
				continue
			}
			return nil, err
		}
		return ret, nil
	}
	return nil, last
}

// treeverse/lakeFS#368: the error of the transaction was wrapped so that the helper did not find
// the code any more.
func branch(ctx context.Context, d *DB, name string) (any, error) {
	return d.Transact(ctx, func(tx pgx.Tx) (any, error) {
		if _, err := tx.Exec(ctx, "UPDATE branches SET staged = true WHERE name = $1", name); err != nil {
			return nil, fmt.Errorf("branch %s: %v", name, err) // want `the helper retries on the code, and this error has lost it: wrap with %w \(retryable\)`
		}
		return name, nil
	})
}

func branchWrapped(ctx context.Context, d *DB, name string) (any, error) {
	return d.Transact(ctx, func(tx pgx.Tx) (any, error) {
		if _, err := tx.Exec(ctx, "UPDATE branches SET staged = true WHERE name = $1", name); err != nil {
			return nil, fmt.Errorf("branch %s: %w", name, err)
		}
		return name, nil
	})
}

// cockroachdb/loadgen#98: ExecuteTx calls again for a code, and the closure answered one of its
// own errors.
// Rules: retryable/closure-code.
func transfer(ctx context.Context, db *sql.DB, from, to, amount int) error {
	return crdb.ExecuteTx(ctx, db, nil, func(tx *sql.Tx) error {
		if _, err := tx.Exec("UPDATE accounts SET balance = balance - $1 WHERE id = $2", amount, from); err != nil {
			return errTransfer // want `the helper retries on the code, and this error has lost it: .*\(retryable\)`
		}
		_, err := tx.Exec("UPDATE accounts SET balance = balance + $1 WHERE id = $2", amount, to)
		return err
	})
}

var errTransfer = errors.New("transfer failed")

// A fixed error for what the database did not say is no loss.
// Rules: retryable/closure-code.
func transferChecked(ctx context.Context, db *sql.DB, from, amount int) error {
	return crdb.ExecuteTx(ctx, db, nil, func(tx *sql.Tx) error {
		if amount < 0 {
			return errTransfer
		}
		_, err := tx.Exec("UPDATE accounts SET balance = balance - $1 WHERE id = $2", amount, from)
		return err
	})
}

func isConflict(err error) bool {
	var failure *pq.Error
	return errors.As(err, &failure) && (failure.Code == "40001" || failure.Code == "40P01") // want `\(magic\)` `\(magic\)`
}

// OnConflict calls fn again while it conflicts.
func OnConflict(fn func() error) error {
	var err error
	for range 5 {
		if err = fn(); err == nil || !isConflict(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// equinor/radix-operator#1503: many errors below a retry on conflicts were not wrapped.
func apply(db *sql.DB, id string) error {
	return OnConflict(func() error {
		if err := update(db, id); err != nil {
			return fmt.Errorf("failed to apply %s: %s", id, err) // want `the helper retries on the code, and this error has lost it: wrap with %w \(retryable\)`
		}
		return nil
	})
}

func applyWrapped(db *sql.DB, id string) error {
	return OnConflict(func() error {
		if err := update(db, id); err != nil {
			return fmt.Errorf("failed to apply %s: %w", id, err)
		}
		return nil
	})
}

func update(db *sql.DB, id string) error {
	if _, err := db.Exec("UPDATE deployments SET status = 'active' WHERE id = $1", id); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return nil
}

// argoproj/argo-workflows#16101: the failure is logged, and the helper gets an error that says
// nothing of it.
func acquire(ctx context.Context, d *DB, key string) (any, error) {
	return d.Transact(ctx, func(tx pgx.Tx) (any, error) {
		if _, err := tx.Exec(ctx, "INSERT INTO held VALUES ($1)", key); err != nil {
			d.log.Error("cannot acquire", "key", key, "err", err)
			return nil, errors.New("bug: failed to acquire " + key) // want `the helper retries on the code, and this error has lost it: .*\(retryable\)`
		}
		return key, nil
	})
}

// rowError is a wrapper that does not open.
type rowError struct {
	row int
	err error
}

func (e *rowError) Error() string { return fmt.Sprintf("row %d: %v", e.row, e.err) }

// openError opens.
type openError struct {
	row int
	err error
}

func (e *openError) Error() string { return fmt.Sprintf("row %d: %v", e.row, e.err) }
func (e *openError) Unwrap() error { return e.err }

func copyRows(db *sql.DB, rows []string) error {
	return OnConflict(func() error {
		for i, row := range rows {
			if err := update(db, row); err != nil {
				return &rowError{i, err} // want `the helper retries on the code, and this error has lost it: .*\(retryable\)`
			}
		}
		return nil
	})
}

func copyRowsOpen(db *sql.DB, rows []string) error {
	return OnConflict(func() error {
		for i, row := range rows {
			if err := update(db, row); err != nil {
				return &openError{i, err}
			}
		}
		return nil
	})
}

// What is asked of the failure before decides which error it is.
func find(db *sql.DB, id string) error {
	return OnConflict(func() error {
		var n int
		err := db.QueryRow("SELECT n FROM stock WHERE id = $1", id).Scan(&n)
		if errors.Is(err, sql.ErrNoRows) {
			return errNone
		}
		if err != nil {
			return err
		}
		if n == 0 {
			return errNone
		}
		return nil
	})
}

var errNone = errors.New("none")

// A constraint tells that it is there already, and nothing else is answered so.
func add(db *sql.DB, id string) error {
	return OnConflict(func() error {
		if err := update(db, id); err != nil {
			var failure *pq.Error
			if errors.As(err, &failure) && failure.Constraint == "stock_pkey" {
				return errNone
			}
			return err
		}
		return nil
	})
}

// A function that has a name is called again as a literal is.
func applyNamed(db *sql.DB) error {
	s := &syncer{db: db}
	if err := OnConflict(s.deploy); err != nil {
		return err
	}
	return OnConflict(s.deployWrapped)
}

type syncer struct{ db *sql.DB }

func (s *syncer) deploy() error {
	if err := update(s.db, "d"); err != nil {
		return fmt.Errorf("deploy: %v", err) // want `the helper retries on the code, and this error has lost it: wrap with %w \(retryable\)`
	}
	return nil
}

func (s *syncer) deployWrapped() error {
	if err := update(s.db, "d"); err != nil {
		return fmt.Errorf("deploy: %w", err)
	}
	return nil
}

// The function that the closure calls loses the code.
func applyBelow(db *sql.DB, id string) error {
	return OnConflict(func() error {
		if id == "" {
			return errNone
		}
		return rename(db, id)
	})
}

func rename(db *sql.DB, id string) error {
	if err := update(db, id); err != nil {
		return fmt.Errorf("rename %s: %v", id, err) // want `the helper retries on the code, and this error has lost it: wrap with %w \(retryable\)`
	}
	return nil
}

// What the closure does not answer with is not the helper's.
func applyBeside(db *sql.DB, id string) error {
	return OnConflict(func() error {
		if err := audit(db, id); err != nil {
			slog.Warn("no audit", "err", err)
		}
		return update(db, id)
	})
}

func audit(db *sql.DB, id string) error {
	if err := update(db, id); err != nil {
		return fmt.Errorf("audit %s: %v", id, err)
	}
	return nil
}

// What a function takes out of an error is a question that is put to it.
func book(ctx context.Context, db *sql.DB, id int) error {
	return crdb.ExecuteTx(ctx, db, nil, func(tx *sql.Tx) error {
		if _, err := tx.Exec("INSERT INTO entries VALUES ($1)", id); err != nil {
			if pq.As(err, pq.ErrorCode(pgerrcode.UniqueViolation)) != nil {
				return errNone
			}
			return err
		}
		return nil
	})
}

// Each attempt begins a transaction of its own.
func begun(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	return OnConflict(func() error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		if err := fn(tx); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			if isConflict(err) {
				return err
			}
			return fmt.Errorf("commit: %w", err)
		}
		return nil
	})
}

func outer(tx *sql.Tx) error {
	return OnConflict(func() error {
		_, err := tx.Exec("UPDATE stock SET n = n - 1") // want `this statement is called again in the transaction that PostgreSQL has aborted: .*\(retry\)`
		if isConflict(err) {
			return err
		}
		if err != nil {
			return fmt.Errorf("stock: %w", err)
		}
		return nil
	})
}
