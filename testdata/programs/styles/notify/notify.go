// Package notify hides the network behind an interface.
package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.com/styles/wire"
)

type Transport interface {
	Post(ctx context.Context, path string, form url.Values) (io.ReadCloser, error)
}

type Live struct{ Key, Secret string }

func (l Live) Post(ctx context.Context, path string, form url.Values) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.rong-api.com"+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	wire.Sign(req, l.Key, l.Secret)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

// Mock answers with a fixed code.
type Mock struct{ Code int }

func (m Mock) Post(context.Context, string, url.Values) (io.ReadCloser, error) {
	b, err := json.Marshal(wire.Envelope{Code: m.Code})
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

type Notifier struct{ t Transport }

func (n *Notifier) post(ctx context.Context, path string, form url.Values, out any) error {
	body, err := n.t.Post(ctx, path, form)
	if err != nil {
		return err
	}
	defer body.Close()
	if err := wire.Parse(body, out); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func retry(ctx context.Context, fn func() error) error {
	for wait := time.Second; ; wait *= 2 {
		err := fn()
		if !temporary(err) || wait > 8*time.Second {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}

// Group writes to a group.
func (n *Notifier) Group(ctx context.Context, from, group, text string) error {
	return retry(ctx, func() error {
		return n.post(ctx, "/message/group/publish.json", url.Values{"fromUserId": {from}, "toGroupId": {group}, "content": {text}}, nil)
	})
}

// Direct writes to a user.
func (n *Notifier) Direct(ctx context.Context, from, to, text string) error {
	return n.post(ctx, "/message/private/publish.json", url.Values{"fromUserId": {from}, "toUserId": {to}, "content": {text}}, nil)
}

type history struct {
	URL  string          `json:"url"`
	Data json.RawMessage `json:"data"`
}

// History returns where a log can be loaded.
func (n *Notifier) History(ctx context.Context, hour string) (string, json.RawMessage, error) {
	var h history
	if err := n.post(ctx, "/message/history.json", url.Values{"date": {hour}}, &h); err != nil {
		return "", nil, err
	}
	return h.URL, h.Data, nil
}
