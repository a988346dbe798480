// Package stock asks the service of the stock over gRPC.
package stock

import (
	"context"
	"errors"
	"fmt"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Request and Reply are messages.
type (
	Request struct{ Item string }
	Reply   struct{ Left int }
)

// StockClient is what protoc-gen-go-grpc makes of the service.
type StockClient interface {
	Count(ctx context.Context, in *Request, opts ...grpc.CallOption) (*Reply, error)
}

// What callers are told.
var (
	ErrUnknown = errors.New("there is no such item")
	ErrSlow    = errors.New("the service of the stock is slow")
)

// Count says how many are left.
func Count(ctx context.Context, c StockClient, item string) (int, error) {
	r, err := c.Count(ctx, &Request{item})
	switch {
	case err == nil:
		return r.Left, nil
	case errors.Is(err, context.DeadlineExceeded): // want `errors.Is never matches here: a gRPC client answers a status, not context.DeadlineExceeded; .* \(target\)`
		return 0, ErrSlow
	case status.Code(err) == codes.NotFound:
		return 0, ErrUnknown
	}
	return 0, fmt.Errorf("count %s: %w", item, err)
}

// Insist counts as soon as the service can be reached.
func Insist(ctx context.Context, c StockClient, item string) (*Reply, error) {
	in := &Request{item}
	for range 100 {
		r, err := c.Count(ctx, in) // want `\(stock.StockClient\).Count is called again at once after 14 \(Unavailable\): wait before \(retry\)`
		if status.Code(err) != codes.Unavailable {
			return r, err
		}
	}
	return nil, ErrSlow
}
