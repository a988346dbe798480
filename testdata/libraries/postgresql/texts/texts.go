// Package texts looks for codes in the texts of errors.
package texts

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Rules: text/api-marker.
func marker(ctx context.Context, c *pgx.Conn) bool {
	_, err := c.Exec(ctx, "INSERT")
	return err != nil && strings.Contains(err.Error(), "SQLSTATE 23505") // want `23505 \(UniqueViolation\) is looked for in the text of an error: take it with errors.As into \*pgconn.PgError .*and compare Code \(text\)`
}

// Rules: text/api-marker.
func putTogether(err error) bool {
	return strings.Contains(err.Error(), fmt.Sprintf("SQLSTATE %s", pgerrcode.UniqueViolation)) // want `23505 \(UniqueViolation\) is looked for in the text of an error`
}

// Rules: text/listed-prose.
func duplicateName(err error) bool { return strings.Contains(err.Error(), "duplicate key name") }

func word(err error) bool {
	return strings.Contains(err.Error(), "40001") // want `40001 \(SerializationFailure\) is looked for in the text of an error`
}

// Rules: text/listed-prose.
func prose(err error) bool {
	return strings.Contains(err.Error(), "duplicate key value violates unique constraint") // want `23505 \(UniqueViolation\) is looked for in the text of an error`
}

func lowered(err error) bool {
	msg := strings.ToLower(err.Error())
	return strings.Contains(msg, "could not serialize access") // want `40001 \(SerializationFailure\) is looked for in the text of an error`
}

// Rules: text/error-message.
func message(pgErr *pgconn.PgError) bool {
	return strings.Contains(pgErr.Message, "deadlock detected") // want `40P01 \(DeadlockDetected\) is looked for in the text of an error`
}

func has(err error, text string) bool { return strings.Contains(err.Error(), text) }

func helped(err error) bool {
	return has(err, "SQLSTATE 40P01") // want `40P01 \(DeadlockDetected\) is looked for in the text of an error`
}

var signs = []string{
	"connection reset",
	"SQLSTATE 40001",
}

// Rules: text/marker-list.
func listed(err error) bool {
	for _, s := range signs {
		if strings.Contains(err.Error(), s) { // want `40001 \(SerializationFailure\) is looked for in the text of an error`
			return true
		}
	}
	return false
}

// Rules: unknown/raised-code.
func unknown(err error) bool {
	return strings.Contains(err.Error(), "SQLSTATE 23403") // want `"23403" is no PostgreSQL SQLSTATE; did you mean 23503 \(ForeignKeyViolation\)\? \(unknown\)`
}

// Rules: unknown/raised-code, text/api-marker, text/listed-prose.
func constraint(err error) bool {
	return strings.Contains(err.Error(), "users_email_key")
}

// Rules: text/api-marker.
func noError(line string) bool { return strings.Contains(line, "SQLSTATE 23505") }

// What is left after the code was taken may have lost it on its way.
// Rules: text/compared-beside.
func fallback(err error) bool {
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) {
		return pgErr.Code == pgerrcode.SerializationFailure
	}
	return strings.Contains(err.Error(), "could not serialize access")
}

// Rules: text/compared-beside.
func beside(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation || strings.Contains(err.Error(), "23505") // want `23505 \(UniqueViolation\) is looked for in the text of an error, and compared beside: this half is not needed \(text\)`
}
