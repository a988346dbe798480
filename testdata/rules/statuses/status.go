// Package status talks to the API, and to others, with net/http.
package status

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Codes.
//
//retcode:code business
const (
	codeOK      = 200
	codeLimited = 1008
	codeTimeout = 1050
)

// Config is read at start.
type Config struct {
	BaseURL    string
	AppKey     string
	Secret     string
	StripeURL  string
	WebhookURL string
}

// Client is a client.
type Client struct {
	cfg  Config
	http *http.Client
	hits int
}

var (
	errAuth   = errors.New("auth")
	errLater  = errors.New("later")
	errFailed = errors.New("failed")
)

// Not reported:
func (c *Client) header(h http.Header, nonce, ts, sig string) {
	h.Set("App-Key", c.cfg.AppKey)
	h.Set("Nonce", nonce)
	h.Set("Timestamp", ts)
	h.Set("Signature", sig)
}

// Not reported:
func (c *Client) do(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	u, err := url.JoinPath(c.cfg.BaseURL, path)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, method, u, body)
	if err != nil {
		return nil, err
	}
	c.header(req.Header, "n", time.Now().String(), "s")
	return c.http.Do(req)
}

// Reported (switch): headers through a helper are the evidence
func (c *Client) push(ctx context.Context, msg string) error {
	resp, err := c.do(ctx, http.MethodPost, "/custom", strings.NewReader(msg))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch resp.StatusCode { // want `\(switch\)`
	case http.StatusOK:
		return nil
	case http.StatusUnauthorized, http.StatusForbidden:
		return errAuth
	case http.StatusTooManyRequests:
		return errLater
	default:
		return errFailed
	}
}

// Not reported: 429 and >= 500 retried with a pause
func (c *Client) pushRetry(ctx context.Context, msg string) error {
	for i := 0; i < 3; i++ {
		resp, err := c.do(ctx, http.MethodPost, "/custom", strings.NewReader(msg))
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= 500 {
			time.Sleep(time.Second << i)
			continue
		}
		if resp.StatusCode != http.StatusOK {
			return fmt.Errorf("push: status %d", resp.StatusCode)
		}
		return nil
	}
	return errLater
}

// Reported (retry): no pause
func (c *Client) pushRetryHot(ctx context.Context, msg string) error {
	for i := 0; i < 3; i++ {
		resp, err := c.do(ctx, http.MethodPost, "/custom", strings.NewReader(msg)) // want `\(retry\)`
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= 500 {
			continue
		}
		if resp.StatusCode != http.StatusOK {
			return fmt.Errorf("push: status %d", resp.StatusCode)
		}
		return nil
	}
	return errLater
}

// Reported (magic): mixed: numbers of the status
func (c *Client) pushNumbers(ctx context.Context, msg string) error {
	resp, err := c.do(ctx, http.MethodPost, "/custom", strings.NewReader(msg))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == 429 || resp.StatusCode == 1050 || resp.StatusCode >= 500 { // want `\(magic\)` `\(mixed\)`
		return errLater
	}
	if resp.StatusCode/100 != 2 {
		return errFailed
	}
	return nil
}

// Not reported: 502 may come from a proxy, 503 too; they are named by net/http
// Rules: unknown/proxy-status.
func (c *Client) pushProxy(ctx context.Context, msg string) error {
	resp, err := c.do(ctx, http.MethodPost, "/custom", strings.NewReader(msg))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return errLater
	}
	return errFailed
}

// Not reported: status and body both checked
// Rules: behavior/status-beside.
func (c *Client) both(ctx context.Context, user string) (string, error) {
	resp, err := c.do(ctx, http.MethodPost, "/user/getToken.json", strings.NewReader("userId="+user))
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		b, _ := io.ReadAll(io.LimitReader(resp.Body, 512))
		return "", &statusError{resp.StatusCode, string(b)}
	}
	var env struct {
		Code  int    `json:"code"`
		Token string `json:"token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&env); err != nil {
		return "", err
	}
	if env.Code != codeOK {
		return "", &codeError{env.Code}
	}
	return env.Token, nil
}

type statusError struct {
	status int
	body   string
}

func (e *statusError) Error() string { return fmt.Sprintf("http %d: %s", e.status, e.body) }

type codeError struct{ code int }

func (e *codeError) Error() string { return fmt.Sprintf("code %d", e.code) }

// Temporary Not reported:
func (e *codeError) Temporary() bool { return e.code == codeLimited || e.code == codeTimeout }

// Reported (retryable): body's code ends in text, status in text too (one response)
func (c *Client) bothText(ctx context.Context, user string) (string, error) {
	resp, err := c.do(ctx, http.MethodPost, "/user/getToken.json", strings.NewReader("userId="+user))
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var env struct {
		Code  int    `json:"code"`
		Token string `json:"token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&env); err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK || env.Code != codeOK {
		return "", fmt.Errorf("token: http %d, code %d", resp.StatusCode, env.Code) // want `\(retryable\)`
	}
	return env.Token, nil
}

// Not reported: caller asks Temporary
func (c *Client) ask(ctx context.Context, user string) error {
	_, err := c.both(ctx, user)
	var ce *codeError
	if errors.As(err, &ce) && ce.Temporary() {
		return errLater
	}
	var se *statusError
	if errors.As(err, &se) && (se.status == http.StatusTooManyRequests || se.status >= 500) {
		return errLater
	}
	if err != nil {
		return errFailed
	}
	return nil
}

// charge Not reported: another vendor in the same package
func (c *Client) charge(ctx context.Context, amount int) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.cfg.StripeURL+"/v1/charges", bytes.NewReader(nil))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer x")
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case 200, 201:
		return nil
	case 402:
		return errAuth
	case 1008:
		return errLater
	}
	return fmt.Errorf("charge %d: %d", amount, resp.StatusCode)
}

type wechatReply struct {
	Code int    `json:"code"`
	Msg  string `json:"message"`
}

// wechat Not reported: another vendor's code
func (c *Client) wechat(ctx context.Context) error {
	resp, err := http.Get("https://api.weixin.qq.com/cgi-bin/token?code=1008")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r wechatReply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	switch r.Code {
	case 0:
		return nil
	case 1002, 1004:
		return errAuth
	}
	return errFailed
}

// webhook Not reported: plain webhook by config
func (c *Client) webhook(ctx context.Context, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	resp, err := c.http.Post(c.cfg.WebhookURL, "application/json", bytes.NewReader(b))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		return fmt.Errorf("webhook: %s", resp.Status)
	}
	return nil
}

// health Reported (unchecked): only transport failures are looked at
func (c *Client) health(ctx context.Context) bool {
	resp, err := c.do(ctx, http.MethodPost, "/user/checkOnline.json", nil) // want `\(unchecked\)`
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return true
}

// statusName Not reported: description
func statusName(code int) string {
	if s := http.StatusText(code); s != "" {
		return s
	}
	return fmt.Sprint(code)
}

// statusLine Reported (retryable): resp.Status is text
func (c *Client) statusLine(ctx context.Context) error {
	resp, err := c.do(ctx, http.MethodPost, "/custom", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 400 {
		return fmt.Errorf("custom: %s", resp.Status) // want `\(retryable\)`
	}
	return nil
}

// jsonNumber Reported (unknown): m["code"].(json.Number)
func (c *Client) jsonNumber(ctx context.Context) error {
	resp, err := c.do(ctx, http.MethodPost, "/user/block.json", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	dec := json.NewDecoder(resp.Body)
	dec.UseNumber()
	var m map[string]any
	if err := dec.Decode(&m); err != nil {
		return err
	}
	n, ok := m["code"].(json.Number)
	if !ok {
		return errFailed
	}
	code, err := n.Int64()
	if err != nil {
		return err
	}
	if code == codeOK {
		return nil
	}
	if code == 1080 { // want `\(unknown\)`
		return errLater
	}
	return &codeError{int(code)}
}
