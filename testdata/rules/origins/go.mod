module example.com/origins

go 1.26
