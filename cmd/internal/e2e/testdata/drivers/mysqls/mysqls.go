// Package mysqls uses github.com/go-sql-driver/mysql.
package mysqls

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

const duplicateEntry = 1062

func literal(db *sql.DB) bool {
	_, err := db.Exec("INSERT")
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == 1062 // want `magic error number 1062 \(DupEntry: .*use duplicateEntry \(magic\)`
}

func named(err error) bool {
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == duplicateEntry
}

func compared(err error) bool { return errors.Is(err, &mysql.MySQLError{Number: duplicateEntry}) }

// The program has no constant for it.
func bare(err error) bool {
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == 1451
}

func text(err error) bool {
	return strings.Contains(err.Error(), "Error 1062") // want `1062 \(DupEntry\) is looked for in the text of an error: .*\(text\)`
}

func isDeadlock(err error) bool {
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == 1213
}

func within(ctx context.Context, tx *sql.Tx) error {
	for range 3 {
		_, err := tx.ExecContext(ctx, "UPDATE accounts SET n = n + 1") // want `this statement is called again after 1213 \(LockDeadlock\), which rolled the transaction back: .*\(retry\)`
		if !isDeadlock(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

func anew(ctx context.Context, db *sql.DB) error {
	for range 3 {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "UPDATE accounts SET n = n + 1"); err == nil {
			return tx.Commit()
		}
		_ = tx.Rollback()
		if !isDeadlock(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}
