// Package sentinels compares what calls answer with errors that it made itself.
package sentinels

import (
	"context"
	"errors"
	"fmt"

	"connectrpc.com/connect"
	"example.com/grpcs/shop"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

var (
	errNotFound  = status.Error(codes.NotFound, "no such item")
	errMissing   = connect.NewError(connect.CodeNotFound, errors.New("no such item"))
	errPlain     = errors.New("no such item")
	errSetLater  error
	errSetTwice        = status.Error(codes.NotFound, "no such item")
	errForeign         = fmt.Errorf("find: %w", errPlain)
	errMissingAs error = connect.NewError(connect.CodeNotFound, nil)
)

func set(err error) { errSetTwice, errSetLater = err, err }

func is(ctx context.Context, c shop.ShopClient) bool {
	_, err := c.Find(ctx, &shop.Item{})
	return errors.Is(err, errNotFound) // want `an error that status.Error makes compares the message too: take it with status.Code .*\(target\)`
}

// Rules: target/made-status.
func equal(ctx context.Context, c shop.ShopClient) bool {
	_, err := c.Find(ctx, &shop.Item{})
	return err == errNotFound // want `an error that status.Error makes is never equal to another: .*\(target\)`
}

func cased(ctx context.Context, c shop.ShopClient) bool {
	_, err := c.Find(ctx, &shop.Item{})
	switch err {
	case nil:
		return true
	case errNotFound: // want `an error that status.Error makes is never equal to another: .*\(target\)`
		return false
	}
	return true
}

func unequal(ctx context.Context, c *connect.Client[string, string], r *connect.Request[string]) bool {
	_, err := c.CallUnary(ctx, r)
	return err != errMissing // want `an error that connect.NewError makes is never equal to another: .*\(target\)`
}

// Rules: target/made-status.
func isOfConnect(ctx context.Context, c *connect.Client[string, string], r *connect.Request[string]) bool {
	_, err := c.CallUnary(ctx, r)
	return errors.Is(err, errMissing) // want `an error that connect.NewError makes is never equal to another: .*\(target\)`
}

func isInInterface(ctx context.Context, c *connect.Client[string, string], r *connect.Request[string]) bool {
	_, err := c.CallUnary(ctx, r)
	return errors.Is(err, errMissingAs) // want `an error that connect.NewError makes is never equal to another: .*\(target\)`
}

func find(ctx context.Context, c shop.ShopClient) error {
	if _, err := c.Find(ctx, &shop.Item{}); err != nil {
		return fmt.Errorf("find: %w", err)
	}
	return nil
}

func isBelow(ctx context.Context, c shop.ShopClient) bool {
	return errors.Is(find(ctx, c), errNotFound) // want `an error that status.Error makes compares the message too: .*\(target\)`
}

// This function answers with the variable itself.
func mapped(ctx context.Context, c shop.ShopClient) error {
	_, err := c.Find(ctx, &shop.Item{})
	if status.Code(err) == codes.NotFound {
		return errNotFound
	}
	return err
}

// Rules: target/made-status.
func isMapped(ctx context.Context, c shop.ShopClient) bool {
	return errors.Is(mapped(ctx, c), errNotFound)
}

// Nobody knows here where the error comes from.
// Rules: target/unseen-source.
func isGiven(err error) bool { return errors.Is(err, errNotFound) }

// Rules: target/made-status.
func isOther(ctx context.Context, c shop.ShopClient) bool {
	_, err := c.Find(ctx, &shop.Item{})
	return errors.Is(err, errPlain) || errors.Is(err, errForeign)
}

// What the variable holds is not known.
func isAssigned(ctx context.Context, c shop.ShopClient) bool {
	_, err := c.Find(ctx, &shop.Item{})
	return errors.Is(err, errSetLater) || errors.Is(err, errSetTwice)
}

// The code is asked for beside.
func isBeside(ctx context.Context, c shop.ShopClient) bool {
	_, err := c.Find(ctx, &shop.Item{})
	return errors.Is(err, errNotFound) || status.Code(err) == codes.NotFound
}

// An error unwraps to what it was made of, which is the program's own.
func isInside(err *connect.Error) bool { return err.Unwrap() == error(errMissing) }
