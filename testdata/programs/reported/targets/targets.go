// Package targets re-enacts reports of errors that were asked for and never came.
package targets

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"
	"github.com/mattn/go-sqlite3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"modernc.org/sqlite"
	"modernc.org/sqlite/lib"
)

type lease struct{ id int64 }

type leasesClient interface {
	Grant(ctx context.Context, in *lease, opts ...grpc.CallOption) (*lease, error)
	KeepAlive(ctx context.Context, in *lease, opts ...grpc.CallOption) (*lease, error)
}

type registry struct {
	client  leasesClient
	timeout time.Duration
}

func (r *registry) grant(ctx context.Context, id int64) (*lease, error) {
	l, err := r.client.Grant(ctx, &lease{id})
	if err != nil {
		return nil, fmt.Errorf("grant %d: %w", id, err)
	}
	return l, nil
}

// lytics/grid#164: the client was given a deadline, and answers a status.
func (r *registry) register(ctx context.Context, id int64) error {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	_, err := r.grant(ctx, id)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded): // want `errors.Is never matches here: a gRPC client answers a status, not context.DeadlineExceeded; .* \(target\)`
		return r.forget(id)
	}
	return err
}

func (r *registry) registerMended(ctx context.Context, id int64) error {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	_, err := r.grant(ctx, id)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded), status.Code(err) == codes.DeadlineExceeded:
		return r.forget(id)
	}
	return err
}

func (r *registry) forget(id int64) error { return nil }

// CloudNativeSDWAN/cnwan-operator#29: by comparison, in the first line of a handler of errors.
func (r *registry) renew(ctx context.Context, id int64) error {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	_, err := r.client.KeepAlive(ctx, &lease{id})
	if err != nil {
		if err == context.DeadlineExceeded { // want `.* never matches here: a gRPC client answers a status, not context.DeadlineExceeded; .* \(target\)`
			return errors.New("the registry is slow")
		}
		return err
	}
	return nil
}

func (r *registry) renewUntil(ctx context.Context, id int64) error {
	_, err := r.client.KeepAlive(ctx, &lease{id})
	if err != nil && ctx.Err() == context.DeadlineExceeded {
		return errors.New("the registry is slow")
	}
	return err
}

// slicebit/qb#141: the dialect asks for values, and the driver answers with pointers.
type kind int

const (
	other kind = iota
	integrity
)

// Rules: target/error-form.
func kindOf(err error) kind {
	var e pq.Error
	if errors.As(err, &e) && e.Code.Class() == "23" { // want `pq.Error never matches here: the library answers with \*pq.Error \(target\)`
		return integrity
	}
	return other
}

// Rules: target/error-form.
func kindOfPointer(err error) kind {
	var e *pq.Error
	if errors.As(err, &e) && e.Code.Class() == "23" {
		return integrity
	}
	return other
}

// mattn/go-sqlite3 answers with values.
func kindOfValue(err error) kind {
	e, ok := err.(sqlite3.Error)
	if ok && e.Code == sqlite3.ErrConstraint {
		return integrity
	}
	return other
}

// An extended code of SQLite is no primary one: they were equal with the other driver.
func conflict(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() {
	case lib.SQLITE_CONSTRAINT: // want `this is SQLite's extended result code, and 19 \(Constraint\) a primary result code: .* \(mixed\)`
		return true
	}
	return false
}

func conflictExtended(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code() == lib.SQLITE_CONSTRAINT_UNIQUE || e.Code()&0xff == lib.SQLITE_BUSY)
}
