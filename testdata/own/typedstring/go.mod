module example.com/typedstring

go 1.26
