// Package newer uses the newer package of the SDK and some text and targets.
package newer

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/rongcloud"
)

//retcode:code business
const (
	ok        = 200
	okV2      = 10000
	invalid   = 1002
	limited   = 1008
	timeout   = 1050
	groupGone = 25410
	queryFast = 25416
)

// App uses it.
type App struct {
	c   *rongcloud.RongCloud
	out chan<- event
}

type event struct {
	id  string
	err error
}

// ErrBusy and others.
var (
	ErrBusy   = errors.New("busy")
	ErrFailed = errors.New("failed")
)

var retryable = map[int]bool{limited: true, timeout: true, queryFast: true}

// Block Not reported: code set
func (a *App) Block(ctx context.Context, u string) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	_, err := a.c.UserBlock(ctx, &rongcloud.UserBlockRequest{UserId: &u, Minute: rongcloud.IntPtr(5)})
	var cr rongcloud.CodeResult
	if errors.As(err, &cr) {
		if retryable[cr.Code] {
			return ErrBusy
		}
		return ErrFailed
	}
	return err
}

// BlockPtr Reported (target):
func (a *App) BlockPtr(ctx context.Context, u string) error {
	_, err := a.c.UserBlock(ctx, &rongcloud.UserBlockRequest{UserId: &u})
	var cr *rongcloud.CodeResult
	if errors.As(err, &cr) { // want `\(target\)`
		return fmt.Errorf("block %s: code %d", u, cr.Code)
	}
	return err
}

// BlockWrapAssert Reported (target):
func (a *App) BlockWrapAssert(ctx context.Context, u string) error {
	_, err := a.c.UserBlock(ctx, &rongcloud.UserBlockRequest{UserId: &u})
	if err == nil {
		return nil
	}
	err = fmt.Errorf("block: %w", err)
	if cr, ok := err.(rongcloud.CodeResult); ok && cr.Code == invalid { // want `\(target\)`
		return ErrFailed
	}
	return err
}

// BlockIs Reported (target):
func (a *App) BlockIs(ctx context.Context, u string) error {
	_, err := a.c.UserBlock(ctx, &rongcloud.UserBlockRequest{UserId: &u})
	if errors.Is(err, rongcloud.CodeResult{Code: limited}) { // want `\(target\)`
		return ErrBusy
	}
	return err
}

// BlockResp Not reported: the response beside is looked at
func (a *App) BlockResp(ctx context.Context, u string) error {
	resp, err := a.c.UserBlock(ctx, &rongcloud.UserBlockRequest{UserId: &u})
	if err != nil {
		return err
	}
	if resp.Code != ok && resp.Code != okV2 {
		return rongcloud.RCErrorNew(resp.Code, resp.ErrorMessage)
	}
	return nil
}

// Token Reported (text):
func (a *App) Token(ctx context.Context, u string) (string, error) {
	r, err := a.c.UserGetToken(ctx, &rongcloud.UserGetTokenRequest{UserId: &u})
	if err != nil {
		if strings.Contains(err.Error(), "code:1008") { // want `\(text\)`
			return "", ErrBusy
		}
		return "", err
	}
	return r.Token, nil
}

// TokenNet Not reported:
func (a *App) TokenNet(ctx context.Context, u string) (string, error) {
	r, err := a.c.UserGetToken(ctx, &rongcloud.UserGetTokenRequest{UserId: &u})
	var ne net.Error
	switch {
	case errors.As(err, &ne) && ne.Timeout():
		return "", fmt.Errorf("token: %w", errors.Join(ErrBusy, err))
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.Canceled):
		return "", err
	case err != nil:
		return "", fmt.Errorf("token: %w", err)
	}
	return r.Token, nil
}

// Event Not reported:
func (a *App) Event(ctx context.Context, u string) {
	_, err := a.c.UserBlock(ctx, &rongcloud.UserBlockRequest{UserId: &u})
	a.out <- event{u, err}
}

// Nil Reported (retryable): nil for failed
func (a *App) Nil(ctx context.Context, id string) []string {
	r, err := a.c.GroupQuery(ctx, &rongcloud.GroupQueryRequest{GroupId: &id})
	if err != nil {
		return nil // want `\(retryable\)`
	}
	var ids []string
	for _, u := range r.Users {
		ids = append(ids, u.Id)
	}
	return ids
}

// Fallback Not reported: cached
func (a *App) Fallback(ctx context.Context, id string, cached func(string) ([]string, error)) ([]string, error) {
	r, err := a.c.GroupQuery(ctx, &rongcloud.GroupQueryRequest{GroupId: &id})
	if err != nil {
		return cached(id)
	}
	return []string{r.Users[0].Id}, nil
}

// Gone Not reported: all in the general group and group's own
// Rules: switch/required-groups.
func (a *App) Gone(ctx context.Context, id string) (bool, error) {
	_, err := a.c.GroupQuery(ctx, &rongcloud.GroupQueryRequest{GroupId: &id})
	cr, is := errors.AsType[rongcloud.CodeResult](err)
	if !is {
		return false, err
	}
	switch c := cr.ErrorCode(); {
	case c == groupGone:
		return true, nil
	case slices.Contains([]int{limited, timeout, queryFast}, c):
		return false, ErrBusy
	default:
		return false, ErrFailed
	}
}

// hasCode Not reported: helper
func hasCode(err error, codes ...int) bool {
	var cr rongcloud.CodeResult
	return errors.As(err, &cr) && slices.Contains(codes, cr.Code)
}

// GoneHelper Not reported:
// Rules: behavior/decided-condition.
func (a *App) GoneHelper(ctx context.Context, id string) (bool, error) {
	_, err := a.c.GroupQuery(ctx, &rongcloud.GroupQueryRequest{GroupId: &id})
	switch {
	case err == nil:
		return false, nil
	case hasCode(err, groupGone):
		return true, nil
	case hasCode(err, limited, timeout, queryFast):
		return false, ErrBusy
	}
	return false, ErrFailed
}

// GoneHelperShort Reported (switch): or retryable: 1050 and 25416 missing
// Rules: behavior/decided-condition.
func (a *App) GoneHelperShort(ctx context.Context, id string) (bool, error) {
	_, err := a.c.GroupQuery(ctx, &rongcloud.GroupQueryRequest{GroupId: &id})
	if err == nil {
		return false, nil
	}
	if hasCode(err, groupGone) { // want `\(retryable\)`
		return true, nil
	}
	if hasCode(err, limited) {
		return false, ErrBusy
	}
	return false, ErrFailed
}

// MagicHelper Reported (magic): unknown: numbers handed to a code parameter... (parameter is no SDK's or declared: silent)
func (a *App) MagicHelper(ctx context.Context, id string) error {
	_, err := a.c.GroupQuery(ctx, &rongcloud.GroupQueryRequest{GroupId: &id})
	if hasCode(err, groupGone) {
		return nil
	}
	return err
}

// Push Reported (unchecked): response used although it failed
func (a *App) Push(ctx context.Context, msg string) string {
	r, _ := a.c.Push(ctx, &rongcloud.PushRequest{Platform: []string{"ios"}, Alert: msg}) // want `\(unchecked\)`
	return r.Id
}

// Send Not reported: multi-step, first error wins
func (a *App) Send(ctx context.Context, from, to string, texts ...string) (n int, err error) {
	for _, t := range texts {
		if _, err = a.c.MessagePrivatePublish(ctx, &rongcloud.MessagePrivatePublishRequest{FromUserId: &from, ToUserId: &to, RCMsg: &rongcloud.TXTMsg{Content: t}}); err != nil {
			break
		}
		n++
	}
	return n, err
}
