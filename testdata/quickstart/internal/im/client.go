// Package im is a small client of RongCloud's server API.
package im

import (
	"context"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const host = "https://api.rong-api.com"

// Client calls the API for one app.
type Client struct {
	Key, Secret string
	HTTP        *http.Client
}

// reply is what every endpoint answers with.
type reply struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
	Token        string `json:"token"`
	MessageUID   string `json:"messageUID"`
}

// Error is a call that the API refused.
type Error struct {
	Code    int
	Message string
}

func (e *Error) Error() string {
	return fmt.Sprintf("im: code %d: %s", e.Code, e.Message)
}

// call posts a form and decodes the answer.
func (c *Client) call(ctx context.Context, path string, form url.Values) (*reply, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, host+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	c.sign(req)
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()

	var out reply
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("im: %s: status %d: %w", path, resp.StatusCode, err)
	}
	if out.Code != http.StatusOK {
		return nil, &Error{Code: out.Code, Message: out.ErrorMessage}
	}
	return &out, nil
}

// sign adds the headers that every request needs.
func (c *Client) sign(req *http.Request) {
	raw := make([]byte, 8)
	rand.Read(raw)
	nonce, stamp := hex.EncodeToString(raw), strconv.FormatInt(time.Now().Unix(), 10)
	sum := sha1.Sum([]byte(c.Secret + nonce + stamp))
	req.Header.Set("App-Key", c.Key)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", stamp)
	req.Header.Set("Signature", hex.EncodeToString(sum[:]))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
}
