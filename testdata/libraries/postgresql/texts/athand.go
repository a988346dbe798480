package texts

import (
	"errors"
	"strings"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5/pgconn"
)

func messageOf(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && strings.Contains(pgErr.Message, "deadlock detected") // want `40P01 \(DeadlockDetected\) is looked for in the text of an error: .*\(text\)`
}

// Rules: text/error-message.
func loweredMessageOf(err error) bool {
	pgErr, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return false
	}
	text := strings.ToLower(pgErr.Message)
	return strings.Contains(text, "deadlock detected") // want `40P01 \(DeadlockDetected\) is looked for in the text of an error: .*\(text\)`
}

func textOf(err error) bool {
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) {
		return strings.Contains(pgErr.Error(), "SQLSTATE 40P01") // want `40P01 \(DeadlockDetected\) is looked for in the text of an error: .*\(text\)`
	}
	return false
}

// Whoever compares the code knows why it takes the message as well.
// Rules: text/error-message.
func messageBeside(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == pgerrcode.SerializationFailure && strings.Contains(pgErr.Message, "deadlock detected")
}

func messageBefore(err error) bool {
	var pgErr *pgconn.PgError
	if !errors.As(err, &pgErr) {
		return false
	}
	if strings.Contains(pgErr.Message, "deadlock detected") {
		return true
	}
	return pgErr.SQLState() == pgerrcode.LockNotAvailable
}

// What is no error of the driver may hold its text.
// Rules: text/compared-beside.
func wrapped(err error) bool {
	var pgErr *pgconn.PgError
	if !errors.As(err, &pgErr) {
		return strings.Contains(err.Error(), "deadlock detected")
	}
	return false
}

// Rules: text/error-message.
func constraintOf(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && strings.Contains(pgErr.Message, "users_email_key")
}
