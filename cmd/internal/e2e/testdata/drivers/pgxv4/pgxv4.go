// Package pgxv4 uses github.com/jackc/pgconn, which pgx v4 has its errors from.
package pgxv4

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgerrcode"
)

func exec(ctx context.Context, c *pgconn.PgConn) error {
	if _, err := c.Exec(ctx, "UPDATE").ReadAll(); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return nil
}

func asserted(ctx context.Context, c *pgconn.PgConn) bool {
	_, ok := exec(ctx, c).(*pgconn.PgError) // want `\*pgconn.PgError never matches here: the error was wrapped on every path; use errors.As \(target\)`
	return ok
}

func found(ctx context.Context, c *pgconn.PgConn) bool {
	var pgErr *pgconn.PgError
	return errors.As(exec(ctx, c), &pgErr) && pgErr.Code == pgerrcode.UniqueViolation
}

func mistyped(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.SQLState() == "23550" // want `"23550" is no PostgreSQL SQLSTATE; did you mean 23505 \(UniqueViolation\)\? \(unknown\)`
}
