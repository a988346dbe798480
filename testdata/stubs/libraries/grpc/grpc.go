// Package grpc has the shapes of gRPC that programs use.
package grpc

import (
	"context"
	"time"
)

// CallOption is an option of a call.
type CallOption interface{ before() }

// ClientConnInterface is what generated clients call.
type ClientConnInterface interface {
	Invoke(ctx context.Context, method string, args, reply any, opts ...CallOption) error
}

// ClientConn is a connection, which waits until it is there.
type ClientConn struct{ ready chan error }

// Invoke sends a request.
func (c *ClientConn) Invoke(ctx context.Context, method string, args, reply any, opts ...CallOption) error {
	idle := time.NewTimer(time.Minute)
	defer idle.Stop()
	select {
	case err := <-c.ready:
		return err
	case <-idle.C:
		return ctx.Err()
	}
}

// ClientStream is a stream as a client has it.
type ClientStream interface {
	SendMsg(m any) error
	RecvMsg(m any) error
}

// ServerStreamingClient is what a generated client gives for what the server sends.
type ServerStreamingClient[Res any] interface {
	Recv() (*Res, error)
	ClientStream
}
