// Package raw calls the API with functions that each do a little of the work.
package raw

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

const host = "https://api.rong-api.com"

type Reply struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
	Token        string `json:"token"`
}

type Error struct{ Code int }

func (e *Error) Error() string { return fmt.Sprint(e.Code) }

// raw keeps the response.
type raw struct {
	resp *http.Response
	body []byte
}

func (c *Client) fetch(ctx context.Context, path, form string) (*raw, error) {
	req, err := http.NewRequestWithContext(ctx, "POST", host+path, strings.NewReader(form))
	if err != nil {
		return nil, err
	}
	resp, err := c.hc.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	return &raw{resp, b}, nil
}

func (r *raw) decode(v any) error { return json.Unmarshal(r.body, v) }

func (r *raw) check() error {
	var x Reply
	if err := r.decode(&x); err != nil {
		return err
	}
	if x.Code != 200 {
		return &Error{x.Code}
	}
	return nil
}

type Client struct {
	hc      *http.Client
	onReply func(*Reply) error
	steps   []func(*http.Response) error
}

// Checked has a method look: silent.
func (c *Client) Checked(ctx context.Context) error {
	r, err := c.fetch(ctx, "/user/block.json", "")
	if err != nil {
		return err
	}
	return r.check()
}

// CheckedFirst has it look before another decodes the rest: silent.
func (c *Client) CheckedFirst(ctx context.Context) (string, error) {
	r, err := c.fetch(ctx, "/user/getToken.json", "")
	if err != nil {
		return "", err
	}
	if err := r.check(); err != nil {
		return "", err
	}
	var x Reply
	if err := r.decode(&x); err != nil {
		return "", err
	}
	return x.Token, nil
}

// Hooked gives the reply to a function that was set: silent.
func (c *Client) Hooked(ctx context.Context) error {
	r, err := c.fetch(ctx, "/user/block.json", "")
	if err != nil {
		return err
	}
	var x Reply
	if err := json.Unmarshal(r.body, &x); err != nil {
		return err
	}
	return c.onReply(&x)
}

func must(r *Reply) error {
	if r.Code != 200 {
		return &Error{r.Code}
	}
	return nil
}

func New() *Client {
	c := &Client{hc: http.DefaultClient, onReply: must}
	c.steps = append(c.steps, statusStep, codeStep)
	return c
}

func statusStep(resp *http.Response) error {
	if resp.StatusCode >= 500 {
		return errors.New("server")
	}
	return nil
}

func codeStep(resp *http.Response) error {
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	resp.Body = io.NopCloser(bytes.NewReader(b))
	var x Reply
	if err := json.Unmarshal(b, &x); err != nil {
		return err
	}
	return must(&x)
}

// Stepwise has a list of functions look: silent.
func (c *Client) Stepwise(ctx context.Context) error {
	resp, err := http.Post(host+"/user/block.json", "", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	for _, step := range c.steps {
		if err := step(resp); err != nil {
			return err
		}
	}
	return nil
}

// Deferred closes it behind: silent.
func (c *Client) Deferred(ctx context.Context) (err error) {
	resp, err := http.Post(host+"/user/block.json", "", nil)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := resp.Body.Close(); err == nil {
			err = cerr
		}
	}()
	return codeStep(resp)
}

// Joined joins what both say: silent.
func (c *Client) Joined(ctx context.Context) error {
	var x Reply
	err := c.into("/user/block.json", &x)
	return errors.Join(err, must(&x))
}

func (c *Client) into(path string, out any) error {
	resp, err := http.Post(host+path, "", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return decodeTo(resp.Body, out)
}

func decodeTo(r io.Reader, out any) error { return json.NewDecoder(r).Decode(out) }

type Page struct {
	Reply
	Users []string `json:"users"`
}

// Embedded looks at the embedded reply: silent.
func (c *Client) Embedded() ([]string, error) {
	p := new(Page)
	if err := c.into("/user/blacklist/query.json", p); err != nil {
		return nil, err
	}
	if err := must(&p.Reply); err != nil {
		return nil, err
	}
	return p.Users, nil
}

func get[T any](c *Client, path string, code func(T) int) (T, error) {
	var out T
	resp, err := c.hc.Post(host+path, "", nil)
	if err != nil {
		return out, err
	}
	defer resp.Body.Close()
	if err := decodeTo(resp.Body, &out); err != nil {
		return out, err
	}
	if n := code(out); n != 200 {
		return out, &Error{n}
	}
	return out, nil
}

// Told says where the code is: silent.
func (c *Client) Told() (string, error) {
	r, err := get(c, "/user/getToken.json", func(r Reply) int { return r.Code })
	return r.Token, err
}

type coder interface{ code() int }

func (r Reply) code() int { return r.Code }

func fetchInto(c *Client, path string, out coder) error {
	resp, err := c.hc.Post(host+path, "", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		return err
	}
	if out.code() != 200 {
		return &Error{out.code()}
	}
	return nil
}

// Asked is asked for the code: silent.
func (c *Client) Asked() (string, error) {
	var r Page
	err := fetchInto(c, "/user/getToken.json", &r)
	return r.Token, err
}

// Sent has a goroutine call, and looks at what it sends: silent.
func (c *Client) Sent(ctx context.Context) (string, error) {
	type result struct {
		r   Reply
		err error
	}
	ch := make(chan result, 1)
	go func() {
		var x result
		x.err = c.into("/user/getToken.json", &x.r)
		ch <- x
	}()
	select {
	case x := <-ch:
		if x.err != nil {
			return "", x.err
		}
		if err := must(&x.r); err != nil {
			return "", err
		}
		return x.r.Token, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// CheckedBytes decodes the rest itself: silent.
func (c *Client) CheckedBytes(ctx context.Context) (string, error) {
	r, err := c.fetch(ctx, "/user/getToken.json", "")
	if err != nil {
		return "", err
	}
	if err := r.check(); err != nil {
		return "", err
	}
	var x Reply
	if err := json.Unmarshal(r.body, &x); err != nil {
		return "", err
	}
	return x.Token, nil
}

// Unchecked only decodes.
func (c *Client) Unchecked(ctx context.Context) (string, error) {
	r, err := c.fetch(ctx, "/user/getToken.json", "") // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	var x Reply
	if err := json.Unmarshal(r.body, &x); err != nil {
		return "", err
	}
	return x.Token, nil
}

// UncheckedBy has it decoded.
func (c *Client) UncheckedBy(ctx context.Context) (string, error) {
	r, err := c.fetch(ctx, "/user/getToken.json", "")
	if err != nil {
		return "", err
	}
	var x Reply
	if err := r.decode(&x); err != nil { // want `\(unchecked\)`
		return "", err
	}
	return x.Token, nil
}
