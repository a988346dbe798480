// Package sqlites deals with SQLite's result codes.
package sqlites

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
	"modernc.org/sqlite"
	"modernc.org/sqlite/lib"
)

// Rules: magic/database-constant.
func literal(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == 2067 // want `magic extended result code 2067 \(ConstraintUnique: .*use lib.SQLITE_CONSTRAINT_UNIQUE \(magic\)`
}

// Rules: mixed/result-code.
func primaryForExtended(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == lib.SQLITE_CONSTRAINT // want `this is SQLite's extended result code, and 19 \(Constraint\) a primary result code: they are never equal; compare the code & 0xff \(mixed\)`
}

// Rules: mixed/result-code.
func masked(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_CONSTRAINT
}

// Rules: mixed/result-code.
func codeForMask(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&lib.SQLITE_CONSTRAINT != 0 // want `19 \(Constraint\) is a code and no mask: .* \(mixed\)`
}

// Rules: target/error-form.
func byValue(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.ExtendedCode == sqlite3.ErrConstraintUnique
}

// Rules: target/error-form.
func byPointer(err error) bool {
	var e *sqlite3.Error
	return errors.As(err, &e) && e.Code == sqlite3.ErrConstraint // want `\*sqlite3.Error never matches here: the library answers with sqlite3.Error \(target\)`
}

// Rules: text/listed-prose.
func text(err error) bool {
	return strings.Contains(err.Error(), "UNIQUE constraint failed") // want `2067 \(ConstraintUnique\) is looked for in the text of an error`
}

// Rules: retryable/set-owed, retryable/set-extended.
func busyAlone(db *sql.DB) error {
	for range 3 {
		_, err := db.Exec("UPDATE")
		var e *sqlite.Error
		if errors.As(err, &e) && e.Code() == lib.SQLITE_BUSY { // want `261 \(BusyRecovery\) and 517 \(BusySnapshot\) belong with 5 \(Busy\), which is retried here: .*\(retryable\)`
			time.Sleep(time.Millisecond)
			continue
		}
		if err != nil {
			return errors.New("the note is lost")
		}
		return nil
	}
	return errors.New("no luck")
}

// The caller gets the others as they are.
// Rules: retryable/set-owed.
func busyAloneHandedOn(db *sql.DB) error {
	for range 3 {
		_, err := db.Exec("UPDATE")
		var e *sqlite.Error
		if errors.As(err, &e) && e.Code() == lib.SQLITE_BUSY {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}

// Rules: retryable/set-extended.
func busyMasked(db *sql.DB) error {
	for range 3 {
		_, err := db.Exec("UPDATE")
		var e *sqlite.Error
		if errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_BUSY {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}

// Rules: retryable/set-extended.
func busyPrimary(db *sql.DB) error {
	for range 3 {
		_, err := db.Exec("UPDATE")
		var e sqlite3.Error
		if errors.As(err, &e) && e.Code == sqlite3.ErrBusy {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}

// A method of the driver that tells the code has no effect: this is a predicate.
// Rules: retryable/set-predicate.
func isTransient(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == lib.SQLITE_BUSY // want `261 \(BusyRecovery\) and 517 \(BusySnapshot\) belong with 5 \(Busy\), which is retried here: .*\(retryable\)`
}

// Rules: retryable/set-predicate.
func isBusy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == lib.SQLITE_BUSY
}

// Rules: mixed/result-code.
func extendedForPrimary(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && int(e.Code) == int(sqlite3.ErrConstraintUnique) // want `this is SQLite's primary result code, and 2067 \(ConstraintUnique\) an extended result code: they are never equal; compare the extended result code \(mixed\)`
}

// Rules: mixed/result-code.
func primaryAsInt(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && int(e.Code) == int(sqlite3.ErrConstraint)
}

// Rules: retry/endless-loop.
func busyForever(db *sql.DB) error {
again:
	_, err := db.Exec("UPDATE") // want `\(\*sql.DB\).Exec is called again without end as long as it answers 5 \(Busy\): .*\(retry\)`
	var e sqlite3.Error
	if errors.As(err, &e) && e.Code == sqlite3.ErrBusy {
		time.Sleep(time.Millisecond)
		goto again
	}
	return err
}

func retryPrimary(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_BUSY
}

func saveForever(db *sql.DB) error {
	for {
		_, err := db.Exec("UPDATE") // want `\(\*sql.DB\).Exec is called again without end as long as it answers 5 \(Busy\): .*\(retry\)`
		if !retryPrimary(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
}

func saveMaskedForever(db *sql.DB) error {
	for {
		_, err := db.Exec("UPDATE") // want `\(\*sql.DB\).Exec is called again without end as long as it answers 5 \(Busy\): .*\(retry\)`
		var e *sqlite.Error
		if !errors.As(err, &e) {
			return err
		}
		primary := e.Code() & 0xff
		if primary != lib.SQLITE_BUSY {
			return err
		}
		time.Sleep(time.Millisecond)
	}
}

func saveExtendedForever(db *sql.DB) error {
	for {
		_, err := db.Exec("UPDATE") // want `\(\*sql.DB\).Exec is called again without end as long as it answers 5 \(Busy\): .*\(retry\)`
		var e sqlite3.Error
		if errors.As(err, &e) && e.ExtendedCode&0xff == lib.SQLITE_BUSY {
			continue
		}
		return err
	}
}

// Rules: retry/endless-loop.
func saveSoon(db *sql.DB) error {
	for range 10 {
		_, err := db.Exec("UPDATE")
		if !retryPrimary(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

// What another mask leaves of a code is no primary code.
func halfForever(db *sql.DB) error {
	for {
		_, err := db.Exec("UPDATE")
		var e *sqlite.Error
		if errors.As(err, &e) && e.Code()&0x3f == 5 {
			continue
		}
		return err
	}
}
