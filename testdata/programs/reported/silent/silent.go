// Package silent re-enacts what looks like a fault and is meant so.
package silent

import (
	"context"
	"errors"
	"net/http"
	"time"

	"example.com/reported/shop"
	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// k3s-io/kine: a unique violation is a race for the next revision, which is drawn anew.
// Rules: retry/named-code.
func insert(ctx context.Context, c *pgx.Conn, key string) error {
	var err error
	for i := range 20 {
		if i > 0 {
			time.Sleep(time.Duration(i) * time.Millisecond)
		}
		_, err = c.Exec(ctx, "INSERT INTO kine(name) VALUES($1)", key)
		var failure *pgconn.PgError
		if errors.As(err, &failure) && failure.Code == pgerrcode.UniqueViolation {
			continue
		}
		return err
	}
	return err
}

// temporalio/temporal: Internal is what a proxy answers while a host goes away.
func isServiceTransient(err error) bool {
	switch status.Code(err) {
	case codes.Internal, codes.Unavailable, codes.ResourceExhausted:
		return true
	}
	return false
}

func call(ctx context.Context, c shop.ShopClient) (*shop.Item, error) {
	var err error
	for i := range 5 {
		var item *shop.Item
		if item, err = c.Find(ctx, &shop.Item{}); err == nil {
			return item, nil
		}
		if !isServiceTransient(err) {
			return nil, err
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return nil, err
}

// woodpecker-ci/woodpecker: an agent signs on again after Unauthenticated.
func next(ctx context.Context, c shop.ShopClient, signOn func(context.Context) error) (*shop.Item, error) {
	for range 3 {
		item, err := c.Find(ctx, &shop.Item{})
		switch status.Code(err) {
		case codes.OK:
			return item, nil
		case codes.Aborted, codes.DataLoss, codes.DeadlineExceeded, codes.Internal, codes.Unavailable, codes.Unauthenticated:
		default:
			return nil, err
		}
		if err := signOn(ctx); err != nil {
			return nil, err
		}
		time.Sleep(time.Second)
	}
	return nil, errors.New("no luck")
}

// openfga/openfga: codes of a program's own.
const (
	validationError  = codes.Code(2000)
	modelNotFound    = codes.Code(2001)
	latestCodeOfFGA  = 2056
	firstCodeOfOther = 4000
)

func isOwn(err error) bool {
	c := status.Code(err)
	return c == validationError || c == modelNotFound || c >= 2000 && c <= latestCodeOfFGA || c == firstCodeOfOther
}

// thanos-io/thanos: an HTTP status in the place of a code.
func tooManyRequests(err error) bool {
	return status.Code(err) == http.StatusTooManyRequests
}

// A deadlock at READ COMMITTED, where nothing is serialized.
// Rules: retryable/set-owed.
func deadlocks(ctx context.Context, c *pgx.Conn) error {
	var err error
	for range 3 {
		_, err = c.Exec(ctx, "UPDATE stock SET n = n - 1")
		var failure *pgconn.PgError
		if !errors.As(err, &failure) || failure.Code != pgerrcode.DeadlockDetected {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return err
}

// A lock that is waited for too long is no deadlock.
func mysqlDeadlocks(do func() error) error {
	var err error
	for range 3 {
		err = do()
		var failure *mysql.MySQLError
		if !errors.As(err, &failure) || failure.Number != 1213 {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return err
}

const (
	crdbRetry   = "40001"
	crdbUnknown = "XXUUU"
)

// authzed/spicedb: CockroachDB says 40001 for all that may be run again, and has codes of its own.
// Rules: retryable/set-dialect.
func isRetryableOfCockroach(err error) bool {
	var failure *pgconn.PgError
	if !errors.As(err, &failure) {
		return false
	}
	return failure.Code == crdbRetry || failure.Code == crdbUnknown
}

func retried(ctx context.Context, c *pgx.Conn) error {
	var err error
	for range 3 {
		if _, err = c.Exec(ctx, "UPDATE stock SET n = n - 1"); !isRetryableOfCockroach(err) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return err
}

// The context that the call is given ends the loop: the call then answers something else.
func updated(ctx context.Context, c shop.ShopClient) (*shop.Item, error) {
	for {
		item, err := c.Find(ctx, &shop.Item{})
		if status.Code(err) != codes.Unavailable {
			return item, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func update(c shop.ShopClient) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err := updated(context.WithValue(ctx, key{}, "update"), c)
	return err
}

type key struct{}
