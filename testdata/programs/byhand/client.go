// Package byhand calls the API with net/http alone.
package byhand

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const host = "https://api.rong-api.com"

// Client calls the API.
type Client struct {
	key, secret string
	http        *http.Client
	busy        []string
	partner     string
}

// Reply is the body of every answer.
type Reply struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
	Token        string `json:"token"`
}

// APIError keeps the code of a refused call.
type APIError struct {
	Code    int
	Message string
}

func (e *APIError) Error() string { return fmt.Sprintf("rongcloud: %d %s", e.Code, e.Message) }

// StatusError keeps the HTTP status of a refused call.
type StatusError struct{ Status int }

func (e *StatusError) Error() string { return "rongcloud: " + strconv.Itoa(e.Status) }

var (
	errFailed  = errors.New("failed")
	errSecret  = errors.New("wrong secret")
	errLater   = errors.New("try later")
	errNoToken = errors.New("no token")
)

// newRequest signs a request to an endpoint.
func (c *Client) newRequest(path string, form url.Values) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodPost, host+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	nonce, stamp := strconv.Itoa(time.Now().Nanosecond()), strconv.FormatInt(time.Now().Unix(), 10)
	sum := sha1.Sum([]byte(c.secret + nonce + stamp))
	req.Header.Set("App-Key", c.key)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", stamp)
	req.Header.Set("Signature", hex.EncodeToString(sum[:]))
	return req, nil
}

// Not reported: the response is handed on.
func (c *Client) send(path string, form url.Values) (*http.Response, error) {
	req, err := c.newRequest(path, form)
	if err != nil {
		return nil, err
	}
	return c.http.Do(req)
}

// Not reported: the bytes are handed on.
func (c *Client) bytes(path string, form url.Values) ([]byte, error) {
	resp, err := c.send(path, form)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// Not reported: decoded into a type that only the caller knows.
func (c *Client) into(path string, form url.Values, out any) error {
	resp, err := c.send(path, form)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(out)
}

// Not reported: the code is checked here, and the error keeps it.
func (c *Client) call(path string, form url.Values) (*Reply, error) {
	data, err := c.bytes(path, form)
	if err != nil {
		return nil, err
	}
	var reply Reply
	if err := json.Unmarshal(data, &reply); err != nil {
		return nil, err
	}
	if reply.Code != codeSuccess {
		return nil, &APIError{reply.Code, reply.ErrorMessage}
	}
	return &reply, nil
}
