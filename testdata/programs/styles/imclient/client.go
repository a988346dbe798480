// Package imclient is a small client of the messaging API.
package imclient

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"math/rand"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const host = "https://api.rong-api.com"

const (
	CodeSuccess      = 200
	CodeUserNotFound = 400
	CodeRateLimited  = 1008
	CodeTimeout      = 1050
)

type Client struct {
	AppKey, Secret string
	HTTP           *http.Client
}

type APIError struct {
	Code    int
	Message string
}

func (e *APIError) Error() string {
	return "rongcloud: " + strconv.Itoa(e.Code) + ": " + e.Message
}

func (e *APIError) Temporary() bool {
	switch e.Code {
	case CodeRateLimited, CodeTimeout:
		return true
	}
	return false
}

// Retryable is for the job queue.
func (e *APIError) Retryable() bool {
	switch e.Code { // want `\(switch\)`
	case CodeRateLimited:
		return true
	default:
		return false
	}
}

type Reply struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
}

func (r *Reply) Err() error {
	if r.Code == CodeSuccess {
		return nil
	}
	return &APIError{Code: r.Code, Message: r.ErrorMessage}
}

type tokenReply struct {
	Reply
	UserID string `json:"userId"`
	Token  string `json:"token"`
}

func (c *Client) do(ctx context.Context, path string, form url.Values) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, host+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	nonce := strconv.Itoa(rand.Int())
	ts := strconv.FormatInt(time.Now().UnixMilli(), 10)
	sum := sha1.Sum([]byte(c.Secret + nonce + ts))
	req.Header.Set("App-Key", c.AppKey)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", ts)
	req.Header.Set("Signature", hex.EncodeToString(sum[:]))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.HTTP.Do(req)
}

func decode(resp *http.Response, out any) error {
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		return fmt.Errorf("decode %s: %w", resp.Request.URL.Path, err)
	}
	return nil
}

// Token registers a user and returns a token.
func (c *Client) Token(ctx context.Context, id, name string) (string, error) {
	resp, err := c.do(ctx, "/user/getToken.json", url.Values{"userId": {id}, "name": {name}})
	if err != nil {
		return "", err
	}
	var out tokenReply
	if err := decode(resp, &out); err != nil {
		return "", err
	}
	if err := out.Err(); err != nil {
		return "", err
	}
	return out.Token, nil
}

// Publish sends a direct message.
func (c *Client) Publish(ctx context.Context, from, to, text string) error {
	body, err := json.Marshal(map[string]string{"content": text})
	if err != nil {
		return err
	}
	resp, err := c.do(ctx, "/message/private/publish.json", url.Values{
		"fromUserId": {from}, "toUserId": {to}, "objectName": {"RC:TxtMsg"}, "content": {string(body)},
	})
	if err != nil {
		return err
	}
	var out Reply
	if err := decode(resp, &out); err != nil {
		return err
	}
	if err := out.Err(); err != nil {
		return fmt.Errorf("publish to %s: %w", to, err)
	}
	return nil
}

// Refresh updates the name of a user.
func (c *Client) Refresh(ctx context.Context, id, name string) error {
	resp, err := c.do(ctx, "/user/refresh.json", url.Values{"userId": {id}, "name": {name}}) // want `\(unchecked\)`
	if err != nil {
		return err
	}
	resp.Body.Close()
	return nil
}

// Block blocks a user for some minutes.
func (c *Client) Block(ctx context.Context, id string, minutes int) error {
	resp, err := c.do(ctx, "/user/block.json", url.Values{"userId": {id}, "minute": {strconv.Itoa(minutes)}})
	if err != nil {
		return err
	}
	var out Reply
	if err := decode(resp, &out); err != nil {
		return err
	}
	if err := out.Err(); err != nil { // want `\(unchecked\)`
		log.Printf("block %s: %v", id, err)
	}
	return nil
}

// Unblock lifts a block; an unknown user is not blocked either.
func (c *Client) Unblock(ctx context.Context, id string) error {
	resp, err := c.do(ctx, "/user/unblock.json", url.Values{"userId": {id}})
	if err != nil {
		return err
	}
	var out Reply
	if err := decode(resp, &out); err != nil {
		return err
	}
	if out.Code == CodeUserNotFound {
		return nil
	}
	return out.Err()
}

// Raw is for endpoints this package does not know.
func (c *Client) Raw(ctx context.Context, path string, form url.Values) (*Reply, error) {
	resp, err := c.do(ctx, path, form)
	if err != nil {
		return nil, err
	}
	out := new(Reply)
	if err := decode(resp, out); err != nil {
		return nil, err
	}
	return out, nil
}
