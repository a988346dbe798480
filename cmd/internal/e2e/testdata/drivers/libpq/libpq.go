// Package libpq uses github.com/lib/pq.
package libpq

import (
	"database/sql"
	"errors"

	"github.com/jackc/pgerrcode"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

func literal(db *sql.DB) bool {
	_, err := db.Exec("INSERT INTO users VALUES ($1)", 1)
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && pqErr.Code == "23505" // want `magic SQLSTATE 23505 .*use pqerror.UniqueViolation \(magic\)`
}

func nameForCode(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && pqErr.Code == "unique_violation" // want `"unique_violation" is no PostgreSQL SQLSTATE, but the name of 23505 \(UniqueViolation\) \(unknown\)`
}

func name(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && pqErr.Code.Name() == "unique_violation"
}

func class(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && pqErr.Code.Class() == "23"
}

func named(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && string(pqErr.Code) == pgerrcode.UniqueViolation
}

func as(err error) bool { return pq.As(err, pqerror.UniqueViolation) != nil }
