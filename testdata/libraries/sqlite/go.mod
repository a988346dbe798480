module example.com/sqlites

go 1.26

require (
	github.com/mattn/go-sqlite3 v1.0.0
	modernc.org/sqlite v1.0.0
)

replace (
	github.com/mattn/go-sqlite3 => ../../stubs/libraries/sqlite3
	modernc.org/sqlite => ../../stubs/libraries/modernc
)
