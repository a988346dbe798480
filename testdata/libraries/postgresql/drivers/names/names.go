// Package names opens the database with one driver, and has the names for codes from another.
package names

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

func open(ctx context.Context, dsn string) (*pgx.Conn, error) { return pgx.Connect(ctx, dsn) }

// Rules: target/other-driver.
func isReferenced(err error) bool {
	e, ok := errors.AsType[*pq.Error](err) // want `\*pq.Error never matches here: this package opens the database with pgx, whose errors are \*pgconn.PgError \(target\)`
	return ok && e.Code == pqerror.UniqueViolation
}

func isDuplicate(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && e.Code == string(pqerror.UniqueViolation)
}
