// Package only opens the database with one driver, and asks for the errors of another.
package only

import (
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"
)

func open(dsn string) (*sql.DB, error) { return sql.Open("postgres", dsn) }

// Rules: target/other-driver.
func isDuplicate(err error) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && failure.Code == "23505" // want `\*pgconn.PgError never matches here: this package opens the database with pq, whose errors are \*pq.Error \(target\)`
}

// Rules: target/other-driver.
func isDuplicateOfPQ(err error) bool {
	var failure *pq.Error
	return errors.As(err, &failure) && failure.Code == "23505"
}
