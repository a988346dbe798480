// Package min has minimal reproductions.
package min

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

//retcode:code business
const (
	ok      = 200
	invalid = 1002
	limited = 1008
	timeout = 1050
	exists  = 25409
	fast    = 25416
	friends = 25460
)

var (
	errSent = errors.New("sent")
	errBusy = errors.New("busy")
	rc      *sdk.RongCloud
)

// %w of a sentinel and %v of the carrier. REPORT
func b1(id string) error {
	if err := rc.BlockRemove(id); err != nil {
		return fmt.Errorf("%w: %v", errSent, err) // want `\(retryable\)`
	}
	return nil
}

type apiErr struct {
	Code int
	HTTP int
}

func (e *apiErr) Error() string { return fmt.Sprint(e.Code, e.HTTP) }

// call keeps code and status.
func call(path string) error {
	resp, err := http.PostForm("https://api.rong-api.com"+path, url.Values{})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r struct {
		Code int `json:"code"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	if r.Code != ok {
		return &apiErr{r.Code, resp.StatusCode}
	}
	return nil
}

// Not reported: body's codes told apart; the HTTP status beside owes nothing
func b2() error {
	err := call("/user/block.json")
	var ae *apiErr
	if errors.As(err, &ae) && (ae.Code == limited || ae.Code == timeout) {
		return errBusy
	}
	if err != nil {
		return errSent
	}
	return nil
}

// Reported (switch):
func b2b() error {
	err := call("/user/block.json")
	var ae *apiErr
	if errors.As(err, &ae) {
		switch ae.Code { // want `\(switch\)`
		case limited:
			return errBusy
		case invalid:
			return errSent
		}
	}
	return err
}

// Rules: scope/one-cause.
func convert(err error) error {
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	switch cr.Code { // want `\(switch\)`
	case invalid:
		return errSent
	case limited:
		return errBusy
	}
	return errSent
}

// Not reported: here: convert is reported
// Rules: scope/one-cause.
func b3(id string) error {
	if err := rc.BlockRemove(id); err != nil {
		return convert(err)
	}
	return nil
}

// Not reported:
func b3b(id string) error { return convert(rc.BlockRemove(id)) }

func convertWell(err error) error {
	var cr sdk.CodeResult
	if !errors.As(err, &cr) {
		return err
	}
	switch cr.Code {
	case limited, timeout:
		return errBusy
	}
	return errSent
}

func wellCalled(id string) error {
	if err := rc.BlockRemove(id); err != nil {
		return convertWell(err)
	}
	return nil
}

// Not reported: asked by sentinel
func b4(id string) error {
	err := wellCalled(id)
	if errors.Is(err, errBusy) {
		return errBusy
	}
	if err != nil {
		return errSent
	}
	return nil
}

// Not reported: fixed errors are all that the callee returns of codes
func b4b(id string) error {
	if err := wellCalled(id); err != nil {
		return errors.New("x")
	}
	return nil
}

type errCode int

func (e errCode) Error() string { return "x" }

func code() error {
	resp, err := http.PostForm("https://api.rong-api.com/user/block.json", url.Values{})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r struct {
		Code int `json:"code"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	if r.Code != ok {
		return errCode(r.Code)
	}
	return nil
}

// Reported (retryable): the error is of a named integer
func b5() error {
	if err := code(); err != nil {
		return errSent // want `\(retryable\)`
	}
	return nil
}

// Not reported: /REPORT
func b5b() error {
	err := code()
	var ec errCode
	if errors.As(err, &ec) && ec == 1008 { // want `\(magic\)`
		return errBusy
	}
	return err
}

// Reported (target):
func b6(id string) error {
	err := rc.BlockRemove(id)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("block: %w", err)
	if cr, is := err.(sdk.CodeResult); is && cr.Code == invalid { // want `\(target\)`
		return errSent
	}
	return err
}

// Reported (target):
func b6b(id string) error {
	if err := rc.BlockRemove(id); err != nil {
		wrapped := fmt.Errorf("block: %w", err)
		if _, is := wrapped.(sdk.CodeResult); is { // want `\(target\)`
			return errSent
		}
		return wrapped
	}
	return nil
}

func has(err error, codes ...int) bool {
	var cr sdk.CodeResult
	return errors.As(err, &cr) && slices.Contains(codes, cr.Code)
}

// Reported (retryable):
func b7(a string) error {
	_, err := rc.FriendAdd(sdk.FriendModel{UserId: a})
	if has(err, friends) { // want `\(retryable\)`
		return nil
	}
	if err != nil {
		return errSent
	}
	return nil
}

// Not reported:
func b7b(a string) error {
	_, err := rc.FriendAdd(sdk.FriendModel{UserId: a})
	if has(err, friends) {
		return nil
	}
	if has(err, limited, timeout) {
		return errBusy
	}
	if err != nil {
		return errSent
	}
	return nil
}

type policy struct {
	n    int
	when func(error) bool
}

func transient(err error) bool { return has(err, limited, timeout) }

func (p policy) do(f func() error) error {
	var err error
	for range p.n {
		if err = f(); err == nil {
			return nil
		}
		if p.when != nil && !p.when(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Not reported: predicate in a field, helper of the same package
func b8(id string) error {
	return policy{3, transient}.do(func() error { return rc.BlockRemove(id) })
}

type opt func(*policy)

func when(f func(error) bool) opt { return func(p *policy) { p.when = f } }

func do(f func() error, opts ...opt) error {
	p := policy{n: 3}
	for _, o := range opts {
		o(&p)
	}
	return p.do(f)
}

// Not reported: as an option
func b8b(id string) error { return do(func() error { return rc.BlockRemove(id) }, when(transient)) }

// permanent stops
type permanent struct{ err error }

func (p permanent) Error() string { return p.err.Error() }
func (p permanent) Unwrap() error { return p.err }

func loop(f func() error) error {
	var err error
	for range 3 {
		err = f()
		var p permanent
		if err == nil || errors.As(err, &p) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

// Not reported: marked permanent
func b8c(id string) error {
	return loop(func() error {
		err := rc.BlockRemove(id)
		if err != nil && !transient(err) {
			return permanent{err}
		}
		return err
	})
}

// Reported (text): bytes of the body
func b9() error {
	resp, err := http.PostForm("https://api.rong-api.com/user/block.json", url.Values{})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if strings.Contains(string(b), `"code":1008`) { // want `\(text\)`
		return errBusy
	}
	var r struct {
		Code int `json:"code"`
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != ok {
		return &apiErr{Code: r.Code}
	}
	return nil
}

type gw interface{ Block(id string) error }

type gwImpl struct{}

func (gwImpl) Block(id string) error { return rc.BlockAdd(id, 1) }

var _ gw = gwImpl{}

// Reported (retryable): interface with one implementation in this package
// Rules: flow/dynamic-call.
func b10(g gw, id string) error {
	if err := g.Block(id); err != nil {
		return errSent // want `\(retryable\)`
	}
	return nil
}

// mock is another implementation that holds no code
type gw2 interface{ Unblock(id string) error }
type gw2Impl struct{}

func (gw2Impl) Unblock(id string) error { return rc.BlockRemove(id) }

type gw2Mock struct{ f func(string) error }

func (m gw2Mock) Unblock(id string) error { return m.f(id) }

// Not reported: targets do not agree
// Rules: flow/dynamic-call.
func b10b(g gw2, id string) error {
	if err := g.Unblock(id); err != nil {
		return errSent
	}
	return nil
}

// Reported: a deferred wrap with %v.
func b11(id string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("b11 %s: %v", id, err) // want `\(retryable\)`
		}
	}()
	return rc.BlockRemove(id)
}

// Not reported: describe code with comma ok
var text = map[int]string{invalid: "bad", limited: "limited"}

func b12() string {
	resp, err := http.PostForm("https://api.rong-api.com/user/block.json", url.Values{})
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	var r struct {
		Code int `json:"code"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return ""
	}
	if s, is := text[r.Code]; is {
		return s
	}
	return fmt.Sprint(r.Code)
}

// Reported (switch): a switch on a converted type
func b13(ctx context.Context, id string) error {
	_, err := rc.GroupJoin(id, id, nil)
	var cr interface{ ErrorCode() int }
	if !errors.As(err, &cr) {
		return err
	}
	switch cr.ErrorCode() { // want `\(switch\)`
	case exists:
		return nil
	default:
		return errSent
	}
}
