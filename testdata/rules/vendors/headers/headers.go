// Package headers signs requests to a host that a configuration names, so that nothing but the
// headers tells whose they are.
package headers

import (
	"encoding/json"
	"maps"
	"net/http"
)

type reply struct {
	Code  int    `json:"code"`
	Token string `json:"token"`
}

// Client knows where the API is.
type Client struct {
	base string
	sign func(name string) string
}

func (c *Client) request() *http.Request {
	req, err := http.NewRequest("POST", c.base+"/v1", nil)
	if err != nil {
		panic(err)
	}
	return req
}

// Rules: origin/signing-headers.
func (c *Client) pairs() (string, error) {
	req := c.request()
	for k, v := range map[string]string{"App-Key": "k", "Nonce": "n", "Timestamp": "t", "Signature": "s"} {
		req.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(req) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", err
	}
	return r.Token, nil
}

func (c *Client) table() (string, error) {
	req := c.request()
	for _, h := range []struct{ name, value string }{{"App-Key", "k"}, {"Nonce", "n"}, {"Timestamp", "t"}, {"Signature", "s"}} {
		req.Header.Set(h.name, h.value)
	}
	resp, err := http.DefaultClient.Do(req) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", err
	}
	return r.Token, nil
}

// Rules: origin/signing-headers.
func (c *Client) list() (string, error) {
	req := c.request()
	for _, name := range []string{"App-Key", "Nonce", "Timestamp", "Signature"} {
		req.Header.Set(name, c.sign(name))
	}
	resp, err := http.DefaultClient.Do(req) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", err
	}
	return r.Token, nil
}

func (c *Client) copied() (string, error) {
	req := c.request()
	maps.Copy(req.Header, http.Header{"App-Key": {"k"}, "Nonce": {"n"}, "Timestamp": {"t"}, "Signature": {"s"}})
	resp, err := http.DefaultClient.Do(req) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", err
	}
	return r.Token, nil
}

// A loop that puts into the map what it takes from it.
func (c *Client) renewed() (string, error) {
	req := c.request()
	pairs := map[string]string{"App-Key": "", "Nonce": "", "Timestamp": "", "Signature": ""}
	for name := range pairs {
		pairs[name] = c.sign(name)
		req.Header.Set(name, pairs[name])
	}
	resp, err := http.DefaultClient.Do(req) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", err
	}
	return r.Token, nil
}

// Another vendor signs with fewer headers, and some of the same names.
// Rules: origin/signing-headers.
func (c *Client) others() (string, error) {
	req := c.request()
	for _, name := range []string{"X-Key", "Timestamp", "Signature"} {
		req.Header.Set(name, c.sign(name))
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", err
	}
	return r.Token, nil
}

// Names that are put in a list for something else sign nothing.
// Rules: origin/signing-headers.
func (c *Client) unsigned() (string, error) {
	req := c.request()
	names := []string{"App-Key", "Nonce", "Timestamp", "Signature"}
	req.Header.Set("X-Names", names[0])
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", err
	}
	return r.Token, nil
}
