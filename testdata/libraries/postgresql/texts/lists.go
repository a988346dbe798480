package texts

import (
	"errors"
	"strings"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5/pgconn"
)

var conflicts = []string{"SQLSTATE 40001", "SQLSTATE 40P01", "40001"}

// Rules: text/marker-list.
func conflict(err error) bool {
	msg := err.Error()
	for _, m := range conflicts {
		if strings.Contains(msg, m) { // want `40001 \(SerializationFailure\) and 40P01 \(DeadlockDetected\) are looked for in the text of an error: take it with errors.As .*\(text\)`
			return true
		}
	}
	return false
}

func hasAny(text string, sought ...string) bool {
	for _, s := range sought {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

// Rules: text/marker-list.
func rollback(err error) bool {
	return err != nil && hasAny(err.Error(), "SQLSTATE 40001", "SQLSTATE 40P01") // want `40001 \(SerializationFailure\) and 40P01 \(DeadlockDetected\) are looked for in the text of an error: .*\(text\)`
}

func duplicate(err error) bool {
	return hasAny(err.Error(), "connection reset", "SQLSTATE 23505") // want `23505 \(UniqueViolation\) is looked for in the text of an error: .*\(text\)`
}

func spread(err error) bool {
	return hasAny(err.Error(), conflicts...) // want `40001 \(SerializationFailure\) and 40P01 \(DeadlockDetected\) are looked for`
}

// Rules: text/marker-list.
func lost(err error) bool { return hasAny(err.Error(), "connection reset", "broken pipe") }

// Rules: text/marker-list.
func given(err error, sought []string) bool { return hasAny(err.Error(), sought...) }

// A line of a log never was an error's text.
// Rules: text/api-marker.
func logged(line string) bool {
	for _, s := range conflicts {
		if strings.Contains(line, s) {
			return true
		}
	}
	return false
}

// Rules: text/compared-beside.
func comparedBeside(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == pgerrcode.SerializationFailure || hasAny(err.Error(), "SQLSTATE 40001") // want `40001 \(SerializationFailure\) is looked for in the text of an error, and compared beside: this half is not needed \(text\)`
}
