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
