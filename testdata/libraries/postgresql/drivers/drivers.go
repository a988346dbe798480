// Package drivers opens the database with either driver, one of them by a connector.
package drivers

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"
)

func openPQ(dsn string) (*sql.DB, error) { return sql.Open("postgres", dsn) }

// What else a package does with a driver shows that it has its errors.
// Rules: target/other-driver.
func first(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "SELECT 1")
	var failure *pgconn.PgError
	if errors.As(err, &failure) && failure.Code == "23505" {
		return nil
	}
	return err
}

func second(db *sql.DB) error {
	_, err := db.Exec("SELECT 1")
	var failure *pq.Error
	if errors.As(err, &failure) && failure.Code == "23505" {
		return nil
	}
	return err
}
