// Package app deals with two APIs, of which one is left out.
package app

import (
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"google.golang.org/grpc/status"
)

// Rules: scope/left-out.
func left(err error) bool { return status.Code(err) == 5 }

// Rules: scope/left-out.
func leftText(err error) bool { return strings.Contains(err.Error(), "code = NotFound") }

// Rules: scope/left-out.
func kept(e *pgconn.PgError) bool {
	return e.Code == "23550" // want `"23550" is no PostgreSQL SQLSTATE`
}
