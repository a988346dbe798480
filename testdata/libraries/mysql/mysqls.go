// Package mysqls deals with MySQL's error numbers.
package mysqls

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

const duplicateEntry = 1062

func named(db *sql.DB) bool {
	_, err := db.Exec("INSERT")
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == duplicateEntry
}

// Rules: magic/database-constant.
func literal(db *sql.DB) bool {
	_, err := db.Exec("INSERT")
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == 1062 // want `magic error number 1062 \(DupEntry: .*use duplicateEntry \(magic\)`
}

// No constant can be offered.
// Rules: magic/database-constant.
func bare(err error) bool {
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == 1451
}

// MariaDB has more.
// Rules: unknown/open-space.
func open(err error) bool {
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == 9999
}

func compared(err error) bool {
	return errors.Is(err, &mysql.MySQLError{Number: duplicateEntry})
}

// Rules: text/api-marker.
func text(err error) bool {
	return strings.Contains(err.Error(), "Error 1062") // want `1062 \(DupEntry\) is looked for in the text of an error: take it with errors.As into \*mysql.MySQLError and compare Number \(text\)`
}

// Rules: text/listed-prose.
func prose(err error) bool {
	return strings.Contains(err.Error(), "Duplicate entry") // want `1062 \(DupEntry\) is looked for in the text of an error`
}

func otherText(err error) bool { return strings.Contains(err.Error(), "bad connection") }

func exec(db *sql.DB) error {
	if _, err := db.Exec("UPDATE"); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return nil
}

func asserted(db *sql.DB) bool {
	_, ok := exec(db).(*mysql.MySQLError) // want `\*mysql.MySQLError never matches here: the error was wrapped on every path; use errors.As \(target\)`
	return ok
}

func within(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("UPDATE"); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// Rules: target/wrapped-error.
func assertedWithin(db *sql.DB) bool {
	err := within(db)
	me, ok := err.(*mysql.MySQLError) // want `\*mysql.MySQLError never matches here: the error was wrapped on every path; use errors.As \(target\)`
	return ok && me.Number == 1205
}

// What is deferred answers with an error as it is.
func closing(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if e := tx.Commit(); err == nil {
			err = e
		}
	}()
	if _, err := tx.Exec("UPDATE"); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return nil
}

func assertedClosing(db *sql.DB) bool {
	_, ok := closing(db).(*mysql.MySQLError)
	return ok
}

// One path hands the error on.
func either(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("UPDATE"); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return nil
}

// Rules: target/wrapped-error.
func assertedEither(db *sql.DB) bool {
	_, ok := either(db).(*mysql.MySQLError)
	return ok
}

// Rules: retry/endless-loop.
func endless(db *sql.DB) error {
	for {
		err := exec(db) // want `mysqls.exec is called again without end as long as it answers 1213 \(LockDeadlock\): bound the attempts, or stop at a deadline \(retry\)`
		var e *mysql.MySQLError
		if errors.As(err, &e) && e.Number == 1213 {
			continue
		}
		return err
	}
}

// 1213 without 1205 is right: after a lock wait timeout the transaction lives on.
// Rules: retry/endless-loop.
func bounded(db *sql.DB) error {
	for range 3 {
		err := exec(db)
		var e *mysql.MySQLError
		if errors.As(err, &e) && e.Number == 1213 {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no luck")
}
