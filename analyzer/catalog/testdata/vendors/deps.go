//go:build vendors

// Package vendors keeps in go.mod what the tests read as source, without building it.
package vendors

import (
	_ "connectrpc.com/connect"
	_ "github.com/cockroachdb/cockroach-go/v2/crdb"
	_ "github.com/cockroachdb/cockroach-go/v2/crdb/crdbgorm"
	_ "github.com/cockroachdb/cockroach-go/v2/crdb/crdbpgx"
	_ "github.com/cockroachdb/cockroach-go/v2/crdb/crdbpgxv5"
	_ "github.com/cockroachdb/cockroach-go/v2/crdb/crdbsqlx"
	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgconn"
	_ "github.com/jackc/pgerrcode"
	_ "github.com/jackc/pgx/v4"
	_ "github.com/jackc/pgx/v4/pgxpool"
	_ "github.com/jackc/pgx/v4/stdlib"
	_ "github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/lib/pq"
	_ "github.com/lib/pq/pqerror"
	_ "github.com/mattn/go-sqlite3"
	_ "google.golang.org/genproto/googleapis/rpc/status"
	_ "google.golang.org/grpc"
	_ "google.golang.org/grpc/codes"
	_ "google.golang.org/grpc/status"
	_ "gorm.io/gorm"
	_ "modernc.org/sqlite"
	_ "modernc.org/sqlite/lib"
)
