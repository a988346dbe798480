// Package builder is a client library of the kind that gathers a request by and by.
package builder

import (
	"io"
	"net/http"
	"net/url"
	"strings"
)

// A Request is gathered, and sent by Bytes.
type Request struct {
	to   string
	form url.Values
	head http.Header
}

// Post begins a request.
func Post(to string) *Request {
	return &Request{to: to, form: url.Values{}, head: http.Header{}}
}

// Param adds a parameter.
func (r *Request) Param(name, value string) *Request {
	r.form.Set(name, value)
	return r
}

// Bytes sends the request.
func (r *Request) Bytes() ([]byte, error) {
	req, err := http.NewRequest(http.MethodPost, r.to, strings.NewReader(r.form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header = r.head
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}
