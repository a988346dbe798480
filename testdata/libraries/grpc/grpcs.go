// Package grpcs calls gRPC and Connect services.
package grpcs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"connectrpc.com/connect"
	"example.com/grpcs/shop"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type request struct{ id string }

type reply struct{}

type shopClient interface {
	Get(ctx context.Context, in *request, opts ...grpc.CallOption) (*reply, error)
}

// Rules: magic/status-literal.
func literal(ctx context.Context, c shopClient) bool {
	_, err := c.Get(ctx, &request{})
	return status.Code(err) == 5 // want `magic status code 5 \(NotFound: .*use codes.NotFound \(magic\)`
}

// Rules: magic/status-literal.
func made() error {
	return status.Error(3, "no name") // want `magic status code 3 \(InvalidArgument: .*use codes.InvalidArgument \(magic\)`
}

func named(ctx context.Context, c shopClient) bool {
	_, err := c.Get(ctx, &request{})
	return status.Code(err) == codes.NotFound
}

// Programs put codes of their own there, and HTTP statuses.
// Rules: magic/status-literal, unknown/open-space.
func ownCode(err error) bool { return status.Code(err) == codes.Code(2001) }

// Rules: text/api-marker.
func text(ctx context.Context, c shopClient) bool {
	_, err := c.Get(ctx, &request{})
	return err != nil && strings.Contains(err.Error(), "code = NotFound") // want `5 \(NotFound\) is looked for in the text of an error: take it with status.Code \(connect.CodeOf\) and compare the code \(text\)`
}

// Rules: text/listed-prose.
func otherText(err error) bool { return strings.Contains(err.Error(), "not found") }

// Rules: target/context-error.
func deadline(ctx context.Context, c shopClient) bool {
	_, err := c.Get(ctx, &request{})
	return errors.Is(err, context.DeadlineExceeded) // want `errors.Is never matches here: a gRPC client answers a status, not context.DeadlineExceeded; compare status.Code with codes.DeadlineExceeded \(target\)`
}

// Rules: target/context-error.
func wrappedDeadline(ctx context.Context, c shopClient) error {
	_, err := c.Get(ctx, &request{})
	err = fmt.Errorf("get: %w", err)
	if errors.Is(err, context.Canceled) { // want `errors.Is never matches here: .*codes.Canceled \(target\)`
		return nil
	}
	return err
}

// Rules: target/context-error.
func deadlineBeside(ctx context.Context, c shopClient) bool {
	_, err := c.Get(ctx, &request{})
	return errors.Is(err, context.DeadlineExceeded) || status.Code(err) == codes.DeadlineExceeded
}

func ownDeadline(ctx context.Context) bool { return errors.Is(ctx.Err(), context.DeadlineExceeded) }

// Rules: target/made-status.
func built(ctx context.Context, c shopClient) bool {
	_, err := c.Get(ctx, &request{})
	return errors.Is(err, status.Error(codes.NotFound, "no such item")) // want `an error that status.Error makes compares the message too: take it with status.Code .*\(target\)`
}

// Rules: retry/haste.
func haste(ctx context.Context, c shopClient) (*reply, error) {
	for range 3 {
		r, err := c.Get(ctx, &request{}) // want `\(grpcs.shopClient\).Get is called again at once after 14 \(Unavailable\): wait before \(retry\)`
		if status.Code(err) == codes.Unavailable {
			continue
		}
		return r, err
	}
	return nil, errors.New("no luck")
}

// The library waits for its connection, and that is no pause.
// Rules: retry/haste.
func hasteOfGenerated(ctx context.Context, c shop.ShopClient) (*shop.Item, error) {
	for range 3 {
		r, err := c.Find(ctx, &shop.Item{}) // want `\(shop.ShopClient\).Find is called again at once after 14 \(Unavailable\): wait before \(retry\)`
		if status.Code(err) == codes.Unavailable {
			continue
		}
		return r, err
	}
	return nil, errors.New("no luck")
}

func hasteOfMade(ctx context.Context, conn *grpc.ClientConn) (*shop.Item, error) {
	c := shop.NewShopClient(conn)
	for range 3 {
		r, err := c.Find(ctx, &shop.Item{}) // want `\(shop.ShopClient\).Find is called again at once after 14 \(Unavailable\): wait before \(retry\)`
		if status.Code(err) == codes.Unavailable {
			continue
		}
		return r, err
	}
	return nil, errors.New("no luck")
}

func patienceOfGenerated(ctx context.Context, c shop.ShopClient, pause func(context.Context) error) (*shop.Item, error) {
	for range 3 {
		r, err := c.Find(ctx, &shop.Item{})
		if status.Code(err) != codes.Unavailable {
			return r, err
		}
		if err := pause(ctx); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("no luck")
}

// Rules: retry/haste.
func patience(ctx context.Context, c shopClient) (*reply, error) {
	for range 3 {
		r, err := c.Get(ctx, &request{})
		if status.Code(err) == codes.Unavailable {
			time.Sleep(time.Second)
			continue
		}
		return r, err
	}
	return nil, errors.New("no luck")
}

// Retried on purpose, after a new token.
// Rules: retry/named-code.
func renewed(ctx context.Context, c shopClient, renew func()) (*reply, error) {
	for range 2 {
		r, err := c.Get(ctx, &request{})
		if status.Code(err) == codes.Unauthenticated {
			renew()
			continue
		}
		return r, err
	}
	return nil, errors.New("no luck")
}

func endless(ctx context.Context, c shopClient) (*reply, error) {
	for {
		r, err := c.Get(ctx, &request{}) // want `\(grpcs.shopClient\).Get is called again without end as long as it answers 14 \(Unavailable\): bound the attempts, or stop at a deadline \(retry\)`
		if s, ok := status.FromError(err); ok && s.Code() == codes.Unavailable {
			time.Sleep(time.Second)
			continue
		}
		return r, err
	}
}

func answered(ctx context.Context, c shopClient) (*reply, error) {
	r, err := c.Get(ctx, &request{})
	if err != nil {
		return nil, fmt.Errorf("get: %w", err)
	}
	return r, nil
}

// Rules: origin/asked-error.
func deadlineOfHelper(ctx context.Context, c shopClient) bool {
	_, err := answered(ctx, c)
	return errors.Is(err, context.DeadlineExceeded) // want `errors.Is never matches here: .* \(target\)`
}

// It may be the context's own end.
func waited(ctx context.Context, c shopClient) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err := c.Get(ctx, &request{})
	return err
}

// Rules: target/context-error.
func deadlineOfWaiting(ctx context.Context, c shopClient) bool {
	return errors.Is(waited(ctx, c), context.DeadlineExceeded)
}

// Rules: target/context-error.
func comparedDeadline(ctx context.Context, c shopClient) bool {
	_, err := c.Get(ctx, &request{})
	return err == context.DeadlineExceeded // want `this comparison never matches here: .* \(target\)`
}

func untilDone(ctx context.Context, c shopClient) (*reply, error) {
	for {
		r, err := c.Get(ctx, &request{})
		if s, ok := status.FromError(err); !ok || s.Code() != codes.Unavailable {
			return r, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// Rules: magic/status-literal.
func connected(err error) bool {
	return connect.CodeOf(err) == 14 // want `magic status code 14 \(Unavailable: .*use connect.CodeUnavailable \(magic\)`
}

// A Connect error unwraps to the context's.
// Rules: target/context-error.
func connectDeadline(err error) bool {
	var e *connect.Error
	return errors.As(err, &e) && errors.Is(err, context.DeadlineExceeded)
}

func hasteWithLiteral(ctx context.Context, c shopClient, id string) (*reply, error) {
	for range 3 {
		r, err := c.Get(ctx, &request{id: id}) // want `\(grpcs.shopClient\).Get is called again at once after 14 \(Unavailable\): wait before \(retry\)`
		if status.Code(err) == codes.Unavailable {
			continue
		}
		return r, err
	}
	return nil, errors.New("no luck")
}

// Another item each time.
// Rules: retry/haste.
func next(ctx context.Context, c shopClient, ids []string) error {
	for _, id := range ids {
		_, err := c.Get(ctx, &request{id: id})
		if status.Code(err) == codes.Unavailable {
			continue
		}
		return err
	}
	return nil
}

func renewedID(ctx context.Context, c shopClient, fresh func() string) (*reply, error) {
	for range 3 {
		r, err := c.Get(ctx, &request{id: fresh()})
		if status.Code(err) == codes.Unavailable {
			continue
		}
		return r, err
	}
	return nil, errors.New("no luck")
}
