// Package statuses re-enacts reports of statuses that were taken for a context's errors.
package statuses

import (
	"context"
	"errors"
	"time"

	"example.com/reported/shop"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// lytics/grid#164: a lease that runs into its deadline is registered anew.
func register(ctx context.Context, c shop.ShopClient, id string) error {
	timeout, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err := c.Find(timeout, &shop.Item{ID: id})
	switch {
	case errors.Is(err, context.DeadlineExceeded): // want `errors.Is never matches here: a gRPC client answers a status, not context.DeadlineExceeded; compare status.Code with codes.DeadlineExceeded \(target\)`
		return nil
	case err != nil:
		return err
	}
	return nil
}

// CloudNativeSDWAN/cnwan-operator#29: so is a stop.
func watch(ctx context.Context, c shop.ShopClient) error {
	if _, err := c.Find(ctx, &shop.Item{}); err != nil {
		if errors.Is(err, context.Canceled) { // want `errors.Is never matches here: a gRPC client answers a status, not context.Canceled; .*\(target\)`
			return nil
		}
		return err
	}
	return nil
}

func watchStatus(ctx context.Context, c shop.ShopClient) error {
	if _, err := c.Find(ctx, &shop.Item{}); err != nil {
		if errors.Is(err, context.Canceled) || status.Code(err) == codes.Canceled {
			return nil
		}
		return err
	}
	return nil
}

func watchContext(ctx context.Context, c shop.ShopClient) error {
	if _, err := c.Find(ctx, &shop.Item{}); err != nil {
		if errors.Is(ctx.Err(), context.Canceled) {
			return nil
		}
		return err
	}
	return nil
}
