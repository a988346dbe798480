module example.com/databases

go 1.26

require (
	github.com/go-sql-driver/mysql v1.0.0
	github.com/jackc/pgerrcode v0.0.0
	github.com/jackc/pgx/v5 v5.0.0
	google.golang.org/grpc v1.0.0
	modernc.org/sqlite v1.0.0
)

replace (
	github.com/go-sql-driver/mysql => ../../stubs/libraries/mysql
	github.com/jackc/pgerrcode => ../../stubs/libraries/pgerrcode
	github.com/jackc/pgx/v5 => ../../stubs/libraries/pgx
	google.golang.org/grpc => ../../stubs/libraries/grpc
	modernc.org/sqlite => ../../stubs/libraries/modernc
)
