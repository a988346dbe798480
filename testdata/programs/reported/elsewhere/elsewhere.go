// Package elsewhere retries by a predicate of another package: what it leaves out is told where the
// call is made again, once.
package elsewhere

import (
	"context"
	"errors"
	"time"

	"example.com/reported/elsewhere/common"
	"github.com/jackc/pgx/v5"
)

// authzed/spicedb, in two packages.
func errorRetryable(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if common.IsSerializationError(err) {
		return true
	}
	return false
}

func write(ctx context.Context, conn *pgx.Conn) (err error) {
	for i := range 5 {
		_, err = conn.Exec(ctx, "UPDATE relations SET deleted = now()")
		if !errorRetryable(err) { // want `40P01 .* belongs with 40001 .* \(retryable\)`
			return err
		}
		time.Sleep(time.Duration(i) * time.Millisecond)
	}
	return err
}
