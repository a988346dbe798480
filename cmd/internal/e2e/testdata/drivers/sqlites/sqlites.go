// Package sqlites uses modernc.org/sqlite.
package sqlites

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

func literal(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == 2067 // want `magic extended result code 2067 \(ConstraintUnique: .*use sqlite3.SQLITE_CONSTRAINT_UNIQUE \(magic\)`
}

func mixed(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == sqlite3.SQLITE_CONSTRAINT // want `19 \(Constraint\) a primary result code: they are never equal; compare the code & 0xff \(mixed\)`
}

func masked(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}

func text(err error) bool {
	return strings.Contains(err.Error(), "UNIQUE constraint failed") // want `2067 \(ConstraintUnique\) is looked for in the text of an error`
}

func alone(db *sql.DB) error {
	for range 3 {
		_, err := db.Exec("UPDATE")
		var e *sqlite.Error
		if errors.As(err, &e) && e.Code() == sqlite3.SQLITE_BUSY { // want `261 \(BusyRecovery\) and 517 \(BusySnapshot\) belong with 5 \(Busy\), which is retried here: .*\(retryable\)`
			time.Sleep(time.Millisecond)
			continue
		}
		if err != nil {
			return errors.New("the notes are as they were")
		}
		return nil
	}
	return errors.New("no luck")
}

// The caller gets the others as they are.
func handedOn(db *sql.DB) error {
	for range 3 {
		_, err := db.Exec("UPDATE")
		var e *sqlite.Error
		if errors.As(err, &e) && e.Code() == sqlite3.SQLITE_BUSY {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}

func all(db *sql.DB) error {
	for range 3 {
		_, err := db.Exec("UPDATE")
		var e *sqlite.Error
		if errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}
