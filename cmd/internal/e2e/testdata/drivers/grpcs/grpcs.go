// Package grpcs uses google.golang.org/grpc, with the generated client of its health service,
// and connectrpc.com/connect.
package grpcs

import (
	"context"
	"errors"
	"strings"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/grpc/codes"
	health "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

func literal(ctx context.Context, c health.HealthClient) bool {
	_, err := c.Check(ctx, &health.HealthCheckRequest{})
	return status.Code(err) == 5 // want `magic status code 5 \(NotFound: .*use codes.NotFound \(magic\)`
}

// Programs have codes of their own.
func own(err error) bool { return status.Code(err) == codes.Code(2001) }

func deadline(ctx context.Context, c health.HealthClient) bool {
	_, err := c.Check(ctx, &health.HealthCheckRequest{})
	return errors.Is(err, context.DeadlineExceeded) // want `errors.Is never matches here: a gRPC client answers a status, not context.DeadlineExceeded; .*\(target\)`
}

func ownDeadline(ctx context.Context) bool { return errors.Is(ctx.Err(), context.DeadlineExceeded) }

func text(ctx context.Context, c health.HealthClient) bool {
	_, err := c.Check(ctx, &health.HealthCheckRequest{})
	return err != nil && strings.Contains(err.Error(), "code = NotFound") // want `5 \(NotFound\) is looked for in the text of an error: .*\(text\)`
}

// gRPC's code waits for its connection, which is no pause.
func haste(ctx context.Context, c health.HealthClient) (*health.HealthCheckResponse, error) {
	for range 3 {
		r, err := c.Check(ctx, &health.HealthCheckRequest{}) // want `\(grpc_health_v1.HealthClient\).Check is called again at once after 14 \(Unavailable\): wait before \(retry\)`
		if status.Code(err) == codes.Unavailable {
			continue
		}
		return r, err
	}
	return nil, errors.New("no luck")
}

func endless(ctx context.Context, c health.HealthClient) (*health.HealthCheckResponse, error) {
	for {
		r, err := c.Check(ctx, &health.HealthCheckRequest{}) // want `\(grpc_health_v1.HealthClient\).Check is called again without end as long as it answers 14 \(Unavailable\): .*\(retry\)`
		if status.Code(err) == codes.Unavailable {
			time.Sleep(time.Second)
			continue
		}
		return r, err
	}
}

func patience(ctx context.Context, c health.HealthClient) (*health.HealthCheckResponse, error) {
	for range 3 {
		r, err := c.Check(ctx, &health.HealthCheckRequest{})
		if s, ok := status.FromError(err); ok && s.Code() == codes.Unavailable {
			time.Sleep(time.Second)
			continue
		}
		return r, err
	}
	return nil, errors.New("no luck")
}

func connected(err error) bool {
	return connect.CodeOf(err) == 14 // want `magic status code 14 \(Unavailable: .*use connect.CodeUnavailable \(magic\)`
}

// A Connect error unwraps to the context's.
func connectDeadline(err error) bool {
	var e *connect.Error
	return errors.As(err, &e) && e.Code() == connect.CodeUnavailable || errors.Is(err, context.DeadlineExceeded)
}
