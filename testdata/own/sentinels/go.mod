module example.com/sentinels

go 1.26
