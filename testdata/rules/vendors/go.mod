module example.com/vendors

go 1.26
