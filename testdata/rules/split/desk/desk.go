// Package desk gives answers to another package, which looks at them or does not.
package desk

import (
	"errors"
	"io"
	"net/http"
	"net/url"

	"example.com/split/judge"
)

const host = "https://api.rong-api.com"

func post(user string) (*http.Response, error) {
	return http.PostForm(host+"/user/block.json", url.Values{"userId": {user}})
}

// Response gives the response: silent.
func Response(u string) error {
	resp, err := http.PostForm(host+"/user/block.json", url.Values{"userId": {u}})
	if err != nil {
		return err
	}
	return judge.Decide(resp)
}

// Body gives the body: silent.
// Rules: behavior/passed-response.
func Body(u string) error {
	resp, err := post(u)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return judge.DecideBody(resp.Body)
}

// Bytes gives the bytes: silent.
func Bytes(u string) error {
	resp, err := post(u)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	return judge.DecideBytes(b)
}

// Decoded has it decoded: silent.
func Decoded(u string) error {
	resp, err := post(u)
	if err != nil {
		return err
	}
	var r judge.Reply
	if err := judge.Into(resp, &r); err != nil {
		return err
	}
	if r.Code != 200 {
		return &judge.Error{Code: r.Code}
	}
	return nil
}

// Chosen has it decoded, and tells where the code is: silent.
func Chosen(u string) (string, error) {
	resp, err := post(u)
	if err != nil {
		return "", err
	}
	r, err := judge.IntoChecked(resp, func(r *judge.Reply) int { return r.Code })
	if err != nil {
		return "", err
	}
	return r.Token, nil
}

// StatusFirst has the status looked at first: silent.
func StatusFirst(u string) error {
	resp, err := post(u)
	if err != nil {
		return err
	}
	if err := judge.Status(resp); err != nil {
		return err
	}
	return judge.Decide(resp)
}

type Client struct {
	decide func(*http.Response) error
	dec    Decoder
}

type Decoder interface{ Decide(*http.Response) error }

// ByFunction has a function that decides: silent.
func (c *Client) ByFunction(u string) error {
	resp, err := post(u)
	if err != nil {
		return err
	}
	return c.decide(resp)
}

// ByInterface has an interface that does: silent.
func (c *Client) ByInterface(u string) error {
	resp, err := post(u)
	if err != nil {
		return err
	}
	return c.dec.Decide(resp)
}

type plain struct{}

func (plain) Decide(resp *http.Response) error {
	return judge.Decide(resp)
}

func New() *Client { return &Client{decide: judge.Decide, dec: plain{}} }

func (c *Client) do(u string, handle func(*http.Response) error) error {
	resp, err := post(u)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return handle(resp)
}

// Named names who decides: silent.
func (c *Client) Named(u string) error { return c.do(u, judge.Decide) }

// Closure decides in a closure, and loses the code.
func (c *Client) Closure(u string) error {
	return c.do(u, func(r *http.Response) error {
		var x judge.Reply
		if err := judge.Into(r, &x); err != nil {
			return err
		}
		if x.Code != 200 {
			return errors.New("no") // want `\(retryable\)`
		}
		return nil
	})
}

// Closes closes it.
// Rules: behavior/passed-response.
func Closes(u string) error {
	resp, err := post(u) // want `\(unchecked\)`
	if err != nil {
		return err
	}
	judge.Close(resp)
	return nil
}

// OnlyDecoded has it decoded, and that is all.
// Rules: behavior/passed-response.
func OnlyDecoded(u string) (string, error) {
	resp, err := post(u)
	if err != nil {
		return "", err
	}
	var r judge.Reply
	err = judge.Into(resp, &r) // want `\(unchecked\)`
	return r.Token, err
}

// OnlyStatus has the status looked at, of which nothing is known here: silent.
func OnlyStatus(u string) error {
	resp, err := post(u)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return judge.Status(resp)
}

// MustDecode has it decoded by what cannot fail: one finding.
func MustDecode(u string) (string, error) {
	resp, err := post(u)
	if err != nil {
		return "", err
	}
	var r judge.Reply
	judge.MustInto(resp, &r) // want `\(unchecked\)`
	return r.Token, nil
}
