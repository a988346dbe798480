module example.com/mapclient

go 1.26
