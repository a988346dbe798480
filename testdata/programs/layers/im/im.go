// Package im hides the SDK from the rest.
package im

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Codes.
//
//retcode:code business
const (
	CodeInvalid       = 1002
	CodeRateLimited   = 1008
	CodeTimeout       = 1050
	CodeRoomNotFound  = 23410
	CodeRoomExists    = 23435
	CodeGroupExists   = 25409
	CodeGroupNotFound = 25410
	CodeGroupFull     = 25411
	CodeGroupMember   = 25412
	CodeQueryLimited  = 25416
	CodeFriends       = 25460
)

// Kind classifies failures.
type Kind int

// Kinds.
const (
	KindUnknown Kind = iota
	KindRetry
	KindInvalid
	KindConflict
	KindNotFound
)

// Error is what callers get.
type Error struct {
	Kind Kind
	Op   string
	Err  error
}

func (e *Error) Error() string { return e.Op + ": " + e.Err.Error() }

// Unwrap Not reported:
func (e *Error) Unwrap() error { return e.Err }

// Retryable Not reported:
func (e *Error) Retryable() bool { return e.Kind == KindRetry }

// Sentinels.
var (
	ErrBusy     = errors.New("im: busy")
	ErrConflict = errors.New("im: conflict")
	ErrMissing  = errors.New("im: missing")
	ErrFailed   = errors.New("im: failed")
)

// Not reported: all required in general named; group code 25409 named -> 25416 named too
// Rules: switch/required-groups.
func kindOf(code int) Kind {
	switch code {
	case CodeRateLimited, CodeTimeout, CodeQueryLimited:
		return KindRetry
	case CodeInvalid:
		return KindInvalid
	case CodeGroupExists, CodeRoomExists, CodeFriends:
		return KindConflict
	case CodeGroupNotFound, CodeRoomNotFound:
		return KindNotFound
	default:
		return KindUnknown
	}
}

// Not reported:
func wrapErr(op string, err error) error {
	if err == nil {
		return nil
	}
	var cr sdk.CodeResult
	if errors.As(err, &cr) {
		return &Error{Kind: kindOf(cr.Code), Op: op, Err: err}
	}
	return &Error{Op: op, Err: err}
}

// Gateway is what the application depends on.
type Gateway interface {
	Block(ctx context.Context, user string) error
	Unblock(ctx context.Context, user string) error
	CreateGroup(ctx context.Context, id, name string, members ...string) error
	Token(ctx context.Context, user string) (string, error)
}

type gateway struct {
	rc  *sdk.RongCloud
	log *slog.Logger
	obs func(op string, d time.Duration, err error)
}

var _ Gateway = (*gateway)(nil)

// New Not reported:
func New(rc *sdk.RongCloud, log *slog.Logger) Gateway {
	return &gateway{rc: rc, log: log, obs: func(string, time.Duration, error) {}}
}

// Block Not reported: deferred wrapping with a named result
func (g *gateway) Block(ctx context.Context, user string) (err error) {
	start := time.Now()
	defer func() {
		g.obs("block", time.Since(start), err)
		if err != nil {
			err = fmt.Errorf("block %q: %w", user, err)
		}
	}()
	return g.rc.BlockAdd(user, 60)
}

// Unblock Not reported:
func (g *gateway) Unblock(ctx context.Context, user string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return wrapErr("unblock", g.rc.BlockRemove(user))
}

// CreateGroup Not reported: exists is fine, the rest goes on
func (g *gateway) CreateGroup(ctx context.Context, id, name string, members ...string) error {
	_, err := g.rc.GroupCreate(id, name, members)
	var cr sdk.CodeResult
	if errors.As(err, &cr) && cr.Code == CodeGroupExists {
		g.log.InfoContext(ctx, "group exists", "id", id)
		return nil
	}
	return wrapErr("create group", err)
}

// Token Not reported:
func (g *gateway) Token(ctx context.Context, user string) (string, error) {
	u, err := g.rc.UserRegister(user, user, "")
	if err != nil {
		g.log.ErrorContext(ctx, "token", "user", user, "err", err)
		return "", wrapErr("token", err)
	}
	return u.Token, nil
}

// IsBusy Not reported:
func IsBusy(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Retryable()
}

// Translate maps by sentinel; Not reported: retryable codes have their own sentinel
func Translate(err error) error {
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	switch cr.Code {
	case CodeRateLimited, CodeTimeout, CodeQueryLimited:
		return fmt.Errorf("%w: %s", ErrBusy, cr.ErrorMessage)
	case CodeGroupExists:
		return ErrConflict
	case CodeGroupNotFound:
		return ErrMissing
	}
	return ErrFailed
}

// Dismiss Not reported: via Translate
func Dismiss(rc *sdk.RongCloud, id, owner string) error {
	if _, err := rc.GroupDismiss(id, owner); err != nil {
		return Translate(err)
	}
	return nil
}

// translateBad Reported (switch):
func translateBad(err error) error {
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	switch code := cr.ErrorCode(); { // want `\(switch\)`
	case code == CodeGroupExists || code == CodeGroupMember:
		return ErrConflict
	case code == CodeGroupNotFound:
		return ErrMissing
	case code == CodeRateLimited:
		return ErrBusy
	}
	return ErrFailed
}

// Join Not reported: here; the cause is in translateBad
func Join(rc *sdk.RongCloud, id, user string) error {
	if _, err := rc.GroupJoin(id, "", []string{user}); err != nil {
		return translateBad(err)
	}
	return nil
}
