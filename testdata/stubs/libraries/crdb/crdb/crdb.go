// Package crdb has the shapes of cockroach-go that programs use.
package crdb

import (
	"context"
	"database/sql"
)

// ExecuteTx runs fn in a transaction, again where the server asks for it.
func ExecuteTx(ctx context.Context, db *sql.DB, opts *sql.TxOptions, fn func(*sql.Tx) error) error {
	return nil
}
