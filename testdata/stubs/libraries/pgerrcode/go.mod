module github.com/jackc/pgerrcode

go 1.26
