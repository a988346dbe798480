// Package app deals with two APIs, of which one is left out.
package app

import (
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"google.golang.org/grpc/status"
)

func left(err error) bool { return status.Code(err) == 5 }

func leftText(err error) bool { return strings.Contains(err.Error(), "code = NotFound") }

func kept(e *pgconn.PgError) bool {
	return e.Code == "23550" // want `"23550" is no PostgreSQL SQLSTATE`
}
