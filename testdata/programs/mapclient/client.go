// Package mapclient decodes every answer into a map, and looks at its code in one place.
package mapclient

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

//retcode:code business
const (
	success        = 200
	alreadyFriends = 25460
)

type client struct{ base, key string }

func newClient(key string) *client { return &client{base: "https://api.rong-api.com", key: key} }

// Not reported: the code is looked at, and the answer is handed on.
func (c *client) post(ctx context.Context, path string, form url.Values) (map[string]any, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, err
	}
	if code, ok := out["code"].(float64); !ok || code != success {
		return out, fmt.Errorf("rongcloud %s: %v", path, out["errorMessage"])
	}
	return out, nil
}

// Not reported: post has looked at the code.
func (c *client) token(ctx context.Context, user string) (string, error) {
	out, err := c.post(ctx, "/user/getToken.json", url.Values{"userId": {user}})
	if err != nil {
		return "", err
	}
	token, _ := out["token"].(string)
	return token, nil
}

// Not reported: the same with a bool.
func (c *client) online(ctx context.Context, user string) (bool, error) {
	out, err := c.post(ctx, "/user/checkOnline.json", url.Values{"userId": {user}})
	if err != nil {
		return false, err
	}
	status, _ := out["status"].(string)
	return status == "1", nil
}

// Reported: one failure is told apart, and the retryable ones are not.
func (c *client) befriend(ctx context.Context, user, friend string) (bool, error) {
	out, err := c.post(ctx, "/friend/add.json", url.Values{"userId": {user}, "targetId": {friend}})
	if err != nil {
		if code, ok := out["code"].(float64); ok && code == alreadyFriends { // want `1008 .*1050 .*\(retryable\)`
			return true, nil
		}
		return false, err
	}
	return false, nil
}
