module example.com/errstruct

go 1.26
