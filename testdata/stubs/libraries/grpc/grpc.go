// Package grpc has the shapes of gRPC that programs use.
package grpc

import "context"

// CallOption is an option of a call.
type CallOption interface{ before() }

// ClientConnInterface is what generated clients call.
type ClientConnInterface interface {
	Invoke(ctx context.Context, method string, args, reply any, opts ...CallOption) error
}
