// Package mapped re-enacts ory/x: a serialization failure is only mapped to what callers are told,
// which asks for nothing.
package mapped

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

var (
	errUnique     = errors.New("a resource with that value exists already")
	errConcurrent = errors.New("there was a concurrent update")
)

const (
	unique      = "23505"
	serialized  = "40001"
	noSuchTable = "42P01"
)

func postgres(err error, state string) error {
	switch state {
	case unique:
		return errUnique
	case serialized:
		return errConcurrent
	case noSuchTable:
		return errors.New("there is no such table")
	}
	return err
}

func handle(err error) error {
	type stater interface {
		error
		SQLState() string
	}
	if e, ok := errors.AsType[stater](err); ok {
		return postgres(err, e.SQLState())
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return postgres(err, e.Code)
	}
	return err
}
