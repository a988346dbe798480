module example.com/reported

go 1.26

require (
	github.com/cockroachdb/cockroach-go/v2 v2.0.0
	github.com/go-sql-driver/mysql v1.0.0
	github.com/jackc/pgerrcode v0.0.0
	github.com/jackc/pgx/v5 v5.0.0
	github.com/lib/pq v1.0.0
	github.com/mattn/go-sqlite3 v1.0.0
	google.golang.org/grpc v1.0.0
	modernc.org/sqlite v1.0.0
)

replace (
	github.com/cockroachdb/cockroach-go/v2 => ../../stubs/libraries/crdb
	github.com/go-sql-driver/mysql => ../../stubs/libraries/mysql
	github.com/jackc/pgerrcode => ../../stubs/libraries/pgerrcode
	github.com/jackc/pgx/v5 => ../../stubs/libraries/pgx
	github.com/lib/pq => ../../stubs/libraries/pq
	github.com/mattn/go-sqlite3 => ../../stubs/libraries/sqlite3
	google.golang.org/grpc => ../../stubs/libraries/grpc
	modernc.org/sqlite => ../../stubs/libraries/modernc
)
