// Package store names codes of PostgreSQL: literals, constants, and what is none.
package store

import (
	"context"
	"errors"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"
)

// ErrTaken says that a name is taken.
var ErrTaken = errors.New("the name is taken")

// Rules: magic/database-constant.
func mapped(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "INSERT INTO users VALUES ($1)", 1)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == "23505" { // want `magic SQLSTATE 23505 \(UniqueViolation: .*; use pgerrcode.UniqueViolation \(magic\)`
		return ErrTaken
	}
	return err
}

func named(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "INSERT INTO users VALUES ($1)", 1)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		return ErrTaken
	}
	return err
}

// Rules: unknown/raised-code, unknown/condition-name.
func switched(err error) error {
	pgErr, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return err
	}
	switch pgErr.Code {
	case "23503": // want `magic SQLSTATE 23503 .*use pgerrcode.ForeignKeyViolation \(magic\)`
		return ErrTaken
	case "23550": // want `"23550" is no PostgreSQL SQLSTATE; did you mean 23505 \(UniqueViolation\)\? \(unknown\)`
		return ErrTaken
	case "P0042": // a code that a function may raise
		return ErrTaken
	case "unique_violation": // want `"unique_violation" is no PostgreSQL SQLSTATE, but the name of 23505 \(UniqueViolation\) \(unknown\)`
		return ErrTaken
	}
	return err
}

// Rules: origin/asked-error.
func byInterface(err error) bool {
	var state interface{ SQLState() string }
	return errors.As(err, &state) && state.SQLState() == "23505" // want `magic .*use pgerrcode.UniqueViolation \(magic\)`
}

func libpq(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && pqErr.Code == "23505" // want `magic .*use pgerrcode.UniqueViolation \(magic\)`
}

// Rules: unknown/condition-name.
func conditionName(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && pqErr.Code.Name() == "unique_violation"
}

func class(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && len(pgErr.Code) == 5 && pgErr.Code[:2] == "23"
}

// 23999 is one of ours: a trigger raises it.
const trigger = `RAISE EXCEPTION 'no' USING ERRCODE = '23999'`

// Rules: unknown/raised-code.
func raised(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == "23999" && trigger != ""
}

type reply struct{ Code string }

func foreign(r reply) bool { return r.Code == "23550" }
