// Package loops re-enacts reports of retries without an end.
package loops

import (
	"context"
	"errors"
	"time"

	"example.com/reported/shop"
	"github.com/go-sql-driver/mysql"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// kubeflow/katib#229: as long as the manager is not there, it is asked.
func wait(c shop.ShopClient) (*shop.Item, error) {
	for {
		item, err := c.Find(context.Background(), &shop.Item{}) // want `\(shop.ShopClient\).Find is called again without end as long as it answers 14 \(Unavailable\): .*\(retry\)`
		if status.Code(err) == codes.Unavailable {
			time.Sleep(time.Second)
			continue
		}
		return item, err
	}
}

// google/trillian#1331: a deadlock is tried until it goes away.
func queue(store func() error) error {
	for {
		err := store() // want `store is called again without end as long as it answers 1213 \(LockDeadlock\): .*\(retry\)`
		var failure *mysql.MySQLError
		if !errors.As(err, &failure) || failure.Number != 1213 {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func queueBounded(store func() error) error {
	var err error
	for range 10 {
		err = store()
		var failure *mysql.MySQLError
		if !errors.As(err, &failure) || failure.Number != 1213 {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
	return err
}

func waitUntil(ctx context.Context, c shop.ShopClient) (*shop.Item, error) {
	for {
		item, err := c.Find(ctx, &shop.Item{})
		if status.Code(err) != codes.Unavailable {
			return item, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// Somebody else may give it a context that never ends.
func (d *desk) updated(ctx context.Context, c shop.ShopClient) (*shop.Item, error) {
	for {
		item, err := c.Find(ctx, &shop.Item{}) // want `called again without end as long as it answers 14 \(Unavailable\): .*\(retry\)`
		if status.Code(err) != codes.Unavailable {
			return item, err
		}
		time.Sleep(d.pause)
	}
}

type desk struct{ pause time.Duration }

func (d *desk) update(c shop.ShopClient) (*shop.Item, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return d.updated(ctx, c)
}
