package mysqls

import (
	"database/sql"
	"errors"
	"time"

	"github.com/go-sql-driver/mysql"
)

// Rules: retry/rolled-back.
func afterDeadlock(tx *sql.Tx) error {
	for range 3 {
		_, err := tx.Exec("UPDATE accounts SET n = 1") // want `this statement is called again after 1213 \(LockDeadlock\), which rolled the transaction back: it is no longer part of it; begin a new one \(retry\)`
		var e *mysql.MySQLError
		if !errors.As(err, &e) || e.Number != 1213 {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

// After a lock wait timeout the transaction lives on.
// Rules: retry/rolled-back.
func afterTimeout(tx *sql.Tx) error {
	for range 3 {
		_, err := tx.Exec("UPDATE accounts SET n = 1")
		var e *mysql.MySQLError
		if !errors.As(err, &e) || e.Number != 1205 {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}
