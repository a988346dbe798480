// Package presence asks who is online.
package presence

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"example.com/modern/rong"
)

const host = "https://api.rong-api.com"

// Signer signs requests.
type Signer func(*http.Request)

// Checker asks who is online.
type Checker struct {
	Client *http.Client
	Sign   Signer
}

func (c *Checker) call(ctx context.Context, path string, form url.Values) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, host+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	c.Sign(req)
	return c.Client.Do(req)
}

// Online says whether a user is online.
func (c *Checker) Online(ctx context.Context, id string) (bool, error) {
	resp, err := c.call(ctx, "/user/checkOnline.json", url.Values{"userId": {id}})
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	var out struct {
		Code         int    `json:"code"`
		ErrorMessage string `json:"errorMessage"`
		Status       string `json:"status"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return false, fmt.Errorf("presence of %s: %w", id, err)
	}
	if out.Code != 0 { // want `\(unknown\)`
		return false, &rong.Error{Op: "presence", Code: rong.Code(out.Code), Message: out.ErrorMessage}
	}
	return out.Status == "1", nil
}

// Expire logs a user out.
func (c *Checker) Expire(ctx context.Context, id string) error {
	resp, err := c.call(ctx, "/user/token/expire.json", url.Values{"userId": {id}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var out rong.Envelope
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return fmt.Errorf("expiring %s: %w", id, err)
	}
	failure := &rong.Error{Op: "expire", Code: out.Code, Message: out.ErrorMessage}
	if out.Code == http.StatusUnauthorized { // want `\(mixed\)`
		return fmt.Errorf("check the credentials: %w", failure)
	}
	if out.Code != rong.CodeOK {
		return failure
	}
	return nil
}
