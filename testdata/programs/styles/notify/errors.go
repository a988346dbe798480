package notify

import (
	"context"
	"errors"

	"example.com/styles/wire"
)

var (
	ErrNoUser = errors.New("notify: no such user")
	ErrLater  = errors.New("notify: try later")
)

var sentinels = map[int]error{
	wire.UserNotFound: ErrNoUser,
}

func temporary(err error) bool {
	e, ok := errors.AsType[*wire.Error](err)
	return ok && e.Temporary()
}

// DirectMapped maps what callers ask for most.
func (n *Notifier) DirectMapped(ctx context.Context, from, to, text string) error {
	err := n.Direct(ctx, from, to, text)
	var e *wire.Error
	if errors.As(err, &e) {
		if s, ok := sentinels[e.Code]; ok {
			return s
		}
	}
	return err
}

// DirectAsserted looks at the error by hand.
func (n *Notifier) DirectAsserted(ctx context.Context, from, to, text string) error {
	err := n.Direct(ctx, from, to, text)
	if e, ok := err.(*wire.Error); ok && e.Temporary() { // want `\(target\)`
		return ErrLater
	}
	return err
}
