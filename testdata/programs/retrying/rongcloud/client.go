// Package rongcloud is a client of RongCloud's server API that calls again when that
// can help, waits before, and stops.
package rongcloud

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

// Client calls the API for one app.
type Client struct {
	Host        string // such as https://api.rong-api.com
	Key, Secret string
	HTTP        *http.Client  // with a Timeout
	Attempts    int           // of one call, the first included
	Pause       time.Duration // before the second attempt; doubled for each further one
	MaxPause    time.Duration
}

// Reply is the body of an answer.
type Reply struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
	Token        string `json:"token"`
}

// Token registers a user, or changes its name, and returns a token for its devices.
// Doing so twice is as good as once.
func (c *Client) Token(ctx context.Context, user, name string) (string, error) {
	reply, err := c.call(ctx, "/user/getToken.json", url.Values{"userId": {user}, "name": {name}}, idempotent)
	if err != nil {
		return "", fmt.Errorf("token for %s: %w", user, err)
	}
	return reply.Token, nil
}

// Send delivers a text. Doing so twice shows it twice.
func (c *Client) Send(ctx context.Context, from, to, text string) error {
	content, err := json.Marshal(map[string]string{"content": text})
	if err != nil {
		return err
	}
	_, err = c.call(ctx, "/message/private/publish.json", url.Values{
		"fromUserId": {from}, "toUserId": {to}, "objectName": {"RC:TxtMsg"}, "content": {string(content)},
	}, once)
	return err
}

// post makes one attempt. Each is signed anew.
func (c *Client) post(ctx context.Context, path string, form url.Values) (*Reply, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Host+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	c.sign(req)
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()

	var reply Reply
	err = json.NewDecoder(resp.Body).Decode(&reply)
	if err != nil || reply.Code == 0 {
		// A proxy's page, say: the status is all there is.
		return nil, &StatusError{resp.StatusCode}
	}
	if reply.Code != Success && reply.Code != SuccessV2 {
		return nil, &Error{reply.Code, reply.ErrorMessage}
	}
	return &reply, nil
}

func (c *Client) sign(req *http.Request) {
	nonce, stamp := rand.Text(), strconv.FormatInt(time.Now().UnixMilli(), 10)
	sum := sha1.Sum([]byte(c.Secret + nonce + stamp))
	req.Header.Set("App-Key", c.Key)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", stamp)
	req.Header.Set("Signature", hex.EncodeToString(sum[:]))
}
