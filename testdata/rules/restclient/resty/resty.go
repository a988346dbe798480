// Package resty has the shape of the client library, and does less.
package resty

import (
	"io"
	"net/http"
	"strings"
)

// Client holds what its requests share.
type Client struct {
	base  string
	hooks []func(*Client, *Response) error
	tries int
}

// Request is built by its methods.
type Request struct {
	client      *Client
	method, url string
	form        map[string]string
	result      any
}

// Response is what was answered.
type Response struct {
	RawResponse *http.Response
	body        []byte
}

// New returns a client.
func New() *Client { return &Client{} }

// SetBaseURL sets what comes before each path.
func (c *Client) SetBaseURL(url string) *Client { c.base = url; return c }

// SetRetryCount sets how often to try again.
func (c *Client) SetRetryCount(n int) *Client { c.tries = n; return c }

// OnAfterResponse adds a function that may fail.
func (c *Client) OnAfterResponse(f func(*Client, *Response) error) *Client {
	c.hooks = append(c.hooks, f)
	return c
}

// R begins a request.
func (c *Client) R() *Request { return &Request{client: c} }

// SetFormData sets the form.
func (r *Request) SetFormData(form map[string]string) *Request { r.form = form; return r }

// SetHeader sets a header.
func (r *Request) SetHeader(name, value string) *Request { return r }

// SetResult sets what to decode into.
func (r *Request) SetResult(v any) *Request { r.result = v; return r }

// Post makes the request.
func (r *Request) Post(url string) (*Response, error) { return r.Execute(http.MethodPost, url) }

// Execute makes the request.
func (r *Request) Execute(method, url string) (*Response, error) {
	r.method, r.url = method, url
	var steps []func(*Request) (*http.Response, error)
	steps = append(steps, func(r *Request) (*http.Response, error) {
		req, err := http.NewRequest(r.method, r.client.base+r.url, strings.NewReader(""))
		if err != nil {
			return nil, err
		}
		return http.DefaultClient.Do(req)
	})
	out := &Response{}
	for _, step := range steps {
		resp, err := step(r)
		if err != nil {
			return nil, err
		}
		out.RawResponse = resp
		out.body, _ = io.ReadAll(resp.Body)
	}
	return out, nil
}

// StatusCode returns the status.
func (r *Response) StatusCode() int {
	if r.RawResponse == nil {
		return 0
	}
	return r.RawResponse.StatusCode
}

// Status returns the status line.
func (r *Response) Status() string { return r.RawResponse.Status }

// Body returns the bytes.
func (r *Response) Body() []byte { return r.body }

// String returns the bytes as text.
func (r *Response) String() string { return string(r.body) }

// IsError reports whether the status is one of a failure.
func (r *Response) IsError() bool { return r.StatusCode() > 399 }
