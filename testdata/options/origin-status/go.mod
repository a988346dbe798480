module example.com/options-origin-status

go 1.26
