module example.com/grpcs

go 1.26

require (
	connectrpc.com/connect v1.0.0
	google.golang.org/grpc v1.0.0
)

replace (
	connectrpc.com/connect => ../../stubs/libraries/connect
	google.golang.org/grpc => ../../stubs/libraries/grpc
)
