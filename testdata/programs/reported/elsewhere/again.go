package elsewhere

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// A function that calls itself again does so without an end.
func executeRetryable(fn func() error) error {
	if err := fn(); err != nil { // want `called again without end as long as it answers 40001 .*\(retry\)`
		var failure *pgconn.PgError
		if errors.As(err, &failure) && failure.Code == "40001" {
			return executeRetryable(fn)
		}
		return err
	}
	return nil
}

func executeBounded(fn func() error, left int) error {
	if err := fn(); err != nil {
		var failure *pgconn.PgError
		if left > 0 && errors.As(err, &failure) && failure.Code == "40001" {
			return executeBounded(fn, left-1)
		}
		return err
	}
	return nil
}

var retryableCodes = map[string]bool{
	"40001": true, // want `40P01 \(DeadlockDetected\) belongs with 40001 .*\(retryable\)`
	"55P03": true,
}

func isRetryable2(err error) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && retryableCodes[failure.Code]
}

var bothCodes = map[string]bool{"40001": true, "40P01": true}

func isRetryableBoth(err error) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && bothCodes[failure.Code]
}

// What a question about another code leaves still has its code.
func otherFirst(err error) bool {
	var failure *pgconn.PgError
	if errors.As(err, &failure) && failure.Code == "23503" {
		return true
	}
	return strings.Contains(err.Error(), "SQLSTATE 23505") // want `23505 .* is looked for in the text .*\(text\)`
}

// Who asks the same knows that it may be lost, and who takes every failure first does, too.
func sameFirst(err error) bool {
	var failure *pgconn.PgError
	if errors.As(err, &failure) && failure.Code == "23505" {
		return true
	}
	return strings.Contains(err.Error(), "SQLSTATE 23505")
}

func allFirst(err error) bool {
	var failure *pgconn.PgError
	if errors.As(err, &failure) {
		return failure.Code == "23503"
	}
	return strings.Contains(err.Error(), "SQLSTATE 23505")
}

// Who names its neighbour too means a code of its own.
func refused(code *pgconn.PgError) string {
	switch code.Code {
	case "23502":
		return "null"
	case "23602":
		return "set once"
	case "23585": // want `"23585" is no PostgreSQL SQLSTATE.*\(unknown\)`
		return "other"
	}
	return ""
}
