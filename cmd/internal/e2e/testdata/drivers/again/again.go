// Package again runs transactions of bank accounts again, as the pages on catalogs recommend.
package again

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	attempts     = 10
	lockDeadlock = 1213
)

// errNoLuck says that every attempt failed.
var errNoLuck = errors.New("every attempt failed")

func pause() { time.Sleep(10*time.Millisecond + rand.N(40*time.Millisecond)) }

// postgres runs the whole transaction again after a serialization failure or a deadlock, and
// tells how often it ran and after which codes.
func postgres(ctx context.Context, c *pgx.Conn, level pgx.TxIsoLevel, fn func(pgx.Tx) error) (met []string, err error) {
	for range attempts {
		err := pgx.BeginTxFunc(ctx, c, pgx.TxOptions{IsoLevel: level}, fn)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && (pgErr.Code == pgerrcode.SerializationFailure || pgErr.Code == pgerrcode.DeadlockDetected) {
			met = append(met, pgErr.Code)
			pause()
			continue
		}
		return met, err
	}
	return met, errNoLuck
}

// postgresWithin calls the statement again in the transaction, which is wrong.
func postgresWithin(ctx context.Context, tx pgx.Tx, stmt string) (met []string, err error) {
	for range attempts {
		_, err := tx.Exec(ctx, stmt) // want `this statement is called again in the transaction that PostgreSQL has aborted: .*\(retry\)`
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && (pgErr.Code == pgerrcode.SerializationFailure || pgErr.Code == pgerrcode.DeadlockDetected) {
			met = append(met, pgErr.Code)
			pause()
			continue
		}
		return met, err
	}
	return met, errNoLuck
}

// mariadb runs the whole transaction again after a deadlock.
func mariadb(ctx context.Context, c *sql.Conn, fn func(*sql.Tx) error) (met []uint16, err error) {
	for range attempts {
		err := inTx(ctx, c, fn)
		var e *mysql.MySQLError
		if errors.As(err, &e) && e.Number == lockDeadlock {
			met = append(met, e.Number)
			pause()
			continue
		}
		return met, err
	}
	return met, errNoLuck
}

func inTx(ctx context.Context, c *sql.Conn, fn func(*sql.Tx) error) error {
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// mariadbWithin calls the statement again after a deadlock has rolled its transaction back,
// which is wrong.
func mariadbWithin(ctx context.Context, tx *sql.Tx, stmt string) (met []uint16, err error) {
	for range attempts {
		_, err := tx.ExecContext(ctx, stmt) // want `this statement is called again after 1213 \(LockDeadlock\), which rolled the transaction back: .*\(retry\)`
		var e *mysql.MySQLError
		if errors.As(err, &e) && e.Number == lockDeadlock {
			met = append(met, e.Number)
			pause()
			continue
		}
		return met, err
	}
	return met, errNoLuck
}
