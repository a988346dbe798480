module example.com/untyped

go 1.26
