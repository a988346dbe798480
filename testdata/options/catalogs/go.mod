module example.com/options-catalogs

go 1.26

require (
	github.com/jackc/pgx/v5 v5.0.0
	google.golang.org/grpc v1.0.0
)

replace (
	github.com/jackc/pgx/v5 => ../../stubs/libraries/pgx
	google.golang.org/grpc => ../../stubs/libraries/grpc
)
