// Package common knows the errors of the database.
package common

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

const (
	serializationFailure = "40001"
	uniqueViolation      = "23505"
)

// IsSerializationError reports whether transactions came in each other's way; some servers answer with
// a unique violation then.
func IsSerializationError(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && (pgErr.SQLState() == serializationFailure || pgErr.SQLState() == uniqueViolation)
}
