// Package libpq compares codes with the names that lib/pq has for them, which are variables.
package libpq

import (
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

func literal(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && pqErr.Code == "55P03" // want `magic SQLSTATE 55P03 \(LockNotAvailable: .*use pqerror.LockNotAvailable \(magic\)`
}

func converted(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && string(pqErr.Code) == "40001" // want `magic SQLSTATE 40001 \(SerializationFailure: .*use pqerror.TRSerializationFailure \(magic\)`
}

func named(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && pqErr.Code == pqerror.LockNotAvailable
}

// Rules: switch/set-owed.
func isRetryableCode(code pq.ErrorCode) bool {
	switch code {
	case pqerror.TRSerializationFailure: // want `40P01 \(DeadlockDetected\) belongs with 40001 \(SerializationFailure\), which is retried here: .*\(switch\)`
		return true
	case pqerror.TooManyConnections:
		return true
	default:
		return false
	}
}

// Rules: switch/set-owed.
func isRetryableClass(code pq.ErrorCode) bool {
	switch code {
	case pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected:
		return true
	}
	return false
}

var retryable = []pq.ErrorCode{pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected}

func isTransient(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && slices.Contains(retryable, pqErr.Code)
}

func isTemporary(err error) bool {
	temporary := map[pq.ErrorCode]bool{
		pqerror.TRSerializationFailure: true, // want `40P01 \(DeadlockDetected\) belongs with 40001 .*\(retryable\)`
		pqerror.LockNotAvailable:       true,
	}
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && temporary[pqErr.Code]
}

func isTemporaryText(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && slices.Contains([]string{string(pqerror.TRSerializationFailure)}, string(pqErr.Code)) // want `40P01 \(DeadlockDetected\) belongs with 40001 .*\(retryable\)`
}

// What the program itself assigns may be any code.
var again = pqerror.TRSerializationFailure

func isRetried(err error) bool {
	var pqErr *pq.Error
	return errors.As(err, &pqErr) && pqErr.Code == again
}

func configure(code string) { again = pq.ErrorCode(code) }

func endless(db *sql.DB) error {
again:
	_, err := db.Exec("UPDATE jobs SET done = true") // want `\(\*sql.DB\).Exec is called again without end as long as it answers 40P01 \(DeadlockDetected\): .*\(retry\)`
	var pqErr *pq.Error
	if errors.As(err, &pqErr) && pqErr.Code == pqerror.TRDeadlockDetected {
		time.Sleep(time.Millisecond)
		goto again
	}
	return err
}

func finish(db *sql.DB) error {
	for {
		_, err := db.Exec("UPDATE jobs SET done = true") // want `\(\*sql.DB\).Exec is called again without end as long as it answers 40001 \(SerializationFailure\) and 40P01 \(DeadlockDetected\): .*\(retry\)`
		if pq.As(err, pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected) == nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
}

func finishSoon(db *sql.DB) error {
	for range 5 {
		_, err := db.Exec("UPDATE jobs SET done = true")
		if pq.As(err, pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected) == nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

func requeue(tx *sql.Tx) error {
	for range 3 {
		_, err := tx.Exec("UPDATE jobs SET done = false") // want `this statement is called again in the transaction that PostgreSQL has aborted: .*\(retry\)`
		if err == nil {
			return nil
		}
		if pq.As(err, pqerror.TRDeadlockDetected) == nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no luck")
}

func requeueSafe(tx *sql.Tx) error {
	for range 3 {
		if _, err := tx.Exec("SAVEPOINT requeue"); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE jobs SET done = false")
		if pq.As(err, pqerror.LockNotAvailable) == nil {
			return err
		}
		if _, err := tx.Exec("ROLLBACK TO SAVEPOINT requeue"); err != nil {
			return err
		}
	}
	return errors.New("no luck")
}

func Temporary(err error) bool {
	return pq.As(err, pqerror.TRSerializationFailure) != nil // want `40P01 \(DeadlockDetected\) belongs with 40001 .*\(retryable\)`
}

func Transient(err error) bool {
	return pq.As(err, pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected) != nil
}

func isCancelled(err error) bool { return pq.As(err, "57014") != nil }

func isLocked(err error) bool {
	return pq.As(err, "55P03") != nil // want `magic SQLSTATE 55P03 .*use pqerror.LockNotAvailable \(magic\)`
}

// Without a code it is asked whether the server answered at all.
func answered(db *sql.DB) error {
	for {
		_, err := db.Exec("UPDATE jobs SET done = true")
		if pq.As(err) == nil {
			time.Sleep(time.Millisecond)
			continue
		}
		return err
	}
}

func codeOf(err error) string {
	if pqErr := pq.As(err); pqErr != nil {
		switch pqErr.Code {
		case pqerror.LockNotAvailable:
			return "locked"
		}
	}
	return ""
}

// Which codes are asked for is not known here.
func any(db *sql.DB, codes ...pq.ErrorCode) error {
	for {
		_, err := db.Exec("UPDATE jobs SET done = true")
		if pq.As(err, codes...) == nil {
			return err
		}
	}
}
