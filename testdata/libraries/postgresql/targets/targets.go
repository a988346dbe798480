// Package targets asks for errors that never come.
package targets

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

func load(ctx context.Context, c *pgx.Conn) error {
	if _, err := c.Exec(ctx, "SELECT"); err != nil {
		return fmt.Errorf("load: %w", err)
	}
	return nil
}

func asserted(ctx context.Context, c *pgx.Conn) bool {
	err := load(ctx, c)
	_, ok := err.(*pgconn.PgError) // want `\*pgconn.PgError never matches here: the error was wrapped on every path; use errors.As \(target\)`
	return ok
}

func direct(ctx context.Context, c *pgx.Conn) bool {
	_, err := c.Exec(ctx, "SELECT")
	_, ok := err.(*pgconn.PgError)
	return ok
}

func found(ctx context.Context, c *pgx.Conn) bool {
	var pgErr *pgconn.PgError
	return errors.As(load(ctx, c), &pgErr)
}

type value struct{ pgconn.PgError }

func (v value) Error() string { return v.Message }

func own(err error) bool {
	var v value
	return errors.As(err, &v)
}
