// Package min2 has minimal reproductions.
package min2

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

//retcode:code business
const (
	limited  = 1008
	timedOut = 1050
	friends  = 25460
)

var (
	errA = errors.New("a")
	errB = errors.New("b")
	rc   *sdk.RongCloud
)

// Reported (retryable): at the comparison
func c1(id string) error {
	_, err := rc.FriendAdd(sdk.FriendModel{UserId: id})
	if err == nil {
		return nil
	}
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	if cr.Code == friends { // want `\(retryable\)`
		return nil
	}
	return errA
}

// Not reported:
func c2(id string, m *sync.Map) {
	if err := rc.BlockRemove(id); err != nil {
		m.Store(id, err)
	}
}

// Not reported:
func c3(id string, v *atomic.Value) {
	if err := rc.BlockRemove(id); err != nil {
		v.Store(err)
	}
}

// Not reported:
func c4(id string, l *list.List) {
	if err := rc.BlockRemove(id); err != nil {
		l.PushBack(err)
	}
}

// Not reported:
func c5(id string, w *io.PipeWriter) {
	if err := rc.BlockRemove(id); err != nil {
		w.CloseWithError(err)
	}
}

// Not reported:
func c6(ctx context.Context, id string) error {
	ctx, cancel := context.WithCancelCause(ctx)
	if err := rc.BlockRemove(id); err != nil {
		cancel(err)
	}
	<-ctx.Done()
	return context.Cause(ctx)
}

// Not reported:
func c7(ctx context.Context, id string) context.Context {
	err := rc.BlockRemove(id)
	return context.WithValue(ctx, "err", err)
}

// Not reported:
func c8(id string, p *atomic.Pointer[error]) {
	if err := rc.BlockRemove(id); err != nil {
		p.Store(&err)
	}
}

var set = []int{1008, timedOut} // want `\(magic\)`

var set2 = map[int]struct{}{1050: {}, limited: {}} // want `\(magic\)`

// Not reported: here
func c9(id string) error {
	err := rc.BlockRemove(id)
	var cr sdk.CodeResult
	if errors.As(err, &cr) && slices.Contains(set, cr.Code) {
		return errB
	}
	if _, is := set2[cr.Code]; is {
		return errB
	}
	return err
}

// Reported (retryable): named result overwritten in a deferred literal
func c10(id string) (err error) {
	defer func() {
		if err != nil {
			err = errA // want `\(retryable\)`
		}
	}()
	_, err = rc.GroupGet(id)
	return
}

// Not reported: Sprintf into returned struct text with code
func c11(id string) (n int) {
	for range 3 {
		if rc.BlockRemove(id+"x") == nil {
			n++
		}
	}
	return n
}

// Not reported: names of the failed are returned
func c12(ids []string) (failed []string) {
	for _, id := range ids {
		if err := rc.BlockRemove(id); err != nil {
			failed = append(failed, id)
		}
	}
	return failed
}

// Not reported: map of successes, failures are skipped with a log and continue
func c13(ids []string) map[string]string {
	out := map[string]string{}
	for _, id := range ids {
		u, err := rc.UserRegister(id, id, "")
		if err != nil {
			fmt.Println(err)
			continue
		}
		out[id] = u.Token
	}
	return out
}

// Reported (retryable): deferred helper that flattens
func flatten(perr *error) {
	if *perr != nil {
		*perr = errA
	}
}

func c14(id string) (err error) {
	defer flatten(&err) // either place
	return rc.BlockRemove(id)
}
