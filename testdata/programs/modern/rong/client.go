// Package rong is a small client for the RongCloud server API.
package rong

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	baseURL = "https://api.rong-api.com"
	maxBody = 1 << 20
)

// Client calls the API.
type Client struct {
	key, secret string
	http        *http.Client
}

// Option changes a Client.
type Option func(*Client)

// WithTransport sets the transport, for middleware.
func WithTransport(rt http.RoundTripper) Option {
	return func(c *Client) { c.http.Transport = rt }
}

// New makes a Client.
func New(key, secret string, opts ...Option) *Client {
	c := &Client{key: key, secret: secret, http: &http.Client{Timeout: 10 * time.Second}}
	for _, opt := range opts {
		opt(c)
	}
	return c
}

// Envelope is what all answers have.
type Envelope struct {
	Code         Code   `json:"code"`
	ErrorMessage string `json:"errorMessage"`
}

func (e Envelope) envelope() Envelope { return e }

type enveloped interface{ envelope() Envelope }

func (c *Client) send(ctx context.Context, path string, form url.Values) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, baseURL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, fmt.Errorf("rong: %w", err)
	}
	nonce, stamp := strconv.FormatUint(rand.Uint64(), 10), strconv.FormatInt(time.Now().UnixMilli(), 10)
	sum := sha1.Sum([]byte(c.secret + nonce + stamp))
	req.Header.Set("App-Key", c.key)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", stamp)
	req.Header.Set("Signature", hex.EncodeToString(sum[:]))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.http.Do(req)
}

func do[T enveloped](ctx context.Context, c *Client, path string, form url.Values) (T, error) {
	var out, zero T
	resp, err := c.send(ctx, path, form)
	if err != nil {
		return zero, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return zero, fmt.Errorf("rong: reading %s: %w", path, err)
	}
	if err := json.Unmarshal(body, &out); err != nil {
		return zero, &Error{Op: path, Status: resp.StatusCode, Message: "no JSON", Err: err}
	}
	if env := out.envelope(); env.Code != CodeOK {
		return zero, &Error{Op: path, Status: resp.StatusCode, Code: env.Code, Message: env.ErrorMessage}
	}
	return out, nil
}

// post only carries the answer over; who calls it looks at the code.
func (c *Client) post(ctx context.Context, path string, form url.Values, out any) error {
	resp, err := c.send(ctx, path, form)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(out)
}

type tokenAnswer struct {
	Envelope
	Token  string `json:"token"`
	UserID string `json:"userId"`
}

// Token registers a user.
func (c *Client) Token(ctx context.Context, id, name string) (string, error) {
	out, err := do[tokenAnswer](ctx, c, "/user/getToken.json", url.Values{"userId": {id}, "name": {name}})
	if err != nil {
		return "", err
	}
	return out.Token, nil
}

// Block bans a user.
func (c *Client) Block(ctx context.Context, id string, d time.Duration) error {
	_, err := do[Envelope](ctx, c, "/user/block.json", url.Values{"userId": {id}, "minute": {strconv.Itoa(int(d.Minutes()))}})
	return err
}

// Refresh changes a user's name.
func (c *Client) Refresh(ctx context.Context, id, name string) error {
	var out Envelope
	if err := c.post(ctx, "/user/refresh.json", url.Values{"userId": {id}, "name": {name}}, &out); err != nil { // want `\(unchecked\)`
		return fmt.Errorf("refresh %s: %w", id, err)
	}
	return nil
}

// CreateGroup makes a group.
func (c *Client) CreateGroup(ctx context.Context, id, name string, users ...string) error {
	var out Envelope
	if err := c.post(ctx, "/group/create.json", url.Values{"groupId": {id}, "groupName": {name}, "userId": users}, &out); err != nil {
		return fmt.Errorf("create group %s: %w", id, err)
	}
	if out.Code != 200 {
		return &Error{Op: "/group/create.json", Code: out.Code, Message: out.ErrorMessage}
	}
	return nil
}

type membersAnswer struct {
	Envelope
	Users []struct {
		ID string `json:"id"`
	} `json:"users"`
}

// Members goes through a group's members, page by page.
func (c *Client) Members(ctx context.Context, group string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for page := 1; ; page++ {
			out, err := do[membersAnswer](ctx, c, "/group/user/query.json", url.Values{"groupId": {group}, "page": {strconv.Itoa(page)}})
			if err != nil {
				yield("", err)
				return
			}
			for _, u := range out.Users {
				if !yield(u.ID, nil) {
					return
				}
			}
			if len(out.Users) < 200 {
				return
			}
		}
	}
}

// Stream returns how a stream ended.
func (c *Client) Stream(ctx context.Context, id string) (string, error) {
	resp, err := c.send(ctx, "/stream/message/query.json", url.Values{"streamId": {id}})
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var m map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&m); err != nil {
		return "", fmt.Errorf("rong: stream %s: %w", id, err)
	}
	if code, _ := m["code"].(float64); code != 200 {
		return "", &Error{Op: "stream", Status: resp.StatusCode, Code: Code(code), Message: fmt.Sprint(m["errorMessage"])}
	}
	reason, _ := m["reason"].(string)
	return reason, nil
}
