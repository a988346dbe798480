package grpcs

import (
	"context"
	"errors"
	"io"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Rules: target/context-error.
func received(stream grpc.ServerStreamingClient[string]) error {
	for {
		_, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, context.Canceled) { // want `errors.Is never matches here: .*codes.Canceled \(target\)`
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// Rules: target/context-error.
func receivedRightly(stream grpc.ServerStreamingClient[string]) error {
	for {
		_, err := stream.Recv()
		if err == io.EOF || status.Code(err) == codes.Canceled {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
