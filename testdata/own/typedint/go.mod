module example.com/typedint

go 1.26
