// Package orders keeps orders in PostgreSQL.
package orders

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// What callers are told.
var (
	ErrExists     = errors.New("the order exists already")
	ErrNoCustomer = errors.New("there is no such customer")
)

// A Store keeps orders.
type Store struct{ conn *pgx.Conn }

// Place adds an order and takes what it needs out of the stock.
func (s *Store) Place(ctx context.Context, id, customer string) error {
	var err error
	for attempt := range 5 {
		time.Sleep(time.Duration(attempt) * 20 * time.Millisecond)
		if err = s.place(ctx, id, customer); !conflict(err) {
			break
		}
	}
	return err
}

// conflict reports whether the transaction is to be run again.
func conflict(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == pgerrcode.SerializationFailure // want `40P01 \(DeadlockDetected\) belongs with 40001 \(SerializationFailure\), which is retried here: .* \(retryable\)`
}

func (s *Store) place(ctx context.Context, id, customer string) error {
	tx, err := s.conn.Begin(ctx)
	if err != nil {
		return fmt.Errorf("place %s: %w", id, err)
	}
	defer tx.Rollback(ctx)
	if _, err := tx.Exec(ctx, "INSERT INTO orders (id, customer) VALUES ($1, $2)", id, customer); err != nil {
		return fmt.Errorf("place %s: %w", id, refused(err))
	}
	if _, err := tx.Exec(ctx, "UPDATE stock SET left = left - 1"); err != nil {
		return fmt.Errorf("place %s: %w", id, err)
	}
	return tx.Commit(ctx)
}

// refused tells callers what they can do something about.
func refused(err error) error {
	var pgErr *pgconn.PgError
	if !errors.As(err, &pgErr) {
		return err
	}
	switch pgErr.Code {
	case pgerrcode.UniqueViolation:
		return ErrExists
	case "23053": // want `"23053" is no PostgreSQL SQLSTATE; did you mean 23503 \(ForeignKeyViolation\)\? \(unknown\)`
		return ErrNoCustomer
	}
	return err
}
