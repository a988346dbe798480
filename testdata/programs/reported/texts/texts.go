// Package texts re-enacts reports of codes that were looked for in the texts of errors.
package texts

import (
	"errors"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"
	"github.com/mattn/go-sqlite3"
)

// juicedata/juicefs#7127: the list of texts had no serialization failure.
func shouldRetry(driver string, err error) bool {
	if err == nil {
		return false
	}
	if e, ok := err.(*mysql.MySQLError); ok {
		return e.Number == 1213 || e.Number == 1205
	}
	msg := strings.ToLower(err.Error())
	switch driver {
	case "sqlite3":
		return strings.Contains(msg, "database is locked") // want `5 \(Busy\) is looked for in the text of an error: .*\(text\)`
	case "postgres":
		return strings.Contains(msg, "current transaction is aborted") || strings.Contains(msg, "deadlock detected") || // want `40P01 \(DeadlockDetected\) is looked for in the text of an error: .*\(text\)`
			strings.Contains(msg, "duplicate key value") // want `23505 \(UniqueViolation\) is looked for in the text of an error: .*\(text\)`
	}
	return false
}

func again(driver string, fn func() error) error {
	var err error
	for range 50 {
		if err = fn(); !shouldRetry(driver, err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return err
}

// moov-io/base#265: the marker in the text is another one with the next version of the driver.
func uniqueViolation(err error) bool {
	if match := strings.Contains(err.Error(), "Error 1062"); match { // want `1062 \(DupEntry\) is looked for in the text of an error: .*\(text\)`
		return match
	}
	var failure *mysql.MySQLError
	return errors.As(err, &failure) && failure.Number == 1062
}

// gravitational/teleport#38939: a server of another language says it in its own words.
func isSerialization(err error) bool {
	return err != nil && strings.Contains(err.Error(), "could not serialize access") // want `40001 \(SerializationFailure\) is looked for in the text of an error: .*\(text\)`
}

func isSerializationByCode(err error) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && (failure.Code == pgerrcode.SerializationFailure || failure.Code == pgerrcode.DeadlockDetected)
}

// The name of a constraint is no code.
// Rules: text/listed-prose.
func isMail(err error) bool {
	return err != nil && strings.Contains(err.Error(), "users_mail_key")
}

// slicebit/qb#141: one driver returns a pointer, the other a value, and each is taken for the
// other.
func wrapped(err error) error {
	switch e := err.(type) {
	case *pq.Error:
		return errors.New(e.Detail)
	case *sqlite3.Error: // want `sqlite3.Error.*\(target\)`
		return e.Code
	}
	return err
}

func wrappedValue(err error) error {
	switch e := err.(type) {
	case *pq.Error:
		return errors.New(e.Detail)
	case sqlite3.Error:
		return e.Code
	}
	return err
}
