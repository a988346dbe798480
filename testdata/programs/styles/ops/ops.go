// Package ops holds the tools of the operators.
package ops

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.com/styles/wire"
)

const host = "https://api.rong-api.com"

type signer struct {
	key, secret string
	next        http.RoundTripper
}

func (s signer) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	wire.Sign(req, s.key, s.secret)
	return s.next.RoundTrip(req)
}

type Tool struct {
	hc       *http.Client
	failures int
}

type StatusError struct{ Status int }

func (e *StatusError) Error() string { return "rong: " + http.StatusText(e.Status) }

func NewTool(key, secret string) *Tool {
	return &Tool{hc: &http.Client{Transport: signer{key, secret, http.DefaultTransport}}}
}

func busy(status int) bool {
	return status == http.StatusTooManyRequests || status >= 500
}

func (t *Tool) send(ctx context.Context, path string, form url.Values) (*http.Response, error) {
	for attempt := 0; ; attempt++ {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, host+path, strings.NewReader(form.Encode()))
		if err != nil {
			return nil, err
		}
		resp, err := t.hc.Do(req)
		if err != nil {
			return nil, err
		}
		if attempt == 3 || !busy(resp.StatusCode) {
			return resp, nil
		}
		resp.Body.Close()
		time.Sleep(time.Duration(attempt+1) * 500 * time.Millisecond)
	}
}

func (t *Tool) post(ctx context.Context, path string, form url.Values) error {
	resp, err := t.send(ctx, path, form)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return wire.Parse(resp.Body, nil)
}

func (t *Tool) once(ctx context.Context, path string, form url.Values) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, host+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	resp, err := t.hc.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return wire.Parse(resp.Body, nil)
}

// Ping shows whether the API answers.
func (t *Tool) Ping() error {
	resp, err := t.hc.Get(host + "/user/info.json")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("ping: status %d", resp.StatusCode) // want `\(retryable\)`
	}
	return nil
}

// Probe does so with an error that keeps the status.
func (t *Tool) Probe() error {
	resp, err := t.hc.Get(host + "/user/info.json")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return &StatusError{resp.StatusCode}
	}
	return nil
}

// Limited asks whether we are throttled.
func (t *Tool) Limited() (bool, error) {
	resp, err := t.hc.Get(host + "/user/info.json")
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == 429 { // want `\(magic\)`
		return true, nil
	}
	if resp.StatusCode != 200 {
		return false, &StatusError{resp.StatusCode}
	}
	return false, nil
}

// LimitedByCode asks the same.
func (t *Tool) LimitedByCode() (bool, error) {
	resp, err := t.hc.Get(host + "/user/info.json")
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == wire.RateLimited { // want `\(mixed\)`
		return true, nil
	}
	if resp.StatusCode != http.StatusOK {
		return false, &StatusError{resp.StatusCode}
	}
	return false, nil
}

// Dump shows the raw answer.
func (t *Tool) Dump(ctx context.Context, w io.Writer, path string) error {
	resp, err := t.send(ctx, path, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(w, resp.Body)
	return err
}

// Kick closes a user's connections.
func (t *Tool) Kick(ctx context.Context, id string) error {
	var err error
	for range 5 {
		err = t.once(ctx, "/user/kick.json", url.Values{"userId": {id}}) // want `\(retry\)`
		var e *wire.Error
		if !errors.As(err, &e) || !e.Temporary() {
			return err
		}
	}
	return err
}

// Sweep does this now and then.
func (t *Tool) Sweep(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := t.post(ctx, "/chatroom/keepalive/query.json", nil); err != nil {
				t.failures++
			}
		}
	}
}

// Chatroom opens a room.
func (t *Tool) Chatroom(ctx context.Context, id, name string) error {
	resp, err := t.send(ctx, "/chatroom/create.json", url.Values{"chatroom[" + id + "]": {name}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var env wire.Envelope
	if err := json.NewDecoder(resp.Body).Decode(&env); err != nil {
		return err
	}
	return wire.Check(env)
}
