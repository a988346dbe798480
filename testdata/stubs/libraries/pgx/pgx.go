// Package pgx has the shapes of pgx that programs use.
package pgx

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrNoRows is answered where no row is there.
var ErrNoRows = errors.New("no rows in result set")

// ErrTxCommitRollback is answered where a commit rolled back.
var ErrTxCommitRollback = errors.New("commit unexpectedly resulted in rollback")

// Row is one row.
type Row interface{ Scan(dest ...any) error }

// Tx is a transaction.
type Tx interface {
	Begin(ctx context.Context) (Tx, error)
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
	Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error)
	QueryRow(ctx context.Context, sql string, args ...any) Row
}

// Conn is a connection.
type Conn struct{}

// Begin begins a transaction.
func (c *Conn) Begin(ctx context.Context) (Tx, error) { return nil, ctx.Err() }

// Exec executes a statement.
func (c *Conn) Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error) {
	return pgconn.CommandTag{}, ctx.Err()
}

// QueryRow asks for one row.
func (c *Conn) QueryRow(ctx context.Context, sql string, args ...any) Row { return nil }

// Connect opens a connection.
func Connect(ctx context.Context, dsn string) (*Conn, error) { return nil, nil }
