module example.com/restclient

go 1.26

require github.com/go-resty/resty/v2 v2.16.5

replace github.com/go-resty/resty/v2 => ./resty
