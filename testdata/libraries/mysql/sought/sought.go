// Package sought asks errors by errors.Is, which compares the number alone.
package sought

import (
	"database/sql"
	"errors"
	"time"

	"github.com/go-sql-driver/mysql"
)

const (
	deadlock  = 1213
	duplicate = 1062 // used there alone
	noTable   = 1146 // of an error that is made, and compared with nothing
)

func isDuplicate(err error) bool { return errors.Is(err, &mysql.MySQLError{Number: duplicate}) }

// Rules: magic/candidate-constant.
func isDuplicateByNumber(err error) bool {
	var failure *mysql.MySQLError
	return errors.As(err, &failure) && failure.Number == 1062 // want `magic error number 1062 \(DupEntry: .*; use duplicate \(magic\)`
}

func made() error { return &mysql.MySQLError{Number: noTable, Message: "no such table"} }

// Rules: magic/candidate-constant.
func isNoTable(err error) bool {
	var failure *mysql.MySQLError
	return errors.As(err, &failure) && failure.Number == 1146
}

// What is sought is another number by then.
// Rules: origin/asked-error.
func reassigned(db *sql.DB) error {
	for {
		_, err := db.Exec("UPDATE")
		target := &mysql.MySQLError{Number: deadlock}
		target.Number = duplicate
		if !errors.Is(err, target) {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Rules: origin/asked-error.
func endless(db *sql.DB) error {
	for {
		_, err := db.Exec("UPDATE") // want `\(\*sql.DB\).Exec is called again without end as long as it answers 1213 \(LockDeadlock\): .*\(retry\)`
		if !errors.Is(err, &mysql.MySQLError{Number: deadlock}) {
			return err
		}
		time.Sleep(time.Second)
	}
}

func bounded(db *sql.DB) error {
	var err error
	for range 3 {
		if _, err = db.Exec("UPDATE"); !errors.Is(err, &mysql.MySQLError{Number: deadlock}) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
