module example.com/protobuf

go 1.26
