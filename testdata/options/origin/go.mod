module example.com/options-origin

go 1.26
